"""The routekaart: what is drawn, and what the list beneath says."""

import datetime
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from instruments.models import Instrument, Milestone
from instruments.routekaart.drawing import APART, Drawing, Planned, draw
from membership.models import Person
from tests.membership.assemblies import NOW, make_assembly, make_voorstel

NOVEMBER = datetime.datetime(2026, 11, 23, 12, tzinfo=datetime.UTC)
PLANNED = st.builds(
    Planned,
    number=st.integers(1, 99),
    instrument=st.sampled_from(["Flexensie", "Govroam"]),
    kind=st.sampled_from(Milestone.Kind.values),
    year=st.integers(2025, 2030),
    quarter=st.none() | st.integers(1, 4),
)


def places(drawing: Drawing) -> list[tuple[str, Decimal, Decimal]]:
    return [
        (row.name, Decimal(mark.x.rstrip("%")), Decimal(mark.y))
        for row in drawing.rows
        for mark in row.marks
    ]


@given(st.lists(PLANNED, min_size=1, max_size=12))
def test_no_mark_covers_another_and_all_are_there(planned: list[Planned]) -> None:
    drawing = draw(planned)
    found = places(drawing)
    assert len(found) == len(planned)
    assert all(0 < x < 100 and 0 < y < Decimal(drawing.height) for _, x, y in found)
    for at, (_, x, y) in enumerate(found):
        for _, other_x, other_y in found[at + 1 :]:
            apart = Decimal("0.02")  # what rounding of both may take away
            assert abs(x - other_x) >= APART - apart or abs(y - other_y) >= 30


@time_machine.travel(NOVEMBER, tick=False)
def test_a_milestone_is_told_with_what_became_of_it(
    client: Client, flexensie: Instrument
) -> None:
    facts = {"instrument": flexensie, "kind": "available"}
    Milestone.objects.create(title="Koppeling", year=2027, quarter=2, **facts)
    Milestone.objects.create(
        title="Loket", year=2026, status="dropped", dropped_because="Te duur", **facts
    )
    Milestone.objects.create(
        title="Portaal",
        year=2023,
        status="reached",
        reached_on=datetime.date(2023, 5, 1),
        **facts,
    )
    response = client.get("/routekaart/")
    page = response.content.decode()
    assert "2027, 2e kwartaal" in page
    assert "Gaat niet door: Te duur" in page
    assert "gehaald op 1 mei 2023" in page
    # Only what is still to come is drawn: not what was dropped, nor of years ago.
    assert [m.number for r in response.context["drawing"].rows for m in r.marks] == [2]


def test_the_day_of_the_alv_is_for_all_and_the_voorstel_for_who_belongs(
    client: Client, flexensie: Instrument, lezer: Person, vreemde: Person
) -> None:
    assembly = make_assembly()
    voorstel = make_voorstel(assembly)
    Milestone.objects.create(
        instrument=flexensie,
        kind="decision",
        title="Tarief",
        year=2026,
        voorstel=voorstel,
    )
    assert "12 juni 2026" not in client.get("/routekaart/").content.decode()
    assembly.status, assembly.convened_at, assembly.convened_by = "convened", NOW, lezer
    assembly.save()
    for person, reads in ((None, False), (vreemde, False), (lezer, True)):
        if person:
            client.force_login(person)
        page = client.get("/routekaart/").content.decode()
        assert "ALV van 12 juni 2026" in page
        assert (voorstel.title in page) == reads


@pytest.mark.django_db
def test_an_empty_routekaart_says_what_will_come(client: Client) -> None:
    assert "De routekaart is nog leeg." in client.get("/routekaart/").content.decode()
