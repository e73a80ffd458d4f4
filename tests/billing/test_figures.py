"""The public figures: what is counted, what is kept back, and that they stay."""

import csv
import io
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from billing import road
from billing.figures.publishing import publish_missing, published
from billing.models import Figures, Settlement, SettlementRun
from billing.settling import settlements
from instruments.models import Instrument
from membership.models import Organisation, Person, Region
from nvsi.halfyear import HalfYear
from tests.billing.deliveries import TODAY, line, take_in
from tests.billing.settled import H1, NOW, make_member

PAGE, CSV, JSON = (
    f"/instrumenten/flexensie/{name}" for name in ("", "cijfers.csv", "cijfers.json")
)
Settle = Callable[..., SettlementRun]


@pytest.fixture
def gemeenten(db: None) -> list[Organisation]:
    """Eight members: three in AM01, three in AM02, two in no region."""
    made = [make_member(f"GM901{n}", f"Plaats {n}") for n in range(8)]
    for code, members in (("AM01", made[:3]), ("AM02", made[3:6])):
        region = Region.objects.create(
            type="arbeidsmarktregio", code=code, name=f"Regio {code}"
        )
        for organisation in members:
            region.members.create(organisation=organisation)
    return made


@pytest.fixture
def settle(
    tmp_path: Path, flexensie: Instrument, bureau: Person, penningmeester: Person
) -> Settle:
    def take_the_road(
        rows: Iterable[dict[str, str]], halfyear: HalfYear = H1
    ) -> SettlementRun:
        rows = list(rows)
        if rows:
            take_in(tmp_path, rows, file_name=f"{rows[0]['regel_id']}.csv")
        run = road.prepare(flexensie, halfyear, today=TODAY, by=bureau)
        road.approve(run, now=NOW, by=penningmeester)
        publish_missing()
        return run

    return take_the_road


def work(counts: Iterable[int], begin: str = "R", **cells: str) -> list[dict[str, str]]:
    """Ten hours for so many kandidaten of each gemeente, all at one opdrachtgever."""
    return [
        line(
            f"{begin}{at}-{one}",
            gemeente_code=f"GM901{at}",
            kandidaat_ref=f"K{one}",
            uren="10.00",
            tarief="15.00",
            **cells,
        )
        for at, count in enumerate(counts)
        for one in range(count)
    ]


def content() -> dict[str, Any]:
    return published(Instrument.objects.get(slug="flexensie"))[0]


def test_the_whole_half_year_is_counted(
    gemeenten: list[Organisation], settle: Settle
) -> None:
    settle(
        [
            *work([6, 6, 5, 6]),
            # The same kandidaat, two weeks later, elsewhere: 15 days in all.
            *work([1], "S", datum="2026-03-23", opdrachtgever_kvk="87654321"),
        ]
    )
    found = content()
    assert found["halfyear"] == "2026-H1"
    assert found["approved_on"] == "2026-07-15"
    assert found["gemeenten"] == 4
    assert found["kandidaten"] == 23
    assert found["uren"] == "240.00"
    # 22 worked one day, and one fifteen.
    assert found["weken"] == "0.2"
    # Of one person elsewhere the hours could be computed.
    assert found["largest_opdrachtgever_pct"] is None
    assert found["bruto_omzet"] == "3600.00"
    assert found["premies"] == "480.00"
    for name in ("uitkering_gemeente", "bijdrage_nvsi"):
        total = sum(getattr(one, name) for one in Settlement.objects.all())
        assert found[name] == f"{total:.2f}"


def test_the_share_of_the_largest_opdrachtgever(
    gemeenten: list[Organisation], settle: Settle
) -> None:
    settle(
        [*work([6, 6, 5, 6]), *work([6, 6], "S", opdrachtgever_kvk="87654321")],
    )
    assert content()["largest_opdrachtgever_pct"] == 66


def test_regions_are_told_apart(gemeenten: list[Organisation], settle: Settle) -> None:
    settle(work([5, 5, 5, 6, 6, 1]))
    found = content()
    assert found["regions"] == [
        {
            "code": code,
            "name": f"Regio {code}",
            "gemeenten": 3,
            "kandidaten": kandidaten,
            "uren": f"{kandidaten}0.00",
        }
        for code, kandidaten in (("AM01", 15), ("AM02", 13))
    ]
    assert found["other_regions"] is None


def test_a_small_region_cannot_be_computed_from_the_others(
    gemeenten: list[Organisation], settle: Settle
) -> None:
    settle(work([9, 9, 2, 6, 7, 8, 1, 1]))
    found = content()
    assert found["kandidaten"] == 43
    assert [part["name"] for part in found["regions"]] == ["Regio AM02"]
    assert found["other_regions"] == {
        "gemeenten": 5,
        "kandidaten": 22,
        "uren": "220.00",
    }


@pytest.mark.parametrize("counts", [[4], [9, 4], [1, 4, 4]])
def test_of_too_few_people_only_the_gemeenten_are_counted(
    gemeenten: list[Organisation], settle: Settle, counts: list[int]
) -> None:
    settle(work(counts))
    found = content()
    assert found["gemeenten"] == len(counts)
    others = found.keys() - {"halfyear", "approved_on", "gemeenten"}
    assert {found[name] for name in others} == {None}


def test_there_is_no_money_of_one_or_two_gemeenten(
    gemeenten: list[Organisation], settle: Settle
) -> None:
    settle(work([20, 20]))
    found = content()
    assert found["kandidaten"] == 40
    money = ("premies", "bruto_omzet", "uitkering_gemeente", "bijdrage_nvsi")
    assert [found[name] for name in money] == [None] * 4


