"""What rests on a decision of the ALV: higher apps add what they have of it.

An app adds its functions to `sources` in its admin package, as with what is asked of
whom; membership knows nothing of tariffs or of money.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from membership.models import AlvBesluit, Person


@dataclass(frozen=True)
class Rests:
    """One fact that a decision set. on: from when it holds, None when it has no day;
    url: where this person can read more, empty when nowhere."""

    kind: str
    about: str
    on: datetime.date | None = None
    url: str = ""


Source = Callable[[AlvBesluit, Person], Iterable[Rests]]
sources: list[Source] = []


def resting_on(besluit: AlvBesluit, person: Person) -> list[Rests]:
    """All that points to it, for who may read that, by kind and day."""
    found = [row for source in sources for row in source(besluit, person)]
    return sorted(found, key=lambda row: (row.kind, row.on or datetime.date.min))
