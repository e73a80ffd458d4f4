"""Runs, settlements and their gemeenten. Step 3 of the road."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, F
from django.http import HttpRequest
from django.utils.html import format_html

from billing.admin.calculation import calculation, total
from billing.admin.files import files
from billing.admin.finding import HalfyearFilter, NumberedAdmin, by_halfyear
from billing.admin.verbs import APPROVE, REVERSE
from billing.models import Line, Posting, Settlement, SettlementLine, SettlementRun
from membership.admin.verbs import VerbAdmin
from nvsi.admin.columns import NOTHING, link, list_url, whole
from nvsi.admin.filters import chosen
from nvsi.admin.pages import section
from nvsi.admin.tables import Table

BY_NUMBER = F("number_year") * 1_000_000 + F("number_sequence")


class SettlementRunAdmin(VerbAdmin):
    heading = "Afrekenen"
    verbs = (APPROVE,)
    joined = ("period__instrument", "prepared_by", "approved_by")
    in_files = {"settlements_count": "count"}
    fieldsets = [
        section(None, "period", "sequence", "forced", "all_settlements"),
        section("Berekening van de hele ronde", "sums"),
        section(
            "Opstellen en vaststellen",
            *("prepared_by", "prepared_at", "approved_by", "approved_at"),
            "fingerprint",
        ),
    ]
    list_display = [
        *("run", "status", "settlements_count"),
        *("prepared_by", "prepared_at", "approved_by", "approved_at"),
    ]
    list_filter = [HalfyearFilter, "period__instrument", "status", "forced"]
    search_fields = ["fingerprint__startswith"]
    search_help_text = "Zoek op het begin van de vingerafdruk."

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request)
        return rows.annotate(count=Count("settlements"))

    @admin.display(description="ronde", ordering="period__halfyear")
    def run(self, obj: SettlementRun) -> str:
        return str(obj)

    @admin.display(description="afrekeningen")
    def settlements_count(self, obj: Any) -> str:
        return whole(obj.count)

    @admin.display(description="afrekeningen")
    def all_settlements(self, obj: Any) -> str:
        url = list_url(Settlement, ronde=obj.pk)
        return format_html('<a href="{}">bekijk alle {}</a>', url, whole(obj.count))

    @admin.display(description="samen")
    def sums(self, obj: SettlementRun) -> str:
        return calculation(
            total(obj.settlements.filter(kind=Settlement.Kind.SETTLEMENT)),
            "de gemeenten",
        )

    def tables(self, obj: SettlementRun) -> list[Table]:
        return [
            Table(
                obj.settlements.select_related("organisation"),
                (
                    *("__str__", "organisation", "status"),
                    *("bruto_omzet", "vergoeding", "uitkering_gemeente"),
                ),
                all_at=list_url(Settlement, ronde=obj.pk),
            )
        ]


class SettlementAdmin(VerbAdmin, NumberedAdmin):
    verbs = (REVERSE,)
    joined = (
        *("organisation", "period__instrument", "run__period__instrument"),
        *("statement", "reverses"),
    )
    deferred = (
        *("statement__heading", "statement__json"),
        *("statement__pdf", "statement__xlsx"),
    )
    in_files = {"documents": ""}
    fieldsets = [
        section(
            None,
            *("organisation", "period", "run", "kind", "approved_on"),
            *("reverses", "reversal_link"),
        ),
        section("Berekening", "sums"),
        section("Stukken", "documents", "entry_link", "hours_link"),
    ]
    list_display = [
        *("number", "organisation", "period__halfyear", "status", "kind"),
        *("bruto_omzet", "uitkering_gemeente", "documents"),
    ]
    list_filter = [
        *(HalfyearFilter, "period__instrument", "status", "kind"),
        *(chosen("organisation", "organisatie"), chosen("run", "ronde", "ronde")),
    ]
    search_fields = ["organisation__code", "organisation__name"]
    search_help_text = "Zoek op nummer (2026-0147), of op code of naam van de gemeente."

    @admin.display(description="nummer", ordering=BY_NUMBER)
    def number(self, obj: Settlement) -> str:
        return obj.number or "zonder nummer"

    @admin.display(description="berekening")
    def sums(self, obj: Settlement) -> str:
        lines = list(obj.lines.all())
        rates = lines[0].rates if len(lines) == 1 else ()
        return calculation(obj, obj.organisation.short_name, rates)

    @admin.display(description="documenten")
    def documents(self, obj: Settlement) -> str:
        return files(getattr(obj, "statement", None))

    @admin.display(description="boeking")
    def entry_link(self, obj: Settlement) -> str:
        entry = getattr(obj, "entry", None)
        return link(entry) if entry else NOTHING

    @admin.display(description="teruggedraaid met")
    def reversal_link(self, obj: Settlement) -> str:
        reversal = getattr(obj, "reversal", None)
        return link(reversal) if reversal else NOTHING

    @admin.display(description="urenregels")
    def hours_link(self, obj: Settlement) -> str:
        halfyear = obj.period.halfyear
        url = list_url(Line, halfjaar=halfyear, houder=obj.organisation_id)
        return format_html('<a href="{}">bekijk de urenregels</a>', url)

    def tables(self, obj: Settlement) -> list[Table]:
        return [
            Table(
                obj.lines.select_related("gemeente"),
                (
                    *("gemeente", "lines_count", "uren", "bruto_omzet", "premies"),
                    *("vergoeding", "afdracht_gemeente", "uitkering_gemeente"),
                ),
            ),
            Table(
                obj.payments.select_related("batch").defer("batch__xml"),
                ("end_to_end_id", "batch", "iban", "amount"),
            ),
            Table(
                Posting.objects.filter(entry__settlement=obj).select_related(
                    "account", "organisation"
                ),
                ("account", "organisation", "debit", "credit"),
            ),
        ]


class SettlementLineAdmin(NumberedAdmin):
    settlement_path = "settlement__"
    joined = ("gemeente", "settlement__period")
    fieldsets = [
        section(None, "gemeente", "settlement", "lines_count", "hours_link"),
        section("Berekening", "sums"),
    ]
    list_display = [
        *("gemeente", "settlement", "settlement__period__halfyear"),
        *("lines_count", "uren", "bruto_omzet", "premies", "vergoeding"),
        *("afdracht_gemeente", "uitkering_gemeente"),
    ]
    list_filter = [
        by_halfyear("settlement__period"),
        "settlement__status",
        chosen("gemeente", "gemeente"),
    ]
    search_fields = ["gemeente__code", "gemeente__name"]
    search_help_text = "Zoek op nummer (2026-0147), of op code of naam van de gemeente."

    @admin.display(description="berekening")
    def sums(self, obj: SettlementLine) -> str:
        return calculation(obj, obj.gemeente.short_name, obj.rates)

    @admin.display(description="urenregels")
    def hours_link(self, obj: SettlementLine) -> str:
        halfyear = obj.settlement.period.halfyear
        url = list_url(Line, halfjaar=halfyear, gemeente=obj.gemeente_id)
        return format_html('<a href="{}">bekijk de urenregels</a>', url)
