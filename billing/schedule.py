"""What happens by itself: the run of the past half-year, and starting again.

Celery beat calls these two tasks (nvsi.settings); both are safe to repeat.
"""

import datetime
from collections.abc import Callable

import structlog
from celery import Task, shared_task
from django.db.models import Q
from django.utils import timezone

from billing import road
from billing.figures import publishing
from billing.models import Line, Period, Statement, Upload
from billing.tasks import (
    make_statements,
    publish_figures,
    send_emails,
    work_on_uploads,
)
from billing.uploading import keeping as upload_keeping
from contracts.breaches import in_line
from contracts.breaches.tasks import send_letters
from contracts.signing import completing
from contracts.taking_over import offering as takeovers
from contracts.tasks import offer_takeovers, seal_agreements
from instruments.models import Instrument
from membership import exports
from membership.admission import applying
from membership.consultation import reminding as consultations
from membership.models import Email, Export
from membership.tasks import write_exports
from nvsi.errors import NotAllowed
from nvsi.halfyear import HalfYear

log = structlog.get_logger()


def due(now: datetime.datetime) -> list[tuple[Instrument, HalfYear]]:
    """The half-years that should have been prepared by now, and were not yet.

    From the 15th of January or July, 06:00 Amsterdam time (`now` is local), the
    half-year that is over; only where lines are waiting to be settled.
    """
    current = HalfYear.of(now.date())
    moment = datetime.datetime.combine(
        current.first_day.replace(day=15), datetime.time(6), now.tzinfo
    )
    if now < moment:
        return []
    # Also what was prepared before the half-year was over: that was an interim look.
    waiting = (
        Period.objects.filter(halfyear=current.previous(), closed_at=None)
        .filter(Q(runs=None) | Q(runs__forced=True))
        .select_related("instrument")
    )
    return [
        (period.instrument, period.halfyear)
        for period in waiting
        if Line.objects.filter(period=period).exists()
    ]


@shared_task
def prepare_past_halfyear() -> None:
    """On 15 January and 15 July: the drafts of the half-year that is over.

    What a person has to mend first, such as a missing rate, waits for the next sweep.
    """
    now = timezone.localtime()
    for instrument, halfyear in due(now):
        try:
            road.prepare(instrument, halfyear, today=now.date(), by=None)
        except NotAllowed:
            log.warning(
                "not_prepared", instrument=instrument.slug, halfyear=str(halfyear)
            )


# What waits, and the bell of who does it.
WAITING: tuple[tuple[Callable[[], bool], Task[[], None]], ...] = (
    (lambda: Statement.objects.waiting().exists(), make_statements),
    (lambda: publishing.missing().exists(), publish_figures),
    (lambda: Upload.objects.waiting().exists(), work_on_uploads),
    (lambda: Email.objects.unsent().exists(), send_emails),
    (lambda: Export.objects.waiting(timezone.now()).exists(), write_exports),
    (lambda: completing.waiting().exists(), seal_agreements),
    (takeovers.runs_to_do, offer_takeovers),
    (in_line.has_waiting, send_letters),
)


@shared_task
def sweep() -> None:
    """Start again what was left: by a crash, a lost message or a day without beat."""
    for is_waiting, task in WAITING:
        if is_waiting():
            task.delay()
    upload_keeping.tidy(timezone.now())
    exports.tidy(timezone.now())
    applying.tidy(timezone.now())
    consultations.remind(timezone.now())
    prepare_past_halfyear()
