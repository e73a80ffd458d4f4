"""The board of what is on the agenda: voorstellen, beslispunten and amendementen."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse

from membership.admin import assembly_verbs as verbs
from membership.admin.floor import FROM_FLOOR
from membership.admin.recorded import acting
from membership.admin.verbs import VerbAdmin
from membership.assembly import origins
from membership.assembly.amounts import overview_of
from membership.assembly.printing import amounts_in, proposed_by
from membership.models import Amendement, Beslispunt, Voorstel
from nvsi.admin.filters import chosen
from nvsi.admin.pages import section
from nvsi.admin.tables import Table
from nvsi.dutch import euro, listing


def with_page(around: dict[str, Any], name: str, pk: int) -> dict[str, Any]:
    """The buttons, and one that leads to what the members see of it."""
    page = ("In het portaal", reverse(name, args=[pk]))
    return {**around, "buttons": [*around.get("buttons", ()), page]}


class VoorstelAdmin(VerbAdmin):
    verbs = (verbs.REWRITE, verbs.WITHDRAW)
    joined = ("assembly", "body", "of_member")
    fieldsets = [
        section(None, "assembly", "label", "title", "kind", "proposed_by"),
        section("Toelichting", "toelichting"),
        section("Van de agenda", "withdrawn_at", "reason"),
    ]
    list_display = ["title", "label", "assembly", "kind", "withdrawn_at"]
    list_filter = [chosen("assembly", "ALV"), "kind"]
    search_fields = ["title"]
    search_help_text = "Zoek op titel."

    @admin.display(description="punt")
    def label(self, obj: Voorstel) -> str:
        return obj.label

    @admin.display(description="ingediend door")
    def proposed_by(self, obj: Voorstel) -> str:
        return proposed_by(obj)

    def beside_the_form(self, request: HttpRequest, obj: Voorstel) -> Any:
        """Also what it asks in euros, and the wens that it may come from."""
        around = super().beside_the_form(request, obj)
        amounts = overview_of(amounts_in(obj))
        return {
            **with_page(around, "voorstel-detail", obj.pk),
            "origins": origins.origins_of(obj, acting(request)),
            "amounts": amounts,
            "strangers": [
                (point.number, listing([euro(one) for one in found]))
                for point in obj.beslispunten.all()
                if (found := amounts.strangers_in(point.text))
            ],
        }

    def tables(self, obj: Voorstel) -> list[Table]:
        return [
            Table(
                obj.beslispunten.select_related("voorstel", "besluit"),
                ("text", "number", "outcome", "besluit"),
                title="Beslispunten",
                nothing="Er is nog geen beslispunt.",
            )
        ]


class BeslispuntAdmin(VerbAdmin):
    verbs = (FROM_FLOOR,)
    joined = ("voorstel__assembly", "besluit")
    fieldsets = [
        section(None, "voorstel", "label", "text"),
        section("Uitkomst", "outcome", "sentence", "besluit"),
    ]
    list_display = ["label", "voorstel", "text", "outcome", "besluit"]
    list_filter = [chosen("voorstel__assembly", "ALV"), "outcome"]
    search_fields = ["text", "voorstel__title"]
    search_help_text = "Zoek op tekst of titel van het voorstel."

    @admin.display(description="punt")
    def label(self, obj: Beslispunt) -> str:
        return obj.label

    def beside_the_form(self, request: HttpRequest, obj: Beslispunt) -> Any:
        around = super().beside_the_form(request, obj)
        return with_page(around, "voorstel-detail", obj.voorstel_id)

    def tables(self, obj: Beslispunt) -> list[Table]:
        return [
            Table(
                obj.amendementen.select_related("beslispunt__voorstel", "organisation"),
                ("new_text", "number", "organisation", "status"),
                title="Amendementen",
                nothing="Er is geen amendement.",
            )
        ]


class AmendementAdmin(VerbAdmin):
    verbs = (verbs.TAKE_OVER,)
    joined = ("beslispunt__voorstel__assembly", "organisation", "by")
    fieldsets = [
        section(None, "beslispunt", "number", "organisation", "status", "by", "at",
                "settled_at"),
        section("De tekst", "old_text", "new_text", "explanation"),
    ]  # fmt: skip
    list_display = ["beslispunt", "number", "organisation", "status", "at"]
    list_filter = [chosen("beslispunt__voorstel__assembly", "ALV"), "status"]
    search_fields = ["new_text", "organisation__name"]
    search_help_text = "Zoek op tekst of lid."

    def beside_the_form(self, request: HttpRequest, obj: Amendement) -> Any:
        around = super().beside_the_form(request, obj)
        return with_page(around, "voorstel-detail", obj.beslispunt.voorstel_id)
