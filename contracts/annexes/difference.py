"""What is different between two versions of annexes. Pure: works on rows that are read.

Rows are the same when they have the same name. Source: AVG art. 28 lid 2.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices

from nvsi.dutch import day


class How(TextChoices):
    ADDED = "added", "nieuw"
    REMOVED = "removed", "vervalt"
    CHANGED = "changed", "gewijzigd"


@dataclass(frozen=True)
class Line:
    """One fact of a row, before and after; one of them is empty when it is new."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """A row that is new, goes or changes; `asks_yes`: silence is no consent to it."""

    what: str
    name: str
    how: How
    lines: tuple[Line, ...]
    asks_yes: bool = False


@dataclass(frozen=True)
class _Sort:
    """A kind of row: what it is called, its name, its facts, and of those which ask a
    yes when they change."""

    what: str
    named: str
    facts: Mapping[str, str]
    asks_yes: tuple[str, ...] = ()


SORTS = {
    "processings": _Sort(
        "Verwerking",
        "name",
        {
            "nature": "Wat er gebeurt",
            "purpose": "Waarvoor",
            "subjects": "Van wie",
            "data_kinds": "Welke gegevens",
            "retention": "Hoe lang bewaard",
            "transfer": "Doorgifte buiten de EER",
        },
        ("purpose", "data_kinds"),
    ),
    "subprocessors": _Sort(
        "Sub-verwerker",
        "name",
        {"country": "Land", "task": "Wat hij doet", "since": "Sinds"},
    ),
    "measures": _Sort("Maatregel", "reference", {"what": "Maatregel"}),
}


def differences(before: Any, after: Any) -> list[Change]:
    """From one version to the next; each was read with all that stands in it."""
    return [
        change
        for name, sort in SORTS.items()
        for change in _changes(sort, _rows(before, name), _rows(after, name))
    ]


def asks_yes(changes: Iterable[Change]) -> bool:
    """Whether another purpose or another kind of personal data is among them."""
    return any(change.asks_yes for change in changes)


def _rows(version: Any, name: str) -> list[Any]:
    return [] if version is None else list(getattr(version, name).all())


def _changes(sort: _Sort, before: list[Any], after: list[Any]) -> Iterator[Change]:
    old = {getattr(row, sort.named): row for row in before}
    new = {getattr(row, sort.named): row for row in after}
    for name in sorted({*old, *new}):
        lines = tuple(_lines(sort, old.get(name), new.get(name)))
        if name not in old:
            yield Change(sort.what, name, How.ADDED, lines, bool(sort.asks_yes))
        elif name not in new:
            yield Change(sort.what, name, How.REMOVED, lines)
        elif lines:
            labels = {sort.facts[fact] for fact in sort.asks_yes}
            needs = any(line.label in labels for line in lines)
            yield Change(sort.what, name, How.CHANGED, lines, needs)


def _lines(sort: _Sort, old: Any, new: Any) -> Iterator[Line]:
    for fact, label in sort.facts.items():
        before, after = _said(old, fact), _said(new, fact)
        if before != after:
            yield Line(label, before, after)


def _said(row: Any, fact: str) -> str:
    """As people read it; several lines become one."""
    if row is None:
        return ""
    value = getattr(row, fact)
    return said(value) if isinstance(value, str) else day(value)


def said(text: str) -> str:
    """What stands on lines of its own, in one sentence."""
    return "; ".join(part.strip() for part in text.splitlines() if part.strip())
