"""A half-year that is settled again: other money, and the same people as before."""

import datetime

import pytest

from billing import road
from billing.figures.content import EUROS, settled_again
from billing.models import Figures, Settlement
from membership.models import Organisation, Person, Region
from tests.billing.settled import NOW
from tests.billing.test_figures import Settle, content, gemeenten, settle, work

__all__ = ["gemeenten", "settle"]


@pytest.fixture
def moved(
    gemeenten: list[Organisation], settle: Settle, penningmeester: Person
) -> list[Organisation]:
    """Settled, while the small Plaats 6 stood in AM01; it was in AM02, they say since,
    and the first is reversed."""
    am01, am02 = Region.objects.filter(type="arbeidsmarktregio").order_by("code")
    row = am01.members.create(organisation=gemeenten[6])
    settle(work([8, 8, 8, 8, 8, 8, 2]))
    row.ends_on = datetime.date(2025, 12, 31)
    row.save()
    am02.members.create(organisation=gemeenten[6], starts_on=datetime.date(2026, 1, 1))
    first = Settlement.objects.get(organisation=gemeenten[0])
    road.reverse(first, reason="prijs", now=NOW, by=penningmeester)
    return gemeenten


def test_the_people_of_one_gemeente_do_not_follow_from_two_publications(
    moved: list[Organisation], settle: Settle
) -> None:
    before = content()
    assert [part["kandidaten"] for part in before["regions"]] == [26, 24]
    settle([])
    assert Figures.objects.count() == 2
    assert content()["regions"] == before["regions"]


def test_the_money_and_the_day_are_those_of_now() -> None:
    """A figure that the first publication did not have yet, is not told with it."""
    before = {"approved_on": "2026-07-15", "kandidaten": 26, **told("1.00")}
    now = {"approved_on": "2026-08-01", "kandidaten": 24, "weken": 3, **told("2.00")}
    expected = {**now, "kandidaten": 26, "weken": None}
    assert settled_again(before, now) == expected


def told(euros: str) -> dict[str, str]:
    return dict.fromkeys(EUROS, euros)
