"""What the books know of an agreement: at which price was settled, and what is open."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Sum

from billing.models import Line, Settlement
from billing.running import unpaid, unpaid_settlements, unsettled_periods
from contracts.models import Gebruiksovereenkomst
from nvsi.admin.columns import link
from nvsi.admin.tables import Cell, Head, Table
from nvsi.dutch import euro, listing, percent

FEE = "vergoeding"


@dataclass(frozen=True)
class Prices(Table):
    """Each settlement, with the percentages of the vergoeding that it used."""

    settlements: Sequence[Settlement] = ()

    @property
    def heads(self) -> list[Head]:
        words = (("Afrekening", "text"), ("Halfjaar", "text"), ("Stand", "text"))
        amounts = (("Prijs", "number"), ("Bruto-omzet", "number"))
        return [Head(*one) for one in (*words, *amounts, ("Vergoeding", "number"))]

    @property
    def rows_shown(self) -> list[list[Cell]]:
        return [self._told(one) for one in self.settlements]

    def _told(self, one: Settlement) -> list[Cell]:
        used = sorted({rate["pct"] for rate in _fees(one)})
        return [
            Cell(link(one, one.number or "concept"), "text"),
            Cell(str(one.period.halfyear), "text"),
            Cell(one.get_status_display(), "text"),
            Cell(listing([percent(pct) for pct in used]) if used else "–", "number"),
            Cell(euro(one.bruto_omzet), "number"),
            Cell(euro(one.vergoeding), "number"),
        ]


def _fees(settlement: Settlement) -> Iterator[dict[str, Any]]:
    for line in settlement.lines.all():
        yield from (rate for rate in line.rates if rate["kind"] == FEE)


def settled_prices(agreement: Gebruiksovereenkomst) -> Table:
    """The settlements of its holder for its instrument, the last first."""
    rows = (
        Settlement.objects.filter(
            organisation=agreement.organisation_id,
            period__instrument=agreement.instrument_id,
        )
        .select_related("period__instrument")
        .prefetch_related("lines")
        .order_by("-period__halfyear", "-pk")
    )
    return Prices(
        Settlement.objects.none(),
        (),
        title="Afgerekend tegen welke prijs",
        nothing="Nog niets afgerekend.",
        settlements=list(rows),
    )


def still_open(agreement: Gebruiksovereenkomst) -> Iterator[str]:
    """What is to be settled and paid before the agreement is really over."""
    lines = Line.objects.filter(coverage__agreement=agreement)
    sums = lines.filter(period__in=unsettled_periods(agreement.organisation)).aggregate(
        omzet=Sum("omzet"), premie=Sum("premie")
    )
    if sums["omzet"]:
        yield (
            f"Nog niet afgerekend: {euro(sums['omzet'])} bruto-omzet, met "
            f"{euro(sums['premie'])} premies voor kandidaten."
        )
    waiting = unpaid_settlements(agreement.organisation)
    for settlement in waiting.filter(period__instrument=agreement.instrument_id):
        yield unpaid(settlement)
