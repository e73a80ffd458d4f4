"""A consultation: who may answer, until when, what counts, and the result."""

import datetime
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook  # type: ignore[import-untyped]  # has no types

from membership import emails
from membership.admin.consultation_waiting import consultations_to_end
from membership.consultation import answering, reminding, running
from membership.consultation.deadlines import answers
from membership.deadlines.asked import Among
from membership.models import (
    Consultation,
    ConsultationAnswer,
    Email,
    Organisation,
    Person,
    Voter,
)
from nvsi.errors import NotAllowed
from tests.conftest import make_person
from tests.membership.consultations import DAY, after, ask, draft, make_member

MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture
def burgemeester(heideveld: Organisation) -> Person:
    """Ondertekenaar of Heideveld."""
    return make_person("Burgemeester", "ondertekenaar", heideveld)


def own(consultation: Consultation, organisation: Organisation) -> Voter:
    return consultation.voters.get(organisation=organisation)


def url(consultation: Consultation) -> str:
    return reverse("consultation-detail", args=[consultation.pk])


def admin_url(row: Any, page: str) -> str:
    return reverse(f"admin:membership_{row._meta.model_name}_{page}", args=[row.pk])


def test_who_is_lid_when_it_opens_has_a_vote(
    heideveld: Organisation,
    waterkant: Organisation,
    noorderhage: Organisation,
    lezer: Person,
    burgemeester: Person,
    bureau: Person,
) -> None:
    """Not an aspirant-lid, not a stranger, not who joins later."""
    consultation = ask(bureau)
    make_member("GM9051", "Later")
    voters = Voter.objects.filter(consultation=consultation)
    assert [voter.organisation for voter in voters] == [heideveld]
    told = Email.objects.filter(event="consultation_opened")
    assert {email.recipient for email in told} == {lezer.email, burgemeester.email}
    end = timezone.localtime(after(consultation))
    assert (end.date(), end.hour) == (consultation.closes_on + DAY, 0)


def test_an_answer_may_change_until_the_close_and_the_last_one_counts(
    heideveld: Organisation, burgemeester: Person, bureau: Person
) -> None:
    consultation = ask(bureau)
    voter, close = own(consultation, heideveld), after(consultation)
    answering.answer(voter, "tegen", now=timezone.now(), by=burgemeester)
    answering.answer(voter, "voor", now=close - MINUTE, by=burgemeester)
    answering.answer(voter, "voor", now=close - MINUTE, by=burgemeester)
    assert [one.choice for one in voter.answers.all()] == ["tegen", "voor"]
    assert running.outcome(consultation).sentence == (
        "De leden zijn met 100% van de stemmen akkoord gegaan."
    )
    with pytest.raises(NotAllowed, match="23:59 uur"):
        answering.answer(voter, "tegen", now=close, by=burgemeester)
    with pytest.raises(NotAllowed, match="Kies een van de antwoorden"):
        answering.answer(voter, "ja", now=close - MINUTE, by=burgemeester)


def test_a_contactpersoon_answers_when_somebody_authorised_him(
    heideveld: Organisation, lezer: Person, burgemeester: Person, bureau: Person
) -> None:
    consultation = ask(bureau)
    voter, now = own(consultation, heideveld), timezone.now()
    with pytest.raises(NotAllowed, match="antwoordt een ondertekenaar"):
        answering.answer(voter, "voor", now=now, by=lezer)
    with pytest.raises(NotAllowed, match="Machtigen kan alleen"):
        answering.authorise(voter, lezer, basis="", now=now, by=lezer)
    with pytest.raises(NotAllowed, match="geen contactpersoon"):
        answering.authorise(voter, burgemeester, basis="brief", now=now, by=bureau)
    with pytest.raises(NotAllowed, match="waar de machtiging uit blijkt"):
        answering.authorise(voter, lezer, basis=" ", now=now, by=bureau)
    answering.authorise(voter, lezer, basis="", now=now, by=burgemeester)
    answering.answer(voter, "voor", now=now, by=lezer)
    lezer.roles.update(ends_on=timezone.localdate() - DAY)
    gone = Person.objects.get(pk=lezer.pk)
    with pytest.raises(NotAllowed, match="antwoordt een ondertekenaar"):
        answering.answer(voter, "tegen", now=now, by=gone)


