"""Statement numbers: per year of approval, without gaps."""

import datetime
from collections.abc import Iterable

from django.db.models import Max
from django.utils import timezone

from billing import sql
from billing.models import Settlement
from nvsi.locks import one_at_a_time


def number(
    settlements: Iterable[Settlement], now: datetime.datetime
) -> list[Settlement]:
    """Give statement numbers without gaps, in order of code, for the year of `now`.

    The lock on the instrument's row does not span instruments, so the year's last
    number is read under a lock of its own.
    """
    rows = sorted(settlements, key=lambda s: (s.organisation.code, s.pk))
    on = timezone.localdate(now)
    first, status = next_number(on.year), Settlement.Status.APPROVED
    for sequence, row in enumerate(rows, start=first):
        row.number_year, row.number_sequence, row.approved_on = on.year, sequence, on
        row.status = status
    sql.run(
        """
        UPDATE billing_settlement s
        SET status = %s, approved_on = %s, number_year = %s,
            number_sequence = %s + n.place - 1
        FROM unnest(%s::bigint[]) WITH ORDINALITY AS n (id, place)
        WHERE s.id = n.id
        """,
        [status, on, on.year, first, [row.pk for row in rows]],
    )
    return rows


def next_number(year: int) -> int:
    """The number that follows the last one of a year; holds others back till commit."""
    one_at_a_time("settlement number")
    last = Settlement.objects.filter(number_year=year).aggregate(
        last=Max("number_sequence")
    )["last"]
    return (last or 0) + 1
