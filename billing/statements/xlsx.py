"""The statement as a workbook: the calculation, the opdrachten and every line. Pure."""

import datetime
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from nvsi.spreadsheet import Cell, Sheet, write_xlsx

Content = Mapping[str, Any]

AMOUNTS = (
    ("uren", "Gewerkte uren"),
    ("bruto_omzet", "Bruto-omzet"),
    ("premies", "Premies voor kandidaten"),
    ("vergoeding", "Vergoeding uitvoerder"),
    ("afdracht_gemeente", "Bijdrage aan de NVSI, deel gemeente"),
    ("afdracht_uitvoerder", "Bijdrage aan de NVSI, deel uitvoerder"),
    ("uitkering_gemeente", "Uitkering aan de gemeente"),
    ("uitkering_uitvoerder", "Uitkering aan de uitvoerder"),
    ("bijdrage_nvsi", "Bijdrage aan de NVSI, samen"),
)
RATE_NAMES = {
    "vergoeding": "Vergoeding uitvoerder",
    "afdracht_gemeente": "Bijdrage gemeente",
    "afdracht_uitvoerder": "Bijdrage uitvoerder",
}


AMOUNT_COLUMNS = ("Gemeente", "Post", "Bedrag")
RATE_COLUMNS = ("Gemeente", "Post", "Percentage", "Over", "Bedrag", "Sinds", "Volgens")
OPDRACHT_COLUMNS = (
    *("Gemeente", "Opdrachtgever", "KvK-nummer", "Opdracht", "Van", "Tot en met"),
    *("Uren", "Omzet", "Premie", "Bijzonderheid"),
)
LINE_COLUMNS = (
    *("Gemeente", "Regel", "Opdracht", "Datum", "Uren", "Tarief", "Premie per uur"),
    *("Omzet", "Premie", "Nagekomen uit", "Corrigeert regel"),
)


def render_xlsx(content: Content) -> bytes:
    """The workbook of a statement; the same content gives the same bytes."""
    return write_xlsx(
        [
            Sheet("Afrekening", AMOUNT_COLUMNS, _amounts(content)),
            Sheet("Percentages", RATE_COLUMNS, _rates(content)),
            Sheet("Opdrachten", OPDRACHT_COLUMNS, _opdrachten(content)),
            Sheet("Regels", LINE_COLUMNS, _lines(content)),
        ],
        created=datetime.date.fromisoformat(content["date"]),
        title=f"Afrekening {content['number']}",
    )


def _amounts(content: Content) -> Iterator[tuple[Cell, ...]]:
    for gemeente in content["gemeenten"]:
        for key, label in AMOUNTS:
            yield gemeente["name"], label, Decimal(gemeente[key])
    if len(content["gemeenten"]) > 1:
        for key, label in AMOUNTS:
            yield "Totaal", label, Decimal(content["totals"][key])


def _rates(content: Content) -> Iterator[tuple[Cell, ...]]:
    for gemeente in content["gemeenten"]:
        for rate in gemeente["rates"]:
            yield (
                gemeente["name"],
                RATE_NAMES[rate["kind"]],
                Decimal(rate["pct"]),
                Decimal(rate["base"]),
                Decimal(rate["amount"]),
                rate["since"],
                rate["source"],
            )


def _opdrachten(content: Content) -> Iterator[tuple[Cell, ...]]:
    for gemeente in content["gemeenten"]:
        for opdrachtgever in gemeente["opdrachtgevers"]:
            for opdracht in opdrachtgever["opdrachten"]:
                yield (
                    gemeente["name"],
                    opdrachtgever["naam"],
                    opdrachtgever["kvk"],
                    opdracht["opdracht_id"],
                    datetime.date.fromisoformat(opdracht["van"]),
                    datetime.date.fromisoformat(opdracht["tot"]),
                    Decimal(opdracht["uren"]),
                    Decimal(opdracht["omzet"]),
                    Decimal(opdracht["premie"]),
                    _remark(opdracht),
                )


def _remark(opdracht: Mapping[str, Any]) -> str:
    late = [f"nagekomen uit {halfyear}" for halfyear in opdracht["nagekomen"]]
    return ", ".join([*late, *(["correctie"] if opdracht["correctie"] else [])])


def _lines(content: Content) -> Iterator[tuple[Cell, ...]]:
    for gemeente in content["gemeenten"]:
        for line in gemeente["lines"]:
            yield (
                gemeente["name"],
                line["regel_id"],
                line["opdracht_id"],
                datetime.date.fromisoformat(line["datum"]),
                Decimal(line["uren"]),
                Decimal(line["tarief"]),
                Decimal(line["premie_per_uur"]),
                Decimal(line["omzet"]),
                Decimal(line["premie"]),
                line["nagekomen"] or "",
                line["corrigeert_regel_id"] or "",
            )
