"""The statements of an organisation side by side: a row each, and over the half-years.

What was reversed stays in the list; what is counted over the half-years holds.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Max, OuterRef, Prefetch, Q, Subquery, Sum

from billing.models import Match, Payment, Settlement
from billing.models.settlements import SettlementQuerySet
from billing.statements.charts import Bars, Columns, Part, columns, stacked
from billing.statements.state import State, state_of
from billing.statements.words import Sentence, result
from nvsi.dutch import euro, half_year
from nvsi.halfyear import HalfYear
from nvsi.money import ZERO

# More half-years than this make a chart that nobody reads; the table has them all.
IN_CHART, IN_SMALL_CHART = 8, 4

# What the gross revenue of a half-year is divided into, as on the statement.
PARTS = (
    ("payout", "uitkering", "uitkering_gemeente"),
    ("premium", "premies", "premies"),
    ("fee", "vergoeding uitvoerder", "vergoeding"),
    ("contribution", "bijdrage aan de NVSI", "afdracht_gemeente"),
)
# The columns of a table of amounts, each under its head.
AMOUNTS = {
    "bruto_omzet": "Bruto-omzet",
    "premies": "Premies",
    "vergoeding": "Vergoeding",
    "afdracht_gemeente": "Bijdrage",
    "uitkering_gemeente": "Uitkering",
}

# What is read of a settlement to show it: a third of the columns of all these tables.
SHOWN = (
    *("kind", "status", "reverses", "number_year", "number_sequence", *AMOUNTS),
    *(f"organisation__{name}" for name in ("kind", "name", "short_name", "iban")),
    *("period__halfyear", "period__instrument__name"),
)
REVERSALS = (
    *("reverses__number_year", "reverses__number_sequence"),
    *("reversal__reverses", "reversal__number_year", "reversal__number_sequence"),
)


@dataclass(frozen=True)
class StatementRow:
    """One statement in a list."""

    number: str
    period: str
    title: str
    state: State
    revenue: str
    payout: str


@dataclass(frozen=True)
class HalfYearRow:
    """The sums of one half-year, each with the head of its column."""

    period: str
    amounts: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class OverTime:
    """The half-years that hold: newest first in the table and the bars."""

    heads: Sequence[str]
    rows: Sequence[HalfYearRow]
    bars: Bars
    columns: Columns
    parts: Sequence[Part]
    shown: int


@dataclass(frozen=True)
class _Sums:
    period: HalfYear
    amounts: dict[str, Decimal]

    def parts(self) -> list[Part]:
        return [Part(kind, label, self.amounts[key]) for kind, label, key in PARTS]


def with_state(settlements: SettlementQuerySet, *more: str) -> SettlementQuerySet:
    """With all that the page of one asks for, and more; few have a reversal."""
    paid_on = Max("matches__line__booked_on", filter=Q(matches__amount__gt=0))
    payments = (
        Payment.objects.annotate(ordered_at=F("batch__exported_at"), paid_on=paid_on)
        .only("settlement", "iban")
        .order_by("ordered_at")
    )
    holding = Match.objects.holding().filter(settlement=OuterRef("pk")).order_by()
    receipts = holding.values("settlement")
    return (
        settlements.select_related("period__instrument", "organisation")
        .only(*SHOWN, *more)
        .annotate(
            received=Subquery(receipts.values(sum=-Sum("amount"))),
            received_on=Subquery(receipts.values(last=Max("line__booked_on"))),
        )
        .prefetch_related(Prefetch("payments", payments, "ordered"))
    )


def side_by_side(settlements: SettlementQuerySet) -> SettlementQuerySet:
    """With all that their rows ask for, in a fixed number of queries."""
    return with_state(settlements.select_related("reverses", "reversal"), *REVERSALS)


def facts_of(settlements: SettlementQuerySet) -> str:
    """What their rows follow from, in one query; empty when there are none.

    Of what is approved only the status still moves. Payments and what the bank said of
    them are never changed, only added.
    """
    facts = (
        settlements.order_by("pk")
        .values_list(
            *("pk", "number_year", "number_sequence", "status", "uitkering_gemeente"),
            *("period__instrument__name", "organisation__iban"),
        )
        .annotate(
            Max("payments"),
            Count("payments__matches"),
            Max("payments__matches__line__booked_on"),
            Max("receipts"),
        )
    )
    return "\n".join(map(str, facts))


def rows_of(settlements: Iterable[Settlement]) -> list[StatementRow]:
    return [row_of(settlement) for settlement in settlements]


def row_of(settlement: Settlement) -> StatementRow:
    assert settlement.number, "only what is approved is shown"
    reversal = settlement.kind == Settlement.Kind.REVERSAL
    word = "Creditafrekening" if reversal else "Afrekening"
    return StatementRow(
        number=settlement.number,
        period=half_year(settlement.period.halfyear),
        title=f"{word} {settlement.period.instrument.name}",
        state=state_of(settlement),
        revenue=euro(settlement.bruto_omzet),
        payout=euro(settlement.uitkering_gemeente),
    )


def result_of(settlement: Settlement) -> Sentence:
    """Who gets or owes how much: the first sentence of the page and of the paper."""
    return result(
        {
            "kind": settlement.kind,
            "period": str(settlement.period.halfyear),
            "refers_to": settlement.reverses.number if settlement.reverses else None,
            "organisation": {"kind": settlement.organisation.kind},
            "totals": {"uitkering_gemeente": settlement.uitkering_gemeente},
        }
    )


def over_time(settlements: Iterable[Settlement]) -> OverTime | None:
    """What holds, summed per half-year; nothing when none holds."""
    halves = _sums(settlements)
    if not halves:
        return None
    newest = halves[:IN_CHART]
    return OverTime(
        heads=list(AMOUNTS.values()),
        rows=[
            HalfYearRow(
                _short(h.period),
                [(head, euro(h.amounts[key])) for key, head in AMOUNTS.items()],
            )
            for h in halves
        ],
        bars=stacked(
            [(_short(h.period), h.amounts["bruto_omzet"], h.parts()) for h in newest]
        ),
        columns=columns([(h.period, _pair(h)) for h in halves[:IN_SMALL_CHART][::-1]]),
        parts=newest[0].parts(),
        shown=len(newest),
    )


def _sums(settlements: Iterable[Settlement]) -> list[_Sums]:
    found: dict[HalfYear, dict[str, Decimal]] = {}
    for settlement in settlements:
        if settlement.kind == Settlement.Kind.REVERSAL:
            continue
        if settlement.status == Settlement.Status.REVERSED:
            continue
        sums = found.setdefault(settlement.period.halfyear, {})
        for key in AMOUNTS:
            sums[key] = sums.get(key, ZERO) + getattr(settlement, key)
    return [_Sums(period, found[period]) for period in sorted(found, reverse=True)]


def _pair(half: _Sums) -> list[Part]:
    return [
        Part("revenue", "bruto-omzet", half.amounts["bruto_omzet"]),
        Part("received", "uitkering", half.amounts["uitkering_gemeente"]),
    ]


def _short(period: HalfYear) -> str:
    """2026, eerste helft: the year first, so that rows read as a calendar."""
    return f"{period.year}, {half_year(period).split(' van ')[0]}"
