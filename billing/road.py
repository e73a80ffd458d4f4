"""The steps of the road, chained: what a command, a button or a task asks for.

Each step reads the earlier ones and knows nothing of the later; only here, in views,
tasks and commands do they meet. One call is one transaction; the worker's bell is
rung after it.
"""

import datetime

from django.db import transaction
from django.utils import timezone

from billing import booking
from billing.innovatiekas import shares
from billing.models import RunStatus, Settlement, SettlementRun
from billing.settling import reversal, settlements
from billing.statements import documents
from billing.tasks import make_statements, publish_figures, send_emails
from instruments.models import Instrument
from membership import emails
from membership.models import Person, Role
from nvsi.bell import ring
from nvsi.errors import NotAllowed
from nvsi.halfyear import HalfYear

TOLD = (Role.Name.BUREAU, Role.Name.PENNINGMEESTER)


def find_run(instrument: Instrument, halfyear: HalfYear) -> SettlementRun:
    """The last run of a half-year. Raises NotAllowed when nothing was prepared."""
    run = (
        SettlementRun.objects.filter(
            period__instrument=instrument, period__halfyear=halfyear
        )
        .select_related("period__instrument")
        .order_by("-sequence")
        .first()
    )
    if run is None:
        raise NotAllowed(
            f"Voor {halfyear} is nog niets opgesteld. Stel de afrekening eerst op."
        )
    return run


@transaction.atomic
def prepare(
    instrument: Instrument,
    halfyear: HalfYear,
    *,
    today: datetime.date,
    forced: bool = False,
    by: Person | None,
) -> SettlementRun:
    """Prepare the drafts of a half-year, and tell who checks and approves them."""
    run = settlements.prepare(instrument, halfyear, today=today, forced=forced, by=by)
    if run.status == RunStatus.DRAFT:
        count = run.settlements.count()
        _tell("run_prepared", run, today, settlements=count)
    return run


@transaction.atomic
def approve(
    run: SettlementRun, *, now: datetime.datetime, by: Person
) -> list[Settlement]:
    """Approve a run: close, number, book. The worker then makes the statements and the
    public figures.

    A part of the contributions may go to the innovatiekas, as one entry.
    """
    approved = settlements.approve(run, now=now, by=by)
    today = timezone.localdate(now)
    booking.book_settlements(approved, booked_on=today, by=by)
    shares.fill(run.period.instrument, booked_on=today, by=by)
    documents.request(approved)
    _tell("run_approved", run, today, settlements=len(approved))
    ring(make_statements, helpers=len(approved) // documents.AT_ONCE)
    ring(publish_figures)
    return approved


@transaction.atomic
def reverse(
    settlement: Settlement, *, reason: str, now: datetime.datetime, by: Person
) -> Settlement:
    """Reverse a settlement: a credit statement, the mirrored entry, and its part of
    the innovatiekas."""
    mirror = reversal.reverse(settlement, reason=reason, now=now, by=by)
    today = timezone.localdate(now)
    booking.book_settlements([mirror], booked_on=today, by=by)
    shares.fill(settlement.period.instrument, booked_on=today, by=by)
    documents.request([mirror])
    ring(make_statements)
    return mirror


def _tell(
    event: str, run: SettlementRun, today: datetime.date, *, settlements: int
) -> None:
    people = Person.objects.with_role(*TOLD, on=today)
    emails.queue_all(
        event, f"{run.pk}|{run.fingerprint}", people, run=run, settlements=settlements
    )
    ring(send_emails)


@transaction.atomic
def make_failed_statements(*, by: Person) -> int:
    """Try the statements that failed once more; gives how many."""
    settlements.require_role(by, settlements.APPROVERS, "afrekeningen vaststellen")
    again = documents.try_again()
    if again:
        ring(make_statements)
    return again
