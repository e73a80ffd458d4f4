"""Measure in turns: what is compared runs side by side, in the same minute."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from billing.sql import run


@dataclass(frozen=True)
class Plan:
    """How much is measured: the lines of a delivery, and how often; and where."""

    lines: int
    rounds: int
    folder: Path


@dataclass
class Watch:
    """The seconds of every round."""

    seconds: list[float] = field(default_factory=list)

    @contextmanager
    def timed(self) -> Iterator[None]:
        began = time.perf_counter()
        yield
        self.seconds.append(time.perf_counter() - began)

    @property
    def median(self) -> float:
        return median(self.seconds)


def in_turns(*pieces: Callable[[Watch], None], rounds: int) -> list[Watch]:
    """Do each piece of work in every round; each times its own part with its watch."""
    watches = [Watch() for _ in pieces]
    for _ in range(rounds):
        for piece, watch in zip(pieces, watches, strict=True):
            quiet_down()
            piece(watch)
    return watches


def quiet_down() -> None:
    """Write out what is still to be written: nobody pays for what another wrote."""
    run("CHECKPOINT")
    os.sync()


@dataclass(frozen=True)
class Row:
    """What was measured, beside what it is compared with, and how that is judged.

    `most` is a limit to ours / bare; `least` one to bare / ours, where more is better.
    Without either the ratio is only told.
    """

    subject: str
    ours: float
    bare: float
    most: float = 0
    least: float = 0
    unit: str = "s"

    @property
    def ratio(self) -> float:
        return self.bare / self.ours if self.least else self.ours / self.bare

    @property
    def limit(self) -> str:
        if self.least:
            return f">= {self.least}"
        return f"<= {self.most}" if self.most else ""

    @property
    def verdict(self) -> str:
        if self.least:
            return "ok" if self.ratio >= self.least else "missed"
        return ("ok" if self.ratio <= self.most else "missed") if self.most else ""
