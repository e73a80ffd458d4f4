"""The rules of an hour line, one cell at a time. Pure; source: design section 4.

Each reader takes the text of a cell and gives its value, or raises BadCell with a
Dutch sentence. They run once per distinct value of a file, not once per row.
"""

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from membership.identifiers import is_bsn
from nvsi.cells import BadCell, read_date, read_number, shown
from nvsi.tables import Columns

__all__ = ["COLUMNS", "KVK_DIGITS", "LONGEST_REFERENCE", "TEXTS", "BadCell", "readers"]

COLUMNS = Columns(
    required=(
        "regel_id",
        "gemeente_code",
        "opdracht_id",
        "opdrachtgever_naam",
        "opdrachtgever_kvk",
        "kandidaat_ref",
        "datum",
        "uren",
        "tarief",
        "premie_per_uur",
        "factuurnummer",
        "factuurdatum",
    ),
    optional=("corrigeert_regel_id",),
)
# Texts that are kept as they are, with the most characters that they may have.
TEXTS = {
    "regel_id": 64,
    "opdracht_id": 64,
    "opdrachtgever_naam": 200,
    "kandidaat_ref": 64,
    "factuurnummer": 64,
}
KVK_DIGITS = 8
LONGEST_REFERENCE = 64
MOST_HOURS = Decimal(168)


def read_hours(text: str) -> Decimal:
    hours = read_number(text)
    if hours == 0 or abs(hours) > MOST_HOURS:
        raise BadCell(f"'{shown(text)}' moet tussen 0 en 168 liggen")
    return hours


def read_tariff(text: str) -> Decimal:
    tariff = read_number(text)
    if tariff <= 0:
        raise BadCell(f"'{shown(text)}' moet hoger zijn dan 0")
    return tariff


def read_premium(text: str) -> Decimal:
    premium = read_number(text)
    if premium < 0:
        raise BadCell(f"'{shown(text)}' mag niet lager zijn dan 0")
    return premium


def read_past_date(today: datetime.date) -> Callable[[str], datetime.date]:
    """A date of work: not later than today."""

    def read(text: str) -> datetime.date:
        date = read_date(text)
        if date > today:
            raise BadCell(f"'{shown(text)}' ligt in de toekomst")
        return date

    return read


def read_kandidaat(text: str) -> str:
    """A pseudonym; a burgerservicenummer is refused, and not repeated in the words."""
    if is_bsn(text):
        raise BadCell(
            "is een burgerservicenummer; gebruik een eigen, nietszeggend kenmerk"
        )
    return text


def readers(today: datetime.date) -> dict[str, Callable[[str], Any]]:
    """Which reader belongs to which column."""
    return {
        "uren": read_hours,
        "tarief": read_tariff,
        "premie_per_uur": read_premium,
        "datum": read_past_date(today),
        "factuurdatum": read_date,
        "kandidaat_ref": read_kandidaat,
    }
