"""A question to the bureau about a statement, and what is said on it.

Who is asked, or answered, hears of it by e-mail; what was written is read in the portal
alone. A form that is sent twice counts once: its key says so.
"""

import datetime
import uuid
from collections.abc import Iterable
from typing import TypeVar

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from billing.models import Line, Message, Question, Settlement
from billing.tasks import send_emails
from membership import emails, history
from membership.models import Organisation, Person, Role
from nvsi.bell import ring
from nvsi.errors import NotAllowed

Row = TypeVar("Row", Question, Message)

ANSWERERS = (Role.Name.BUREAU, Role.Name.PENNINGMEESTER)
OTHER_TEXT = (
    "Dit formulier is al verstuurd, met een andere tekst. Wilt u dit ook versturen? "
    "Verstuur het dan nog een keer."
)


@transaction.atomic
def ask(
    settlement: Settlement, *, text: str, key: uuid.UUID, by: Person, regel_id: str = ""
) -> Question:
    """Put a question about a statement, or a line of it, to the bureau.

    Raises NotAllowed for who does not work for its holder, a line that is not in it,
    or a form that was sent with other words; ValidationError for a text with a BSN.
    """
    settlement = Settlement.objects.select_for_update(of=("self",)).get(
        pk=settlement.pk
    )
    _require_member(settlement, by)
    if earlier := Question.objects.filter(key=key).first():
        return _same(earlier, earlier.asked_by, text, by)
    if regel_id and not _has_line(settlement, regel_id):
        raise NotAllowed(f"Regel {regel_id} staat niet in {settlement}.")
    question = Question(
        settlement=settlement, regel_id=regel_id, text=text, key=key, asked_by=by
    )
    question.full_clean()
    question.save()
    history.record(question, "asked", by)
    _tell_the_bureau(question, "asked", question.pk, by)
    return question


@transaction.atomic
def answer(question: Question, *, text: str, key: uuid.UUID, by: Person) -> Message:
    """The bureau's answer. Raises NotAllowed, and ValidationError, as ask does."""
    question = _locked(question)
    if not by.has_role(*ANSWERERS):
        raise NotAllowed(f"{by} mag niet antwoorden. Dat doet het bureau.")
    if earlier := Message.objects.filter(key=key).first():
        return _same(earlier, earlier.by, text, by)
    message = _add(question, is_answer=True, text=text, key=key, by=by)
    if question.status == Question.Status.OPEN:
        history.move(question, Question.Status.ANSWERED, by)
    else:
        history.record(question, "answered", by)
    _tell_the_asker(question, message)
    return message


@transaction.atomic
def ask_on(question: Question, *, text: str, key: uuid.UUID, by: Person) -> Message:
    """Somebody of the organisation says more: the question is open (again)."""
    question = _locked(question)
    _require_member(question.settlement, by)
    if earlier := Message.objects.filter(key=key).first():
        return _same(earlier, earlier.by, text, by)
    message = _add(question, is_answer=False, text=text, key=key, by=by)
    if question.status == Question.Status.ANSWERED:
        history.move(question, Question.Status.OPEN, by)
    else:
        history.record(question, "asked on", by)
    _tell_the_bureau(question, "asked on", message.pk, by)
    return message


@transaction.atomic
def close(question: Question, *, by: Person) -> Question:
    """Nothing more to say, for the bureau or the organisation; twice is once."""
    question = _locked(question)
    if not by.has_role(*ANSWERERS):
        _require_member(question.settlement, by)
    if question.status != Question.Status.CLOSED:
        history.move(question, Question.Status.CLOSED, by)
    return question


def may_ask(settlement: Settlement, person: Person) -> bool:
    """Whether somebody works for the holder of a statement."""
    return settlement.organisation_id in person.money_organisation_ids


def _require_member(settlement: Settlement, by: Person) -> None:
    if settlement.status == Settlement.Status.DRAFT or not may_ask(settlement, by):
        raise NotAllowed(
            f"Alleen wie voor {settlement.organisation.short_name} werkt, kan een "
            "vraag stellen over deze afrekening."
        )


def _has_line(settlement: Settlement, regel_id: str) -> bool:
    return Line.objects.filter(
        period=settlement.period_id,
        regel_id=regel_id,
        coverage__agreement__organisation=settlement.organisation_id,
    ).exists()


def _locked(question: Question) -> Question:
    rows = Question.objects.select_related("settlement__organisation")
    return rows.select_for_update(of=("self",)).get(pk=question.pk)


def _same(earlier: Row, author: Person, text: str, by: Person) -> Row:
    """What a form made when it came before. Raises NotAllowed when it said else."""
    if (author.pk, earlier.text) != (by.pk, text):
        raise NotAllowed(OTHER_TEXT)
    return earlier


def _add(
    question: Question, *, is_answer: bool, text: str, key: uuid.UUID, by: Person
) -> Message:
    if question.status == Question.Status.CLOSED:
        raise NotAllowed("Deze vraag is gesloten. Stel een nieuwe vraag.")
    message = Message(question=question, is_answer=is_answer, text=text, key=key, by=by)
    message.full_clean()
    message.save()
    return message


def _tell_the_bureau(question: Question, act: str, pk: int, by: Person) -> None:
    """By name, and about which statement: what was asked is not in the e-mail."""
    people = Person.objects.with_role(Role.Name.BUREAU, on=timezone.localdate())
    page = reverse("admin:billing_question_change", args=[question.pk])
    _tell("question_asked", f"{act}|{pk}", people, question, page, by)


def _tell_the_asker(question: Question, message: Message) -> None:
    """Who asked; when he no longer works there, who does now."""
    today = timezone.localdate()
    organisation = question.settlement.organisation
    page = reverse("question-detail", args=[question.settlement.number, question.pk])
    people = _who_hears(question.asked_by, organisation, today)
    _tell("question_answered", str(message.pk), people, question, page, message.by)


def _who_hears(
    asker: Person, organisation: Organisation, today: datetime.date
) -> Iterable[Person]:
    works_there = asker.roles.active_on(today).filter(organisation=organisation)
    if asker.is_active and works_there.exists():
        return [asker]
    return Person.objects.contacts_of([organisation], on=today)


def _tell(
    event: str,
    key: str,
    people: Iterable[Person],
    question: Question,
    page: str,
    by: Person,
) -> None:
    emails.queue_all(
        event,
        key,
        people,
        question=question,
        settlement=question.settlement,
        by=by,
        page=f"{settings.SITE_URL}{page}",
    )
    ring(send_emails)
