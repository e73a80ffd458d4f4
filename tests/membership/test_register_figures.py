"""Figures over time: counted per half-year, and drawn to scale."""

import datetime
from decimal import Decimal

from membership.models import Membership, Organisation
from membership.register.entries import Kind, register_on
from membership.register.figures import (
    IN_CHART,
    Moment,
    charts,
    count_by_kind,
    moments,
)
from tests.conftest import SINCE

TODAY = datetime.date(2026, 3, 9)


def moment(day: datetime.date, lid: int, *, is_today: bool = False) -> Moment:
    counts = {Kind.LID: lid, Kind.ASPIRANT_LID: 1, Kind.PARTICIPANT: 0}
    return Moment(day, is_today, counts)


def test_nothing_when_nobody_ever_belonged(db: None) -> None:
    assert moments(TODAY) == []


def test_the_end_of_every_half_year_since_the_first_and_today(
    heideveld: Organisation, waterkant: Organisation, noorderhage: Organisation
) -> None:
    heideveld.memberships.update(starts_on="2024-07-01")
    waterkant.memberships.update(starts_on="2025-01-01", ends_on="2025-12-30")
    found = moments(TODAY)
    assert [str(each.day) for each in found] == [
        *("2024-12-31", "2025-06-30", "2025-12-31", "2026-03-09"),
    ]
    assert [each.is_today for each in found] == [False, False, False, True]
    told = [each.numbers for each in found]
    assert told == [[1, 0, 0], [1, 1, 0], [1, 0, 0], [1, 0, 0]]
    for each in found:
        kinds = [entry.kind for entry in register_on(each.day)]
        assert each.counts == count_by_kind(kinds)


def test_on_the_last_day_of_a_half_year_that_day_stands_there_once(
    heideveld: Organisation,
) -> None:
    last = datetime.date(2018, 6, 30)
    assert [(each.day, each.is_today) for each in moments(last)] == [(last, True)]


def test_what_is_to_come_and_what_was_long_ago_break_nothing(
    noorderhage: Organisation, heideveld: Organisation
) -> None:
    Membership.objects.create(
        organisation=noorderhage, kind="lid", starts_on=TODAY.replace(year=2027)
    )
    heideveld.memberships.update(starts_on="1988-01-01")
    found = moments(TODAY)
    assert found[0].day == datetime.date(2000, 6, 30)
    assert found[-1].counts[Kind.LID] == 1


def test_columns_are_to_scale_and_say_their_number() -> None:
    shown = [
        moment(datetime.date(2025, 6, 30), 10),
        moment(datetime.date(2025, 12, 31), 40),
        moment(TODAY, 20, is_today=True),
    ]
    leden, aspiranten, participanten = charts(shown)
    assert [chart.title for chart in (leden, aspiranten, participanten)] == [
        *("Leden", "Aspirant-leden", "Participanten"),
    ]
    marks = [column.marks[0] for column in leden.columns]
    assert [mark.label for mark in marks] == ["10", "40", "20"]
    assert [mark.kind for mark in marks] == ["ended", "ended", "today"]
    heights = [Decimal(mark.height) for mark in marks]
    assert heights[1] == 4 * heights[0] == 2 * heights[2]
    for mark in marks:
        assert Decimal(mark.y) + Decimal(mark.height) == Decimal(leden.base)
    assert [(c.first, c.second) for c in leden.columns] == [
        *(("30-06", "2025"), ("31-12", "2025"), ("nu", "")),
    ]
    empty = [column.marks[0] for column in participanten.columns]
    assert {(mark.height, mark.label) for mark in empty} == {("0.0", "0")}


def test_a_long_past_is_in_the_table_and_not_in_the_chart() -> None:
    shown = [moment(SINCE + n * datetime.timedelta(days=181), n) for n in range(20)]
    (leden, *_) = charts(shown)
    assert len(leden.columns) == IN_CHART
    assert leden.columns[-1].marks[0].label == "19"
    ends = [
        Decimal(mark.x.rstrip("%")) + Decimal(mark.width.rstrip("%"))
        for column in leden.columns
        for mark in column.marks
    ]
    assert max(ends) <= 100
