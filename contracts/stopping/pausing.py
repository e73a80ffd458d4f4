"""Pause the use of an instrument, and go on. What was worked is always settled."""

import datetime

from django.db import transaction
from django.db.models import Q

from contracts.agreements import lock_parties
from contracts.models import Gebruiksovereenkomst, Pause
from contracts.models.offers import READERS
from contracts.stopping import announcing
from membership import history
from membership.models import Person, Role
from nvsi.dutch import day
from nvsi.errors import NotAllowed, refused_in_words

ONE_DAY = datetime.timedelta(days=1)


@transaction.atomic
def pause(
    agreement: Gebruiksovereenkomst,
    *,
    starts_on: datetime.date,
    reason: str,
    today: datetime.date,
    by: Person,
) -> Pause:
    """No hours from this day on. Raises NotAllowed for a day that was, for an agreement
    that does not run then or is paused already, and for who may not do it."""
    _require_may(agreement, by)
    lock_parties(agreement.organisation)
    agreement.refresh_from_db()
    if starts_on < today:
        raise NotAllowed(
            "Pauzeren kan vanaf vandaag: wat eerder is gewerkt, telt.",
            field="starts_on",
        )
    is_over = agreement.ends_on is not None and agreement.ends_on < starts_on
    if is_over or starts_on < agreement.starts_on:
        raise NotAllowed("De overeenkomst loopt dan niet.", field="starts_on")
    made = Pause(agreement=agreement, starts_on=starts_on, reason=reason.strip(), by=by)
    with refused_in_words():
        made.full_clean()
    made.save()
    history.record(agreement, "paused", by, starts_on=starts_on.isoformat())
    announcing.use_was_paused(made)
    return made


@transaction.atomic
def resume(
    agreement: Gebruiksovereenkomst,
    *,
    from_day: datetime.date,
    today: datetime.date,
    by: Person,
) -> None:
    """Go on from this day. A pause that did not begin by then never was.

    Raises NotAllowed when it is not paused, for a day that was, and for who may not.
    """
    _require_may(agreement, by)
    lock_parties(agreement.organisation)
    running = running_pause(agreement, today)
    if running is None:
        raise NotAllowed("Het gebruik is niet gepauzeerd.")
    if from_day < today:
        raise NotAllowed("Hervatten kan vanaf vandaag.", field="from_day")
    if from_day <= running.starts_on:
        running.delete()
    else:
        running.ends_on = from_day - ONE_DAY
        running.full_clean()
        running.save(update_fields=["ends_on"])
    history.record(agreement, "resumed", by, starts_on=from_day.isoformat())
    announcing.use_goes_on(agreement, day(from_day), by)


def running_pause(
    agreement: Gebruiksovereenkomst, today: datetime.date
) -> Pause | None:
    """The pause that is not over, also when it is still to begin."""
    still = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
    return agreement.pauses.filter(still).order_by("starts_on").first()


def _require_may(agreement: Gebruiksovereenkomst, by: Person) -> None:
    theirs = agreement.organisation_id in by.organisations_as(*READERS)
    if not (theirs or by.has_role(Role.Name.BUREAU, Role.Name.BESTUUR)):
        raise NotAllowed("Pauzeren doet de houder van de overeenkomst, of het bureau.")
