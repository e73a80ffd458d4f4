"""The settlement of a half-year as JSON: the interface of `settle --json`."""

from collections.abc import Iterable
from typing import Any

from billing.content import amounts_as_json, fingerprint
from billing.models import Period, Settlement, SettlementLine
from billing.settling.calculation import Amounts


def halfyear_as_json(period: Period) -> dict[str, Any]:
    """All settlements of a half-year that hold, drafts included, sorted by code."""
    lines = list(
        SettlementLine.objects.filter(
            settlement__in=period.settlements.in_force()
        ).select_related("gemeente", "settlement")
    )
    gemeenten = [
        {
            "gemeente_code": line.gemeente.code,
            "number": line.settlement.number,
            **amounts_as_json(line),
            "lines_count": line.lines_count,
            "rates": line.rates,
        }
        for line in sorted(lines, key=lambda line: line.gemeente.code)
    ]
    halfyear, instrument = str(period.halfyear), period.instrument.slug
    return {
        "period": halfyear,
        "instrument": instrument,
        "status": status_of(period, {line.settlement for line in lines}),
        "fingerprint": fingerprint(halfyear, instrument, gemeenten),
        "totals": _total(lines),
        "gemeenten": gemeenten,
    }


def status_of(period: Period, settlements: Iterable[Settlement]) -> str:
    """draft while one is; paid when all that had something to receive were paid."""
    settlements = list(settlements)
    drafts = any(s.status == Settlement.Status.DRAFT for s in settlements)
    if drafts or period.closed_at is None:
        return "draft"
    receiving = [s for s in settlements if s.uitkering_gemeente > 0]
    paid = all(s.status == Settlement.Status.PAID for s in receiving)
    return "paid" if receiving and paid else "approved"


def _total(lines: Iterable[SettlementLine]) -> dict[str, str]:
    total = Amounts.total(
        Amounts(**{name: getattr(line, name) for name in Amounts.__dataclass_fields__})
        for line in lines
    )
    return amounts_as_json(total)
