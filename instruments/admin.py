"""Instruments, who carries them out, and what the ALV asks as contribution."""

from typing import Any

from django.contrib import admin

from instruments.models import ContributionRate, Instrument, MinimumWage, Uitvoerder
from membership.admin.recorded import RecordedAdmin
from membership.models import Organisation
from nvsi.admin.columns import add_url
from nvsi.admin.pages import section
from nvsi.admin.tables import Table


@admin.register(Instrument)
class InstrumentAdmin(RecordedAdmin):
    fixed = ("slug",)
    editable = ("name", "description")
    fieldsets = [section(None, "slug", "name", "description")]
    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]
    search_help_text = "Zoek op naam."

    def tables(self, obj: Instrument) -> list[Table]:
        return [
            Table(
                obj.uitvoerders.select_related("organisation"),
                ("organisation", "starts_on", "ends_on"),
                add_at=add_url(Uitvoerder, instrument=obj.pk),
            ),
            Table(
                obj.contribution_rates.select_related("besluit"),
                ("from_halfyear", "gemeente_pct", "uitvoerder_pct", "besluit"),
                add_at=add_url(ContributionRate, instrument=obj.pk),
            ),
        ]


@admin.register(Uitvoerder)
class UitvoerderAdmin(RecordedAdmin):
    fixed = ("instrument", "organisation")
    editable = ("starts_on", "ends_on")
    joined = ("instrument", "organisation")
    fieldsets = [section(None, "instrument", "organisation", "starts_on", "ends_on")]
    list_display = ["organisation", "instrument", "starts_on", "ends_on"]
    list_filter = ["instrument"]
    search_fields = ["organisation__code", "organisation__name"]
    search_help_text = "Zoek op code of naam van de organisatie."

    def formfield_for_foreignkey(
        self, db_field: Any, request: Any, **kwargs: Any
    ) -> Any:
        if db_field.name == "organisation":
            kind = Organisation.Kind.UITVOERDER
            kwargs["queryset"] = Organisation.objects.filter(kind=kind)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(ContributionRate)
class ContributionRateAdmin(RecordedAdmin):
    fixed = ("instrument", "from_halfyear")
    editable = ("gemeente_pct", "uitvoerder_pct", "besluit")
    joined = ("instrument", "besluit")
    fieldsets = [
        section(
            None,
            *("instrument", "from_halfyear"),
            *("gemeente_pct", "uitvoerder_pct", "besluit"),
            text="Een percentage geldt vanaf dit halfjaar, tot er een ander ingaat. "
            "Wat is vastgesteld, verandert niet mee.",
        )
    ]
    list_display = [
        *("from_halfyear", "instrument"),
        *("gemeente_pct", "uitvoerder_pct", "besluit"),
    ]
    list_filter = ["instrument"]


@admin.register(MinimumWage)
class MinimumWageAdmin(RecordedAdmin):
    fixed = ("starts_on",)
    editable = ("amount", "source")
    fieldsets = [
        section(
            None,
            *("starts_on", "amount", "source"),
            text="Geldt tot er een ander bedrag ingaat. Het halfjaar noemt de regels "
            "met een tarief daaronder; zij worden niet geweigerd.",
        )
    ]
    list_display = ["starts_on", "amount", "source"]
