"""Consultations: ask, follow, make the result known; and who answered what."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.http import content_disposition_header

from membership import history
from membership.admin.consultation_forms import ConsultationForm
from membership.admin.consultation_verbs import (
    AUTHORISE,
    CALL_OFF,
    DROP,
    OPEN,
    PUBLISH,
    is_draft,
    result_told,
)
from membership.admin.recorded import FrozenAdmin, RecordedAdmin, acting
from membership.admin.verbs import VerbAdmin
from membership.admission.evidence import XLSX
from membership.consultation.workbook import as_xlsx
from membership.models import Consultation, ConsultationAnswer, Voter
from nvsi.admin.columns import NOTHING, list_url
from nvsi.admin.filters import chosen
from nvsi.admin.pages import section
from nvsi.admin.tables import Table


class ConsultationAdmin(VerbAdmin, RecordedAdmin):
    """What stands in it can be changed until it is opened."""

    heading = "Raadplegen"
    form = ConsultationForm
    verbs = (OPEN, PUBLISH, CALL_OFF, DROP)
    editable = (
        *("question", "explanation", "options", "opens_on", "closes_on"),
        "remind_days",
    )
    joined = ("written_by",)
    fieldsets = [
        section(None, "status", "written_by"),
        section("De vraag", "question", "explanation", "options"),
        section("Termijn", "opens_on", "closes_on", "remind_days", "opened_at",
                "closes_at", "reminded_at", "published_at"),
        section("Stand", "result"),
    ]  # fmt: skip
    list_display = ["question", "status", "opens_on", "closes_on", "published_at"]
    list_filter = ["status"]
    search_fields = ["question", "explanation"]
    search_help_text = "Zoek op vraag of toelichting."

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.workbook)
        name = "membership_consultation_answers"
        own = path("<path:object_id>/antwoorden.xlsx", view, name=name)
        return [own, *super().get_urls()]

    def workbook(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Who answered what; taking it along is recorded."""
        consultation = self.get_object(request, unquote(object_id))
        if consultation is None:
            raise Http404
        rows = consultation.voters.count()
        history.record(consultation, "exported list", acting(request), rows=rows)
        content = as_xlsx(consultation)
        response = HttpResponse(content, content_type=XLSX)
        name = f"Ledenraadpleging {consultation.closes_on}.xlsx"
        disposition = content_disposition_header(True, name)
        response["Content-Disposition"] = disposition or "attachment"
        return response

    @admin.display(description="antwoorden")
    def result(self, obj: Consultation) -> str:
        return NOTHING if obj.opened_at is None else result_told(obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return (obj is None or is_draft(obj)) and super().has_change_permission(
            request, obj
        )

    def _open_fields(self, obj: Any) -> tuple[str, ...]:
        if obj is not None and not is_draft(obj):
            return ()
        return super()._open_fields(obj)

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        if not change:
            obj.written_by = acting(request)
        super().save_model(request, obj, form, change)

    def beside_the_form(self, request: HttpRequest, obj: Consultation) -> Any:
        around = super().beside_the_form(request, obj)
        if obj.opened_at is None:
            return around
        file = reverse("admin:membership_consultation_answers", args=[obj.pk])
        page = reverse("consultation-detail", args=[obj.pk])
        own = [("Antwoorden (XLSX)", file), ("In het portaal", page)]
        return {**around, "buttons": [*around["buttons"], *own]}

    def tables(self, obj: Consultation) -> list[Table]:
        if obj.opened_at is None:
            return []
        answers = ConsultationAnswer.objects.standing().filter(voter__consultation=obj)
        missing = obj.voters.unanswered().select_related("organisation", "authorised")
        return [
            Table(
                missing,
                ("organisation", "authorised"),
                all_at=list_url(Voter, consultation=obj.pk),
                title="Nog geen antwoord",
                nothing="Elk lid gaf een antwoord.",
            ),
            Table(
                answers.select_related("voter__organisation", "by").order_by("-at"),
                ("voter__organisation", "choice", "by", "at"),
                all_at=list_url(ConsultationAnswer, voter__consultation=obj.pk),
                title="Antwoorden",
                nothing="Nog niemand gaf een antwoord.",
            ),
        ]


class VoterAdmin(VerbAdmin):
    """Who may answer; frozen when the consultation was opened."""

    verbs = (AUTHORISE,)
    joined = ("consultation", "organisation", "authorised", "authorised_by")
    fieldsets = [
        section(None, "consultation", "organisation", "said"),
        section("Machtiging", "authorised", "authorised_by", "authorised_at", "basis"),
    ]
    list_display = ["organisation", "consultation", "said", "authorised", "basis"]
    list_filter = [
        chosen("consultation", "ledenraadpleging"),
        chosen("organisation", "lid"),
    ]
    search_fields = ["organisation__name", "organisation__code"]
    search_help_text = "Zoek op naam of code van het lid."
    sortable_by = ["organisation", "consultation"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("answers")

    @admin.display(description="antwoord")
    def said(self, obj: Voter) -> str:
        standing = [one for one in obj.answers.all() if one.replaced_at is None]
        return standing[0].choice if standing else "nog geen antwoord"

    def tables(self, obj: Voter) -> list[Table]:
        return [
            Table(
                obj.answers.select_related("by").order_by("-at"),
                ("choice", "by", "at", "replaced_at"),
                title="Antwoorden",
                nothing="Nog geen antwoord.",
            )
        ]


class ConsultationAnswerAdmin(FrozenAdmin):
    joined = ("voter__organisation", "voter__consultation", "by")
    fieldsets = [section(None, "voter", "choice", "by", "at", "replaced_at")]
    list_display = [
        *("voter__organisation", "choice", "by", "at", "replaced_at"),
        "voter__consultation",
    ]
    list_filter = [chosen("voter__consultation", "ledenraadpleging")]
    search_fields = ["voter__organisation__name", "choice"]
    search_help_text = "Zoek op lid of antwoord."
