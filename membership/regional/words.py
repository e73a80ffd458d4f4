"""How days and hours of meetings read."""

import datetime

from django.utils import timezone

from nvsi import dutch

_WEEKDAYS = (
    *("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
)


def when(starts_at: datetime.datetime, ends_at: datetime.datetime) -> str:
    """donderdag 1 oktober 2026, van 10:00 tot 11:30 uur; by the Dutch clock."""
    start, end = timezone.localtime(starts_at), timezone.localtime(ends_at)
    weekday = _WEEKDAYS[start.weekday()]
    return f"{weekday} {dutch.day(start.date())}, van {start:%H:%M} tot {end:%H:%M} uur"