def test_who_only_came_late_or_was_taken_back_did_not_work_in_the_half_year(
    gemeenten: list[Organisation], settle: Settle
) -> None:
    """Late hours count, without a length; a kandidaat without hours is nobody."""
    settle(work([6], datum="2025-11-03"), HalfYear(2025, 2))
    taken_back = line(
        "C",
        gemeente_code="GM9010",
        kandidaat_ref="K0",
        uren="-10.00",
        tarief="15.00",
        datum="2025-11-03",
        corrigeert_regel_id="R0-0",
    )
    settle(
        [
            *work([7, 6, 6], "S"),
            *work([6], "T", datum="2025-11-03"),
            taken_back,
        ]
    )
    found = content()
    # K0 of the first gemeente: 10 and 10 late, and 10 taken back.
    assert found["kandidaten"] == 19
    assert found["uren"] == "240.00"
    assert found["weken"] == "0.1"


def test_what_was_published_stays_while_something_is_reversed(
    gemeenten: list[Organisation],
    settle: Settle,
    penningmeester: Person,
    flexensie: Instrument,
) -> None:
    """In between the difference would be the money of one gemeente."""
    settle(work([6, 6, 6]))
    before = content()
    settlement = Settlement.objects.get(organisation=gemeenten[0])
    road.reverse(settlement, reason="prijs", now=NOW, by=penningmeester)
    publish_missing()
    assert published(flexensie) == [before]
    settle([])
    assert published(flexensie) == [before]
    assert Figures.objects.count() == 2


def test_what_was_approved_before_there_were_figures_is_published_later(
    gemeenten: list[Organisation],
    tmp_path: Path,
    flexensie: Instrument,
    bureau: Person,
    penningmeester: Person,
) -> None:
    take_in(tmp_path, work([6, 6, 6]))
    run = settlements.prepare(flexensie, H1, today=TODAY, by=bureau)
    settlements.approve(run, now=NOW, by=penningmeester)
    publish_missing()
    publish_missing()
    assert [one.run for one in Figures.objects.all()] == [run]


def test_who_approves_rings_for_the_figures_and_does_not_wait(
    gemeenten: list[Organisation],
    tmp_path: Path,
    flexensie: Instrument,
    bureau: Person,
    penningmeester: Person,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    take_in(tmp_path, work([6, 6, 6]))
    run = road.prepare(flexensie, H1, today=TODAY, by=bureau)
    with django_capture_on_commit_callbacks() as rung:
        road.approve(run, now=NOW, by=penningmeester)
    assert not Figures.objects.exists()
    for ring in rung:
        ring()
    assert Figures.objects.get().run == run


def test_a_draft_is_not_shown(
    gemeenten: list[Organisation],
    tmp_path: Path,
    flexensie: Instrument,
    bureau: Person,
) -> None:
    take_in(tmp_path, work([6, 6, 6]))
    road.prepare(flexensie, H1, today=TODAY, by=bureau)
    publish_missing()
    page = Client().get(PAGE)
    assert "Er zijn nog geen cijfers over Flexensie" in page.content.decode()
    assert json.loads(Client().get(JSON).content)["halfyears"] == []


def test_the_page_and_its_twins_say_the_same(
    gemeenten: list[Organisation], settle: Settle
) -> None:
    settle(work([9, 9, 2, 6, 7, 8, 1, 1]))
    page = Client().get(PAGE).content.decode()
    for words in ("eerste helft van 2026", "Andere regio&#x27;s samen", "430,00"):
        assert words in page
    assert "Regio AM02" in page
    assert "Regio AM01" not in page
    assert json.loads(Client().get(JSON).content)["halfyears"] == [content()]
    text = Client().get(CSV).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [(row["Gebied"], row["Kandidaten"], row["Uren"]) for row in rows] == [
        ("Alle gemeenten samen", "43", "430,00"),
        ("Regio AM02", "21", "210,00"),
        ("Andere regio's samen", "22", "220,00"),
    ]


def test_what_is_not_told_says_so(
    gemeenten: list[Organisation], settle: Settle
) -> None:
    settle(work([4]))
    page = Client().get(PAGE).content.decode()
    assert page.count("niet getoond") == 9  # four of work, four of money, and why


def test_a_twin_may_be_kept_for_a_while(db: None) -> None:
    first = Client().get(CSV)
    assert first["Cache-Control"] == "public, max-age=300"
    again = Client().get(CSV, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304


def test_the_page_of_who_is_logged_in_is_kept_by_nobody(bureau: Person) -> None:
    client = Client()
    client.force_login(bureau)
    assert "no-store" in client.get(PAGE)["Cache-Control"]


@pytest.mark.parametrize("address", ["/instrumenten/bestaat-niet/", PAGE + "x.csv"])
def test_what_is_not_there_is_not_found(db: None, address: str) -> None:
    assert Client().get(address).status_code == 404


def test_the_page_asks_three_questions_of_the_database(
    gemeenten: list[Organisation], settle: Settle
) -> None:
    settle(work([6, 6, 6], datum="2025-11-03"), HalfYear(2025, 2))
    settle(work([6, 6, 6], "S"))
    with CaptureQueriesContext(connection) as queries:
        page = Client().get(PAGE).content.decode()
    assert len(queries) == 3
    assert "Grafiek: kandidaten per halfjaar" in page