def test_a_member_answers_in_the_portal_and_a_stranger_sees_nothing(
    client: Client,
    heideveld: Organisation,
    waterkant: Organisation,
    lezer: Person,
    burgemeester: Person,
    vreemde: Person,
    bureau: Person,
) -> None:
    consultation = ask(bureau)
    client.force_login(burgemeester)
    assert "niet geheim" in client.get(url(consultation)).content.decode()
    assert client.post(url(consultation), {"choice": "ja"}).status_code == 422
    answer = client.post(url(consultation), {"choice": "voor"}, follow=True)
    assert "Uw antwoord is: voor." in answer.content.decode()
    page = reverse("consultation-authorise", args=[consultation.pk])
    told = client.post(page, {"person": f"{lezer.pk}"}, follow=True).content.decode()
    assert "Lezer mag nu voor u antwoorden." in told
    client.force_login(vreemde)
    assert client.get(url(consultation)).status_code == 404
    reader = make_person("Meelezer", "contactpersoon", waterkant)
    client.force_login(reader)
    assert "U leest mee." in client.get(url(consultation)).content.decode()
    assert client.post(url(consultation), {"choice": "voor"}).status_code == 404
    assert consultation.question in client.get(reverse("letter-list")).content.decode()


def test_who_did_not_answer_is_reminded_once(
    heideveld: Organisation, lezer: Person, bureau: Person
) -> None:
    _member, signer = make_member("GM9051", "Antwoordt")
    consultation = ask(bureau, remind_days=3)
    voter = consultation.voters.exclude(organisation=heideveld).get()
    answering.answer(voter, "voor", now=timezone.now(), by=signer)
    close = after(consultation)
    assert reminding.remind(close - 5 * DAY) == 0
    assert reminding.remind(close - 4 * DAY) == 1
    assert reminding.remind(close - 3 * DAY) == 0
    [reminder] = Email.objects.filter(event="consultation_reminder")
    assert reminder.recipient == lezer.email


def test_the_result_is_made_known_after_the_close(
    client: Client,
    heideveld: Organisation,
    lezer: Person,
    burgemeester: Person,
    bureau: Person,
) -> None:
    consultation = ask(bureau)
    voter = own(consultation, heideveld)
    answering.answer(voter, "voor", now=timezone.now(), by=burgemeester)
    with pytest.raises(NotAllowed, match="open tot en met"):
        running.publish(consultation, now=timezone.now(), by=bureau)
    running.publish(consultation, now=after(consultation), by=bureau)
    client.force_login(lezer)
    text = client.get(url(consultation)).content.decode()
    assert "De leden zijn met 100% van de stemmen akkoord gegaan." in text
    assert "1 van de 1 leden" in text
    emails.send_waiting()
    assert any("Uitslag" in one.subject for one in mail.outbox)


def test_the_home_and_the_work_list_say_what_waits(
    heideveld: Organisation, lezer: Person, burgemeester: Person, bureau: Person
) -> None:
    today = timezone.localdate()
    consultation = ask(bureau, closes_on=today)
    [asked] = answers(Among(frozenset({heideveld.pk})), today)
    assert (asked.by, asked.is_asked_of(lezer)) == (today, True)
    [closing] = consultations_to_end(bureau, today)
    assert closing.about.endswith("(1\u00a0lid zonder antwoord)")
    voter = own(consultation, heideveld)
    answering.answer(voter, "voor", now=timezone.now(), by=burgemeester)
    assert list(answers(Among(), today)) == []


