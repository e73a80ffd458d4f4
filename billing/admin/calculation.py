"""The calculation of a settlement as a table, in the words of the paper."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet, Sum
from django.template.loader import render_to_string

from billing.models import Settlement
from billing.settling.calculation import Amounts
from nvsi.dutch import euro, hours, percent, signed_euro

Rates = Sequence[Mapping[str, str]]


def calculation(amounts: Any, receiver: str, rates: Rates = ()) -> str:
    """From the bruto-omzet to what each gets; rates say by which percentages."""
    worked = f"{hours(amounts.uren)} uur"
    rows = [
        ("Bruto-omzet", worked, euro(amounts.bruto_omzet)),
        ("Premies voor kandidaten", "", signed_euro(-amounts.premies)),
        _taken("Vergoeding uitvoerder", "vergoeding", amounts, rates),
        _taken("Bijdrage aan de NVSI", "afdracht_gemeente", amounts, rates),
    ]
    others = [
        ("Uitkering aan de uitvoerder", euro(amounts.uitkering_uitvoerder)),
        ("Bijdrage aan de NVSI, van beide", euro(amounts.bijdrage_nvsi)),
    ]
    outcome = (f"Uitkering aan {receiver}", euro(amounts.uitkering_gemeente))
    return render_to_string(
        "admin/billing/calculation.html",
        {"rows": rows, "outcome": outcome, "others": others},
    )


def _taken(label: str, kind: str, amounts: Any, rates: Rates) -> tuple[str, str, str]:
    used = [
        f"{percent(rate['pct'])} van {euro(rate['base'])}. {rate['source']}."
        for rate in rates
        if rate["kind"] == kind
    ]
    return label, " ".join(used), signed_euro(-getattr(amounts, kind))


def total(settlements: QuerySet[Settlement]) -> Amounts:
    """What several settlements come to together, asked in one query."""
    names = Amounts.__dataclass_fields__
    sums = settlements.order_by().aggregate(**{f"{n}_sum": Sum(n) for n in names})
    return Amounts(**{n: sums[f"{n}_sum"] for n in names if sums[f"{n}_sum"]})
