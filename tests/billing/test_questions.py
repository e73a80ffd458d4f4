"""Questions about a statement: who asks, who answers, and what each hears of it."""

import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from billing.asking.questions import answer, ask, ask_on, close
from billing.models import Message, Question, Settlement
from billing.settling.settlements import prepare
from instruments.models import Instrument
from membership.models import Email, HistoryEvent, Organisation, Person, Role
from nvsi.errors import NotAllowed
from tests.billing.settled import (
    H1,
    NOW,
    SMALL,
    TODAY,
    USUAL,
    deliver,
    make_member,
    settle,
)
from tests.conftest import make_person

pytestmark = pytest.mark.usefixtures("in_july")


@pytest.fixture
def in_july(time_machine: time_machine.TimeMachineFixture) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def settlement(
    heideveld: Organisation, bureau: Person, penningmeester: Person, tmp_path: Path
) -> Settlement:
    """Of Heideveld, with line R0; R1 is of another gemeente."""
    deliver(tmp_path, [(heideveld, USUAL), (make_member("GM9011", "R"), SMALL)])
    settle(preparer=bureau, approver=penningmeester)
    return Settlement.objects.get(organisation=heideveld)


def put(settlement: Settlement, by: Person, **facts: Any) -> Question:
    return ask(settlement, **{"text": "Klopt dit?", "key": uuid4(), **facts}, by=by)


def told(event: str) -> list[str]:
    emails = Email.objects.filter(event=event).order_by("pk")
    return list(emails.values_list("recipient", flat=True))


def test_a_question_about_a_line_is_asked_answered_asked_on_and_closed(
    settlement: Settlement, lezer: Person, bureau: Person
) -> None:
    question = put(settlement, lezer, regel_id="R0")
    assert list(Question.objects.open()) == [question]
    answer(question, text="Ja.", key=uuid4(), by=bureau)
    question.refresh_from_db()
    assert question.status == "answered"
    answer(question, text="Zie ook de regel eronder.", key=uuid4(), by=bureau)
    ask_on(question, text="Welke?", key=uuid4(), by=lezer)
    question.refresh_from_db()
    assert question.status == "open"
    ask_on(question, text="Al gevonden.", key=uuid4(), by=lezer)
    assert close(question, by=lezer).status == close(question, by=bureau).status
    said = Message.objects.values_list("text", "is_answer", "by__name")
    assert list(said) == [
        ("Ja.", True, "Bureau"),
        ("Zie ook de regel eronder.", True, "Bureau"),
        ("Welke?", False, "Lezer"),
        ("Al gevonden.", False, "Lezer"),
    ]
    events = HistoryEvent.objects.filter(subject_type="billing.question").order_by("pk")
    assert list(events.values_list("action", "by__name")) == [
        ("asked", "Lezer"),
        ("open>answered", "Bureau"),
        ("answered", "Bureau"),
        ("answered>open", "Lezer"),
        ("asked on", "Lezer"),
        ("open>closed", "Lezer"),
    ]
    with pytest.raises(NotAllowed, match="gesloten"):
        answer(question, text="Nog iets.", key=uuid4(), by=bureau)


def test_only_who_works_for_the_holder_asks_and_only_the_bureau_answers(
    settlement: Settlement,
    lezer: Person,
    vreemde: Person,
    bureau: Person,
    bestuur: Person,
    penningmeester: Person,
) -> None:
    question = put(settlement, lezer)
    for other in (vreemde, bureau, bestuur):
        with pytest.raises(NotAllowed, match="Alleen wie voor Heideveld werkt"):
            put(settlement, other)
        with pytest.raises(NotAllowed, match="Alleen wie voor Heideveld werkt"):
            ask_on(question, text="En ik?", key=uuid4(), by=other)
    for other in (vreemde, lezer, bestuur):
        with pytest.raises(NotAllowed, match="Dat doet het bureau"):
            answer(question, text="Ja.", key=uuid4(), by=other)
    with pytest.raises(NotAllowed):
        close(question, by=vreemde)
    with pytest.raises(NotAllowed, match="staat niet in"):
        put(settlement, lezer, regel_id="R1")
    assert Question.objects.count() == 1
    assert not Message.objects.exists()
    assert answer(question, text="Ja.", key=uuid4(), by=penningmeester).is_answer


