"""Networks of regions: who was asked, who answered, and whom each region sends."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from membership.admin.recorded import FrozenAdmin, RecordedAdmin
from membership.admin.verbs import Done, Sure, Verb, VerbAdmin
from membership.models import (
    Meeting,
    Network,
    Person,
    Region,
    RegionalContact,
    Role,
)
from membership.regional import asking
from membership.regional.board import board, latest_ask
from membership.regional.contacts import end_contact
from membership.regional.rows import RegionRow
from nvsi import dutch
from nvsi.admin.columns import add_url, list_url
from nvsi.admin.filters import chosen
from nvsi.admin.pages import section
from nvsi.admin.tables import Table
from nvsi.fields import DayField

BUREAU = (Role.Name.BUREAU,)


class DueForm(Sure):
    due_on = DayField(label="Antwoord uiterlijk op")


class EndForm(Sure):
    on = DayField(label="Laatste dag")


def _ask(network: Network, answers: dict[str, Any], by: Person) -> Done:
    asking.ask_regions(network, due_on=answers["due_on"], now=timezone.now(), by=by)
    return Done("De regio's zijn gevraagd.", network)


def _remind(network: Network, _answers: dict[str, Any], by: Person) -> Done:
    asking.remind(network, today=timezone.localdate(), by=by)
    return Done("De regio's zonder antwoord krijgen een herinnering.", network)


def _end(contact: RegionalContact, answers: dict[str, Any], by: Person) -> Done:
    end_contact(contact, on=answers["on"], by=by)
    return Done("Het aanspreekpunt is beëindigd.", contact)


ASK = Verb(
    name="ask-regions",
    label="Regio's vragen om aanspreekpunten",
    roles=BUREAU,
    is_open=lambda network: True,
    act=_ask,
    form=DueForm,
    shown=lambda network: (
        "",
        [
            "De contactpersonen van alle gemeenten in deze regio's krijgen een e-mail.",
            "Elke regio geeft in het portaal vier namen door: een bestuurlijk en een "
            "ambtelijk aanspreekpunt, met ieder een vervanger.",
            "Wie al aanspreekpunten doorgaf, bevestigt of wijzigt die.",
        ],
    ),
)
REMIND = Verb(
    name="remind",
    label="Herinneren",
    roles=BUREAU,
    is_open=lambda network: asking.can_remind(network, today=timezone.localdate()),
    act=_remind,
    shown=lambda network: (
        "",
        [
            "Alleen de regio's zonder volledig antwoord krijgen een e-mail.",
            "Herinneren kan één keer per dag.",
        ],
    ),
)
END = Verb(
    name="end",
    label="Beëindigen",
    roles=BUREAU,
    is_open=lambda contact: contact.ends_on is None,
    act=_end,
    form=EndForm,
    initial=lambda contact: {"on": timezone.localdate()},
    shown=lambda contact: (
        "",
        [
            "Na die dag spreekt deze persoon niet meer namens de regio.",
            "Er komt niemand voor in de plaats: de regio geeft zelf een ander door.",
        ],
    ),
)


class NetworkAdmin(VerbAdmin, RecordedAdmin):
    verbs = (ASK, REMIND)
    fixed = ("type",)
    editable = ("name", "slug", "purpose")
    fieldsets = [section(None, "name", "slug", "type", "purpose")]
    list_display = ["name", "type"]
    list_filter = ["type"]
    search_fields = ["name"]
    search_help_text = "Zoek op naam."

    def beside_the_form(self, request: HttpRequest, obj: Network) -> dict[str, Any]:
        today = timezone.localdate()
        ask = latest_ask(obj)
        rows = [RegionRow(row, obj, ask, today) for row in board(obj, ask, on=today)]
        answered = sum(row.row.is_answered for row in rows)
        many = dutch.counted(len(rows), "regio", "regio's")
        return {
            **super().beside_the_form(request, obj),
            "tables": [],  # they come after the board
            "later": self.tables(obj),
            "board": rows,
            "board_told": f"{answered} van {many} doorgegeven",
            "ask": ask,
            "contacts_at": list_url(RegionalContact, network=obj.pk, nu="ja"),
        }

    def tables(self, obj: Network) -> list[Table]:
        return [
            Table(
                obj.asks.select_related("asked_by"),
                ("asked_at", "due_on", "asked_by", "reminded_on"),
                nothing="Er is nog niets gevraagd.",
            ),
            Table(
                obj.meetings.all(),
                ("title", "level", "starts_at", "status"),
                add_at=add_url(Meeting, network=obj.pk),
            ),
        ]


class ContactAskAdmin(FrozenAdmin):
    joined = ("network", "asked_by")
    fieldsets = [
        section(None, "network", "due_on", "asked_at", "asked_by", "reminded_on")
    ]
    list_display = ["network", "due_on", "asked_at", "asked_by", "reminded_on"]
    list_filter = [chosen("network", "netwerk")]
    search_fields = ["network__name"]
    search_help_text = "Zoek op netwerk."


class NowFilter(admin.SimpleListFilter):
    title = "nu aanspreekpunt"
    parameter_name = "nu"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("ja", "ja"), ("nee", "niet meer")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        today = timezone.localdate()
        now = Q(ends_on__isnull=True) | Q(ends_on__gte=today)
        if self.value() is None:
            return queryset
        return queryset.filter(now if self.value() == "ja" else ~now)


class RegionTypeFilter(admin.SimpleListFilter):
    title = "soort regio"
    parameter_name = "soort"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return Region.Type.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        return queryset.filter(region__type=self.value()) if self.value() else queryset


class RegionalContactAdmin(VerbAdmin):
    """Given on the page of the region, by a gemeente or the bureau; here to look at."""

    verbs = (END,)
    joined = ("network", "region", "organisation", "given_by")
    fieldsets = [
        section(None, "network", "region", "level", "is_primary", "is_duo"),
        section("Persoon", "name", "function", "organisation", "email", "phone"),
        section(
            *("Besluit", "decided_on", "starts_on", "ends_on"),
            *("given_by", "given_at"),
        ),
    ]
    list_display = [
        *("name", "function", "organisation", "region", "network", "level"),
        *("is_primary", "is_duo", "email", "phone", "decided_on"),
        *("starts_on", "ends_on"),
    ]
    list_filter = [
        NowFilter,
        "level",
        "is_primary",
        RegionTypeFilter,
        chosen("network", "netwerk"),
        chosen("region", "regio"),
    ]
    search_fields = [
        *("name", "email", "region__name", "organisation__name"),
        "organisation__code",
    ]
    search_help_text = "Zoek op naam, e-mailadres, regio of gemeente."
