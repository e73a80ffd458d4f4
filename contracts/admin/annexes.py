"""Annexes: draw up a version, lay it before those concerned, and see who answered."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from contracts.admin.annex_verbs import ANSWER, LAY_BEFORE, NEXT, REMOVE, WITHDRAW
from contracts.admin.processing_register import RegisterPages
from contracts.models import (
    AnnexVersion,
    Consent,
    Processing,
    SecurityMeasure,
    SubProcessor,
)
from membership.admin.recorded import RecordedAdmin, acting
from membership.admin.verbs import VerbAdmin
from nvsi.admin.columns import add_url, list_url
from nvsi.admin.filters import chosen
from nvsi.admin.pages import section
from nvsi.admin.tables import Table
from nvsi.errors import NotAllowed

Answer = Consent.Answer


class AnnexVersionAdmin(RegisterPages, RecordedAdmin, VerbAdmin):
    """The first version of an instrument is added; each next one is a verb."""

    heading = "Persoonsgegevens"
    verbs = (LAY_BEFORE, NEXT, WITHDRAW)
    fixed = ("instrument",)
    editable = ("note",)
    joined = ("instrument", "written_by", "asked_by", "withdrawn_by")
    fieldsets = [
        section(None, "instrument", "number", "note"),
        section("Voorgelegd", "used_from", "answer_by", "asks_yes", "asked_by",
                "asked_at", "answers"),
        section("Ingetrokken", "withdrawn_by", "withdrawn_at", "reason"),
        section("Geschreven", "written_by", "written_at"),
    ]  # fmt: skip
    list_display = ["instrument", "number", "state", "used_from", "answers", "note"]
    in_files = {"state": "", "answers": ""}
    list_filter = ["instrument", ("asked_at", admin.EmptyFieldListFilter)]
    search_fields = ["note", "instrument__name"]
    search_help_text = "Zoek op instrument, of op wat er anders is."

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request)
        return rows.annotate(
            asked=Count("consents"),
            agreed=Count("consents", filter=Q(consents__answer=Answer.CONSENT)),
            objected=Count("consents", filter=Q(consents__answer=Answer.OBJECTION)),
        )

    @admin.display(description="stand")
    def state(self, obj: AnnexVersion) -> str:
        if obj.is_draft:
            return "concept"
        if obj.withdrawn_at is not None:
            return "ingetrokken"
        used = obj.used_from is not None and obj.used_from <= timezone.localdate()
        return "in gebruik" if used else "voorgelegd"

    @admin.display(description="antwoorden")
    def answers(self, obj: Any) -> str:
        if obj.is_draft or not obj.asked:
            return "niemand gevraagd"
        silent = obj.asked - obj.agreed - obj.objected
        return (
            f"instemming {obj.agreed}, bezwaar {obj.objected}, geen antwoord {silent}"
        )

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What did not happen has no empty place."""
        found = super().get_fieldsets(request, obj)
        hidden = set()
        if obj is None or obj.is_draft:
            hidden.add("Voorgelegd")
        if obj is None or obj.withdrawn_at is None:
            hidden.add("Ingetrokken")
        return [part for part in found if part[0] not in hidden]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        draft = obj is None or obj.is_draft
        return draft and super().has_change_permission(request, obj)

    def _open_fields(self, obj: Any) -> tuple[str, ...]:
        return () if obj and not obj.is_draft else super()._open_fields(obj)

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        if not change:
            if obj.instrument.annexes.exists():
                raise NotAllowed(
                    f"{obj.instrument} heeft al bijlagen. Open de laatste versie en "
                    "maak daarvan een nieuwe."
                )
            obj.number = 1
        if form.changed_data or not change:
            obj.written_by = acting(request)
        super().save_model(request, obj, form, change)

    def beside_the_form(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        around = super().beside_the_form(request, obj)
        if obj.is_draft:
            return around
        page = reverse("annex-detail", args=[obj.pk])
        buttons = [*around["buttons"], ("In het portaal", page)]
        return {**around, "buttons": buttons}

    def tables(self, obj: AnnexVersion) -> list[Table]:
        content = [
            _content(obj, obj.processings, Processing, "name", "purpose", "retention"),
            _content(obj, obj.subprocessors, SubProcessor, "name", "country", "since"),
            _content(obj, obj.measures, SecurityMeasure, "reference", "what"),
        ]
        if obj.is_draft:
            return content
        rows = obj.consents.select_related("organisation", "answered_by")
        board = Table(
            rows.order_by("-answer", "organisation__name"),
            ("organisation", "answer", "reason", "answered_by", "answered_at"),
            all_at=list_url(Consent, version=obj.pk),
            title="Wie antwoordde",
            nothing="Voor deze versie is niemand gevraagd.",
        )
        return [board, *content]


def _content(obj: AnnexVersion, rows: Any, model: Any, *fields: str) -> Table:
    return Table(
        rows.all(),
        fields,
        add_at=add_url(model, version=obj.pk) if obj.is_draft else "",
    )


class ContentAdmin(RecordedAdmin, VerbAdmin):
    """A row of a draft: to add, to change and to take away; then it stands."""

    verbs = (REMOVE,)
    fixed = ("version",)
    joined = ("version__instrument",)
    list_filter = [chosen("version", "bijlagen")]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        draft = obj is None or obj.version.is_draft
        return draft and super().has_change_permission(request, obj)

    def _open_fields(self, obj: Any) -> tuple[str, ...]:
        return () if obj and not obj.version.is_draft else super()._open_fields(obj)

    def formfield_for_foreignkey(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Only what is still a draft can be added to."""
        if db_field.name == "version":
            drafts = AnnexVersion.objects.filter(asked_at__isnull=True)
            kwargs["queryset"] = drafts.select_related("instrument")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        """Who changes a row wrote the version, and does not lay it before others."""
        super().save_model(request, obj, form, change)
        if form.changed_data:
            obj.version.written_by = acting(request)
            obj.version.save(update_fields=["written_by", "written_at"])


class ProcessingAdmin(ContentAdmin):
    editable = (
        *("name", "nature", "purpose", "subjects", "data_kinds", "retention"),
        "transfer",
    )
    fieldsets = [section(None, "version", *editable)]
    list_display = ["name", "version", "purpose", "retention"]
    search_fields = ["name", "purpose", "data_kinds"]
    search_help_text = "Zoek op naam, doel of gegevens."


class SubProcessorAdmin(ContentAdmin):
    editable = ("name", "country", "task", "since")
    fieldsets = [section(None, "version", *editable)]
    list_display = ["name", "version", "country", "task", "since"]
    search_fields = ["name", "country", "task"]
    search_help_text = "Zoek op naam, land of taak."


class SecurityMeasureAdmin(ContentAdmin):
    editable = ("reference", "what")
    fieldsets = [section(None, "version", *editable)]
    list_display = ["reference", "version", "what"]
    search_fields = ["reference", "what"]
    search_help_text = "Zoek op nummer of woorden."


class ConsentAdmin(VerbAdmin):
    verbs = (ANSWER,)
    joined = ("version__instrument", "organisation", "answered_by")
    fieldsets = [
        section(None, "organisation", "version", "answer", "reason"),
        section("Tot wanneer", "asks_yes", "answer_by"),
        section("Wie", "answered_by", "answered_at", "basis"),
    ]
    list_display = [
        *("organisation", "version", "answer", "reason", "answered_by", "answered_at"),
    ]
    list_filter = [
        "answer",
        chosen("version", "bijlagen"),
        chosen("organisation", "organisatie"),
    ]
    search_fields = ["organisation__name", "organisation__code", "reason"]
    search_help_text = "Zoek op organisatie of toelichting."


class BreachContactAdmin(RecordedAdmin):
    fixed = ("organisation",)
    editable = ("function", "email", "telephone", "starts_on", "ends_on")
    joined = ("organisation",)
    autocomplete_fields = ["organisation"]
    fieldsets = [section(None, "organisation", *editable)]
    list_display = [
        *("function", "organisation", "email", "telephone", "starts_on", "ends_on"),
    ]
    list_filter = [
        ("ends_on", admin.EmptyFieldListFilter),
        chosen("organisation", "organisatie"),
    ]
    search_fields = ["function", "email", "organisation__name"]
    search_help_text = "Zoek op functie, e-mailadres of organisatie."
