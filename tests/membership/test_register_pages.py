"""The pages and files of the register: for everyone, of any day, and nothing more."""

import csv
import datetime
import io
import json
from collections.abc import Iterator

import pytest
import time_machine
from django.http import HttpResponse, HttpResponseBase
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook  # type: ignore[import-untyped]  # has no types
from pytest_django import DjangoAssertNumQueries

from membership.models import Membership, Organisation, Person
from tests.conftest import make_gemeente

TODAY = datetime.datetime(2026, 3, 9, 12, tzinfo=datetime.UTC)
CSV, JSON, XLSX = (f"/ledenregister.{end}" for end in ("csv", "json", "xlsx"))
PAGE, FIGURES = "/ledenregister/", "/ledenregister/cijfers/"


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def belonging(heideveld: Organisation, waterkant: Organisation) -> list[Organisation]:
    """Two of the cast, a member that left, and an organisation with a participant."""
    heideveld.province, heideveld.town = "Drenthe", "Heide"
    heideveld.save()
    waterkant.province = "Fryslân"
    waterkant.save()
    gone = make_gemeente("GM9004", "Vertrokken", province="Drenthe")
    Membership.objects.create(
        organisation=gone, kind="lid", starts_on="2020-01-01", ends_on="2025-12-31"
    )
    werk = Organisation.objects.create(
        code="stichting-werk",
        kind="maatschappelijke_organisatie",
        name="=Stichting Werk & Co",
        short_name="Werk",
        province="Fryslân",
        iban="NL02ABNA0123456789",
        kvk_number="12345678",
        address="Dorpsstraat 1",
    )
    Membership.objects.create(
        organisation=werk, kind="participant", starts_on="2025-07-01"
    )
    return [heideveld, waterkant, gone, werk]


def text(response: HttpResponseBase) -> str:
    assert isinstance(response, HttpResponse)
    return response.content.decode()


def names(client: Client, query: str = "") -> list[str]:
    content = json.loads(client.get(JSON + query).content)
    return [member["name"] for member in content["members"]]


def test_a_visitor_sees_who_belongs_today(
    client: Client, belonging: list[Organisation]
) -> None:
    page = client.get(PAGE)
    assert page.status_code == 200
    body = text(page)
    assert "9 maart 2026" in body
    assert page.context["counts"] == [
        *(("Leden", 1), ("Aspirant-leden", 1), ("Participanten", 1)),
    ]
    for words in ("Heideveld", "Waterkant", "=Stichting Werk &amp; Co", "Drenthe"):
        assert words in body
    assert "Deze organisaties zijn geen lid." in body
    assert "Vertrokken" not in body
    for private in (
        *("NL02ABNA", "12345678", "Dorpsstraat", "stichting-werk", "Besluit"),
        *("/beheer/", XLSX, FIGURES),
    ):
        assert private not in body, private


def test_a_visitor_finds_the_register_where_he_comes_in(
    client: Client, db: None
) -> None:
    assert f'href="{PAGE}"' in text(client.get(reverse("account_login")))


def test_no_person_is_in_it(
    client: Client, belonging: list[Organisation], lezer: Person
) -> None:
    for url in (PAGE, CSV, JSON):
        body = text(client.get(url))
        assert lezer.name not in body
        assert lezer.email not in body


def test_json_has_the_shape_that_is_told(
    client: Client, belonging: list[Organisation]
) -> None:
    response = client.get(JSON)
    assert response["Content-Type"] == "application/json"
    content = json.loads(response.content)
    assert set(content) == {"day", "members"}
    assert content["day"] == "2026-03-09"
    assert content["members"] == [
        {
            "name": "=Stichting Werk & Co",
            "code": None,
            "organisation_kind": "maatschappelijke_organisatie",
            "province": "Fryslân",
            "kind": "participant",
            "since": "2025-07-01",
        },
        {
            "name": "Heideveld",
            "code": "GM9001",
            "organisation_kind": "gemeente",
            "province": "Drenthe",
            "kind": "lid",
            "since": "2018-01-01",
        },
        {
            "name": "Waterkant",
            "code": "GM9002",
            "organisation_kind": "gemeente",
            "province": "Fryslân",
            "kind": "aspirant_lid",
            "since": "2018-01-01",
        },
    ]


