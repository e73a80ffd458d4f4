"""The board of an ALV: its agenda, its papers, its notulen, and who demanded one."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from membership.admin import assembly_verbs as verbs
from membership.admin import notulen_verbs, vote_verbs
from membership.admin.assembly_forms import AssemblyForm, DemandForm
from membership.admin.meetings import MOMENTS
from membership.admin.recorded import FrozenAdmin, RecordedAdmin, acting
from membership.admin.verbs import VerbAdmin
from membership.admin.voorstellen import with_page
from membership.admin.vote_tables import tables_of_votes
from membership.assembly import origins
from membership.assembly.demanding import record_demand
from membership.assembly.terms import clocks
from membership.models import (
    Amendement,
    Assembly,
    AssemblyDemand,
    Beslispunt,
    Notulen,
)
from nvsi.admin.columns import NOTHING
from nvsi.admin.filters import chosen
from nvsi.admin.pages import section
from nvsi.admin.tables import Table
from nvsi.dutch import day
from nvsi.errors import NotAllowed


class AssemblyAdmin(VerbAdmin, RecordedAdmin):
    """What stands in it can be changed until it is convened; then by a verb alone."""

    heading = "Algemene ledenvergadering"
    kept_by = verbs.BUREAU
    form = AssemblyForm
    formfield_overrides = {**MOMENTS, models.URLField: {"assume_scheme": "https"}}
    verbs = (
        *(verbs.ADD, verbs.TAKE_IN, verbs.CONVENE),
        *(vote_verbs.OPEN_VOTE, vote_verbs.PRESENT, vote_verbs.PAPER_PROXY),
        *(verbs.LAY, verbs.CHANGE, verbs.CLOSE, notulen_verbs.WRITE, verbs.CANCEL),
    )
    editable = (
        *("title", "kind", "starts_at", "ends_at", "place", "link"),
        *("amend_until", "voorstellen_until", "note"),
    )
    joined = ("convened_by",)
    fieldsets = [
        section(None, "status", "number_told", "title", "kind"),
        section("Wanneer en waar", "starts_at", "ends_at", "place", "link"),
        section("Oproeping", "voorstellen_until", "term_told", "amend_until", "note",
                "convened_at", "convened_by", "closed_at"),
    ]  # fmt: skip
    list_display = ["title", "kind", "status", "starts_at", "place"]
    list_filter = ["status", "kind", "year"]
    search_fields = ["title", "place"]
    search_help_text = "Zoek op titel of plaats."

    @admin.display(description="nummer")
    def number_told(self, obj: Assembly) -> str:
        return f"ALV {obj.year}-{obj.number}"

    @admin.display(description="termijn")
    def term_told(self, obj: Assembly) -> str:
        if not obj.is_draft:
            return NOTHING
        try:
            return verbs.term_told(obj)
        except NotAllowed as refusal:
            return str(refusal)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_open = obj is None or obj.is_draft
        return is_open and super().has_change_permission(request, obj)

    def _open_fields(self, obj: Any) -> tuple[str, ...]:
        return () if obj is not None and not obj.is_draft else super()._open_fields(obj)

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        if not change:
            origins.take_in(obj, acting(request))

    def beside_the_form(self, request: HttpRequest, obj: Assembly) -> Any:
        around = super().beside_the_form(request, obj)
        return with_page(around, "assembly-detail", obj.pk)

    def tables(self, obj: Assembly) -> list[Table]:
        points = Beslispunt.objects.filter(voorstel__assembly=obj)
        papers = obj.papers.defer("content").select_related("voorstel", "by")
        amendementen = Amendement.objects.filter(beslispunt__voorstel__assembly=obj)
        return [
            Table(
                obj.voorstellen.order_by("position", "letter"),
                ("title", "position", "letter", "kind", "withdrawn_at"),
                title="Voorstellen",
                nothing="Er staat nog niets op de agenda.",
            ),
            Table(
                points.select_related("voorstel", "besluit").order_by(
                    "voorstel__position", "voorstel__letter", "number"
                ),
                ("text", "voorstel", "number", "outcome", "besluit"),
                title="Beslispunten",
                nothing="Er zijn nog geen beslispunten.",
            ),
            Table(
                amendementen.select_related("beslispunt__voorstel", "organisation"),
                ("beslispunt", "number", "organisation", "status"),
                title="Amendementen",
                nothing="Er is geen amendement.",
            ),
            Table(
                obj.handed_in.select_related("organisation"),
                ("title", "organisation", "status", "at"),
                title="Voorstellen van leden",
                nothing="Geen lid diende een voorstel in.",
            ),
            Table(
                papers,
                ("title", "kind", "voorstel", "by", "at"),
                title="Stukken",
                nothing="Er ligt nog geen stuk.",
            ),
            *tables_of_votes(obj),
        ]


class AssemblyPaperAdmin(FrozenAdmin):
    joined = ("assembly", "voorstel", "by")
    deferred = ("content",)
    fieldsets = [
        section(None, "title", "assembly", "voorstel", "kind"),
        section("Bestand", "file_name", "size", "sha256", "by", "at"),
    ]
    list_display = ["title", "assembly", "kind", "by", "at"]
    list_filter = [chosen("assembly", "ALV"), "kind"]
    search_fields = ["title", "file_name"]
    search_help_text = "Zoek op titel of bestand."

    def beside_the_form(self, request: HttpRequest, obj: Any) -> Any:
        around = super().beside_the_form(request, obj)
        file = reverse("assembly-paper", args=[obj.assembly_id, obj.pk])
        return {**around, "buttons": [("Openen", file)]}


class NotulenAdmin(VerbAdmin):
    verbs = (notulen_verbs.TELL, notulen_verbs.ADOPT)
    joined = ("assembly", "adopted_in", "written_by")
    fieldsets = [
        section(None, "assembly", "status", "adopted_in", "written_by", "text")
    ]
    list_display = ["assembly", "status", "adopted_in", "written_by"]
    list_filter = ["status"]
    search_fields = ["text", "assembly__title"]
    search_help_text = "Zoek op tekst of ALV."

    def beside_the_form(self, request: HttpRequest, obj: Notulen) -> Any:
        around = super().beside_the_form(request, obj)
        return with_page(around, "assembly-detail", obj.assembly_id)


class ConvocationTermAdmin(RecordedAdmin):
    """Dated: a new term begins when the one before has its last day."""

    fixed = ("kind", "days", "source", "starts_on")
    editable = ("ends_on",)
    fieldsets = [section(None, "kind", "days", "source", "starts_on", "ends_on")]
    list_display = ["__str__", "source", "starts_on", "ends_on"]
    list_filter = ["kind"]
    search_fields = ["source"]
    search_help_text = "Zoek op waar het staat."


class AssemblyDemandAdmin(VerbAdmin, RecordedAdmin):
    form = DemandForm
    kept_by = verbs.BUREAU
    verbs = (verbs.ANSWER, verbs.END)
    fixed = ("subject", "received_on", "organisations")
    joined = ("assembly", "by")
    fieldsets = [
        section(None, "subject", "received_on", "organisations", "by"),
        section("Termijnen", "hold_by", "themselves_from"),
        section("Wat ermee gebeurde", "assembly", "ended_at", "reason"),
    ]
    list_display = ["subject", "received_on", "hold_by", "assembly", "ended_at"]
    search_fields = ["subject"]
    search_help_text = "Zoek op onderwerp."

    @admin.display(description="ALV uiterlijk op")
    def hold_by(self, obj: AssemblyDemand) -> str:
        return day(clocks(obj.received_on).hold_by)

    @admin.display(description="leden mogen zelf oproepen vanaf")
    def themselves_from(self, obj: AssemblyDemand) -> str:
        return day(clocks(obj.received_on).themselves_from)

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        """Recorded by the verb, which asks whether they are a tenth of the votes."""
        said = form.cleaned_data
        made = record_demand(**said, now=timezone.now(), by=acting(request))
        obj.pk, obj.by = made.pk, made.by

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Any, change: bool
    ) -> None:
        """The members were written by the verb."""
