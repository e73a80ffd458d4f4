"""The amounts of a financial voorstel, as seed 004 part B lists them. Pure.

A line has what it is for and the amount, with a semicolon between them; a line without
one begins a group. The totals are always computed: nobody types them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from nvsi.dutch import euro
from nvsi.money import ZERO

_NUMBER = r"([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,9})(?:,([0-9]{2}))?"
_EUROS = re.compile(rf"(?:€\s*)?{_NUMBER}", re.ASCII)
_NAMED = re.compile(rf"(?:€|\beuro?)\s*{_NUMBER}|{_NUMBER}\s*(?:€|euro?\b)", re.I)
MOST, LONGEST = 60, 120


@dataclass(frozen=True)
class Amount:
    """What is asked for one thing, in euros; group is empty where there are none."""

    group: str
    name: str
    euros: Decimal

    @property
    def said(self) -> str:
        return euro(self.euros)


@dataclass(frozen=True)
class Group:
    """The amounts under one heading, and what they come to."""

    name: str
    amounts: list[Amount]

    @property
    def total(self) -> Decimal:
        return sum((one.euros for one in self.amounts), ZERO)

    @property
    def said(self) -> str:
        return euro(self.total)


@dataclass(frozen=True)
class Overview:
    """All amounts of a voorstel, in euros."""

    groups: list[Group]

    @property
    def total(self) -> Decimal:
        return sum((group.total for group in self.groups), ZERO)

    @property
    def said(self) -> str:
        return euro(self.total)

    def strangers_in(self, words: str) -> list[Decimal]:
        """The amounts, in euros, that a sentence names and that stand nowhere here, as
        a line or as a total; none for a voorstel without amounts."""
        if not self.groups:
            return []
        lines = {one.euros for group in self.groups for one in group.amounts}
        totals = {self.total, *(group.total for group in self.groups)}
        return sorted(named_in(words) - lines - totals)

    @property
    def is_grouped(self) -> bool:
        """Whether there is more to add up than one list."""
        return len(self.groups) > 1


def overview_of(amounts: Iterable[Amount]) -> Overview:
    """In the order in which they stand; a group is what stands together."""
    parts = groupby(amounts, lambda one: one.group)
    return Overview([Group(name, list(rows)) for name, rows in parts])


def amounts_of(words: str) -> list[Amount]:
    """What was typed. Raises ValueError, with the line, for what is no amount."""
    found: list[Amount] = []
    group = ""
    for line in filter(None, map(str.strip, words.splitlines())):
        name, divided, euros = (part.strip() for part in line.rpartition(";"))
        if len(line) > LONGEST:
            raise ValueError(
                f"'{line[:40]}...' is te lang: ten hoogste {LONGEST} tekens."
            )
        if not divided:
            group = line
        elif not name:
            raise ValueError(f"Zeg waarvoor het bedrag in '{line}' is.")
        else:
            found.append(Amount(group, name, _euros(euros, line)))
    if len(found) > MOST:
        raise ValueError(f"Een voorstel heeft ten hoogste {MOST} bedragen.")
    if words.strip() and not found:
        raise ValueError("Zet na elke omschrijving een puntkomma en het bedrag.")
    return found


def named_in(words: str) -> set[Decimal]:
    """The amounts in a sentence: what stands next to €, EUR or euro."""
    found = _NAMED.finditer(words)
    return {_decimal(one[1] or one[3], one[2] or one[4]) for one in found}


def typed(amounts: Iterable[Amount]) -> str:
    """As it can be typed again."""
    lines: list[str] = []
    for group in overview_of(amounts).groups:
        lines += [group.name] if group.name else []
        lines += [f"{one.name}; {one.said}" for one in group.amounts]
    return "\n".join(lines)


def _euros(words: str, line: str) -> Decimal:
    found = _EUROS.fullmatch(words.replace("\u00a0", " "))
    if found is None:
        raise ValueError(
            f"Het bedrag in '{line}' is niet te lezen. Schrijf 1000, 1.000 of 1.000,50."
        )
    euros = _decimal(found[1], found[2])
    if not euros:
        raise ValueError(f"Het bedrag in '{line}' is nul.")
    return euros


def _decimal(whole: str, cents: str | None) -> Decimal:
    return Decimal(f"{whole.replace('.', '')}.{cents or '00'}")
