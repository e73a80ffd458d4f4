"""What was agreed, from when, at which price.

Agreements come from verbs. Here the price can be changed from a half-year on, and the
end of a verwerkersovereenkomst written down.
"""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from contracts.admin.offer_verbs import PROLONG, REVISE
from contracts.admin.stop_verbs import GIVE_NOTICE, PAUSE, RESUME
from contracts.agreements import change_terms
from contracts.models import (
    AgreementNotice,
    Gebruiksovereenkomst,
    Offer,
    Terms,
    Uitvoeringsovereenkomst,
    Verwerkersovereenkomst,
)
from contracts.models.offers import FACT_OF
from contracts.offering.going_on import require_end
from contracts.prices import price_tables
from contracts.stopping.notices import kind_of
from membership.admin.recorded import FrozenAdmin, RecordedAdmin, acting
from membership.admin.verbs import VerbAdmin
from nvsi.admin.columns import add_url
from nvsi.admin.filters import chosen
from nvsi.admin.forms import CheckedForm
from nvsi.admin.pages import section
from nvsi.admin.tables import Table
from nvsi.errors import NotAllowed
from nvsi.halfyear import HalfYear


class VerwerkersovereenkomstForm(CheckedForm):
    """The last day, under the same rule as an opzegging and a change."""

    def clean(self) -> Any:
        data = super().clean()
        try:
            require_end(self.instance, self.cleaned_data.get("ends_on"))
        except NotAllowed as refusal:
            self.add_error("ends_on", str(refusal))
        return data


