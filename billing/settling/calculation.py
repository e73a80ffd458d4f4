"""The arithmetic of a settlement: sums and rates in, amounts out. Pure.

docs/settlement.md explains it with a worked table. Source: seed 002 (1% and 1% of the
gross revenue), domain rules 12, 13, 15, 16 and 18.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal

from nvsi.money import ZERO, share


@dataclass(frozen=True)
class Rate:
    """A percentage, what set it (article or decision) and since which half-year."""

    pct: Decimal
    source: str
    since: str


@dataclass(frozen=True)
class Rates:
    """The three percentages that hold for the work of one half-year."""

    vergoeding: Rate
    afdracht_gemeente: Rate
    afdracht_uitvoerder: Rate


@dataclass(frozen=True)
class WorkSum:
    """Summed lines of one gemeente under one set of rates: hours and euros."""

    lines_count: int
    uren: Decimal
    omzet: Decimal
    premies: Decimal
    rates: Rates


@dataclass(frozen=True)
class AppliedRate:
    """One rounding: the percentage, over which euros, and what it came to."""

    kind: str
    pct: Decimal
    base: Decimal
    amount: Decimal
    source: str
    since: str


@dataclass(frozen=True)
class Amounts:
    """Hours and euros of a gemeente, of a settlement or of a whole half-year."""

    uren: Decimal = ZERO
    bruto_omzet: Decimal = ZERO
    premies: Decimal = ZERO
    vergoeding: Decimal = ZERO
    afdracht_gemeente: Decimal = ZERO
    afdracht_uitvoerder: Decimal = ZERO
    uitkering_gemeente: Decimal = ZERO
    uitkering_uitvoerder: Decimal = ZERO
    bijdrage_nvsi: Decimal = ZERO

    def __post_init__(self) -> None:
        assert self.bruto_omzet == (
            self.premies
            + self.uitkering_gemeente
            + self.uitkering_uitvoerder
            + self.bijdrage_nvsi
        ), "every cent of the revenue goes somewhere"

    def __neg__(self) -> "Amounts":
        return Amounts(**{name: -value for name, value in self.items()})

    def items(self) -> list[tuple[str, Decimal]]:
        return [(f.name, getattr(self, f.name)) for f in fields(self)]

    @classmethod
    def total(cls, parts: Iterable["Amounts"]) -> "Amounts":
        """The sum of amounts that were each rounded before."""
        parts = list(parts)
        return cls(
            **{
                f.name: sum((getattr(p, f.name) for p in parts), ZERO)
                for f in fields(cls)
            }
        )


@dataclass(frozen=True)
class Calculation:
    """What one gemeente's half-year came to, and by which percentages."""

    amounts: Amounts
    rates: tuple[AppliedRate, ...] = field(default=())
    lines_count: int = 0


def calculate(sums: Sequence[WorkSum]) -> Calculation:
    """Settle one gemeente in one half-year.

    Work of an earlier half-year (nagekomen) keeps its own rates. A percentage is
    applied once over all the revenue it holds for, and rounded there, half up.
    """
    omzet = sum((s.omzet for s in sums), ZERO)
    premies = sum((s.premies for s in sums), ZERO)
    applied = {
        kind: _apply(kind, [(getattr(s.rates, kind), s.omzet) for s in sums])
        for kind in ("vergoeding", "afdracht_gemeente", "afdracht_uitvoerder")
    }
    total = {kind: sum((r.amount for r in rs), ZERO) for kind, rs in applied.items()}
    amounts = Amounts(
        uren=sum((s.uren for s in sums), ZERO),
        bruto_omzet=omzet,
        premies=premies,
        **total,
        uitkering_gemeente=omzet
        - premies
        - total["vergoeding"]
        - total["afdracht_gemeente"],
        uitkering_uitvoerder=total["vergoeding"] - total["afdracht_uitvoerder"],
        bijdrage_nvsi=total["afdracht_gemeente"] + total["afdracht_uitvoerder"],
    )
    rates = tuple(rate for kind in applied.values() for rate in kind)
    return Calculation(amounts, rates, sum(s.lines_count for s in sums))


def _apply(kind: str, bases: Sequence[tuple[Rate, Decimal]]) -> list[AppliedRate]:
    """Apply each different percentage once, over everything it holds for."""
    applied = []
    for pct in sorted({rate.pct for rate, _ in bases}):
        same = [(rate, base) for rate, base in bases if rate.pct == pct]
        base = sum((base for _, base in same), ZERO)
        sources = sorted({(rate.since, rate.source) for rate, _ in same})
        applied.append(
            AppliedRate(
                kind=kind,
                pct=pct,
                base=base,
                amount=share(base, pct),
                source="; ".join(dict.fromkeys(source for _, source in sources)),
                since=sources[0][0],
            )
        )
    return applied
