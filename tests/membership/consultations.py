"""Consultations for tests: written, opened, and answered by members."""

import datetime
from typing import Any

from django.utils import timezone

from membership.consultation import answering, running
from membership.models import Consultation, Membership, Organisation, Person, Voter
from membership.models.consultations import USUAL
from tests.conftest import make_gemeente, make_person

DAY = datetime.timedelta(days=1)


def draft(by: Person, **facts: Any) -> Consultation:
    """From today, two weeks."""
    values = {
        "question": "Gaat u akkoord met de Norm?",
        "explanation": "De norm gaat over **samenwerking**.\n\n- één\n- twee",
        "options": list(USUAL),
        "closes_on": timezone.localdate() + 14 * DAY,
        "written_by": by,
        **facts,
    }
    return Consultation.objects.create(**values)


def ask(by: Person, **facts: Any) -> Consultation:
    """Open to who is lid now."""
    consultation = draft(by, **facts)
    running.open_up(consultation, now=timezone.now(), by=by)
    consultation.refresh_from_db()
    return consultation


def make_member(code: str, name: str) -> tuple[Organisation, Person]:
    """A lid since long, and its ondertekenaar."""
    gemeente = make_gemeente(code, name)
    Membership.objects.create(
        organisation=gemeente, kind="lid", starts_on=datetime.date(2018, 1, 1)
    )
    return gemeente, make_person(f"Tekent{name}", "ondertekenaar", gemeente)


def ask_members(by: Person) -> Consultation:
    """Open, with the answer of one member."""
    member, signer = make_member("GM9033", "Stemt")
    consultation = ask(by)
    voter = consultation.voters.get(organisation=member)
    answering.answer(voter, "voor", now=timezone.now(), by=signer)
    return consultation


def after(consultation: Consultation) -> datetime.datetime:
    """The moment of its close."""
    assert consultation.closes_at is not None
    return consultation.closes_at


def keep_consultations(bureau: Person) -> dict[str, int]:
    """For the guards: an open one, with an answer that was changed, and a draft."""
    member, signer = make_member("GM9061", "Stemt")
    other, _other = make_member("GM9062", "Stemtook")
    consultation = ask(bureau)
    voter = consultation.voters.get(organisation=member)
    now = timezone.now()
    answering.answer(voter, "tegen", now=now, by=signer)
    given = answering.answer(voter, "voor", now=timezone.now(), by=signer)
    return {
        "consultation": consultation.pk,
        "draft_consultation": draft(bureau, question="Straks?").pk,
        "voter": voter.pk,
        "other_voter": Voter.objects.get(organisation=other).pk,
        "answer": given.pk,
    }
