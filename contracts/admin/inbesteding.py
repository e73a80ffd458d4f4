"""Inbesteding: the years, the facts of control, the awards, and the evidence made."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import content_disposition_header

from contracts.admin.inbesteding_forms import (
    ActivityForm,
    AwardForm,
    ControlFactForm,
    ForecastForm,
    WithPaperForm,
)
from contracts.admin.inbesteding_verbs import END, SET_ASIDE
from contracts.inbesteding import recording
from contracts.inbesteding.board import cards
from contracts.inbesteding.share import shown_pct
from contracts.models import (
    Activity,
    ControlFact,
    Forecast,
)
from membership.admin.recorded import RecordedAdmin, acting
from membership.admin.verbs import Verb, VerbAdmin
from nvsi.admin.columns import NOTHING
from nvsi.admin.filters import chosen
from nvsi.admin.pages import section
from nvsi.dutch import percent
from nvsi.errors import refused_in_words

ASIDE = ("set_aside_at", "set_aside_by", "set_aside_why")
STANDS = ("set_aside_at", admin.EmptyFieldListFilter)


class RecordedOnceAdmin(VerbAdmin, RecordedAdmin):
    """Filled in once, with its paper; then only set aside."""

    form = WithPaperForm
    verbs: ClassVar[tuple[Verb, ...]] = (SET_ASIDE,)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.paper_view)
        name = f"{self.opts.app_label}_{self.opts.model_name}_file"
        return [path("<path:object_id>/stuk/", view, name=name), *super().get_urls()]

    def paper_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The paper as it was given, always to save."""
        row = self.get_object(request, unquote(object_id))
        if row is None or row.paper is None:
            raise Http404
        response = HttpResponse(
            bytes(row.paper.content), content_type=row.paper.media_type
        )
        disposition = content_disposition_header(True, row.paper.file_name)
        response["Content-Disposition"] = disposition or "attachment"
        return response

    @admin.display(description="stuk")
    def paper_file(self, obj: Any) -> str:
        if obj.paper_id is None:
            return NOTHING
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_file"
        url = reverse(name, args=[obj.pk])
        return format_html('<a href="{}">{}</a>', url, obj.paper.file_name)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Never the bytes of a paper in a list."""
        rows = super().get_queryset(request).select_related("paper", "by")
        return rows.defer("paper__content")

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        """Always new. What is refused only now, is said on the same page."""
        said = form.cleaned_data
        with refused_in_words():
            self.record(obj, said, file=said.get("paper_file"), by=acting(request))

    def has_add_permission(self, request: HttpRequest) -> bool:
        may = acting(request).has_role(*recording.RECORDERS)
        return may and super().has_add_permission(request)

    def record(self, obj: Any, said: dict[str, Any], *, file: Any, by: Any) -> None:
        """By the verb of each."""
        raise NotImplementedError


class ActivityAdmin(RecordedOnceAdmin):
    heading = "Inbesteding"
    form = ActivityForm
    fixed = (
        *("instrument", "year", "measure", "controlling", "total", "source"),
        "paper_file",
    )
    joined = ("instrument",)
    fieldsets = [
        section(
            None,
            *("instrument", "year", "measure", "controlling", "total", "share"),
            *("source", "paper_file"),
            text="Voor een jaar dat in het portaal is afgerekend is dit niet nodig. "
            "Legt u het toch vast, dan gaat dit voor.",
        ),
        section("Vastgelegd", "by", "at", *ASIDE),
    ]
    list_display = [
        *("year", "instrument", "measure", "controlling", "total", "share"),
        *("source", "set_aside_at"),
    ]
    list_filter = ["instrument", "measure", STANDS]
    search_fields = ["source", "year"]
    search_help_text = "Zoek op bron of jaar."
    change_list_template = "admin/contracts/inbesteding/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        board = self.admin_site.admin_view(self.board)
        own = path("bord/", board, name="contracts_activity_board")
        return [own, *super().get_urls()]

    def board(self, request: HttpRequest) -> HttpResponse:
        """Each instrument on its own card: the share, and what is missing."""
        today = timezone.localdate()
        context = {
            **self.admin_site.each_context(request),
            "title": "Inbesteding: waar het op rust",
            "opts": self.opts,
            "today": today,
            "cards": cards(today=today),
        }
        return TemplateResponse(request, "admin/contracts/inbesteding/board.html",
                                context)  # fmt: skip

    @admin.display(description="deel")
    def share(self, obj: Activity) -> str:
        return percent(shown_pct(obj.controlling, obj.total))

    def record(self, obj: Any, said: dict[str, Any], *, file: Any, by: Any) -> None:
        recording.record_activity(obj, file=file, by=by)


class ForecastAdmin(RecordedOnceAdmin):
    form = ForecastForm
    fixed = (
        *("instrument", "award_year", "measure", "controlling", "total"),
        *("reasoning", "paper_file"),
    )
    joined = ("instrument",)
    fieldsets = [
        section(
            None,
            *("instrument", "award_year", "measure", "controlling", "total", "share"),
            *("reasoning", "paper_file"),
            text="Alleen voor wat nog geen drie jaar bestaat (artikel 2.24a, vijfde "
            "lid, Aanbestedingswet 2012).",
        ),
        section("Vastgelegd", "by", "at", *ASIDE),
    ]
    list_display = [
        *("award_year", "instrument", "measure", "controlling", "total", "share"),
        "set_aside_at",
    ]
    list_filter = ["instrument", STANDS]

    @admin.display(description="deel")
    def share(self, obj: Forecast) -> str:
        return percent(shown_pct(obj.controlling, obj.total))

    def record(self, obj: Any, said: dict[str, Any], *, file: Any, by: Any) -> None:
        recording.record_forecast(obj, file=file, by=by)


class ControlFactAdmin(RecordedOnceAdmin):
    form = ControlFactForm
    verbs = (END, SET_ASIDE)
    fixed = (
        *("kind", "summary", "is_met", "starts_on", "ends_on", "covers_all"),
        *("members", "organisation", "besluit", "paper_file", "goes_along"),
    )
    joined = ("organisation", "besluit")
    autocomplete_fields = ["organisation"]
    fieldsets = [
        section(None, "kind", "summary", "is_met", "starts_on", "ends_on"),
        section("Voor wie", "covers_all", "members", "organisation"),
        section("Waar het uit blijkt", "besluit", "paper_file", "goes_along"),
        section("Vastgelegd", "by", "at", *ASIDE),
    ]
    list_display = [
        *("kind", "organisation", "is_met", "starts_on", "ends_on", "paper_file"),
        "set_aside_at",
    ]
    list_filter = ["kind", "is_met", STANDS, chosen("organisation", "lid")]
    search_fields = ["summary", "organisation__name"]
    search_help_text = "Zoek op wat er is vastgesteld, of op een lid."

    @admin.display(description="leden")
    def members(self, obj: ControlFact) -> str:
        rows = obj.represented.select_related("organisation")
        return ", ".join(str(row) for row in rows) or NOTHING

    def record(self, obj: Any, said: dict[str, Any], *, file: Any, by: Any) -> None:
        recording.record_fact(obj, members=said["members"], file=file, by=by)


class AwardAdmin(RecordedOnceAdmin):
    form = AwardForm
    fixed = (
        *("instrument", "uitvoerder", "subject", "procedure", "value", "threshold"),
        *("tenderned", "announced_on", "awarded_on", "starts_on", "ends_on"),
        *("grounds", "paper_file"),
    )
    joined = ("instrument", "uitvoerder")
    fieldsets = [
        section(
            None,
            *("instrument", "uitvoerder", "subject"),
            text="De opdracht van de NVSI aan een uitvoerder valt niet onder de "
            "inbesteding van de leden. Zij heeft een eigen procedure.",
        ),
        section(
            "Procedure",
            *("procedure", "value", "threshold", "tenderned", "announced_on"),
            *("awarded_on", "grounds"),
        ),
        section("Contract", "starts_on", "ends_on", "paper_file"),
        section("Vastgelegd", "by", "at", *ASIDE),
    ]
    list_display = [
        *("subject", "instrument", "uitvoerder", "procedure", "value"),
        *("awarded_on", "starts_on", "ends_on", "set_aside_at"),
    ]
    list_filter = ["instrument", "procedure", STANDS]
    search_fields = ["subject", "tenderned", "uitvoerder__name"]
    search_help_text = "Zoek op opdracht, kenmerk op TenderNed of uitvoerder."

    def formfield_for_foreignkey(
        self, db_field: Any, request: Any, **kwargs: Any
    ) -> Any:
        if db_field.name == "uitvoerder":
            rows = db_field.remote_field.model.objects.filter(kind="uitvoerder")
            kwargs["queryset"] = rows
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def record(self, obj: Any, said: dict[str, Any], *, file: Any, by: Any) -> None:
        recording.register_award(obj, file=file, by=by)


class InbestedingEvidenceAdmin(VerbAdmin):
    """What was frozen: to look at, and to take along."""

    joined = ("instrument", "organisation", "by")
    deferred = ("pdf", "content")
    fieldsets = [
        section(None, "instrument", "organisation", "awarded_on", "by", "at"),
        section("Controlegetallen", "pdf_sha256", "zip_sha256", "fingerprint"),
    ]
    list_display = ["__str__", "organisation", "instrument", "awarded_on", "at", "by"]
    list_filter = ["instrument", chosen("organisation", "organisatie")]
    search_fields = ["organisation__name", "number_sequence"]
    search_help_text = "Zoek op organisatie of volgnummer."

    def beside_the_form(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        around = super().beside_the_form(request, obj)
        files = [
            (f"Als {fmt.upper()}", reverse("inbesteding-file", args=[obj.number, fmt]))
            for fmt in ("zip", "pdf")
        ]
        return {**around, "buttons": [*around["buttons"], *files]}
