"""Instruments, who carries them out, and what the ALV asks as contribution."""

from typing import Any

from instruments.models import (
    ContributionRate,
    Factsheet,
    Instrument,
    Milestone,
    Tariff,
    TariffBand,
    TariffBudget,
    TariffExemption,
    TariffIndexation,
    Uitvoerder,
)
from membership.admin.recorded import RecordedAdmin
from membership.models import Organisation
from nvsi.admin.columns import add_url
from nvsi.admin.pages import section
from nvsi.admin.tables import Table


class InstrumentAdmin(RecordedAdmin):
    heading = "Productenboek"
    fixed = ("slug", "is_example")
    editable = ("name", "description")
    fieldsets = [section(None, "slug", "name", "description", "is_example")]
    list_display = ["name", "slug", "is_example"]
    search_fields = ["name", "slug"]
    search_help_text = "Zoek op naam."

    def tables(self, obj: Instrument) -> list[Table]:
        return [
            Table(
                obj.factsheets.all(),
                ("number", "phase", "binding", "note", "published_at"),
                add_at=add_url(Factsheet, instrument=obj.pk),
            ),
            Table(
                obj.milestones.all(),
                ("title", "kind", "year", "quarter", "status"),
                add_at=add_url(Milestone, instrument=obj.pk),
                title="Routekaart",
            ),
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
            Table(
                obj.tariffs.select_related("besluit"),
                ("kind", "starts_on", "ends_on", "besluit"),
                add_at=add_url(Tariff, instrument=obj.pk),
            ),
        ]


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


class ContributionRateAdmin(RecordedAdmin):
    heading = "Wat gemeenten betalen"
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


class TariffAdmin(RecordedAdmin):
    fixed = ("instrument", "kind", "starts_on")
    editable = ("ends_on", "besluit", "inhabitants", "price_level", "one_off")
    joined = ("instrument", "besluit")
    fieldsets = [
        section(
            None,
            *("instrument", "kind", "starts_on", "ends_on", "besluit"),
            text="Een percentage van de bruto-omzet staat bij de bijdragepercentages. "
            "Een tarief geldt voor hele jaren.",
        ),
        section("Bedrag per inwoner", "inhabitants", "price_level"),
        section("Naar aantal gebruikers", "one_off"),
    ]
    list_display = ["instrument", "kind", "starts_on", "ends_on", "besluit"]
    list_filter = ["instrument", "kind"]

    def tables(self, obj: Tariff) -> list[Table]:
        """Those of its way of paying, and who does not pay."""
        shown = [self._exemptions(obj)]
        if obj.kind == Tariff.Kind.INHABITANT:
            budgets = add_url(TariffBudget, tariff=obj.pk)
            years = add_url(TariffIndexation, tariff=obj.pk)
            shown = [
                Table(obj.budgets.all(), ("name", "amount"), add_at=budgets),
                Table(
                    obj.indexations.select_related("besluit"),
                    ("year", "pct", "besluit"),
                    add_at=years,
                ),
                *shown,
            ]
        if obj.kind == Tariff.Kind.USERS:
            add_at = add_url(TariffBand, tariff=obj.pk)
            bands = Table(obj.bands.all(), ("from_users", "amount"), add_at=add_at)
            shown = [bands, *shown]
        return shown

    def _exemptions(self, obj: Tariff) -> Table:
        return Table(
            obj.exemptions.select_related("organisation"),
            ("organisation", "starts_on", "ends_on", "reason"),
            add_at=add_url(TariffExemption, tariff=obj.pk),
        )


class TariffBudgetAdmin(RecordedAdmin):
    fixed = ("tariff",)
    editable = ("name", "amount")
    joined = ("tariff__instrument",)
    fieldsets = [section(None, "tariff", "name", "amount")]
    list_display = ["name", "tariff", "amount"]
    list_filter = ["tariff__instrument"]


class TariffIndexationAdmin(RecordedAdmin):
    fixed = ("tariff", "year")
    editable = ("pct", "besluit")
    joined = ("tariff__instrument", "besluit")
    fieldsets = [
        section(
            None,
            *("tariff", "year", "pct", "besluit"),
            text="De prijs van het jaar ervoor, in hele centen, verandert met dit "
            "percentage en wordt weer afgerond op hele centen.",
        )
    ]
    list_display = ["year", "tariff", "pct", "besluit"]
    list_filter = ["tariff__instrument"]


class TariffBandAdmin(RecordedAdmin):
    fixed = ("tariff", "from_users")
    editable = ("amount",)
    joined = ("tariff__instrument",)
    fieldsets = [section(None, "tariff", "from_users", "amount")]
    list_display = ["from_users", "tariff", "amount"]
    list_filter = ["tariff__instrument"]


class TariffExemptionAdmin(RecordedAdmin):
    fixed = ("tariff", "organisation")
    editable = ("starts_on", "ends_on", "reason")
    joined = ("tariff__instrument", "organisation")
    fieldsets = [
        section(
            None,
            *("tariff", "organisation", "starts_on", "ends_on", "reason"),
            text="Wie op 1 januari is vrijgesteld, betaalt dat hele jaar niets.",
        )
    ]
    list_display = ["organisation", "tariff", "starts_on", "ends_on"]
    list_filter = ["tariff__instrument"]
    search_fields = ["organisation__code", "organisation__name"]
    search_help_text = "Zoek op code of naam van de gemeente."
