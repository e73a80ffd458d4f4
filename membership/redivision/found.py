"""What the gemeenten of a herindeling still have, and of which it was decided.

Found anew each time: what came later is found too, and what ended by itself is gone.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from membership.models import Dissolution, Redivision, RedivisionDecision
from membership.redivision.sorts import Sort, sort_named, sorts

GONE = "niet meer in het portaal"


@dataclass(frozen=True)
class Item:
    """One thing that a gemeente still has, of which nobody decided yet."""

    dissolution: Dissolution
    sort: Sort
    row: Any

    @property
    def key(self) -> str:
        """How it is named in an address."""
        return f"{self.dissolution.pk}.{self.sort.name}.{self.row.pk}"

    @property
    def about(self) -> str:
        return self.sort.tell(self.row)


@dataclass(frozen=True)
class Decided:
    """One thing of which it was decided, as it is now; row is None when it is gone."""

    decision: RedivisionDecision
    label: str
    about: str
    row: Any


def open_items(redivision: Redivision) -> list[Item]:
    """All of which nobody decided yet, gemeente by gemeente."""
    known = RedivisionDecision.objects.filter(dissolution__redivision=redivision)
    decided = set(known.values_list("dissolution", "sort", "subject_id"))
    return [
        item
        for item in _found(redivision)
        if (item.dissolution.pk, item.sort.name, item.row.pk) not in decided
    ]


def decided_items(redivision: Redivision) -> list[Decided]:
    """In the order of deciding."""
    rows = list(
        RedivisionDecision.objects.filter(
            dissolution__redivision=redivision
        ).select_related("dissolution__organisation", "by")
    )
    keys: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        keys[row.sort].append(row.subject_id)
    found = {name: _rows_of(name, pks) for name, pks in keys.items()}
    return [_told(row, found[row.sort].get(row.subject_id)) for row in rows]


def _found(redivision: Redivision) -> Iterator[Item]:
    rows = redivision.dissolutions.standing().select_related("organisation")
    for dissolution in rows:
        for sort in sorts:
            found = sort.find(dissolution.organisation, redivision.starts_on)
            for row in found.order_by("pk"):
                yield Item(dissolution, sort, row)


def _rows_of(name: str, keys: list[int]) -> dict[int, Any]:
    sort = sort_named(name)
    return dict(sort.model._default_manager.in_bulk(keys)) if sort else {}


def _told(decision: RedivisionDecision, row: Any) -> Decided:
    sort = sort_named(decision.sort)
    if sort is None or row is None:
        label = sort.label if sort else decision.sort
        return Decided(decision, label, GONE, None)
    return Decided(decision, sort.label, sort.tell(row), row)
