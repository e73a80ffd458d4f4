"""Deliveries as they should not be: all wrong, or wrong here and there. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from billing.demo.hours import HEADER, HourLine
from nvsi.spreadsheet import Cell, write_csv

# 111222333 is what every test uses for a burgerservicenummer: it passes the 11-proef.
MISTAKES: tuple[tuple[str, Cell], ...] = (
    ("uren", "zes uur"),
    ("uren", Decimal("200.00")),
    ("uren", Decimal("-8.00")),
    ("tarief", Decimal("0.00")),
    ("datum", "02-01-2099"),
    ("datum", "31-02-2026"),
    ("gemeente_code", "GM9999"),
    ("kandidaat_ref", "111222333"),
    ("opdrachtgever_kvk", "1234567"),
    ("premie_per_uur", Decimal("99.00")),
    ("factuurnummer", ""),
    ("corrigeert_regel_id", "onbekend"),
)

# By which line of the file, counted from 0, with the column and what stands there.
SLIPS: dict[int, tuple[str, Cell]] = {
    1: ("uren", "zes uur"),
    3: ("opdrachtgever_kvk", "1234567"),
    4: ("gemeente_code", "GM9999"),
    6: ("datum", "31-06-2026"),
    8: ("kandidaat_ref", "111222333"),
}


def wrong_delivery(lines: Sequence[HourLine], without_agreement: str) -> bytes:
    """A file of these lines, each with a mistake; and one for a strange gemeente."""
    mistakes = (*MISTAKES, ("gemeente_code", without_agreement))
    rows = [
        {**asdict(line), "regel_id": f"FOUT-{number:02d}", column: value}
        for number, (line, (column, value)) in enumerate(
            zip(lines, mistakes, strict=False), start=1
        )
    ]
    return _as_file(rows)


def delivery_with_slips(lines: Sequence[HourLine]) -> bytes:
    """A file of these lines, with a mistake in a few of them."""
    rows = [asdict(line) for line in lines]
    for place, (column, value) in SLIPS.items():
        rows[place][column] = value
    return _as_file(rows)


def _as_file(rows: Iterable[dict[str, Any]]) -> bytes:
    return write_csv(HEADER, [[row[name] for name in HEADER] for row in rows])
