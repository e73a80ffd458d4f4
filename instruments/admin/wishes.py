"""Verbeterwensen for the bureau: to look at, with a link to where they are dealt with;
and what the ALV and the bestuur set for them."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from instruments.models import (
    Ontwikkelvoorstel,
    Verbeterwens,
    WensFollower,
)
from instruments.wishes import at_the_alv
from instruments.wishes.agenda import adopted_without_besluit
from instruments.wishes.deadlines import PROVIDERS
from instruments.wishes.stages import Step
from membership.admin.recorded import FrozenAdmin, RecordedAdmin
from membership.assembly import origins
from membership.deadlines import asked
from membership.merging.moving import MOVES, Move
from membership.models import Person, Role
from nvsi.admin import worklist
from nvsi.admin.pages import section
from nvsi.admin.tables import Table
from nvsi.admin.worklist import Waiting


class VerbeterwensAdmin(FrozenAdmin):
    heading = "Verbeterwensen"
    joined = ("instrument", "organisation", "taken_over_by", "by")
    fieldsets = [
        section(
            None,
            *("reference", "title", "problem", "proposal", "for_whom"),
            text="Wat er met een wens gebeurt, doet ieder orgaan zelf in het portaal.",
        ),
        section(
            "Wie",
            *("organisation", "by", "handed_in_at", "taken_over_by", "stage"),
        ),
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

    def beside_the_form(self, request: HttpRequest, obj: Verbeterwens) -> Any:
        around = super().beside_the_form(request, obj)
        page = ("In het portaal", reverse("wens-detail", args=[obj.pk]))
        return {**around, "buttons": [page]}

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


class VerbeterwensStepAdmin(FrozenAdmin):
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


class OntwikkelvoorstelAdmin(FrozenAdmin):
    joined = (
        *("wens__instrument", "proposed_by", "agreed_by", "besluit", "decision"),
        "alv_voorstel__assembly",
    )
    fieldsets = [
        section(None, "wens", "version", "text"),
        section("Geld", "amount", "from_kas", "other_cover", "checked"),
        section(
            "Besluiten",
            *("decision", "agreed_at", "needs_alv", "alv_voorstel", "besluit"),
        ),
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


class WensSupportAdmin(FrozenAdmin):
    joined = ("wens__instrument", "organisation", "by")
    fieldsets = [section(None, "wens", "organisation", "by", "at", "ended_at")]
    list_display = ["wens", "organisation", "at", "ended_at"]
    list_filter = ["wens__instrument"]


class WensRemarkAdmin(FrozenAdmin):
    joined = ("wens__instrument", "organisation", "by")
    fieldsets = [section(None, "wens", "text", "organisation", "by", "at")]
    list_display = ["wens", "by", "organisation", "at"]
    list_filter = ["wens__instrument"]


class AlvLimitAdmin(RecordedAdmin):
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


class CoverCriterionAdmin(RecordedAdmin):
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
    """What waits for the bestuur: a voorstel to judge, or an order to give."""
    if not person.has_role(Role.Name.BESTUUR):
        return
    rows = Verbeterwens.objects.with_standing().select_related("instrument")
    rows = rows.at(Step.PROPOSED, Step.AGREED, Step.ADOPTED).order_by("pk")
    found: Iterable[Any] = rows
    for wens in found:
        if wens.last_kind == Step.AGREED and not wens.without_alv:
            continue  # of the ALV
        since = wens.last_on or timezone.localdate(wens.handed_in_at)
        is_new = wens.last_kind == Step.PROPOSED
        what = "Voorstel bij het bestuur" if is_new else "Opdracht te geven"
        yield _waiting(wens, since, what)


def waiting_for_an_alv(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """What stands on no agenda of an ALV; and what the ALV adopted while the wens could
    not go on, as when the innovatiekas is too empty."""
    if not person.has_role(Role.Name.BUREAU, Role.Name.BESTUUR):
        return
    asked_for: tuple[tuple[str, QuerySet[Ontwikkelvoorstel]], ...] = (
        (
            "Voorstel dat op een ALV wacht",
            Ontwikkelvoorstel.objects.waiting_for_an_alv(),
        ),
        ("Aangenomen door de ALV, en nog niet verwerkt", adopted_without_besluit()),
    )
    for what, rows in asked_for:
        for row in rows.select_related("wens__instrument").order_by("agreed_at"):
            yield _waiting(row.wens, row.agreed_on or today, what)


def _waiting(wens: Verbeterwens, since: datetime.date, what: str) -> Waiting:
    url = reverse("wens-detail", args=[wens.pk])
    return Waiting(since, what, str(wens), "Bekijken", url)


asked.providers += PROVIDERS
worklist.providers += [waiting_wishes, waiting_for_an_alv]
origins.register(at_the_alv)
MOVES.append(
    Move(
        *("gevolgde verbeterwens", "gevolgde verbeterwensen", WensFollower),
        *("person_id", lambda person: person.pk),
    )
)
