"""Decisions of the ALV that other facts point to."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse

from membership.admin.recorded import RecordedAdmin, acting
from membership.assembly.pointing import resting_on
from membership.models import AlvBesluit, Beslispunt
from nvsi.admin.columns import NOTHING, link
from nvsi.admin.pages import section


class AlvBesluitAdmin(RecordedAdmin):
    """What rests on a decision stands under it."""

    fixed = ("reference",)
    editable = ("subject", "taken_on")
    joined = ("beslispunt__voorstel",)
    fieldsets = [section(None, "reference", "subject", "taken_on", "point", "text")]
    list_display = ["reference", "subject", "taken_on"]
    search_fields = ["reference", "subject", "text"]
    search_help_text = "Zoek op kenmerk, onderwerp of tekst."

    @admin.display(description="beslispunt")
    def point(self, obj: AlvBesluit) -> str:
        """Empty for a decision from before the portal."""
        found: Beslispunt | None = getattr(obj, "beslispunt", None)
        return (
            link(found, f"{found.label}: {found.voorstel.title}") if found else NOTHING
        )

    def beside_the_form(self, request: HttpRequest, obj: AlvBesluit) -> Any:
        around = super().beside_the_form(request, obj)
        page = ("In het portaal", reverse("besluit-detail", args=[obj.pk]))
        rests = resting_on(obj, acting(request))
        return {**around, "buttons": [page], "rests": rests}
