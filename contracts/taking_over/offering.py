"""Offer the takeover of many agreements in one act: one by one, in the worker.

Each in a transaction of its own: what was done stays done when another is refused, and
a worker that is killed leaves the rest to the next one.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from contracts.kinds import Kind
from contracts.models import ExistingAgreement, TakeoverRun
from contracts.offering import making
from contracts.offering.content import Content
from contracts.offering.drafting import draft, require_maker
from contracts.taking_over import letter
from contracts.taking_over.plan import (
    content_of,
    may_be_offered,
    missing_for,
    running_verwerkers,
)
from membership import history
from membership.models import Person
from nvsi.errors import NotAllowed

MOST = 500


@dataclass(frozen=True)
class Progress:
    """How far a run is: refused are those with why, left are still to do."""

    total: int
    offered: int
    refused: int

    @property
    def left(self) -> int:
        return self.total - self.offered - self.refused


@transaction.atomic
def ask(
    rows: Iterable[ExistingAgreement],
    *,
    answer_by: datetime.date,
    today: datetime.date,
    by: Person,
) -> TakeoverRun:
    """Put agreements in line to be offered. Raises NotAllowed when there are none."""
    require_maker(by)
    making.require_term(answer_by, today)
    keys = [row.pk for row in rows][:MOST]
    held = ExistingAgreement.objects.select_for_update(of=("self",))
    free = [
        row
        for row in held.filter(pk__in=keys).select_related("offer")
        if may_be_offered(row) and not _is_in_line(row)
    ]
    if not free:
        raise NotAllowed("Er is niets om aan te bieden: dat is al gedaan.")
    run = TakeoverRun.objects.create(answer_by=answer_by, asked_by=by)
    ExistingAgreement.objects.filter(pk__in=[row.pk for row in free]).update(
        run=run, refusal=""
    )
    history.record(run, "asked", by, total=len(free), due_on=answer_by.isoformat())
    return run


def progress(run: TakeoverRun) -> Progress:
    rows = list(run.agreements.select_related("offer").defer("offer__document"))
    refused = sum(bool(row.refusal) for row in rows)
    offered = sum(not row.refusal and _was_offered(row, run) for row in rows)
    return Progress(len(rows), offered, refused)


def work_on_next(*, today: datetime.date) -> bool:
    """Offer one that waits and that nobody else has; False when there is none."""
    with transaction.atomic():
        waiting = ExistingAgreement.objects.to_offer().filter(
            run__finished_at=None, run__isnull=False, refusal=""
        )
        waiting = waiting.exclude(offer__offered_at__gte=F("run__asked_at"))
        locked = waiting.select_for_update(of=("self",), skip_locked=True)
        row = locked.order_by("ends_on", "pk").first()
        if row is None:
            _finish()
            return False
        assert row.run is not None
        try:
            with transaction.atomic():
                _offer(row, row.run, today)
        except NotAllowed as refusal:
            _refuse(row, str(refusal))
        except ValidationError as error:
            _refuse(row, " ".join(error.messages))
    return True


def _offer(row: ExistingAgreement, run: TakeoverRun, today: datetime.date) -> None:
    """The verwerkersovereenkomst too, where there is none yet."""
    facts: dict[str, Any] = {
        "answer_by": run.answer_by,
        "today": today,
        "by": run.asked_by,
    }
    missing = set(missing_for(row, today))
    if "verwerkersovereenkomst" in missing and running_verwerkers(row) is None:
        content = Content(
            kind=Kind.VERWERKERS,
            organisation=row.organisation,
            starts_on=today,
            gemeenten=tuple(row.gemeenten.all()),
        )
        making.offer(draft(content, today=today, by=run.asked_by), **facts)
    made = draft(content_of(row), today=today, by=run.asked_by)
    row.offer = made
    row.save(update_fields=["offer"])
    letter.make(making.offer(made, **facts), row, run, today)


def _refuse(row: ExistingAgreement, why: str) -> None:
    ExistingAgreement.objects.filter(pk=row.pk).update(refusal=why[:300])


def _finish() -> None:
    """Close the runs of which nothing is left."""
    for run in TakeoverRun.objects.filter(finished_at=None):
        if progress(run).left == 0:
            run.finished_at = timezone.now()
            run.save(update_fields=["finished_at"])


def _was_offered(row: ExistingAgreement, run: TakeoverRun) -> bool:
    """In this run; what was answered since changes nothing about that."""
    offer = row.offer
    if offer is None or offer.offered_at is None:
        return False
    return offer.offered_at >= run.asked_at


def _is_in_line(row: ExistingAgreement) -> bool:
    run = row.run
    return run is not None and run.finished_at is None and not row.refusal


def runs_to_do() -> bool:
    """Whether a worker has something to do: for who rings the bell again."""
    return TakeoverRun.objects.filter(finished_at=None).exists()
