"""On which day an opzegging ends an agreement. Pure.

Source: the article on ending in our own texts; an uitvoeringsovereenkomst ends with a
half-year, since that is what is settled.
"""

import calendar
import datetime

from contracts.kinds import Kind
from nvsi.halfyear import HalfYear

MOST_MONTHS = 24


def last_day(kind: Kind, received_on: datetime.date, months: int) -> datetime.date:
    """So many months after it was received; on the same day of the month, or on the
    last when that month is shorter."""
    year, month = divmod(received_on.year * 12 + received_on.month - 1 + months, 12)
    longest = calendar.monthrange(year, month + 1)[1]
    day = datetime.date(year, month + 1, min(received_on.day, longest))
    return HalfYear.of(day).last_day if kind == Kind.UITVOERINGS else day
