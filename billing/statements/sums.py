"""The calculation on a statement, line by line, as a citizen would write it down.

Nothing is calculated here but signs: the amounts are those of the frozen content, and
each line says which hours, which rate and which decision it comes from.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from nvsi.dutch import counted, euro, half_year, hours, percent, signed_euro
from nvsi.halfyear import HalfYear

Sums = Mapping[str, Any]
Notes = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Row:
    """A line of a calculation, with how its amount came about."""

    label: str
    amount: str
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class Calculation:
    """From the bruto-omzet to what each party gets; the last row is the result."""

    gemeente: Sequence[Row]
    executor: Sequence[Row]
    association: Sequence[Row]
    check: Sequence[Row]


def calculation(gemeente: Sums, receiver: str, *, reversal: bool) -> Calculation:
    """How the amounts of one gemeente came about."""
    notes = _work_notes([gemeente]) | _rate_notes(gemeente["rates"])
    return _calculation(gemeente, notes, receiver, reversal)


def overview(
    totals: Sums, gemeenten: Sequence[Sums], receiver: str, *, reversal: bool
) -> Calculation:
    """The sum over several gemeenten, whose own calculations follow it."""
    notes = _work_notes(gemeenten) | _shared_rate_notes(gemeenten)
    return _calculation(totals, notes, receiver, reversal)


def _calculation(
    sums: Sums, notes: Notes, receiver: str, reversal: bool
) -> Calculation:
    def taken(label: str, key: str) -> Row:
        return Row(label, _negated(sums[key]), notes.get(key, ()))

    def given(label: str, key: str) -> Row:
        return Row(label, euro(sums[key]), notes.get(key, ()))

    owed = Decimal(sums["uitkering_gemeente"]) < 0 and not reversal
    return Calculation(
        gemeente=[
            given("Bruto-omzet", "bruto_omzet"),
            taken("Premies voor kandidaten", "premies"),
            taken("Vergoeding uitvoerder", "vergoeding"),
            taken("Bijdrage aan de NVSI", "afdracht_gemeente"),
            Row(
                f"Uitkering aan {receiver}",
                euro(sums["uitkering_gemeente"]),
                [f"Onder nul: {receiver} betaalt dit bedrag."] if owed else (),
            ),
        ],
        executor=[
            Row("Vergoeding", euro(sums["vergoeding"])),
            taken("Bijdrage aan de NVSI", "afdracht_uitvoerder"),
            given("Uitkering aan de uitvoerder", "uitkering_uitvoerder"),
        ],
        association=[
            Row(f"Van {receiver}", euro(sums["afdracht_gemeente"])),
            Row("Van de uitvoerder", signed_euro(sums["afdracht_uitvoerder"])),
            given("Bijdrage aan de NVSI", "bijdrage_nvsi"),
        ],
        check=_check(sums),
    )


def _check(sums: Sums) -> list[Row]:
    """The parts that together are the bruto-omzet, each once."""
    return [
        Row("Premies", euro(sums["premies"])),
        Row("Uitkering aan u", signed_euro(sums["uitkering_gemeente"])),
        Row("Uitvoerder", signed_euro(sums["uitkering_uitvoerder"])),
        Row("NVSI", signed_euro(sums["bijdrage_nvsi"])),
        Row("Bruto-omzet", f"=\u00a0{euro(sums['bruto_omzet'])}"),
    ]


def _negated(amount: str) -> str:
    return signed_euro(-Decimal(amount))


def _work_notes(gemeenten: Sequence[Sums]) -> dict[str, Sequence[str]]:
    """How many hours were invoiced to how many, and the premium per hour."""
    worked = sum((Decimal(g["uren"]) for g in gemeenten), Decimal(0))
    clients = {(c["kvk"], c["naam"]) for g in gemeenten for c in g["opdrachtgevers"]}
    billed = counted(len(clients), "opdrachtgever", "opdrachtgevers")
    premiums = {
        Decimal(line["premie_per_uur"]) for g in gemeenten for line in g["lines"]
    }
    return {
        "bruto_omzet": [
            f"{hours(worked)} gewerkte uren, gefactureerd aan {billed}, zonder btw."
            if worked >= 0
            else f"{hours(worked)} uren na correcties, bij {billed}, zonder btw."
        ],
        "premies": [f"{_range(premiums)} per gewerkt uur."] if premiums else [],
    }


def _range(amounts: Iterable[Decimal]) -> str:
    """€ 2,00, or € 1,50 of € 2,00, or € 1,50 tot € 2,50."""
    low, *between = sorted(amounts)
    if not between:
        return euro(low)
    return f"{euro(low)} {'of' if len(between) == 1 else 'tot'} {euro(between[-1])}"


def _rate_notes(rates: Iterable[Sums]) -> dict[str, Sequence[str]]:
    """The percentage, over what, and what set it since when: each decision once."""
    notes: dict[str, list[str]] = {}
    told: set[str] = set()
    for rate in rates:
        since = half_year(HalfYear.parse(rate["since"]))
        decision = f" {rate['source']}, sinds de {since}."
        amount = f"{percent(rate['pct'])} van {euro(rate['base'])}."
        note = amount if decision in told else amount + decision
        notes.setdefault(rate["kind"], []).append(note)
        told.add(decision)
    return dict(notes)


def _shared_rate_notes(gemeenten: Sequence[Sums]) -> dict[str, Sequence[str]]:
    """For a sum: the percentage if all have the same, else where to find it."""
    pcts: dict[str, set[Decimal]] = {}
    for gemeente in gemeenten:
        for rate in gemeente["rates"]:
            pcts.setdefault(rate["kind"], set()).add(Decimal(rate["pct"]))
    return {
        kind: [
            f"{percent(*found)} van de bruto-omzet van elke gemeente."
            if len(found) == 1
            else "Per gemeente een eigen percentage; zie de berekening per gemeente."
        ]
        for kind, found in pcts.items()
    }
