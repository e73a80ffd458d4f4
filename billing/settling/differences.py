"""What changed between a prepared run and what its lines and terms now say."""

from typing import Any

from billing.content import amounts_as_json, rates_as_json
from billing.models import SettlementLine, SettlementRun
from billing.settling.preview import Preview
from nvsi.dutch import euro


def differences(run: SettlementRun, outcome: Preview) -> list[str]:
    """What a person should know: per holder and gemeente, what was and what now is."""
    lines = SettlementLine.objects.filter(settlement__run=run)
    was = {
        (line.settlement.organisation.code, line.gemeente.code): _comparable(
            line, line.rates, line.lines_count
        )
        for line in lines.select_related("gemeente", "settlement__organisation")
    }
    now = {
        (holder.organisation.code, part.gemeente.code): _comparable(
            part.calculation.amounts,
            rates_as_json(part.calculation.rates),
            part.calculation.lines_count,
        )
        for holder in outcome.holders
        for part in holder.gemeenten
    }
    return [
        f"{key[1]}: {_difference(was.get(key), now.get(key))}"
        for key in sorted(was.keys() | now.keys(), key=lambda key: (key[1], key[0]))
        if was.get(key) != now.get(key)
    ]


def _comparable(amounts: Any, rates: Any, lines_count: int) -> dict[str, Any]:
    pcts = " en ".join(r["pct"] for r in rates if r["kind"] == "vergoeding")
    return {
        **amounts_as_json(amounts),
        "rates": rates,
        # Shown, in these words; the percentage says more than its amount.
        "regels": str(lines_count),
        "bruto-omzet": euro(amounts.bruto_omzet),
        "uitkering": euro(amounts.uitkering_gemeente),
        "vergoeding": f"{pcts}%",
    }


def _difference(was: dict[str, Any] | None, now: dict[str, Any] | None) -> str:
    if was is None:
        return "is nieuw"
    if now is None:
        return "heeft geen regels meer"
    shown = ("regels", "bruto-omzet", "vergoeding", "uitkering")
    changed = [f"{k} {was[k]} > {now[k]}" for k in shown if was[k] != now[k]]
    return ", ".join(changed) or "percentages gewijzigd"
