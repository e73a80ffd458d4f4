"""The sorts of things that a gemeente can still have when it is dissolved.

Each app tells its own, in `sorts`; this knows none. A sort finds them, tells them in a
sentence, and says which decisions there are and what each does.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from membership.models import Organisation, Person
from membership.redivision.outcomes import Outcome


@dataclass(frozen=True)
class Move:
    """From which gemeente to which, from which day, as `by` decided."""

    gemeente: Organisation
    successor: Organisation
    first_day: datetime.date
    reason: str
    by: Person

    @property
    def last_day(self) -> datetime.date:
        return self.first_day - datetime.timedelta(days=1)


# What a decision does to a row; raises NotAllowed when it cannot be.
Act = Callable[[Any, Move], None]


@dataclass(frozen=True)
class Sort:
    """find gives what a gemeente has that would go on from a day on; more says what a
    person should know before he decides. What has no days of its own goes or ends
    at_once, on the day of deciding."""

    name: str
    label: str
    model: type[Model]
    find: Callable[[Organisation, datetime.date], QuerySet[Any]]
    tell: Callable[[Any], str]
    acts: Mapping[Outcome, Act]
    more: str = ""
    at_once: bool = False


def only_recorded(_row: Any, _move: Move) -> None:
    """The decision is written down; what it is about does not change by it."""


sorts: list[Sort] = []


def sort_named(name: str) -> Sort | None:
    return next((sort for sort in sorts if sort.name == name), None)
