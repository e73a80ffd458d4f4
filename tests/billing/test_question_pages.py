"""Asking the bureau in the portal, and answering in the admin."""

import re
import uuid
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from billing.asking.questions import ask
from billing.models import Message, Question, Settlement
from membership.models import Organisation, Person
from tests.billing.settled import NOW, USUAL, deliver, settle
from tests.everything import make_statement

BSN = "In uw tekst staat een nummer dat een burgerservicenummer (BSN) kan zijn."


@pytest.fixture(autouse=True)
def in_july(time_machine: time_machine.TimeMachineFixture) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def settlement(
    heideveld: Organisation, bureau: Person, penningmeester: Person, tmp_path: Path
) -> Settlement:
    deliver(tmp_path, [(heideveld, USUAL)])
    settle(preparer=bureau, approver=penningmeester)
    settlement = Settlement.objects.get()
    make_statement(settlement)
    return settlement


@pytest.fixture
def question(settlement: Settlement, lezer: Person) -> Question:
    return ask(settlement, text="Klopt dit?", regel_id="R0", key=uuid.uuid4(), by=lezer)


def as_person(person: Person | AnonymousUser) -> Client:
    client = Client()
    if isinstance(person, Person):
        client.force_login(person)
    return client


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", response.content.decode()))


def key_in(response: Any) -> str:
    found = re.search(r'name="key" value="([^"]+)"', response.content.decode())
    assert found
    return found[1]


def send(client: Client, page: str, text: str) -> Any:
    """Open the form, fill it in and send it."""
    form = {"text": text, "key": key_in(client.get(page))}
    return client.post(page, form, follow=True)


def test_a_contactpersoon_asks_about_a_line_and_reads_the_answer_in_the_same_place(
    settlement: Settlement, lezer: Person, bureau: Person
) -> None:
    client = as_person(lezer)
    statement = reverse("statement-detail", args=[settlement.number])
    link = f"{reverse('question-ask', args=[settlement.number])}?regel=R0"
    assert f'href="{link}"' in client.get(statement).content.decode()
    form = client.get(link)
    assert "Over regel R0 van uw afrekening" in words(form)
    assert "1.500,00" in words(form)
    sent = words(send(client, link, "Waarom < 100 uur?"))
    assert "Uw vraag is verstuurd." in sent
    assert "Uw vraag ligt bij het bureau." in sent
    question = Question.objects.get()
    assert (question.regel_id, question.asked_by) == ("R0", lezer)
    page = reverse("admin:billing_question_answer", args=[question.pk])
    answered = send(as_person(bureau), page, "Zo is het aangeleverd.")
    assert "Uw antwoord is verstuurd." in words(answered)
    shown = words(client.get(statement))
    assert "Waarom &lt; 100 uur?" in shown
    assert "Zo is het aangeleverd." in shown
    assert "Bureau, bureau van de NVSI antwoordde" in shown


def test_who_asked_goes_on_or_closes_the_question(
    question: Question, settlement: Settlement, lezer: Person, bureau: Person
) -> None:
    client = as_person(lezer)
    page = reverse("question-detail", args=[settlement.number, question.pk])
    assert "Uw reactie is verstuurd." in words(send(client, page, "En dit?"))
    closing = client.post(f"{page}sluiten/", follow=True)
    assert "De vraag is gesloten." in words(closing)
    late = client.post(page, {"text": "Nog iets", "key": str(uuid.uuid4())})
    assert late.status_code == 409
    assert "Deze vraag is gesloten. Stel een nieuwe vraag." in words(late)
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [("", "Vul een tekst in."), ("Over 123456782", BSN), ("x" * 2001, "korter")],
)
def test_a_form_that_is_not_right_says_why_and_keeps_the_words(
    settlement: Settlement, lezer: Person, text: str, told: str
) -> None:
    response = send(as_person(lezer), ask_page(settlement), text)
    assert response.status_code == 422
    assert told in words(response)
    assert f"\n{text}</textarea>" in response.content.decode()
    assert not Question.objects.exists()


def ask_page(settlement: Settlement) -> str:
    return reverse("question-ask", args=[settlement.number])


