"""How an offer ends without an agreement: declined, withdrawn, or out of time."""

import datetime

from django.db import transaction
from django.utils import timezone

from contracts.kinds import Party
from contracts.models.offers import READERS, Offer
from contracts.offering import announcing
from contracts.offering.drafting import held, lapse, require_maker
from contracts.offering.where import stage_on
from contracts.stages import UNDER_WAY, Stage
from membership import history
from membership.models import Person, Role
from nvsi.errors import NotAllowed, Stale


@transaction.atomic
def decline(offer: Offer, *, reason: str, today: datetime.date, by: Person) -> Offer:
    """The organisation says no, with its reason. Raises NotAllowed for who does not
    speak for it; Stale once it signed, or when it is not asked any more."""
    row = held(offer)
    if not may_answer(row, by):
        raise NotAllowed("Afwijzen doet een contactpersoon of ondertekenaar.")
    _require_reason(reason)
    if stage_on(row, today) not in (Stage.OFFERED, Stage.HALF_SIGNED):
        raise Stale(f"{row} wacht niet meer op uw antwoord.")
    if row.signatures.filter(party=Party.ORGANISATION).exists():
        raise Stale("Uw organisatie heeft intussen getekend.")
    row.declined_at, row.declined_by, row.reason = timezone.now(), by, reason.strip()
    row.full_clean(validate_unique=False)
    row.save(update_fields=["declined_at", "declined_by", "reason"])
    history.record(row, "turned_down", by, reason=row.reason)
    announcing.was_declined(row, by)
    return row


@transaction.atomic
def withdraw(offer: Offer, *, reason: str, today: datetime.date, by: Person) -> Offer:
    """The NVSI takes a draft or an offer back. Raises NotAllowed once both signed."""
    require_maker(by)
    row = held(offer)
    _require_reason(reason)
    if stage_on(row, today) not in UNDER_WAY:
        raise NotAllowed(f"{row} is niet meer in te trekken.")
    row.withdrawn_at, row.withdrawn_by = timezone.now(), by
    row.reason = reason.strip()
    row.full_clean(validate_unique=False)
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "reason"])
    history.record(row, "called_off", by, reason=row.reason)
    if row.offered_at is not None:
        announcing.was_withdrawn(row)
    return row


def lapse_what_is_late(*, today: datetime.date) -> int:
    """Write down what lapsed, and tell both sides; gives how many. Safe to repeat."""
    late = Offer.objects.past_their_term(today)
    late = late.exclude(signatures__party=Party.ORGANISATION)
    return sum(_lapse(offer, today) for offer in late.only("pk"))


@transaction.atomic
def _lapse(offer: Offer, today: datetime.date) -> bool:
    row = held(offer)
    if not row.is_running or stage_on(row, today) != Stage.LAPSED:
        return False
    lapse(row)
    return True


def may_answer(offer: Offer, person: Person) -> bool:
    """Who speaks for the organisation; of an uitvoerder its own people."""
    roles = (*READERS, Role.Name.UITVOERDER)
    return offer.organisation_id in person.organisations_as(*roles)


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise NotAllowed("Geef de reden.", field="reason")
