"""How long it takes to become a lid: per year and route, per stage, and drawn."""

import datetime
from io import BytesIO

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook  # type: ignore[import-untyped]  # has no types

from membership.admission.dossiers import open_dossier
from membership.admission.steps import Stage
from membership.models import Organisation, Person
from membership.register.length_chart import length_chart
from membership.register.lengths import (
    Course,
    Length,
    Way,
    by_stage,
    by_year,
    courses,
    length_of,
    median,
    percentile,
)
from tests.billing.test_pages import text_of
from tests.conftest import make_gemeente
from tests.membership.dossiers import make_lid

BEGAN = datetime.date(2025, 2, 1)


def course(days: int | None, way: Way = Way.VOORHANG, **stages: int) -> Course:
    """One that began on 1 February 2025; days from then on."""
    after = datetime.timedelta
    return Course(
        BEGAN,
        way,
        None if days is None else BEGAN + after(days=days),
        {Stage(name): BEGAN + after(days=each) for name, each in stages.items()},
    )


@pytest.mark.parametrize(
    ("days", "middle", "p80"),
    [([7], 7, 7), ([1, 2], 2, 2), ([1, 2, 4], 2, 4), ([1, 2, 3, 4, 100], 3, 4)],
)
def test_the_middle_and_the_day_by_which_80_percent_were_in(
    days: list[int], middle: int, p80: int
) -> None:
    assert length_of(days) == Length(len(days), middle, p80)


@given(st.lists(st.integers(0, 2000), min_size=1))
def test_at_least_80_percent_were_in_by_that_day_and_not_a_day_earlier(
    days: list[int],
) -> None:
    p80 = percentile(days, 80)
    assert sum(each <= p80 for each in days) * 100 >= 80 * len(days)
    assert sum(each < p80 for each in days) * 100 < 80 * len(days)
    assert min(days) <= median(days) <= max(days)


def test_years_and_routes_are_told_apart_and_who_is_under_way_counts_apart() -> None:
    (voorhang, own) = by_year([course(100), course(200), course(None),
                               course(5, Way.OWN)])  # fmt: skip
    assert (voorhang.year, voorhang.way, voorhang.still) == (2025, Way.VOORHANG, 1)
    assert voorhang.length == Length(2, 150, 200)
    assert own.length == Length(1, 5, 5)


def test_a_stage_takes_from_the_one_before_it_and_never_less_than_nothing() -> None:
    found = dict(by_stage([
        course(90, weighing=10, raad=50, decision=40, check=90),
        course(None, weighing=999),
    ]))  # fmt: skip
    assert {stage: length.median for stage, length in found.items()} == {
        Stage.WEIGHING: 10,
        Stage.RAAD: 40,
        Stage.DECISION: 0,
        Stage.CHECK: 40,
    }


def test_a_column_is_as_high_as_its_days() -> None:
    chart = length_chart(by_year([course(50), course(100)]))
    assert chart is not None
    (column,) = chart.columns
    assert [mark.label for mark in column.marks] == ["75", "100"]
    assert [mark.height for mark in column.marks] == ["82.5", "110.0"]
    assert length_chart(by_year([course(None)])) is None


def test_the_association_sees_how_long_it_took_on_the_page_and_in_the_file(
    client: Client,
    noorderhage: Organisation,
    vreemde: Person,
    bureau: Person,
    bestuur: Person,
) -> None:
    make_lid(noorderhage, by=vreemde, bureau=bureau, bestuur=bestuur)
    with time_machine.travel(timezone.now() - datetime.timedelta(days=400)):
        open_dossier(make_gemeente("GM9051", "Traag"), "lid", by=bureau)
    (done,) = [one for one in courses() if one.arrived]
    assert done.way == Way.VOORHANG
    assert set(done.stages) == set(Stage)
    client.force_login(bureau)
    text = text_of(client, "/ledenregister/cijfers/")
    assert "Hoe lang het duurt om lid te worden" in text
    assert "voorhang 0 – – 1" in text
    book = load_workbook(BytesIO(client.get("/ledenregister/cijfers.xlsx").getvalue()))
    assert book.sheetnames == ["Aantallen", "Doorlooptijd", "Per fase"]
    assert len(list(book["Doorlooptijd"].values)) == 3
    client.force_login(vreemde)
    assert client.get("/ledenregister/cijfers.xlsx").status_code == 404
