"""Until when is chosen and cleared. Pure.

Source: the article on ending in our own text of the verwerkersovereenkomst: a month to
choose, a month more when asked again, and then two months to carry it out.
"""

import calendar
import datetime

MONTHS_TO_CHOOSE, MONTHS_ASKED_AGAIN, MONTHS_TO_DO = 1, 1, 2


def choose_by(ended_on: datetime.date) -> datetime.date:
    """The first last day to choose on."""
    return after(ended_on, MONTHS_TO_CHOOSE)


def chosen_for(ended_on: datetime.date) -> datetime.date:
    """From the day after this one the data of who did not choose are deleted."""
    return after(ended_on, MONTHS_TO_CHOOSE + MONTHS_ASKED_AGAIN)


def due_on(ended_on: datetime.date, chosen_on: datetime.date | None) -> datetime.date:
    """The last day to clear on: counted from the choice, never before the end."""
    start = chosen_for(ended_on) if chosen_on is None else max(ended_on, chosen_on)
    return after(start, MONTHS_TO_DO)


def after(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later, or the last of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    longest = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(day.day, longest))
