"""Verbeterwensen for the bureau: to look at, with a link to where they are dealt with;
and what the ALV and the bestuur set for them."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from instruments.models import (
    AlvLimit,
    CoverCriterion,
    Ontwikkelvoorstel,
    Verbeterwens,
    VerbeterwensStep,
    WensRemark,
    WensSupport,
)
from instruments.wishes.deadlines import PROVIDERS
from instruments.wishes.stages import Step
from membership.admin.recorded import FrozenAdmin, RecordedAdmin
from membership.deadlines import asked
from membership.models import Person, Role
from nvsi.admin import worklist
from nvsi.admin.pages import section
from nvsi.admin.tables import Table
from nvsi.admin.worklist import Waiting


@admin.register(Verbeterwens)
class VerbeterwensAdmin(FrozenAdmin):
    heading = "Verbeterwensen"
    joined = ("instrument", "organisation", "by")
    fieldsets = [
        section(
            None,
            *("reference", "title", "problem", "proposal", "for_whom"),
            text="Wat er met een wens gebeurt, doet ieder orgaan zelf in het portaal.",
        ),
        section("Wie", "organisation", "by", "handed_in_at", "stage"),
    ]
    list_display = ["reference", "title", "organisation", "handed_in_at", "stage"]
    list_filter = ["instrument"]
    search_fields = ["title", "organisation__name"]
    search_help_text = "Zoek op titel of organisatie."

    @admin.display(description="kenmerk", ordering="number")
    def reference(self, obj: Verbeterwens) -> str:
        return obj.reference

    @admin.display(description="fase")
    def stage(self, obj: Verbeterwens) -> str:
        return str(obj.stage.label)

    def tables(self, obj: Verbeterwens) -> list[Table]:
        return [
            Table(
                obj.steps.select_related("by"),
                ("kind", "on", "for_party", "words", "by"),
            ),
            Table(
                obj.voorstellen.select_related("besluit"),
                ("version", "amount", "from_kas", "agreed_at", "besluit", "ended_at"),
            ),
            Table(
                obj.support.select_related("organisation", "by"),
                ("organisation", "by", "at", "ended_at"),
            ),
            Table(
                obj.remarks.select_related("by", "organisation"),
                ("text", "by", "organisation", "at"),
            ),
        ]


@admin.register(VerbeterwensStep)
class VerbeterwensStepAdmin(FrozenAdmin):
    heading = "Stappen van verbeterwensen"
    joined = (
        "wens__instrument",
        "by",
        "besluit",
        "decision",
        "merged_into",
        "voorstel",
    )
    fieldsets = [
        section(None, "wens", "kind", "on", "words"),
        section("Werk", "hours", "amount", "feasibility", "rank"),
        section("Waarop het rust", "voorstel", "decision", "besluit", "merged_into"),
        section("Wie", "for_party", "by", "at"),
    ]
    list_display = ["wens", "kind", "on", "for_party", "by"]
    list_filter = ["kind", "wens__instrument"]


@admin.register(Ontwikkelvoorstel)
class OntwikkelvoorstelAdmin(FrozenAdmin):
    heading = "Voorstellen voor doorontwikkeling"
    joined = ("wens__instrument", "proposed_by", "agreed_by", "besluit", "decision")
    fieldsets = [
        section(None, "wens", "version", "text"),
        section("Geld", "amount", "from_kas", "other_cover", "checked"),
        section("Besluiten", "decision", "agreed_at", "needs_alv", "besluit"),
        section("Wie", "proposed_by", "proposed_at", "agreed_by", "ended_at"),
    ]
    list_display = ["wens", "version", "amount", "from_kas", "agreed_at", "besluit"]
    list_filter = ["wens__instrument"]

    @admin.display(description="criteria van het bestuur")
    def checked(self, obj: Ontwikkelvoorstel) -> str:
        found = (
            f"{'voldaan' if one['met'] else 'niet voldaan'}: {one['text']}"
            for one in obj.criteria
        )
        return "; ".join(found)


@admin.register(WensSupport)
class WensSupportAdmin(FrozenAdmin):
    heading = "Steun voor verbeterwensen"
    joined = ("wens__instrument", "organisation", "by")
    fieldsets = [section(None, "wens", "organisation", "by", "at", "ended_at")]
    list_display = ["wens", "organisation", "at", "ended_at"]
    list_filter = ["wens__instrument"]


@admin.register(WensRemark)
class WensRemarkAdmin(FrozenAdmin):
    heading = "Opmerkingen bij verbeterwensen"
    joined = ("wens__instrument", "organisation", "by")
    fieldsets = [section(None, "wens", "text", "organisation", "by", "at")]
    list_display = ["wens", "by", "organisation", "at"]
    list_filter = ["wens__instrument"]


@admin.register(AlvLimit)
class AlvLimitAdmin(RecordedAdmin):
    heading = "Grenzen voor de ALV"
    fixed = ("instrument", "starts_on")
    editable = ("amount", "besluit")
    joined = ("instrument", "besluit")
    fieldsets = [
        section(
            None,
            *("instrument", "starts_on", "amount", "besluit"),
            text="Boven dit bedrag besluit de ALV over een voorstel. Zonder grens "
            "besluit de ALV over alles wat geld kost.",
        )
    ]
    list_display = ["instrument", "starts_on", "amount", "besluit"]
    list_filter = ["instrument"]


@admin.register(CoverCriterion)
class CoverCriterionAdmin(RecordedAdmin):
    heading = "Criteria voor de dekking"
    editable = ("text", "starts_on", "ends_on")
    fieldsets = [
        section(
            None,
            *("text", "starts_on", "ends_on"),
            text="Het bestuur geeft deze criteria mee aan de regiegroepen. Bij elk "
            "akkoord legt het bestuur vast of eraan is voldaan.",
        )
    ]
    list_display = ["text", "starts_on", "ends_on"]


def waiting_wishes(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """What waits for the bestuur, and for a besluit of the ALV to be recorded."""
    rows = Verbeterwens.objects.with_standing()
    asked_of = {
        Step.PROPOSED: ("Voorstel bij het bestuur", (Role.Name.BESTUUR,)),
        Step.AGREED: (
            "Besluit over een voorstel",
            (Role.Name.BUREAU, Role.Name.BESTUUR),
        ),
        Step.ADOPTED: ("Opdracht te geven", (Role.Name.BESTUUR,)),
    }
    mine = [kind for kind, (_, roles) in asked_of.items() if person.has_role(*roles)]
    found: Iterable[Any] = rows.at(*mine).select_related("instrument").order_by("pk")
    for wens in found:
        since = wens.last_on or timezone.localdate(wens.handed_in_at)
        what, _ = asked_of[Step(wens.last_kind)]
        url = reverse("wens-detail", args=[wens.pk])
        yield Waiting(since, what, str(wens), "Bekijken", url)


asked.providers += PROVIDERS
worklist.providers.append(waiting_wishes)