def test_csv_opens_in_a_dutch_spreadsheet_and_executes_nothing(
    client: Client, belonging: list[Organisation]
) -> None:
    response = client.get(CSV)
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert (
        'filename="Ledenregister NVSI 2026-03-09.csv"'
        in response["Content-Disposition"]
    )
    table = io.StringIO(response.content.decode("utf-8-sig"))
    rows = list(csv.DictReader(table, delimiter=";"))
    assert [row["Naam"] for row in rows] == [
        *("'=Stichting Werk & Co", "Heideveld", "Waterkant"),
    ]
    assert list(rows[1].values()) == [
        *("Heideveld", "GM9001", "gemeente", "Drenthe", "lid", "2018-01-01"),
    ]


@pytest.mark.parametrize("url", [CSV, JSON])
def test_a_copy_that_is_still_good_is_not_sent_again(
    client: Client, belonging: list[Organisation], url: str
) -> None:
    first = client.get(url)
    assert first["Cache-Control"] == "public, max-age=300"
    again = client.get(url, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    Membership.objects.filter(kind="participant").update(ends_on="2026-03-08")
    changed = client.get(url, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?naam=HEIDE", ["Heideveld"]),
        ("?naam=gemeente+water", ["Waterkant"]),
        ("?lidmaatschap=lid", ["Heideveld"]),
        ("?soort=maatschappelijke_organisatie", ["=Stichting Werk & Co"]),
        ("?provincie=Frysl%C3%A2n&soort=gemeente", ["Waterkant"]),
        ("?provincie=Nergens", []),
        ("?dag=2025-12-31&provincie=Drenthe", ["Heideveld", "Vertrokken"]),
        ("?dag=31-12-2025&naam=vertr", ["Vertrokken"]),
        ("?dag=2017-12-31", []),
    ],
)
def test_the_page_and_its_twins_show_what_was_asked(
    client: Client, belonging: list[Organisation], query: str, expected: list[str]
) -> None:
    assert names(client, query) == expected
    rows = client.get(CSV + query).content.decode("utf-8-sig").splitlines()
    assert len(rows) == len(expected) + 1
    page = client.get(PAGE + query)
    shown = [
        entry.organisation.name for *_, rows in page.context["groups"] for entry in rows
    ]
    assert sorted(shown) == sorted(expected)
    assert (CSV in text(page)) == bool(expected)


def test_links_to_files_keep_what_was_asked(
    client: Client, belonging: list[Organisation]
) -> None:
    body = text(client.get(PAGE + "?naam=&soort=gemeente&dag=2025-12-31&provincie="))
    assert f'{CSV}?soort=gemeente&amp;dag=2025-12-31"' in body
    of_today = text(client.get(PAGE + "?naam=&dag=2026-03-09"))
    assert f'"{CSV}"' in of_today
    assert f'"{JSON}"' in of_today


def test_an_empty_register_and_an_empty_answer_say_so(
    client: Client, belonging: list[Organisation]
) -> None:
    nobody = text(client.get(PAGE + "?dag=2010-01-01"))
    assert "had de NVSI geen leden" in nobody
    none = text(client.get(PAGE + "?naam=Atlantis"))
    assert "Geen organisatie past bij wat u zoekt." in none
    Membership.objects.all().delete()
    assert "heeft de NVSI nog geen leden" in text(client.get(PAGE))


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?dag=2026-03-10", "is nog niet geweest"),
        ("?dag=9999-12-31", "is nog niet geweest"),
        ("?dag=gisteren", "Deze dag bestaat niet."),
        ("?dag=2026-02-30", "Deze dag bestaat niet."),
        ("?dag=0000-00-00", "Deze dag bestaat niet."),
        ("?lidmaatschap=erelid", "Kies een lidmaatschap uit de lijst."),
        ("?soort=uitvoerder", "Kies een soort organisatie uit de lijst."),
        ("?naam=%00", "null"),
        ("?naam=" + "x" * 101, "101"),
    ],
)
def test_what_cannot_be_shown_is_told_and_never_breaks(
    client: Client,
    bureau: Person,
    belonging: list[Organisation],
    query: str,
    sentence: str,
) -> None:
    client.force_login(bureau)
    for url in (PAGE, CSV, JSON, XLSX):
        response = client.get(url + query)
        assert response.status_code == 422, url
        assert sentence in text(response).lower() or sentence in text(response), url
    body = text(client.get(PAGE + query))
    assert "<title>Fout: " in body
    assert "Heideveld" not in body


