"""Statements: their state, and the three files of each. Step 5 of the road."""

from django.contrib import admin

from billing.admin.files import files
from billing.admin.finding import NumberedAdmin, by_halfyear
from billing.admin.paying import TRY_AGAIN
from billing.models import Statement
from membership.admin.verbs import VerbAdmin
from nvsi.admin.columns import NOTHING
from nvsi.admin.pages import section


class StatementAdmin(VerbAdmin, NumberedAdmin):
    verbs = (TRY_AGAIN,)
    settlement_path = "settlement__"
    joined = ("settlement__organisation", "settlement__period")
    deferred = ("heading", "json", "pdf", "xlsx")
    in_files = {"downloads": ""}
    fieldsets = [
        section(None, "settlement", "settlement__organisation", "error"),
        section("Bestanden", "downloads", "made_at"),
        section("Controlegetallen", "pdf_sha256", "xlsx_sha256", "json_sha256"),
        section("Vastgelegd op het document", "heading"),
    ]
    list_display = [
        *("number", "settlement__organisation", "settlement__period__halfyear"),
        *("settlement__kind", "state", "made_at", "downloads"),
    ]
    list_filter = [by_halfyear("settlement__period"), "state", "settlement__kind"]
    search_fields = ["settlement__organisation__code", "settlement__organisation__name"]
    search_help_text = "Zoek op nummer (2026-0147), of op code of naam van de gemeente."

    @admin.display(description="nummer")
    def number(self, obj: Statement) -> str:
        return obj.settlement.number or NOTHING

    @admin.display(description="downloaden")
    def downloads(self, obj: Statement) -> str:
        return files(obj)
