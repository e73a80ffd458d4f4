"""Answer for a member, and authorise who may do so.

An answer may be changed until the close: the last one counts, those before it stay.
"""

import datetime

from django.db import transaction

from membership import history
from membership.consultation.people import (
    can_be_authorised,
    may_answer,
    may_authorise,
)
from membership.models import ConsultationAnswer, Person, Voter
from nvsi.dutch import day
from nvsi.errors import NotAllowed


@transaction.atomic
def answer(
    voter: Voter, choice: str, *, now: datetime.datetime, by: Person
) -> ConsultationAnswer:
    """Raises NotAllowed out of the term, for who may not answer, and for no option.

    The same answer once more changes nothing.
    """
    voter = _locked(voter)
    _require_open(voter, now)
    if not may_answer(voter, by):
        raise NotAllowed(
            f"Voor {voter.organisation} antwoordt een ondertekenaar, of de "
            "contactpersoon die daarvoor is gemachtigd."
        )
    if choice not in voter.consultation.options:
        raise NotAllowed("Kies een van de antwoorden.", field="choice")
    before = voter.answers.standing().first()
    if before is not None:
        if before.choice == choice:
            return before
        before.replaced_at = now
        before.save(update_fields=["replaced_at"])
    given = ConsultationAnswer.objects.create(voter=voter, choice=choice, by=by, at=now)
    action = "answered" if before is None else "answer changed"
    history.record(voter, action, by, choice=choice)
    return given


@transaction.atomic
def authorise(
    voter: Voter, person: Person, *, basis: str, now: datetime.datetime, by: Person
) -> Voter:
    """Let a contactpersoon answer for a member, in the place of who was before.

    Raises NotAllowed for who may not, for oneself, and for who is no contactpersoon.
    """
    voter = _locked(voter)
    _require_open(voter, now)
    if not may_authorise(voter, by):
        raise NotAllowed("Machtigen kan alleen een ondertekenaar, of het bureau.")
    if person == by:
        raise NotAllowed("U kunt uzelf niet machtigen.")
    if person not in can_be_authorised(voter):
        raise NotAllowed(f"{person} is geen contactpersoon van {voter.organisation}.")
    if by.is_association and not basis.strip():
        raise NotAllowed("Schrijf op waar de machtiging uit blijkt.", field="basis")
    voter.authorised, voter.authorised_by, voter.authorised_at = person, by, now
    voter.basis = basis.strip()
    voter.full_clean()
    voter.save(update_fields=["authorised", "authorised_by", "authorised_at", "basis"])
    history.record(voter, "authorised", by, person=person.pk)
    return voter


def _locked(voter: Voter) -> Voter:
    rows = Voter.objects.select_related("consultation", "organisation")
    return rows.select_for_update(of=("self",)).get(pk=voter.pk)


def _require_open(voter: Voter, now: datetime.datetime) -> None:
    consultation = voter.consultation
    if consultation.status == consultation.Status.CALLED_OFF:
        raise NotAllowed("Deze raadpleging is ingetrokken.")
    if not consultation.is_open_at(now):
        raise NotAllowed(
            "De raadpleging is niet open. Antwoorden kon tot en met "
            f"{day(consultation.closes_on)}, 23:59 uur."
        )
