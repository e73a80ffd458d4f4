"""Signals to the regiegroep: just above a limit is told, on it is not."""

import datetime
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client

from billing.figures.watching import Signal, signals
from billing.models import Line, Period
from instruments.models import Instrument, MinimumWage
from membership.models import Organisation, Person
from tests.billing.deliveries import line, take_in
from tests.billing.figures import keep_limit
from tests.billing.settled import H1, make_member
from tests.instruments.norms import make_local, make_norms

LARGE, LONG, MANY, WAGE = range(4)
WORK = [
    # 100 hours is the limit, 100.50 is above; both in one day.
    line("A1", opdracht_id="OP", uren="100.00", tarief="20.00"),
    line("B1", opdracht_id="GROOT", uren="100.50", tarief="20.00"),
    # 14 days is two weeks, 15 is longer; a correction is no day.
    line("C1", opdracht_id="TWEE", datum="2026-01-05", tarief="20.00"),
    line("C2", opdracht_id="TWEE", datum="2026-01-18", tarief="20.00"),
    line(
        "C3",
        opdracht_id="TWEE",
        datum="2026-03-01",
        uren="-1.00",
        tarief="20.00",
        corrigeert_regel_id="C1",
    ),
    line("D1", opdracht_id="LANG", datum="2026-01-05", tarief="20.00"),
    line("D2", opdracht_id="LANG", datum="2026-01-19", tarief="20.00"),
    # Two kandidaten at one, three at another.
    *(
        line(f"E{n}", kandidaat_ref=f"E{n}", opdracht_id=f"E{n}", tarief="14.99", **at)
        for n, at in enumerate(
            [
                {"opdrachtgever_kvk": "11111111", "opdrachtgever_naam": "Twee"},
                {"opdrachtgever_kvk": "11111111", "opdrachtgever_naam": "Twee"},
                {"opdrachtgever_kvk": "22222222", "opdrachtgever_naam": "Drie"},
                {"opdrachtgever_kvk": "22222222", "opdrachtgever_naam": "Drie"},
                {"opdrachtgever_kvk": "22222222", "opdrachtgever_naam": "Drie"},
            ]
        )
    ),
]


@pytest.fixture
def period(heideveld: Organisation, flexensie: Instrument, tmp_path: Path) -> Period:
    MinimumWage.objects.all().delete()
    MinimumWage.objects.create(
        starts_on=datetime.date(2026, 1, 1), amount=Decimal("15.00"), source="wet"
    )
    take_in(tmp_path, WORK)
    return Period.objects.get(instrument=flexensie, halfyear=H1)


def named(signal: Signal) -> Sequence[str]:
    return [f"{one.who}, {one.what}" for one in signal.found]


def test_what_is_above_a_limit_is_told(period: Period, flexensie: Instrument) -> None:
    keep_limit(flexensie, H1, uren=100, weken=2, kandidaten=2)
    found = signals(period)
    assert named(found[LARGE]) == ["Bakkerij Köster, opdracht GROOT, Heideveld"]
    assert [one.what.split(",")[0] for one in found[LONG].found] == ["opdracht LANG"]
    assert named(found[MANY]) == ["Drie, KvK 22222222"]
    lowest = {one.words for one in found[WAGE].found}
    assert lowest == {"1\xa0regel, laagste tarief €\xa014,99"}
    assert len(found[WAGE].found) == 5


def test_a_kandidaat_is_of_one_gemeente(
    heideveld: Organisation, flexensie: Instrument, tmp_path: Path
) -> None:
    """K0 of one gemeente is somebody else than K0 of another."""
    make_member("GM9011", "Rijkhoven")
    rows = [
        line(f"{code}-{n}-{day}", gemeente_code=code, kandidaat_ref=f"K{n}", datum=day)
        for code in ("GM9001", "GM9011")
        for n in range(3)
        for day in ("2026-03-09", "2026-03-10")
    ]
    take_in(tmp_path, rows)
    keep_limit(flexensie, H1, kandidaten=3)
    [found] = signals(Period.objects.get(instrument=flexensie, halfyear=H1))[MANY].found
    assert found.words == "6\xa0kandidaten"


def test_a_premie_beside_the_kader_or_the_own_one_is_told(
    period: Period, flexensie: Instrument, heideveld: Organisation, bureau: Person
) -> None:
    premie = make_norms(bureau)[1]
    assert signals(period)[-1].found == []
    halfway = datetime.date(2026, 3, 1)
    own = make_local(premie, heideveld, Decimal("2.25"), bureau, starts_on=halfway)
    lines = Line.objects.filter(datum__gte=halfway).count()
    [one] = signals(period)[-1].found
    words = f"{one.who}: {one.what}, {one.words}".replace("\u00a0", " ")
    assert words == f"Heideveld: € 2,00 per uur, kader € 2,25 per uur, {lines} regels"
    assert premie.local_norms.get() == own


def test_without_limits_only_the_tarief_is_told(
    period: Period, flexensie: Instrument
) -> None:
    keep_limit(flexensie, H1.next())
    assert [one.title for one in signals(period)] == ["Tarief onder het minimumuurloon"]


def test_the_page_says_what_stands_out(
    period: Period, flexensie: Instrument, at_bureau: Client
) -> None:
    url = f"/beheer/billing/period/{period.pk}/signalen/"
    assert "Leg de grenzen vast" in at_bureau.get(url).content.decode()
    keep_limit(flexensie, H1, uren=100, weken=2, kandidaten=2)
    page = at_bureau.get(url).content.decode()
    assert "opdracht GROOT" in page
    assert "Besluit van de regiegroep" in page
    assert at_bureau.get("/beheer/billing/period/0/signalen/").status_code == 404


def test_the_bureau_sees_what_was_published_and_the_limits(
    everything: Period, at_bureau: Client
) -> None:
    for name in ("figures", "signallimit"):
        page = at_bureau.get(f"/beheer/billing/{name}/").content.decode()
        assert "Flexensie" in page