def test_a_form_sent_twice_counts_once_and_other_words_under_it_are_asked_again(
    settlement: Settlement, lezer: Person
) -> None:
    client, page = as_person(lezer), ask_page(settlement)
    form = {"text": "Klopt dit?", "key": key_in(client.get(page))}
    first = client.post(page, form)
    assert client.post(page, form)["Location"] == first["Location"]
    assert Question.objects.count() == 1
    other = client.post(page, {**form, "text": "Iets anders?"})
    assert other.status_code == 409
    assert "met een andere tekst" in words(other)
    again = {"text": "Iets anders?", "key": key_in(other)}
    assert client.post(page, again).status_code == 302
    assert Question.objects.count() == 2


@pytest.mark.parametrize("regel", ["R1", "0", "R0'", "../R0", "\x00"])
def test_a_line_that_is_not_in_the_statement_is_not_there(
    settlement: Settlement, lezer: Person, regel: str
) -> None:
    page = ask_page(settlement)
    client = as_person(lezer)
    assert client.get(page, {"regel": regel}).status_code == 404
    response = client.post(
        f"{page}?{client.get(page).request['QUERY_STRING']}",
        {"text": "?", "key": "x"},
    )
    assert response.status_code == 422
    assert not Question.objects.exists()


def test_a_stranger_finds_neither_the_form_nor_the_question(
    question: Question, settlement: Settlement, vreemde: Person, backoffice: Person
) -> None:
    pages = [
        ask_page(settlement),
        reverse("question-detail", args=[settlement.number, question.pk]),
        reverse("question-close", args=[settlement.number, question.pk]),
    ]
    form = {"text": "Mag ik ook?", "key": str(uuid.uuid4())}
    for stranger in (vreemde, backoffice):
        client = as_person(stranger)
        assert [client.post(page, form).status_code for page in pages] == [404] * 3
    for page in pages:
        assert as_person(AnonymousUser()).post(page, form).status_code == 302
    question.refresh_from_db()
    assert question.status == "open"
    assert Question.objects.count() == 1


def test_a_question_is_not_found_under_another_statement_or_a_number_too_large(
    question: Question, settlement: Settlement, lezer: Person
) -> None:
    client = as_person(lezer)
    for number, pk in (("2026-0999", question.pk), (settlement.number, "9" * 18)):
        page = f"/afrekeningen/{number}/vraag/{pk}/"
        assert client.get(page).status_code == 404


def test_the_bureau_finds_what_waits_longest_first(
    question: Question, settlement: Settlement, lezer: Person, bureau: Person
) -> None:
    newer = ask(settlement, text="En dit?", key=uuid.uuid4(), by=lezer)
    client = as_person(bureau)
    send(client, reverse("admin:billing_question_answer", args=[question.pk]), "Ja.")
    listed = client.get(reverse("admin:billing_question_changelist")).content.decode()
    found = re.findall(r"/beheer/billing/question/(\d+)/change/", listed)
    assert found == [str(newer.pk), str(question.pk)]
    only_open = client.get(
        reverse("admin:billing_question_changelist"), {"status__exact": "open"}
    )
    assert f"/question/{question.pk}/" not in only_open.content.decode()
    page = client.get(reverse("admin:billing_question_change", args=[question.pk]))
    assert "Klopt dit?" in words(page)
    assert "regel R0" in words(page)


def test_an_answer_with_a_bsn_is_refused_and_a_question_is_closed(
    question: Question, bureau: Person, bestuur: Person
) -> None:
    client = as_person(bureau)
    page = reverse("admin:billing_question_answer", args=[question.pk])
    refused = send(client, page, "Dat is 123456782.")
    assert BSN in words(refused)
    assert "Dat is 123456782." in refused.content.decode()
    closing = reverse("admin:billing_question_close", args=[question.pk])
    assert as_person(bestuur).get(closing).status_code == 403
    assert "De vraag is gesloten." in words(client.post(closing, follow=True))
    shown = client.get(reverse("admin:billing_question_change", args=[question.pk]))
    assert page not in shown.content.decode()
