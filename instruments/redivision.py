"""What a dissolved gemeente still asks for an instrument: a zetel, the instrument
itself, what should get better. Each goes to the successor once, on the day on which
it is decided."""

import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from instruments.interests import showing
from instruments.models import Interest, SeatRequest, Verbeterwens, WensSupport
from instruments.wishes.stages import OVER
from membership import history
from membership.models import Organisation
from membership.redivision.outcomes import Outcome
from membership.redivision.sorts import Move, Sort, only_recorded
from nvsi.errors import NotAllowed


def _hand_over(row: SeatRequest, move: Move) -> None:
    """The successor asks, for the same person, who needs a role there."""
    row.organisation = move.successor
    row.full_clean()
    row.save(update_fields=["organisation"])
    to = str(move.successor)
    history.record(row, "seat request handed over", move.by, organisation=to)


def _withdraw(row: SeatRequest, move: Move) -> None:
    history.move(row, SeatRequest.Status.WITHDRAWN, move.by)


def _hand_interest(row: Interest, move: Move) -> None:
    """The successor is interested, with what was said and answered; what it showed
    itself goes on, and this one is closed."""
    if showing.uses(move.successor, row.instrument):
        raise NotAllowed(
            f"{move.successor} gebruikt {row.instrument} al. Kies 'eindigt'."
        )
    Organisation.objects.select_for_update(no_key=True).get(pk=move.successor.pk)
    theirs = row.instrument.interests.running().filter(organisation=move.successor)
    if theirs.exists():
        showing.close(row, by=move.by)
        return
    row.organisation = move.successor
    row.full_clean()
    row.save(update_fields=["organisation"])
    history.record(row, "handed over", move.by, organisation=str(move.successor))


def _close_interest(row: Interest, move: Move) -> None:
    showing.close(row, by=move.by)


def _wensen(gemeente: Organisation, _day: datetime.date) -> QuerySet[Any]:
    """Handed in by it or taken over, of which something can still come."""
    own = Q(organisation=gemeente, taken_over_by__isnull=True)
    rows = Verbeterwens.objects.filter(own | Q(taken_over_by=gemeente))
    return rows.with_standing().not_at(*OVER).select_related("instrument")


def _take_over(row: Verbeterwens, move: Move) -> None:
    """Who handed it in stands; the successor asks for it now, and supports it."""
    row.taken_over_by = move.successor
    row.save(update_fields=["taken_over_by"])
    history.record(row, "handed over", move.by, organisation=str(move.successor))
    own = row.support.filter(organisation=move.gemeente, ended_at__isnull=True)
    if (support := own.first()) is not None:
        _hand_support(support, move)


def _supports(gemeente: Organisation, _day: datetime.date) -> QuerySet[Any]:
    """For wensen of which something can still come."""
    standing = Verbeterwens.objects.with_standing().not_at(*OVER)
    rows = WensSupport.objects.filter(organisation=gemeente, ended_at__isnull=True)
    rows = rows.filter(wens__in=standing.values("pk"))
    return rows.select_related("wens__instrument")


def _end_support(row: WensSupport, move: Move) -> None:
    row.ended_at = timezone.now()
    row.save(update_fields=["ended_at"])
    facts = {"what": "steun", "organisation": str(move.gemeente)}
    history.record(row.wens, "withdrawn", move.by, **facts)


def _hand_support(row: WensSupport, move: Move) -> None:
    """The successor supports it, once, by who gave it."""
    _end_support(row, move)
    _, is_new = WensSupport.objects.get_or_create(
        wens=row.wens,
        organisation=move.successor,
        ended_at=None,
        defaults={"by": row.by},
    )
    if is_new:
        facts = {"what": "steun", "organisation": str(move.successor)}
        history.record(row.wens, "added", move.by, **facts)


SORTS = [
    Sort(
        name="seat-request",
        label="Verzoek om een zetel",
        model=SeatRequest,
        find=lambda gemeente, _day: gemeente.seat_requests.waiting().select_related(
            "person", "instrument"
        ),
        tell=lambda row: f"voor {row.person}, in de regiegroep van {row.instrument}",
        acts={Outcome.GOES_OVER: _hand_over, Outcome.ENDS: _withdraw},
        more="Gaat het over, dan vraagt de opvolger de zetel. Toekennen kan pas als "
        "deze persoon ook daar een rol heeft.",
        at_once=True,
    ),
    Sort(
        name="interest",
        label="Belangstelling",
        model=Interest,
        find=lambda gemeente, _day: gemeente.interests.running().select_related(
            "instrument"
        ),
        tell=lambda row: f"voor {row.instrument}, {row.get_status_display()}",
        acts={Outcome.GOES_OVER: _hand_interest, Outcome.ENDS: _close_interest},
        more="Heeft de opvolger zelf al belangstelling? Dan telt die één keer.",
        at_once=True,
    ),
    Sort(
        name="verbeterwens",
        label="Verbeterwens",
        model=Verbeterwens,
        find=_wensen,
        tell=str,
        acts={Outcome.GOES_OVER: _take_over, Outcome.STAYS: only_recorded},
        more="Gaat de wens over, dan vraagt de opvolger erom, en gaat de "
        "steun van de gemeente mee. Blijft het zoals het is, dan trekt niemand de wens "
        "meer in; de regiegroep beslist er nog wel over.",
        at_once=True,
    ),
    Sort(
        name="wens-support",
        label="Steun voor een verbeterwens",
        model=WensSupport,
        find=_supports,
        tell=lambda row: str(row.wens),
        acts={Outcome.GOES_OVER: _hand_support, Outcome.ENDS: _end_support},
        more="Steunt de opvolger de wens zelf al? Dan telt het één keer.",
        at_once=True,
    ),
]
