"""What apps above this one tell beside a verbeterwens: an order, money that moved.

Such an app registers a function that gives lines for a wens, each with its day, a
sentence, and a page where more is read ('' when there is none).
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from instruments.models import Verbeterwens


@dataclass(frozen=True)
class Beside:
    """One line: 'Opdracht UO-2026-0001: € 5.000,00'."""

    on: datetime.date
    text: str
    url: str = ""


Teller = Callable[[Verbeterwens], Iterable[Beside]]
tellers: list[Teller] = []


def told_beside(wens: Verbeterwens) -> list[Beside]:
    """All of it, in the order of the days."""
    found = [line for teller in tellers for line in teller(wens)]
    return sorted(found, key=lambda line: line.on)
