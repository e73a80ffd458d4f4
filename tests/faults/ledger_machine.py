"""A machine that does whatever people do with the books, in any order.

It keeps its own small account of what should be so; after every step the books must
hold (tests.faults.invariants), and what was frozen may not have changed.
"""

import datetime
from collections.abc import Callable
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from billing import road
from billing.models import Line, Period, RunStatus, Settlement, SettlementRun
from billing.paying import payments
from contracts.agreements import change_terms
from contracts.models import Gebruiksovereenkomst
from nvsi.errors import NotAllowed
from nvsi.halfyear import HalfYear
from tests.faults.books import colleague, flexensie
from tests.faults.invariants import assert_books_hold, assert_unchanged, frozen
from tests.faults.ledger_deliveries import TODAY, Deliveries, halfyears

NOW = datetime.datetime(2027, 1, 20, 11, tzinfo=ZoneInfo("Europe/Amsterdam"))
percentages = st.integers(0, 10000).map(lambda number: Decimal(number) / 100)


class LedgerMachine(Deliveries):
    """What bureau, penningmeester and bestuur do with what was delivered."""

    def __init__(self) -> None:
        super().__init__()
        self.frozen = frozen(self.database)
        self.restarts = 0

    @rule(halfyear=halfyears, by=st.sampled_from([None, "bureau", "penningmeester"]))
    def prepare(self, halfyear: HalfYear, by: str | None) -> None:
        person = colleague(by) if by else None
        first = road.prepare(flexensie(), halfyear, today=TODAY, by=person)
        again = road.prepare(flexensie(), halfyear, today=TODAY, by=None)
        assert (again.pk, again.fingerprint) == (first.pk, first.fingerprint)
        assert again.prepared_by_id == first.prepared_by_id
        self.account.stale.discard(halfyear)

    @rule(halfyear=halfyears)
    def settle(self, halfyear: HalfYear) -> None:
        """What is still to be settled of a half-year, from lines to the books."""
        self.prepare(halfyear, by="penningmeester")
        self.approve(halfyear, by="bestuur")

    @rule(halfyear=halfyears, by=st.sampled_from(["penningmeester", "bestuur"]))
    def approve(self, halfyear: HalfYear, by: str) -> None:
        run = self._last_run(halfyear)
        if run is None:
            return
        person, stale = colleague(by), halfyear in self.account.stale
        why = next(
            (
                reason
                for reason, holds in {
                    "al vastgesteld": run.status == RunStatus.APPROVED,
                    "stelt haar niet vast": run.prepared_by == person,
                    "veranderd sinds het opstellen": stale,
                }.items()
                if holds
            ),
            None,
        )
        if why is None:
            road.approve(run, now=NOW, by=person)
            self.account.closed.add(halfyear)
            return
        with pytest.raises(NotAllowed, match=why):
            road.approve(run, now=NOW, by=person)

    @precondition(lambda self: self.account.closed)
    @rule(which=st.integers(0, 1000))
    def reverse(self, which: int) -> None:
        """What was approved is turned back once; a next run settles it again."""
        settlements = list(Settlement.objects.approved().order_by("pk"))
        if not settlements:
            return
        one = settlements[which % len(settlements)]
        run = self._last_run(one.period.halfyear)
        may = one.kind == "settlement" and one.status != "reversed"
        self._if(
            may,
            lambda: road.reverse(one, reason="proef", now=NOW, by=colleague("bestuur")),
        )
        if may and run and run.status == RunStatus.DRAFT:
            self.account.stale.add(one.period.halfyear)

    @rule(gemeente=st.integers(0, 2), halfyear=halfyears, pct=percentages)
    def change_the_price(self, gemeente: int, halfyear: HalfYear, pct: Decimal) -> None:
        """Never of what is settled; otherwise what was prepared has to be again."""
        agreement = Gebruiksovereenkomst.objects.order_by("pk")[gemeente]
        if agreement.terms.filter(from_halfyear=halfyear).exists():
            return
        settled = Settlement.objects.in_force().approved()
        used = settled.filter(
            organisation=agreement.organisation, period__halfyear__gte=halfyear
        ).exists()
        may = not used
        self._if(
            may,
            lambda: change_terms(
                agreement, from_halfyear=halfyear, vergoeding_pct=pct, by=None
            ),
        )
        if may:
            self.account.stale |= self._priced_by(agreement, halfyear)

    def _priced_by(
        self, agreement: Gebruiksovereenkomst, halfyear: HalfYear
    ) -> set[HalfYear]:
        """Where lines are settled at the price that starts in this half-year."""
        later = agreement.terms.filter(from_halfyear__gt=halfyear)
        until = later.order_by("from_halfyear").first()
        lines = Line.objects.filter(
            coverage__agreement=agreement, worked_in__gte=halfyear
        )
        if until is not None:
            lines = lines.filter(worked_in__lt=until.from_halfyear)
        periods = Period.objects.filter(pk__in=lines.values("period"))
        return {period.halfyear for period in periods}

    @precondition(lambda self: self.account.closed)
    @rule(halfyear=halfyears)
    def export(self, halfyear: HalfYear) -> None:
        period = Period.objects.filter(halfyear=halfyear).first()
        if period is None:
            return
        before = self._ordered(period)
        try:
            done = payments.export(period, now=NOW, by=colleague("bureau"))
        except NotAllowed:
            assert self._ordered(period) == before
            return
        due = period.settlements.approved().filter(organisation__iban__gt="")
        settled: dict[int, Decimal] = {}
        for one in due:
            settled.setdefault(one.organisation_id, Decimal(0))
            settled[one.organisation_id] += one.uitkering_gemeente
        for holder, ordered in self._ordered(period).items():
            most = max(before.get(holder, Decimal(0)), settled.get(holder, Decimal(0)))
            assert ordered == most
        assert done.batch.period_id == period.pk

    # What happens to all of them

    @precondition(lambda self: self.restarts < 1 and self.account.closed)
    @rule()
    def kill_the_server(self) -> None:
        self.restarts += 1
        self.inside.__exit__(None, None, None)
        self.cluster.restart()
        self.inside = self.database.in_django()
        self.inside.__enter__()

    @invariant()
    def the_books_hold(self) -> None:
        assert_books_hold(self.database)

    @invariant()
    def what_was_frozen_is_unchanged(self) -> None:
        now = frozen(self.database)
        assert_unchanged(self.frozen, now)
        self.frozen = now

    @invariant()
    def every_line_lies_where_it_fell(self) -> None:
        rows = self.database.ask(
            "SELECT l.regel_id, p.halfyear FROM billing_line l "
            "JOIN billing_period p ON p.id = l.period_id"
        )
        found = {regel_id: HalfYear.from_code(code) for regel_id, code in rows}
        assert found == self.account.falls_in

    def _last_run(self, halfyear: HalfYear) -> SettlementRun | None:
        runs = SettlementRun.objects.filter(period__halfyear=halfyear)
        return runs.order_by("-sequence").first()

    def _ordered(self, period: Period) -> dict[int, Decimal]:
        """What holders were sent of a half-year, in euros."""
        return dict(
            self.database.ask(
                "SELECT p.organisation_id, sum(p.amount) FROM billing_payment p "
                "JOIN billing_paymentbatch b ON b.id = p.batch_id "
                "WHERE b.period_id = %s AND p.settlement_id IS NOT NULL GROUP BY 1",
                [period.pk],
            )
        )

    def _if(self, may: bool, verb: Callable[[], object]) -> None:
        """It works when it may, and is refused when it may not."""
        if may:
            verb()
            return
        with pytest.raises(NotAllowed):
            verb()
