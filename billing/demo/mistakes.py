"""A delivery as it should not be: one mistake in every row. Pure."""

from collections.abc import Sequence
from dataclasses import asdict
from decimal import Decimal

from billing.demo.hours import HEADER, HourLine
from billing.spreadsheet import Cell, write_csv

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


def wrong_delivery(lines: Sequence[HourLine], without_agreement: str) -> bytes:
    """A file of these lines, each with a mistake; and one for a strange gemeente."""
    mistakes = (*MISTAKES, ("gemeente_code", without_agreement))
    rows = [
        {**asdict(line), "regel_id": f"FOUT-{number:02d}", column: value}
        for number, (line, (column, value)) in enumerate(
            zip(lines, mistakes, strict=False), start=1
        )
    ]
    return write_csv(HEADER, [[row[name] for name in HEADER] for row in rows])