class VerwerkersovereenkomstAdmin(VerbAdmin, RecordedAdmin):
    heading = "Van kracht"
    form = VerwerkersovereenkomstForm
    verbs = (PROLONG, REVISE, GIVE_NOTICE)
    can_add = False
    editable = ("ends_on",)
    joined = ("organisation",)
    fieldsets = [section(None, "organisation", "starts_on", "ends_on")]
    list_display = ["organisation", "starts_on", "ends_on"]
    list_filter = [
        ("ends_on", admin.EmptyFieldListFilter),
        chosen("organisation", "organisatie"),
    ]
    search_fields = ["organisation__code", "organisation__name"]
    search_help_text = "Zoek op code of naam van de organisatie."

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The last day of an opzegging stands in the opzegging, and stays."""
        stays = obj is not None and hasattr(obj, "notice")
        return not stays and super().has_change_permission(request, obj)

    def tables(self, obj: Verwerkersovereenkomst) -> list[Table]:
        return papers_of(obj)


class GebruiksovereenkomstAdmin(VerbAdmin):
    verbs = (PROLONG, REVISE, PAUSE, RESUME, GIVE_NOTICE)
    joined = ("organisation", "instrument")
    fieldsets = [
        section(None, "organisation", "instrument", "signed_on", "starts_on", "ends_on")
    ]
    list_display = ["organisation", "instrument", "signed_on", "starts_on", "ends_on"]
    list_filter = [
        "instrument",
        ("ends_on", admin.EmptyFieldListFilter),
        chosen("organisation", "houder"),
    ]
    search_fields = ["organisation__code", "organisation__name"]
    search_help_text = "Zoek op code of naam van de houder."

    def tables(self, obj: Gebruiksovereenkomst) -> list[Table]:
        return [
            Table(
                obj.terms.all(),
                ("from_halfyear", "vergoeding_pct"),
                add_at=add_url(Terms, agreement=obj.pk),
            ),
            Table(
                obj.coverages.select_related("gemeente"),
                ("gemeente", "gemeente__code", "starts_on", "ends_on"),
                title="Gemeenten",
            ),
            *price_tables(obj),
            Table(
                obj.pauses.all(),
                ("starts_on", "ends_on", "reason", "by"),
                nothing="Nooit gepauzeerd.",
            ),
            *papers_of(obj),
        ]


class UitvoeringsovereenkomstAdmin(VerbAdmin):
    verbs = (PROLONG, REVISE, GIVE_NOTICE)
    joined = ("organisation", "instrument")
    fieldsets = [
        section(None, "organisation", "instrument", "signed_on", "starts_on", "ends_on")
    ]
    list_display = ["organisation", "instrument", "signed_on", "starts_on", "ends_on"]
    list_filter = ["instrument", ("ends_on", admin.EmptyFieldListFilter)]
    search_fields = ["organisation__code", "organisation__name"]
    search_help_text = "Zoek op code of naam van de uitvoerder."

    def tables(self, obj: Uitvoeringsovereenkomst) -> list[Table]:
        return papers_of(obj)


def papers_of(fact: Any) -> list[Table]:
    """The papers of an agreement, the last first, and its opzegging."""
    name = FACT_OF[kind_of(fact)]
    return [
        Table(
            Offer.objects.listed().filter(**{name: fact}).order_by("-pk"),
            ("reference", "why", "starts_on", "ends_on", "concluded_at"),
            title="Papieren",
            nothing="Gesloten voordat het portaal er was.",
        ),
        Table(
            AgreementNotice.objects.filter(**{name: fact}).select_related("by"),
            ("given_by", "received_on", "ends_on", "reason", "by"),
            title="Opzegging",
            nothing="Niet opgezegd.",
        ),
    ]


class CoverageAdmin(FrozenAdmin):
    joined = (
        *("gemeente", "instrument"),
        *("agreement__organisation", "agreement__instrument"),
    )
    fieldsets = [
        section(None, "gemeente", "agreement", "instrument", "starts_on", "ends_on")
    ]
    list_display = [
        *("gemeente", "gemeente__code", "agreement__organisation"),
        *("instrument", "starts_on", "ends_on"),
    ]
    list_filter = [
        "instrument",
        ("ends_on", admin.EmptyFieldListFilter),
        chosen("gemeente", "gemeente"),
        chosen("agreement", "overeenkomst"),
    ]
    search_fields = [
        *("gemeente__code", "gemeente__name"),
        *("agreement__organisation__code", "agreement__organisation__name"),
    ]
    search_help_text = "Zoek op gemeente of houder."


class TermsForm(CheckedForm):
    def clean(self) -> Any:
        data = super().clean()
        agreement = self._value("agreement")
        if self.instance.pk is None and agreement:
            self._require_in_force(agreement)
        return data

    def _require_in_force(self, agreement: Gebruiksovereenkomst) -> None:
        """What the verb refuses, said beside the field."""
        try:
            asked = HalfYear.parse(self.cleaned_data.get("from_halfyear", ""))
        except ValueError:
            return  # the field says it itself
        last = HalfYear.of(agreement.ends_on) if agreement.ends_on else asked
        if not HalfYear.of(agreement.starts_on) <= asked <= last:
            self.add_error(
                "from_halfyear",
                ValidationError(f"De overeenkomst geldt niet in {asked}."),
            )


class TermsAdmin(RecordedAdmin):
    form = TermsForm
    fixed = ("agreement", "from_halfyear")
    editable = ("vergoeding_pct",)
    joined = ("agreement__organisation", "agreement__instrument")
    autocomplete_fields = ["agreement"]
    fieldsets = [
        section(
            None,
            *("agreement", "from_halfyear", "vergoeding_pct"),
            text="Een vergoeding geldt vanaf dit halfjaar, tot er een andere ingaat. "
            "Wat is vastgesteld, verandert niet mee.",
        )
    ]
    list_display = [
        *("agreement__organisation", "agreement", "from_halfyear", "vergoeding_pct"),
    ]
    list_filter = [
        "agreement__instrument",
        chosen("agreement__organisation", "houder", "houder"),
    ]
    search_fields = ["agreement__organisation__code", "agreement__organisation__name"]
    search_help_text = "Zoek op code of naam van de houder."

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        """Another price is a verb; a price that was written down wrong is corrected."""
        if change:
            super().save_model(request, obj, form, change)
            return
        terms = change_terms(
            obj.agreement,
            from_halfyear=obj.from_halfyear,
            vergoeding_pct=obj.vergoeding_pct,
            by=acting(request),
        )
        obj.pk = terms.pk
