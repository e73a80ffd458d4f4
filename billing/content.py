"""The content of settlements as JSON: for people's tools, and for the fingerprint.

Amounts are strings with two decimals, hours too (design of the settlement JSON).
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Protocol

from billing.settling.calculation import Amounts, AppliedRate

# What is settled, and no more: numbers and statuses come later and are not in it.
FINGERPRINTED = ("gemeente_code", *Amounts.__dataclass_fields__, "lines_count", "rates")


class HasAmounts(Protocol):
    """A row or a dataclass with the nine amounts."""

    @property
    def uren(self) -> Decimal: ...
    @property
    def bruto_omzet(self) -> Decimal: ...


def amounts_as_json(amounts: HasAmounts) -> dict[str, str]:
    return {
        name: f"{getattr(amounts, name):.2f}" for name in Amounts.__dataclass_fields__
    }


def rates_as_json(rates: Iterable[AppliedRate]) -> list[dict[str, str]]:
    return [
        {
            "kind": r.kind,
            "pct": f"{r.pct:.2f}",
            "base": f"{r.base:.2f}",
            "amount": f"{r.amount:.2f}",
            "source": r.source,
            "since": r.since,
        }
        for r in rates
    ]


def canonical(content: Any) -> bytes:
    """One spelling for one content: sorted keys, no spaces, UTF-8."""
    return json.dumps(
        content, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode()


def fingerprint(
    period: str, instrument: str, gemeenten: Iterable[Mapping[str, Any]]
) -> str:
    """The sha256 of what is settled: per gemeente the amounts, rates and line count."""
    settled = {
        "period": period,
        "instrument": instrument,
        "gemeenten": sorted(
            ({key: g[key] for key in FINGERPRINTED} for g in gemeenten),
            key=canonical,
        ),
    }
    return hashlib.sha256(canonical(settled)).hexdigest()
