"""Deliveries and hour lines. Step 1 of the road.

There may be millions of lines. So their list is in order of arrival only, counts to a
limit, and searches what an index or one half-year can answer.
"""

from typing import Any

from django.contrib import admin
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html

from billing.admin.finding import HalfyearFilter
from billing.models import Import, Line
from billing.settling.halfyear_facts import below_minimum
from contracts.models import Coverage
from membership.admin.recorded import FrozenAdmin
from membership.models import Organisation
from nvsi.admin.columns import list_url
from nvsi.admin.filters import YesNoFilter, chosen
from nvsi.admin.pages import section


class ImportAdmin(FrozenAdmin):
    joined = ("source", "instrument", "delivered_by")
    fieldsets = [
        section(None, "file_name", "source", "instrument", "lines_link"),
        section("Ontvangst", "delivered_by", "delivered_at", "sha256"),
        section("Inhoud", "lines_count", "known_count", "uren", "omzet", "premie"),
    ]
    list_display = [
        *("file_name", "source", "delivered_at", "delivered_by"),
        *("lines_count", "known_count", "uren", "omzet"),
    ]
    list_filter = ["instrument", "delivered_at"]
    search_fields = ["file_name", "source__name", "sha256__startswith"]
    search_help_text = "Zoek op bestand of uitvoerder."

    @admin.display(description="urenregels")
    def lines_link(self, obj: Import) -> str:
        url = list_url(Line, aanlevering=obj.pk)
        return format_html('<a href="{}">bekijk de regels</a>', url)


class LateFilter(YesNoFilter):
    title = parameter_name = "nagekomen"

    def condition(self) -> Q:
        return ~Q(worked_in=F("period__halfyear"))


class CorrectionFilter(YesNoFilter):
    title = parameter_name = "correctie"

    def condition(self) -> Q:
        return ~Q(corrigeert_regel_id="")


class BelowMinimumFilter(YesNoFilter):
    title = "onder het minimumuurloon"
    parameter_name = "onder_minimum"

    def condition(self) -> Q:
        return below_minimum()


class LineAdmin(FrozenAdmin):
    joined = ("source", "delivery", "period__instrument", "coverage__gemeente")
    ordering = ["-id"]
    sortable_by = ()
    fieldsets = [
        section(None, "regel_id", "corrigeert_regel_id", "coverage__gemeente", "datum"),
        section(
            "Werk",
            *("opdracht_id", "opdrachtgever_naam", "opdrachtgever_kvk"),
            *("kandidaat_ref", "factuurnummer", "factuurdatum"),
        ),
        section("Bedragen", "uren", "tarief", "premie_per_uur", "omzet", "premie"),
        section("Herkomst", "period", "worked_in", "delivery", "source"),
    ]
    list_display = [
        *("regel_id", "coverage__gemeente", "opdrachtgever_naam", "opdracht_id"),
        *("datum", "uren", "tarief", "omzet", "premie", "period__halfyear"),
    ]
    list_filter = [
        HalfyearFilter,
        chosen("coverage__gemeente", "gemeente", "gemeente"),
        chosen("coverage__agreement__organisation", "houder", "houder"),
        chosen("delivery", "aanlevering", "aanlevering"),
        LateFilter,
        CorrectionFilter,
        BelowMinimumFilter,
    ]
    search_fields = ["regel_id"]
    search_help_text = (
        "Zoek op de precieze regel. Kies eerst een halfjaar om ook te zoeken op "
        "gemeente, op het begin van de opdracht of van de opdrachtgever, of op "
        "KvK-nummer."
    )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        term = search_term.strip()
        if not term:
            return queryset, False
        found = Q(source__in=_sources(), regel_id=term)
        if request.GET.get(HalfyearFilter.parameter_name):
            found |= Q(opdracht_id__startswith=term) | Q(opdrachtgever_kvk=term)
            found |= Q(opdrachtgever_naam__istartswith=term)
            found |= Q(coverage__in=_coverages(term))
        return queryset.filter(found), False


def _sources() -> list[int]:
    """Who may have delivered: the index on regel_id begins with them."""
    kind = Organisation.Kind.UITVOERDER
    rows = Organisation.objects.filter(kind=kind)
    return list(rows.order_by().values_list("pk", flat=True))


def _coverages(term: str) -> list[int]:
    """Of the gemeenten that are meant: by code, or by the begin of their name."""
    meant = Q(gemeente__code__iexact=term) | Q(gemeente__name__istartswith=term)
    return list(Coverage.objects.filter(meant).order_by().values_list("pk", flat=True))
