"""The page of the innovatiekas: what is there, and the road of each euro."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from billing.innovatiekas.chart import at_ends, chart_of
from billing.innovatiekas.history import rows_of
from billing.models import KasDotatie, KasMovement, KasShare, Period
from instruments.models import AlvLimit, Instrument
from instruments.wishes import deciding
from membership.models import AlvBesluit, Organisation, Person
from nvsi.halfyear import HalfYear
from tests.billing.kas import give, keep_kas, make_share
from tests.billing.settled import H1
from tests.conftest import make_person
from tests.instruments.productenboek import make_example
from tests.instruments.wishes import SINCE, bring_to_the_bestuur, make_wish

URL = "/instrumenten/flexensie/innovatiekas/"


@pytest.fixture
def member(heideveld: Organisation) -> Client:
    client = Client()
    client.force_login(make_person("Lid", "contactpersoon", heideveld))
    return client


@pytest.fixture
def kas(
    flexensie: Instrument, heideveld: Organisation, bureau: Person, bestuur: Person
) -> Instrument:
    """Filled with 1,000; 5 spent, 10 promised, 3 given back."""
    make_share(flexensie, H1)
    keep_kas(flexensie, heideveld, by=bureau, other=bestuur)
    return flexensie


def text_of(client: Client) -> str:
    response = client.get(URL)
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ")


def test_a_member_sees_what_is_there_and_what_it_rests_on(
    kas: Instrument, member: Client
) -> None:
    page = text_of(member)
    for told in (
        *("€ 985,00", "€ 10,00", "€ 5,00", "Betaald, € 3,00 weer vrij"),
        *("ALV-KAS-1", "W-FLEXENSIE-1", "25%", "Een begin voor de kas."),
    ):
        assert told in page
    assert "500,00" not in page  # a dotatie that waits is nobody's yet


def test_without_money_the_page_says_how_it_comes(
    flexensie: Instrument, member: Client
) -> None:
    assert "Er is nog geen geld" in text_of(member)
    make_share(flexensie, HalfYear(2030, 1))
    assert "als een halfjaar wordt vastgesteld" in text_of(member)


def test_more_movements_ask_no_more_queries(
    kas: Instrument, member: Client, bureau: Person, bestuur: Person
) -> None:
    member.get(URL)
    with CaptureQueriesContext(connection) as few:
        member.get(URL)
    for number in range(3):
        reference = f"ALV-{number}"
        give(kas, Decimal(1), reference, by=bureau, other=bestuur)
    with CaptureQueriesContext(connection) as more:
        member.get(URL)
    assert len(more) == len(few)


def test_the_files_hold_all_movements(kas: Instrument, member: Client) -> None:
    content = member.get(f"{URL[:-1]}.csv").content.decode("utf-8-sig")
    head, *rows = content.splitlines()
    assert head.startswith("Datum;Boekstuk;Soort;Bedrag;Vrij daarna")
    assert [row.split(";")[2] for row in rows] == [
        *("Dotatie", "Reservering", "Reservering", "Besteding", "Vrijval"),
    ]
    assert [row.split(";")[4] for row in rows][-1] == "985,00"
    assert member.get(f"{URL[:-1]}.xlsx").content[:2] == b"PK"


def test_the_file_names_the_bestuur_where_it_decided(
    kas: Instrument,
    member: Client,
    heideveld: Organisation,
    bureau: Person,
    bestuur: Person,
) -> None:
    wens = make_wish(kas, heideveld, bureau)
    voorstel = bring_to_the_bestuur(wens, bureau, amount=100, from_kas=100)
    besluit = AlvBesluit.objects.get(reference="ALV-2017-bijdrage")
    AlvLimit.objects.create(
        instrument=kas, starts_on=SINCE, amount=100, besluit=besluit
    )
    deciding.agree(wens, checks=[], words="Akkoord.", by=bestuur)
    voorstel.refresh_from_db()
    content = member.get(f"{URL[:-1]}.csv").content.decode("utf-8-sig")
    rows = [line.split(";") for line in content.splitlines()]
    where = rows[0].index("Besluit")
    [decision] = {
        tuple(row[where : where + 2])
        for row in rows
        if row[where + 2] == wens.reference
    }
    assert decision == ("Bestuur", str(voorstel.agreed_on))


def test_an_example_has_no_kas(kas: Instrument, member: Client) -> None:
    example = make_example()
    assert member.get(reverse("kas", args=[example.slug])).status_code == 404
    assert (
        member.get(reverse("kas-file", args=[example.slug, "csv"])).status_code == 404
    )


def test_who_recorded_a_dotatie_is_not_asked_to_book_it(
    kas: Instrument, bestuur: Person, penningmeester: Person
) -> None:
    waiting = KasDotatie.objects.get(status="proposed")
    url = f"/beheer/billing/kasdotatie/{waiting.pk}/confirm/"
    for who in (bestuur, penningmeester):
        client = Client()
        client.force_login(who)
        assert url in client.get("/beheer/").content.decode()
    client.post(url)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.decided_by) == ("confirmed", penningmeester)
    assert url not in client.get("/beheer/").content.decode()


def test_who_recorded_a_dotatie_has_no_button_to_book_it(
    kas: Instrument, bestuur: Person, penningmeester: Person
) -> None:
    own = KasDotatie.objects.create(
        instrument=kas,
        besluit=AlvBesluit.objects.create(reference="ALV-eigen", subject="Erbij"),
        amount=Decimal(10),
        purpose="Erbij.",
        proposed_by=penningmeester,
    )
    page = f"/beheer/billing/kasdotatie/{own.pk}/change/"
    client = Client()
    for who, may in ((penningmeester, False), (bestuur, True)):
        client.force_login(who)
        text = client.get(page).content.decode()
        assert (f"/kasdotatie/{own.pk}/confirm/" in text) is may
        assert (f"/kasdotatie/{own.pk}/refuse/" in text) is may


@pytest.fixture
def share(flexensie: Instrument) -> KasShare:
    return make_share(flexensie, H1)


def test_a_share_of_a_closed_halfyear_stands_and_a_new_one_is_refused_in_words(
    share: KasShare, period: Period, client: Client, bureau: Person
) -> None:
    later = make_share(share.instrument, H1.next())
    client.force_login(bureau)
    pages = [f"/beheer/billing/kasshare/{one.pk}/change/" for one in (share, later)]
    open_to_change = ['name="pct"' in client.get(one).content.decode() for one in pages]
    assert open_to_change == [False, True]
    form = {"instrument": share.instrument_id, "from_halfyear": str(H1.previous())}
    form |= {"pct": "30", "besluit": share.besluit_id}
    page = client.post("/beheer/billing/kasshare/add/", form)
    assert "is al vastgesteld" in page.context["adminform"].form.non_field_errors()[0]


def test_the_chart_has_a_column_for_every_halfyear(kas: Instrument) -> None:
    rows = rows_of(
        KasMovement.objects.with_ground().order_by("entry__number"),
    )
    first = HalfYear.of(timezone.localdate())
    ends = at_ends(rows, first.next().next())
    assert [end.halfyear for end in ends] == [first, first.next(), first.next().next()]
    assert {end.balance.total for end in ends} == {Decimal("995.00")}
    assert [column.marks[1].label for column in chart_of(ends).columns] == ["995"] * 3