def test_a_question_is_visible_to_its_organisation_and_the_association(
    settlement: Settlement,
    lezer: Person,
    vreemde: Person,
    backoffice: Person,
    bureau: Person,
) -> None:
    question = put(settlement, lezer)
    for person in (lezer, bureau):
        assert list(Question.objects.visible_to(person)) == [question]
    for person in (vreemde, backoffice):
        assert not Question.objects.visible_to(person).exists()


def test_a_form_that_comes_twice_makes_one_question_and_one_message(
    settlement: Settlement, lezer: Person, bureau: Person
) -> None:
    key = uuid4()
    question = put(settlement, lezer, key=key)
    assert put(settlement, lezer, key=key) == question
    with pytest.raises(NotAllowed, match="al verstuurd, met een andere tekst"):
        put(settlement, lezer, key=key, text="Iets anders?")
    first = answer(question, text="Ja.", key=key, by=bureau)
    assert answer(question, text="Ja.", key=key, by=bureau) == first
    with pytest.raises(NotAllowed, match="andere tekst"):
        answer(question, text="Nee.", key=key, by=bureau)
    key = uuid4()
    again = ask_on(question, text="Echt?", key=key, by=lezer)
    assert ask_on(question, text="Echt?", key=key, by=lezer) == again
    assert (Question.objects.count(), Message.objects.count()) == (1, 2)
    assert len(told("question_asked")) == 2
    assert len(told("question_answered")) == 1


@pytest.mark.parametrize("text", ["Over 123456782?", "", "x" * 2001])
def test_what_may_not_be_said_is_not_kept(
    settlement: Settlement, lezer: Person, text: str
) -> None:
    with pytest.raises(ValidationError):
        put(settlement, lezer, text=text)
    question = put(settlement, lezer)
    with pytest.raises(ValidationError):
        ask_on(question, text=text, key=uuid4(), by=lezer)
    assert not Message.objects.exists()


def test_both_sides_hear_of_it_without_what_was_said(
    settlement: Settlement, lezer: Person, bureau: Person, penningmeester: Person
) -> None:
    question = put(settlement, lezer, text="Iets heel bijzonders", regel_id="R0")
    answer(question, text="Een geheim antwoord", key=uuid4(), by=bureau)
    assert told("question_asked") == [bureau.email]
    assert told("question_answered") == [lezer.email]
    asked, answered = Email.objects.order_by("pk")
    assert asked.subject == f"Vraag van Heideveld over {settlement}"
    assert f"/beheer/billing/question/{question.pk}/change/" in asked.body
    assert "Lezer van gemeente Heideveld" in asked.body
    assert f"/afrekeningen/{settlement.number}/vraag/{question.pk}/" in answered.body
    for email in (asked, answered):
        assert "bijzonders" not in email.body
        assert "geheim" not in email.body
        assert "regel R0" in email.body


def test_the_answer_reaches_who_works_there_now(
    settlement: Settlement, lezer: Person, bureau: Person, heideveld: Organisation
) -> None:
    question = put(settlement, lezer)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Role.objects.filter(person=lezer).update(ends_on=yesterday)
    make_person("Opvolger", "contactpersoon", heideveld)
    answer(question, text="Ja.", key=uuid4(), by=bureau)
    assert told("question_answered") == ["opvolger@nvsi.example"]
    assert "de vraag van Lezer" in Email.objects.latest("pk").body


def test_a_draft_is_not_asked_about(
    heideveld: Organisation, bureau: Person, lezer: Person, tmp_path: Path
) -> None:
    deliver(tmp_path, [(heideveld, USUAL)])
    prepare(Instrument.objects.get(slug="flexensie"), H1, today=TODAY, by=bureau)
    with pytest.raises(NotAllowed):
        put(Settlement.objects.get(), lezer)
