"""What waits for who logs in: the first page of the admin.

Each app says what of its own can wait, by functions in `providers`; this knows none.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from nvsi.dutch import counted, short_day


@dataclass(frozen=True)
class Waiting:
    """One thing to do: what it is, since when it waits, and where it is done."""

    since: datetime.date
    what: str
    about: str
    act: str
    url: str

    @property
    def day(self) -> str:
        return short_day(self.since)

    @property
    def days(self) -> str:
        """How long: 'vandaag', '3 dagen'."""
        count = (timezone.localdate() - self.since).days
        return counted(count, "dag", "dagen") if count > 0 else "vandaag"


# Given who looks and the day; what a role may not do is not in its list.
Provider = Callable[[Any, datetime.date], Iterable[Waiting]]
providers: list[Provider] = []


def waiting_for(person: Any, today: datetime.date) -> list[Waiting]:
    """All that waits for this person, the oldest first."""
    found = [one for provider in providers for one in provider(person, today)]
    return sorted(found, key=lambda one: (one.since, one.what, one.about))


def on_day(moment: datetime.datetime) -> datetime.date:
    """The day of a moment, by the Dutch clock."""
    return timezone.localdate(moment)
