"""Publish the figures of a half-year once it is approved; for good.

The lines of a closed half-year never change: what comes later is in the figures of a
later half-year. Only percentages can be settled again; then the same people, hours and
revenue are published with another result, in the regions as they were then: what was
published before is kept, and what differs from it tells nothing of a gemeente's people.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from billing.figures.content import Content, content_of, settled_again
from billing.figures.gathering import gather
from billing.models import Figures, Period, RunStatus, Settlement, SettlementRun
from instruments.models import Instrument
from membership import history


@transaction.atomic
def publish(run: SettlementRun) -> Figures | None:
    """Of an approved run; None while something reversed is not settled again.

    Then the half-year is not whole, and the difference would be that of one gemeente.
    """
    assert run.approved_at is not None, "only what is approved is published"
    if not _is_whole(run.period):
        return None
    content = content_of(
        gather(run.period),
        run.period.halfyear,
        timezone.localdate(run.approved_at),
    )
    if before := _before(run):
        content = settled_again(before.content, content)
    figures, is_new = Figures.objects.get_or_create(
        run=run, defaults={"content": content}
    )
    if is_new:
        history.record(figures, "published", run.approved_by)
    return figures


def _before(run: SettlementRun) -> Figures | None:
    """The last ones of its half-year, when it was settled before."""
    rows = Figures.objects.filter(
        run__period=run.period_id, run__sequence__lt=run.sequence
    )
    return rows.order_by("run__sequence").last()


def publish_missing() -> None:
    """Of every half-year that was approved and of which no figures are there yet."""
    for run in missing().select_related("period__instrument", "approved_by"):
        publish(run)


def missing() -> QuerySet[SettlementRun]:
    """The last approved run of each half-year that has no figures yet."""
    later = SettlementRun.objects.filter(
        period=OuterRef("period"),
        sequence__gt=OuterRef("sequence"),
        status=RunStatus.APPROVED,
    )
    return SettlementRun.objects.filter(
        ~Exists(later), status=RunStatus.APPROVED, figures=None
    )


def published(instrument: Instrument) -> list[Content]:
    """What everybody may see, the newest half-year first. One query."""
    rows = Figures.objects.filter(run__period__instrument=instrument)
    ordered = rows.order_by("-run__period__halfyear", "run__sequence")
    # Of a half-year that was settled again, the last stays.
    last = dict(ordered.values_list("run__period", "content"))
    return list(last.values())


def _is_whole(period: Period) -> bool:
    again = (
        Settlement.objects.approved()
        .in_force()
        .filter(period=OuterRef("period"), organisation=OuterRef("organisation"))
    )
    reversed_ = Settlement.objects.filter(
        period=period, status=Settlement.Status.REVERSED
    )
    return not reversed_.filter(~Exists(again)).exists()
