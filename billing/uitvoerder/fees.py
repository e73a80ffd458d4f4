"""The uitvoerder's own statement of a half-year: what it is paid, per gemeente.

Read from the settlements that were approved, reversals included: so its sum is what is
due to the uitvoerder (billing.paying.dues), to the cent. Amounts are euros.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef

from billing.models import Payment, Period, Settlement, SettlementLine
from membership.models import Organisation
from nvsi.dutch import day
from nvsi.money import ZERO


@dataclass(frozen=True)
class FeeRow:
    """One gemeente in one settlement; below zero in a reversal."""

    gemeente: str
    number: str
    is_reversal: bool
    lines_count: int
    uren: Decimal
    bruto_omzet: Decimal
    percentages: Sequence[Decimal]
    vergoeding: Decimal
    afdracht: Decimal
    uitkering: Decimal


@dataclass(frozen=True)
class FeeStatement:
    """All rows of a half-year of one instrument, and what they come to."""

    period: Period
    rows: Sequence[FeeRow]
    state: str
    tone: str

    @property
    def uren(self) -> Decimal:
        return sum((row.uren for row in self.rows), ZERO)

    @property
    def bruto_omzet(self) -> Decimal:
        return sum((row.bruto_omzet for row in self.rows), ZERO)

    @property
    def vergoeding(self) -> Decimal:
        return sum((row.vergoeding for row in self.rows), ZERO)

    @property
    def afdracht(self) -> Decimal:
        return sum((row.afdracht for row in self.rows), ZERO)

    @property
    def uitkering(self) -> Decimal:
        return sum((row.uitkering for row in self.rows), ZERO)


def fee_periods(uitvoerder: Organisation) -> list[Period]:
    """The half-years that were approved and of which this is the uitvoerder."""
    approved = Settlement.objects.approved().filter(period=OuterRef("pk"))
    periods = (
        Period.objects.filter(Exists(approved))
        .filter(instrument__uitvoerders__organisation=uitvoerder)
        .select_related("instrument")
        .distinct()
    )
    return [
        period
        for period in periods
        if period.instrument.uitvoerder_on(period.halfyear.last_day) == uitvoerder
    ]


def fee_statements(
    periods: Sequence[Period], uitvoerder: Organisation
) -> list[FeeStatement]:
    """Of these half-years, in a fixed number of questions."""
    rows: dict[int, list[FeeRow]] = {period.pk: [] for period in periods}
    lines = (
        SettlementLine.objects.filter(settlement__period__in=periods)
        .exclude(settlement__status=Settlement.Status.DRAFT)
        .select_related("settlement", "gemeente")
        .order_by(
            "gemeente__name",
            "settlement__number_year",
            "settlement__number_sequence",
        )
    )
    for line in lines:
        rows[line.settlement.period_id].append(_row(line))
    payments = _payments(periods, uitvoerder)
    return [
        FeeStatement(
            period, rows[period.pk], *state_of(payments[period.pk], uitvoerder)
        )
        for period in periods
    ]


def _row(line: SettlementLine) -> FeeRow:
    pcts = {Decimal(r["pct"]) for r in line.rates if r["kind"] == "vergoeding"}
    return FeeRow(
        gemeente=line.gemeente.short_name or line.gemeente.name,
        number=line.settlement.number or "",
        is_reversal=line.settlement.kind == Settlement.Kind.REVERSAL,
        lines_count=line.lines_count,
        uren=line.uren,
        bruto_omzet=line.bruto_omzet,
        percentages=sorted(pcts),
        vergoeding=line.vergoeding,
        afdracht=line.afdracht_uitvoerder,
        uitkering=line.uitkering_uitvoerder,
    )


def _payments(
    periods: Sequence[Period], uitvoerder: Organisation
) -> dict[int, list[Payment]]:
    found: dict[int, list[Payment]] = {period.pk: [] for period in periods}
    payments = (
        Payment.objects.to_uitvoerder()
        .filter(batch__period__in=periods, organisation=uitvoerder)
        .select_related("batch")
        .defer("batch__xml")
        .prefetch_related("matches__line")
    )
    for payment in payments:
        found[payment.batch.period_id].append(payment)
    return found


def state_of(payments: Sequence[Payment], uitvoerder: Organisation) -> tuple[str, str]:
    """How far a payment to the uitvoerder is, in words, and the tone of its badge."""
    if not payments:
        return (
            "Wordt uitbetaald" if uitvoerder.iban else "Wacht op uw rekeningnummer"
        ), ("waiting")
    matches = [match for payment in payments for match in payment.matches.all()]
    ordered = sum((payment.amount for payment in payments), ZERO)
    if matches and sum((match.amount for match in matches), ZERO) == ordered:
        on = max(match.line.booked_on for match in matches)
        return f"Betaald op {day(on)}", "done"
    return "Betaling onderweg", "waiting"
