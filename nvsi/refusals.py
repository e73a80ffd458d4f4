"""What is refused in a delivered file: which row, which column, and why.

A file is refused as a whole, with everything that is wrong in it at once, so that
whoever delivers it mends it in one go.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

KEPT = 1_000


@dataclass(frozen=True)
class CellError:
    """One refused thing, in words for people.

    row is the number that a spreadsheet shows (the header is row 1), 0 when it is about
    the file; column is "" when it is about the row or the file.
    """

    row: int
    column: str
    message: str


class TableRefused(Exception):
    """The file is not taken: the first thousand errors, and how many there are."""

    def __init__(self, errors: Iterable[CellError], count: int | None = None) -> None:
        self.errors: tuple[CellError, ...] = tuple(errors)
        self.count = len(self.errors) if count is None else count
        super().__init__(self.errors, self.count)

    def __str__(self) -> str:
        first = self.errors[0].message if self.errors else ""
        return first if self.count < 2 else f"{first} (en nog {self.count - 1})"


@dataclass
class Refusals:
    """Gathers errors: counts them all, keeps the first thousand."""

    kept: list[CellError] = field(default_factory=list)
    count: int = 0

    def add(self, row: int, column: str, message: str) -> None:
        self.take([CellError(row, column, message)])

    def take(self, errors: Iterable[CellError]) -> None:
        for error in errors:
            self.count += 1
            if len(self.kept) < KEPT:
                self.kept.append(error)

    def raise_any(self) -> None:
        """Raise TableRefused when anything was gathered."""
        if self.count:
            raise TableRefused(self.kept, self.count)


def refused(message: str, row: int = 0, column: str = "") -> TableRefused:
    """The exception for one single error."""
    return TableRefused([CellError(row, column, message)])


def shortened(value: str, length: int = 40) -> str:
    """A value as it can be shown: one line, no control characters, not too long."""
    shown = "".join(c if c.isprintable() else " " for c in value[: length + 1]).strip()
    return shown if len(shown) <= length else f"{shown[: length - 1]}…"
