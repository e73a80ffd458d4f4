"""Letters about a datalek that the worker prints and sends, one by one.

Printing takes part of a second each: nobody waits for fifty of them. What is in line
stands in PostgreSQL, so a worker that is killed leaves the rest to the next one; one
that is refused, or that goes wrong, does not stop the others.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import structlog
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from contracts.breaches import telling
from contracts.breaches.recording import hold
from contracts.models import BreachCollege, BreachEntry, LetterOrder
from contracts.models.breaches import Breach
from membership.models import Person
from nvsi.errors import NotAllowed

log = structlog.get_logger()

NOT_MADE = "De brief kon niet worden gemaakt. Informeer deze organisatie opnieuw."
# So many are sent at once, while who asked waits.
FEW = 3


@dataclass(frozen=True)
class Line:
    """How far the letters of a datalek that were put in line are."""

    total: int
    sent: int
    refused: int

    @property
    def left(self) -> int:
        return self.total - self.sent - self.refused


@transaction.atomic
def write_to(
    breach: Breach,
    colleges: Sequence[BreachCollege],
    *,
    words: str = "",
    now: datetime.datetime,
    by: Person,
) -> int:
    """Send each its letter: a few now, more by the worker. Gives how many are in line.

    Raises NotAllowed as telling.write_to does, and when all are in line already.
    """
    if len(colleges) <= FEW:
        telling.write_to(breach, colleges, words=words, now=now, by=by)
        return 0
    telling.require_sendable(hold(breach, by), colleges, words)
    busy = set(
        _waiting().filter(college__in=colleges).values_list("college", flat=True)
    )
    orders = [
        LetterOrder(college=one, words=words, asked_by=by)
        for one in colleges
        if one.pk not in busy
    ]
    if not orders:
        raise NotAllowed("Deze brieven staan al klaar om te worden verstuurd.")
    for order in orders:
        order.full_clean()
    LetterOrder.objects.bulk_create(orders)
    return len(orders)


def work_on_next(*, now: datetime.datetime) -> bool:
    """Send one letter that nobody else has; False when there is none."""
    with transaction.atomic():
        rows = _waiting().select_related("college__breach", "asked_by")
        order = rows.select_for_update(of=("self",), skip_locked=True).first()
        if order is None:
            return False
        try:
            with transaction.atomic():
                order.entry = _send(order, now)
        except NotAllowed as refusal:
            order.refusal = str(refusal)[:300]
        except ValidationError as error:
            order.refusal = " ".join(error.messages)[:300]
        except Exception:
            # Whatever it is: the colleges behind this one must be told too.
            log.exception("breach_letter_failed", order=order.pk)
            order.refusal = NOT_MADE
        order.save(update_fields=["entry", "refusal"])
    return True


def line_of(breach: Breach) -> Line:
    """Of all letters of a datalek that were ever put in line. One query."""
    rows = list(
        LetterOrder.objects.filter(college__breach=breach).values("entry", "refusal")
    )
    sent = sum(row["entry"] is not None for row in rows)
    return Line(len(rows), sent, sum(bool(row["refusal"]) for row in rows))


def has_waiting() -> bool:
    """Whether a worker has something to do: for who rings the bell again."""
    return _waiting().exists()


def _send(order: LetterOrder, now: datetime.datetime) -> BreachEntry:
    known = hold(order.college.breach, order.asked_by)
    telling.require_sendable(known, [order.college], order.words)
    return telling.send(
        known, order.college, words=order.words, now=now, by=order.asked_by
    )


def _waiting() -> QuerySet[LetterOrder]:
    return LetterOrder.objects.filter(entry=None, refusal="").order_by("pk")
