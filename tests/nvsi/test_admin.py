"""The floor of the admin: notation, order, and what no page may do."""

import datetime
from itertools import groupby
from operator import itemgetter

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse
from django.utils.html import format_html

from billing.models import Import, KasShare, Line, Period, Settlement
from instruments.models import TariffIndexation
from membership.models import Email, Organisation, Person, Role
from nvsi.admin.columns import NOTHING, column, is_field
from nvsi.admin.pages import ShownAdmin
from nvsi.admin.site import Beheer
from nvsi.admin.tables import Table
from nvsi.halfyear import HalfYear


def site() -> Beheer:
    """Our site, with what the project registered."""
    reverse("admin:index")  # the addresses leave some packages out
    beheer = Beheer()
    for model, shown in admin.site._registry.items():
        beheer.register(model, type(shown))
    return beheer


def test_apps_stand_in_the_order_of_law_and_money_in_that_of_its_road(
    rf: RequestFactory, bureau: Person
) -> None:
    request = rf.get("/beheer/")
    request.user = bureau
    apps = [a for a in site().get_app_list(request) if a["app_label"] != "auth"]
    labels = [app["app_label"] for app in apps]
    assert labels == ["membership", "instruments", "contracts", "billing"]
    names = [model["object_name"] for model in apps[3]["models"]]
    assert names[:4] == ["Period", "Upload", "Import", "Line"]
    assert names[4:6] == ["SettlementRun", "Settlement"]
    assert names[-6:-3] == ["BankStatement", "BankLine", "Match"]
    assert names[-3:] == ["KasMovement", "KasDotatie", "KasShare"]


def test_a_heading_stands_once_over_lists_that_belong_together(
    rf: RequestFactory, bureau: Person
) -> None:
    request = rf.get("/beheer/")
    request.user = bureau
    apps = {a["app_label"]: a["models"] for a in site().get_app_list(request)}
    for lists in apps.values():
        headings = [name for name, _ in groupby(lists, itemgetter("heading"))]
        assert len(headings) == len(set(headings))
    under = groupby(apps["instruments"], itemgetter("heading"))
    assert {name: len(list(lists)) for name, lists in under} == {
        "Productenboek": 4,
        "Wat gemeenten betalen": 6,
        "Kaders": 4,
        "Regiegroepen": 2,
        "Verbeterwensen": 7,
        "Belangstelling": 1,
    }


def test_every_model_of_ours_is_registered_and_safe_by_default() -> None:
    for model, shown in admin.site._registry.items():
        assert isinstance(shown, ShownAdmin), model


def test_nothing_is_deletable_by_anybody(rf: RequestFactory, bestuur: Person) -> None:
    request = rf.get("/beheer/")
    request.user = bestuur
    for shown in admin.site._registry.values():
        assert not shown.has_delete_permission(request)


@pytest.mark.parametrize(
    ("row", "path", "written"),
    [
        (Settlement(bruto_omzet="-1234.50"), "bruto_omzet", "− € 1.234,50"),
        (Line(uren="1234.50"), "uren", "1.234,50"),
        (Line(worked_in=HalfYear(2026, 1)), "worked_in", "2026-H1"),
        (Line(datum=datetime.date(2026, 3, 9)), "datum", "9 mrt 2026"),
        (Import(lines_count=1_000_000), "lines_count", "1.000.000"),
        (Organisation(iban="NL91ABNA0417164300"), "iban", "NL91 ABNA 0417 1643 00"),
        (TariffIndexation(pct="2.00"), "pct", "2%"),
        (KasShare(pct="12.50"), "pct", "12,5%"),
        (Organisation(iban=""), "iban", NOTHING),
        (Organisation(kind="uitvoerder"), "kind", "uitvoerder"),
        (Person(is_active=False), "is_active", "nee"),
        (Role(), "ends_on", NOTHING),
        (Role(), "organisation__code", NOTHING),
        (
            Email(queued_at=datetime.datetime(2026, 7, 1, 10, 5, tzinfo=datetime.UTC)),
            "queued_at",
            "1 jul 2026 12:05",
        ),
        (
            Email(state="failed"),
            "state",
            format_html('<span class="tag tag-{}">{}</span>', "failed", "mislukt"),
        ),
    ],
)
def test_a_field_is_written_as_the_dutch_do(
    row: Organisation, path: str, written: str
) -> None:
    assert column(type(row), path)(row).replace("\u00a0", " ") == written


def test_a_link_escapes_what_people_wrote() -> None:
    organisation = Organisation(pk=7, name="<b>Heide</b>", kind="uitvoerder")
    shown = column(Role, "organisation")(Role(organisation=organisation))
    assert shown == (
        '<a href="/beheer/membership/organisation/7/change/">'
        "&lt;b&gt;Heide&lt;/b&gt;</a>"
    )


def test_a_method_or_a_property_is_no_field() -> None:
    assert is_field(Settlement, "period__halfyear")
    assert not is_field(Settlement, "number")


def test_a_table_of_nothing_has_heads_and_no_rows(db: None) -> None:
    table = Table(Period.objects.none(), ("__str__", "closed_at"))
    assert table.name == "Halfjaren"
    assert [head.label for head in table.heads] == ["Halfjaar", "Gesloten op"]
    assert table.rows_shown == []
