"""Dossiers: what stands in them, and the board of all that run.

What an organisation records itself, it records in the portal.
"""

import datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from membership.admin.dossier_finding import (
    FIELDS,
    HELP,
    StageFilter,
    StillFilter,
    by_number,
)
from membership.admin.dossier_verbs import (
    ADMIT,
    ASPIRANT,
    CHECK,
    JUDGE,
    NOTE,
    NOTE_SENTENCES,
    REFUSE,
    REMIND,
    REMIND_SENTENCES,
    WITHDRAW,
    facts_of,
    runs,
)
from membership.admin.recorded import RecordedAdmin, acting
from membership.admin.together import Together, TogetherAdmin
from membership.admission.board import columns
from membership.models import Dossier, Role
from membership.papers.offer import offered
from membership.redivision.gone import require_there
from nvsi.admin.columns import NOTHING
from nvsi.admin.filters import chosen
from nvsi.admin.pages import section
from nvsi.admin.tables import Table
from nvsi.errors import NotAllowed


class DossierAdmin(TogetherAdmin):
    verbs = (JUDGE, CHECK, ADMIT, ASPIRANT, REMIND, NOTE, WITHDRAW, REFUSE)
    together = (
        Together(REMIND, REMIND_SENTENCES),
        Together(NOTE, NOTE_SENTENCES),
    )
    joined = ("organisation", "opened_by")
    fieldsets = [
        section(None, "organisation", "aim", "ground", "opened_by", "opened_at"),
        section("Waar het is", "next_step", "way"),
        section("Berichten", "said"),
    ]
    list_display = [
        *("__str__", "organisation", "aim", "stage", "moved"),
        *("opened_at", "status"),
    ]
    list_filter = [
        "status",
        StageFilter,
        StillFilter,
        "aim",
        "organisation__kind",
        chosen("organisation", "organisatie"),
    ]
    search_fields = FIELDS
    search_help_text = HELP
    sortable_by = ["organisation", "opened_at", "status"]
    in_files = {"stage": "position.stage", "moved": "moved_at"}

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).with_steps()

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """A reference finds its dossier; any other word what has it."""
        if (found := by_number(search_term)) is not None:
            return queryset.filter(pk__in=found), False
        return super().get_search_results(request, queryset, search_term)

    def get_urls(self) -> list[URLPattern]:
        board = self.admin_site.admin_view(self.board)
        return [
            path("bord/", board, name="membership_dossier_board"),
            *super().get_urls(),
        ]

    def board(self, request: HttpRequest) -> HttpResponse:
        """All dossiers that run, by the part of the way in which they are."""
        context = {
            **self.admin_site.each_context(request),
            "title": "Waar de dossiers zijn",
            "opts": self.opts,
            "columns": columns(today=timezone.localdate()),
        }
        return TemplateResponse(request, "admin/membership/dossier/board.html", context)

    @admin.display(description="nu bij")
    def stage(self, obj: Dossier) -> str:
        stage = obj.position.stage
        running = obj.status == Dossier.Status.RUNNING
        return str(stage.label) if stage and running else NOTHING

    @admin.display(description="laatste stap")
    def moved(self, obj: Dossier) -> datetime.date:
        return timezone.localdate(obj.moved_at)

    @admin.display(description="grond")
    def ground(self, obj: Dossier) -> str:
        return str(obj.procedure.label)

    @admin.display(description="volgende stap")
    def next_step(self, obj: Dossier) -> str:
        following = obj.position.next
        return str(following.label) if following and runs(obj) else NOTHING

    @admin.display(description="stappen")
    def way(self, obj: Dossier) -> str:
        return facts_of(obj)

    @admin.display(description="berichten")
    def said(self, obj: Dossier) -> str:
        notes = obj.notes.select_related("by")
        return render_to_string("admin/membership/dossier/notes.html", {"notes": notes})

    def beside_the_form(self, request: HttpRequest, obj: Dossier) -> dict[str, Any]:
        """As the organisation sees it, papers included."""
        around = super().beside_the_form(request, obj)
        portal = "In het portaal", reverse("dossier-detail", args=[obj.number])
        papers = offered(obj, acting(request))
        return {
            **around,
            "buttons": [*around["buttons"], portal],
            "papers": [*papers.now, *papers.other],
        }

    def tables(self, obj: Dossier) -> list[Table]:
        return [
            Table(
                obj.memberships.select_related("organisation"),
                ("kind", "starts_on", "ends_on", "collegebesluit_on"),
            ),
            Table(
                obj.organisation.mandates.all(),
                ("name", "function", "purpose", "starts_on", "ends_on"),
            ),
        ]


class MandateAdmin(RecordedAdmin):
    fixed = (
        *("organisation", "name", "function", "purpose"),
        *("decided_on", "number", "starts_on"),
    )
    editable = ("person", "ends_on")
    joined = ("organisation", "person")
    fieldsets = [
        section(None, "organisation", "name", "function", "purpose", "person"),
        section("Besluit", "decided_on", "number"),
        section("Geldig", "starts_on", "ends_on"),
    ]
    list_display = [
        *("name", "function", "organisation", "purpose"),
        *("decided_on", "starts_on", "ends_on"),
    ]
    list_filter = ["purpose", chosen("organisation", "organisatie")]
    search_fields = ["name", "function", "organisation__name", "number"]
    search_help_text = "Zoek op naam, functie, organisatie of nummer van het besluit."
    autocomplete_fields = ["organisation", "person"]

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        """Nobody gives himself a mandate, that of the association comes from the
        bestuur, and nobody signs for a gemeente that is not there any more."""
        by = acting(request)
        if "person" in form.changed_data and obj.person == by:
            raise NotAllowed("U geeft uzelf geen mandaat. Een collega legt het vast.")
        if obj.organisation is None and not by.has_role(Role.Name.BESTUUR):
            raise NotAllowed("Een mandaat van de vereniging legt het bestuur vast.")
        if not change and obj.organisation is not None:
            require_there(obj.organisation, obj.starts_on)
        super().save_model(request, obj, form, change)
