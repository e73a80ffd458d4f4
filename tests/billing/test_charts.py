"""Charts: marks have the right places, and say in words and patterns what they are."""

from decimal import Decimal

from billing.statements.charts import (
    Part,
    columns,
    divided,
    shares,
    stacked,
    whole_euro,
)
from nvsi.halfyear import HalfYear


def parts(payout: str, premium: str, fee: str, contribution: str) -> list[Part]:
    amounts = {
        "payout": payout,
        "premium": premium,
        "fee": fee,
        "contribution": contribution,
    }
    return [Part(kind, kind, Decimal(amount)) for kind, amount in amounts.items()]


def row(name: str, *amounts: str) -> tuple[str, Decimal, list[Part]]:
    return name, sum(map(Decimal, amounts), Decimal(0)), parts(*amounts)


def test_the_largest_bar_is_as_wide_as_the_page_and_the_others_in_proportion() -> None:
    chart = stacked([row("a", "50", "20", "28", "2"), row("b", "25", "10", "14", "1")])
    first, second = chart.bars
    assert [mark.width for mark in first.marks] == [
        "50.00%",
        "20.00%",
        "28.00%",
        "2.00%",
    ]
    assert [mark.x for mark in first.marks] == ["0.00%", "50.00%", "70.00%", "98.00%"]
    assert [mark.width for mark in second.marks][:2] == ["25.00%", "10.00%"]
    assert not chart.owed


def test_each_part_of_a_bar_has_its_own_kind_so_that_colour_is_not_needed() -> None:
    (bar,) = stacked([row("a", "50", "20", "28", "2")]).bars
    assert [mark.kind for mark in bar.marks] == [
        "payout",
        "premium",
        "fee",
        "contribution",
    ]


def test_a_payout_below_zero_lies_left_of_zero() -> None:
    chart = stacked([row("a", "-50", "100", "48", "2")])
    owed, premium, *_ = chart.bars[0].marks
    assert chart.owed
    assert (owed.kind, owed.x, owed.width) == ("payout-owed", "0.00%", "25.00%")
    assert (premium.x, premium.width) == ("25.00%", "50.00%")


def test_a_label_is_left_out_where_there_is_no_room() -> None:
    chart = stacked([row("a", "1000", "0", "0", "0"), row("b", "100", "0", "0", "0")])
    assert [bar.marks[0].label for bar in chart.bars] == ["€\xa01.000", ""]
    assert [bar.total for bar in chart.bars] == ["€\xa01.000", "€\xa0100"]


def test_a_part_of_nothing_has_no_mark() -> None:
    chart = stacked([row("a", "10", "0", "0", "0")])
    assert len(chart.bars[0].marks) == 1


def test_no_half_years_make_an_empty_chart() -> None:
    assert (stacked([]).bars, columns([]).columns) == ([], [])


def pair(period: str, revenue: str, received: str) -> tuple[HalfYear, list[Part]]:
    return HalfYear.parse(period), [
        Part("revenue", "bruto-omzet", Decimal(revenue)),
        Part("received", "uitkering", Decimal(received)),
    ]


def test_columns_stand_on_the_base_with_their_label_above() -> None:
    chart = columns([pair("2025-H2", "20000", "10000"), pair("2026-H1", "40000", "0")])
    revenue, received = chart.columns[0].marks
    assert (revenue.height, received.height) == ("66.0", "33.0")
    assert Decimal(revenue.y) + Decimal(revenue.height) == Decimal(chart.base)
    assert (revenue.label, received.label, chart.unit) == (
        *("20", "10"),
        "in duizenden euro's",
    )
    assert (chart.columns[1].first, chart.columns[1].second) == ("2026", "1e helft")


def test_a_column_below_zero_hangs_under_the_base_with_its_label_below() -> None:
    chart = columns([pair("2026-H1", "600", "-146")])
    _, received = chart.columns[0].marks
    assert received.y == chart.base
    assert (received.label, chart.unit) == ("−146", "in euro's")
    assert Decimal(received.label_y) > Decimal(received.y)
    assert Decimal(received.label_y) < Decimal(chart.first_y)


def test_large_amounts_are_labelled_in_millions() -> None:
    assert columns([pair("2026-H1", "12000000", "6000000")]).unit == (
        "in miljoenen euro's"
    )


def test_shares_are_whole_percents_that_make_a_hundred() -> None:
    found = shares(parts("33.33", "33.33", "33.33", "0.01"))
    assert [share.pct for share in found] == ["34%", "33%", "33%", "0%"]


def test_what_is_below_zero_or_nothing_is_not_divided() -> None:
    assert shares(parts("-1", "5", "5", "1")) == []
    assert shares(parts("0", "0", "0", "0")) == []


def test_a_division_is_one_bar_without_words() -> None:
    bar = divided(parts("56", "13", "29", "2")).bars[0]
    assert {mark.label for mark in bar.marks} == {""}
    assert bar.marks[-1].x == "98.00%"


def test_a_label_has_no_cents() -> None:
    assert whole_euro(Decimal("78951.44")) == "€\xa078.951"
