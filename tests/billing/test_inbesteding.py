"""What was settled as activity: to the cent, by the days of being a lid."""

import datetime
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine

from billing.inbesteding import settled_activity
from billing.models import Settlement
from billing.settling import settlements
from contracts.inbesteding import recording
from contracts.inbesteding.gathering import assess
from contracts.inbesteding.share import Basis, Problem
from contracts.inbesteding.sources import Settled, all_series
from contracts.models import Forecast
from instruments.models import Instrument
from membership.models import Membership, Organisation, Person
from tests.billing.settled import H1, SINCE, SMALL, USUAL, deliver, reverse, settle
from tests.billing.settled import make_member as make_holder

MARCH = datetime.date(2026, 3, 9)  # on which deliver has everybody work
NEXT_YEAR = datetime.datetime(2027, 1, 20, 9, tzinfo=datetime.UTC)


def told(*, in_total: str, for_members: str, complete: bool = False) -> list[Settled]:
    return [
        Settled(
            Instrument.objects.get(slug="flexensie").pk,
            2026,
            Decimal(for_members),
            Decimal(in_total),
            complete,
        )
    ]


def make_lid(organisation: Organisation, starts_on: datetime.date) -> Membership:
    return Membership.objects.create(
        organisation=organisation, kind="lid", starts_on=starts_on
    )


@pytest.mark.django_db
def test_it_counts_for_members_by_the_day_that_was_worked(
    heideveld: Organisation,
    bureau: Person,
    penningmeester: Person,
    tmp_path: Path,
) -> None:
    later, earlier = make_holder("GM9004", "Later"), make_holder("GM9005", "Eerder")
    make_lid(later, MARCH + datetime.timedelta(days=1))
    make_lid(earlier, MARCH)
    private = make_holder("GM9006", "Participant")
    Membership.objects.create(organisation=private, kind="participant", starts_on=SINCE)
    works = [(heideveld, USUAL), (later, SMALL), (earlier, SMALL), (private, SMALL)]
    deliver(tmp_path, works)
    period = settle(preparer=bureau, approver=penningmeester)
    assert list(settled_activity()) == told(in_total="1950.00", for_members="1650.00")
    total = sum(s.bruto_omzet for s in Settlement.objects.all())
    assert total == Decimal("1950.00")
    # Over, but the second half is not settled: nothing can be said of the year.
    with time_machine.travel(NEXT_YEAR):
        assert not next(iter(settled_activity())).is_complete
        assert all_series()[period.instrument_id].unsettled == {2026}


@pytest.mark.django_db
def test_what_was_reversed_counts_no_more(
    heideveld: Organisation,
    flexensie: Instrument,
    bureau: Person,
    penningmeester: Person,
    tmp_path: Path,
) -> None:
    other = make_holder("GM9004", "Ander")
    make_lid(other, SINCE)
    deliver(tmp_path, [(heideveld, USUAL), (other, SMALL)])
    settle(preparer=bureau, approver=penningmeester)
    with time_machine.travel(NEXT_YEAR):
        day = NEXT_YEAR.date()
        run = settlements.prepare(flexensie, H1.next(), today=day, by=bureau)
        settlements.approve(run, now=NEXT_YEAR, by=penningmeester)
        whole = told(in_total="1650.00", for_members="1650.00", complete=True)
        assert list(settled_activity()) == whole
        assert all_series()[flexensie.pk].figures[2026].total == Decimal("1650.00")
        reverse(Settlement.objects.get(organisation=other), by=penningmeester)
        part = told(in_total="1500.00", for_members="1500.00")
        assert list(settled_activity()) == part


@pytest.mark.django_db
def test_a_year_with_work_that_is_not_settled_is_missing_and_no_forecast_replaces_it(
    heideveld: Organisation,
    flexensie: Instrument,
    bureau: Person,
    penningmeester: Person,
    tmp_path: Path,
) -> None:
    forecast = Forecast(
        instrument=flexensie,
        award_year=2027,
        controlling=Decimal(90),
        total=Decimal(100),
        reasoning="Veertig leden tekenden een intentie.",
    )
    recording.record_forecast(forecast, file=None, by=bureau)

    def basis() -> tuple[object, ...]:
        share = assess(flexensie, NEXT_YEAR.date()).share
        return share.basis, share.problem

    assert basis() == (Basis.FORECAST, None)
    deliver(tmp_path, [(heideveld, USUAL)])
    nothing_yet = told(in_total="0", for_members="0")
    assert list(settled_activity()) == nothing_yet
    assert basis() == (None, Problem.MISSING)
    settle(preparer=bureau, approver=penningmeester)
    reverse(Settlement.objects.get(), by=penningmeester)
    assert list(settled_activity()) == nothing_yet
    assert basis() == (None, Problem.MISSING)