def test_the_bureau_asks_follows_and_takes_along_who_said_what(
    client: Client, heideveld: Organisation, burgemeester: Person, bureau: Person
) -> None:
    client.force_login(bureau)
    add = reverse("admin:membership_consultation_add")
    today = timezone.localdate()
    form = {
        "question": "Waar komen wij bijeen?",
        "explanation": "Kies een plaats.",
        "options": "Utrecht\nUtrecht",
        "opens_on": f"{today:%d-%m-%Y}",
        "closes_on": f"{today + DAY:%d-%m-%Y}",
    }
    assert "staat er één keer" in client.post(add, form).content.decode()
    client.post(add, {**form, "options": "Utrecht\n\n Zwolle "})
    consultation = Consultation.objects.get()
    assert consultation.options == ["Utrecht", "Zwolle"]
    opening = client.get(admin_url(consultation, "open"))
    seen = opening.context["form"].initial["fingerprint"]
    client.post(admin_url(consultation, "open"), {"fingerprint": "anders"})
    consultation.refresh_from_db()
    assert consultation.is_draft
    client.post(admin_url(consultation, "open"), {"fingerprint": seen})
    voter = own(consultation, heideveld)
    answering.answer(voter, "Zwolle", now=timezone.now(), by=burgemeester)
    page = client.get(admin_url(consultation, "change")).content.decode()
    assert "Zwolle 1 (100%)" in page
    assert 'name="question"' not in page
    file = client.get(admin_url(consultation, "answers"))
    book = load_workbook(BytesIO(file.content), read_only=True)
    rows = list(book["Antwoorden"].values)
    assert rows[1][:3] == ("Heideveld", "GM9001", "Zwolle")
    assert ConsultationAnswer.objects.standing().count() == 1


def test_the_bureau_authorises_on_paper_and_calls_off_with_a_reason(
    client: Client, heideveld: Organisation, lezer: Person, bureau: Person
) -> None:
    consultation = ask(bureau)
    voter = own(consultation, heideveld)
    client.force_login(bureau)
    paper = {"person": f"{lezer.pk}", "basis": "brief van 9 maart"}
    client.post(admin_url(voter, "authorise"), paper)
    voter.refresh_from_db()
    assert voter.authorised == lezer
    client.post(admin_url(consultation, "call-off"), {"reason": "De vraag klopt niet."})
    emails.send_waiting()
    assert "De vraag klopt niet." in mail.outbox[-1].body
    with pytest.raises(NotAllowed, match="ingetrokken"):
        answering.answer(voter, "voor", now=timezone.now(), by=lezer)


def test_a_consultation_that_cannot_be_is_not_opened(
    heideveld: Organisation, bureau: Person, penningmeester: Person
) -> None:
    now = timezone.now()
    today = timezone.localdate(now)
    with pytest.raises(NotAllowed, match="begint op"):
        running.open_up(draft(bureau, opens_on=today + DAY), now=now, by=bureau)
    with pytest.raises(NotAllowed, match="gaan het bureau"):
        running.open_up(draft(bureau), now=now, by=penningmeester)
    past = draft(bureau, opens_on=today - 2 * DAY, closes_on=today - DAY)
    with pytest.raises(NotAllowed, match="al voorbij"):
        running.open_up(past, now=now, by=bureau)
    dropped = draft(bureau)
    running.drop(dropped, by=bureau)
    with pytest.raises(NotAllowed, match="is vervallen"):
        running.open_up(dropped, now=now, by=bureau)


def test_an_unwelcome_result_cannot_be_called_off(
    heideveld: Organisation, bureau: Person
) -> None:
    consultation = ask(bureau)
    with time_machine.travel(after(consultation)), pytest.raises(NotAllowed):
        running.call_off(consultation, reason="Toch niet.", by=bureau)
    running.call_off(consultation, reason="De vraag klopt niet.", by=bureau)