def test_json_says_per_field_what_is_wrong(client: Client, db: None) -> None:
    content = json.loads(client.get(JSON + "?dag=gisteren").content)
    assert content == {
        "errors": {
            "dag": [
                "Deze dag bestaat niet. Schrijf de dag als 2026-03-09 of 09-03-2026."
            ]
        }
    }


@pytest.mark.parametrize("query", ["?dag=0001-01-01", "?dag=1-1-0001", "?dag=&dag="])
def test_the_first_day_that_there_is_breaks_nothing(
    client: Client, belonging: list[Organisation], query: str
) -> None:
    assert client.get(PAGE + query).status_code == 200


def test_only_reading(client: Client, db: None) -> None:
    for url in (PAGE, CSV, JSON, XLSX, FIGURES):
        assert client.post(url).status_code == 405


def test_the_association_sees_decisions_and_gets_a_workbook(
    client: Client, belonging: list[Organisation], bureau: Person
) -> None:
    client.force_login(bureau)
    page = client.get(PAGE + "?dag=2026-01-01")
    assert page["Cache-Control"] == "private, no-store"
    assert "GM9001, Heide" in text(page)
    assert f"{XLSX}?dag=2026-01-01" in text(page)
    response = client.get(XLSX + "?dag=2026-01-01")
    assert response["Cache-Control"] == "private, no-store"
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert sheet is not None
    assert sheet.title == "Stand op 2026-01-01"
    rows = list(sheet.values)
    since = datetime.datetime(2018, 1, 1)  # noqa: DTZ001 - as a workbook keeps it
    assert rows[2] == (
        *("Heideveld", "GM9001", "gemeente", "Drenthe", "lid"),
        *(since, "Heide", since, None),
    )
    assert len(rows) == 4


def test_the_files_of_the_association_are_not_there_for_others(
    client: Client, belonging: list[Organisation], lezer: Person
) -> None:
    client.force_login(lezer)
    assert client.get(XLSX).status_code == 404
    assert client.get(FIGURES).status_code == 404
    body = text(client.get(PAGE))
    assert XLSX not in body
    assert FIGURES not in body


def test_figures_over_time_for_the_association(
    client: Client, belonging: list[Organisation], bureau: Person
) -> None:
    client.force_login(bureau)
    body = text(client.get(FIGURES))
    assert body.count('role="img"') == 3
    assert "Vandaag, 9\u00a0mrt\u00a02026" in body
    assert f"{PAGE}?dag=2025-12-31" in body
    Membership.objects.all().delete()
    assert "Er zijn nog geen leden geweest." in text(client.get(FIGURES))


def test_the_page_of_342_members_takes_the_same_queries_as_of_three(
    client: Client,
    belonging: list[Organisation],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    gemeenten = Organisation.objects.bulk_create(
        Organisation(code=f"GM{n:04}", kind="gemeente", name=f"G{n}", short_name="G")
        for n in range(342)
    )
    Membership.objects.bulk_create(
        Membership(organisation=g, kind="lid", starts_on="2020-01-01")
        for g in gemeenten
    )
    for url in (PAGE, CSV, JSON):
        with django_assert_num_queries(2):
            assert client.get(url).status_code == 200


def test_the_admin_leads_to_the_register_and_shows_the_periods(
    client: Client, belonging: list[Organisation], bureau: Person
) -> None:
    client.force_login(bureau)
    heideveld = belonging[0]
    listed = text(client.get(reverse("admin:membership_membership_changelist")))
    assert f'href="{PAGE}"' in listed
    row = heideveld.memberships.get()
    page = client.get(reverse("admin:membership_membership_change", args=[row.pk]))
    assert f"{PAGE}?dag=2018-01-01&amp;naam=Heideveld" in text(page)
    page = client.get(
        reverse("admin:membership_organisation_change", args=[heideveld.pk])
    )
    assert "Lidmaatschap door de tijd" in text(page)
    assert "Lid (nu)" in text(page)
    assert "collegebesluit van 1\u00a0januari 2018" in text(page)
