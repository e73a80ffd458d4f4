"""The cells of a delivered table: what their text means, and what is wrong with it.

A reader takes the text of one cell, without spaces around it, and gives its value, or
raises BadCell with a Dutch reason. Pure: a reader knows nothing but its cell.
"""

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from nvsi.refusals import KEPT, CellError, TableRefused

Value = TypeVar("Value")
Reader = Callable[[str], Value]

MISSING = "ontbreekt"
_NUMBER = re.compile(r"-?\d{1,6}(?:[.,]\d+)?", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_DUTCH = re.compile(r"(\d\d?)-(\d\d?)-(\d{4})", re.ASCII)


class BadCell(ValueError):
    """What is wrong with the content of one cell, as a Dutch reason."""


def shown(text: str) -> str:
    """A value as it may be repeated in a message: short, and on one line."""
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= 40 else f"{one_line[:37]}..."


def read_number(text: str) -> Decimal:
    """A number with at most two decimals, with a comma or a point."""
    if not text:
        raise BadCell(MISSING)
    if not _NUMBER.fullmatch(text):
        raise BadCell(f"'{shown(text)}' is geen getal; schrijf bijvoorbeeld 14,75")
    if len(text) - len(text.partition(",")[0].partition(".")[0]) > 3:
        raise BadCell(f"'{shown(text)}' heeft meer dan twee decimalen")
    return Decimal(text.replace(",", ".")).quantize(Decimal("0.01"))


def read_date(text: str) -> datetime.date:
    """2026-03-09 or 09-03-2026."""
    if not text:
        raise BadCell(MISSING)
    iso, dutch = _ISO.fullmatch(text), _DUTCH.fullmatch(text)
    parts = iso.groups() if iso else dutch.groups()[::-1] if dutch else None
    try:
        if parts is None:
            raise ValueError
        year, month, day = map(int, parts)
        if not 2000 <= year <= 2099:
            raise ValueError
        return datetime.date(year, month, day)
    except ValueError:
        raise BadCell(
            f"'{shown(text)}' is geen datum; schrijf 2026-03-09 of 09-03-2026"
        ) from None


def read_words(most: int) -> Reader[str]:
    """A text that must be there, on one line, of at most so many characters."""

    def read(text: str) -> str:
        words = " ".join(text.split())
        if not words:
            raise BadCell(MISSING)
        if len(words) > most:
            raise BadCell(f"is langer dan {most} tekens")
        return words

    return read


def optional(read: Reader[Value]) -> Reader[Value | None]:
    """The same reader, for a cell that may be empty."""

    def read_if_filled(text: str) -> Value | None:
        return read(text) if text else None

    return read_if_filled


@dataclass
class RowCells:
    """The cells of one row while they are read; what is wrong goes to `errors`."""

    number: int
    texts: Mapping[str, str]
    errors: list[CellError]
    wrong: set[str] = field(default_factory=set)

    def read(self, column: str, reader: Reader[Value]) -> Value | None:
        """The value of a cell; None when it is wrong, which is then noted."""
        try:
            return reader(self.texts[column])
        except BadCell as error:
            self.refuse(column, str(error))
            return None

    def refuse(self, column: str, reason: str) -> None:
        self.wrong.add(column)
        self.errors.append(cell_error(self.number, column, reason))


def cell_error(row: int, column: str, reason: str) -> CellError:
    return CellError(row, column, f"{reason.removesuffix('.')}.")


def refuse_any(errors: Iterable[CellError]) -> None:
    """Raise TableRefused with all errors in the order of the file; pass when none."""
    found = sorted(errors, key=lambda error: (error.row, error.column))
    if found:
        raise TableRefused(found[:KEPT], len(found))
