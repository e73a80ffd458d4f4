"""Offers: draw up, look, offer; then where each is, and how long already."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import content_disposition_header

from contracts.admin.offer_forms import OfferForm
from contracts.admin.offer_verbs import (
    EXTEND,
    OFFER,
    OWN_MODEL,
    WITHDRAW,
    is_draft,
    stage_now,
)
from contracts.kinds import Kind
from contracts.models import Offer, Signature
from contracts.offering.drafting import MADE_BY, change, draft
from contracts.offering.expiring import by_month, endings
from contracts.offering.making import preview
from contracts.offering.where import in_stage, stage_on, with_facts
from contracts.stages import Stage
from contracts.taking_over.plan import warning_days
from membership.admin.recorded import RecordedAdmin, acting
from membership.admin.verbs import VerbAdmin, page_of
from membership.models import Person
from nvsi.admin.columns import NOTHING
from nvsi.admin.filters import chosen
from nvsi.admin.pages import section
from nvsi.admin.tables import Table
from nvsi.admin.worklist import Waiting, on_day
from nvsi.dutch import counted
from nvsi.errors import NotAllowed

_TONES = {
    Stage.DRAFT: "draft",
    Stage.OFFERED: "open",
    Stage.HALF_SIGNED: "open",
    Stage.SIGNED: "approved",
    Stage.IN_FORCE: "approved",
}


# What an agreement of a kind never says; an own model is of a verwerkersovereenkomst.
_MODEL = ("own_model_version",)
NOT_IN = {
    Kind.VERWERKERS: (
        *("instrument", "product", "vergoeding_pct", "bureaukosten"),
        "voorwaarden",
    )
}


def _path(name: Any) -> str:
    """The field behind the name of a field, or behind the column that shows it."""
    return name if isinstance(name, str) else name.__name__.partition("-")[2]


class StageFilter(admin.SimpleListFilter):
    """Where they are today."""

    title, parameter_name = "stand", "stand"

    def lookups(
        self, request: HttpRequest, model_admin: Any
    ) -> Iterable[tuple[str, str]]:
        return Stage.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        if self.value() not in Stage.values:
            return queryset
        here = Offer.objects.order_by()
        stage = Stage(str(self.value()))
        found = in_stage(here, stage, today=timezone.localdate())
        return queryset.filter(pk__in=found.values("pk"))


class OfferAdmin(VerbAdmin, RecordedAdmin):
    """What stands in it can be changed as long as it is a draft."""

    heading = "Opstellen en aanbieden"
    change_list_template = "admin/contracts/offer/change_list.html"
    form = OfferForm
    verbs = (OFFER, OWN_MODEL, EXTEND, WITHDRAW)
    fixed = ("kind", "why", "organisation", "instrument")
    editable = (
        *("starts_on", "ends_on", "product", "vergoeding_pct", "bureaukosten"),
        *("voorwaarden", "notice_months", "own_model_version", "gemeenten"),
        "signs_first",
    )
    joined = ("organisation", "instrument", "prepared_by", "offered_by", "text")
    deferred = ("document", "filled")
    autocomplete_fields = ["organisation"]
    fieldsets = [
        section(None, "stage_told", "kind", "why", "organisation", "instrument"),
        section("Wat er wordt afgesproken", "starts_on", "ends_on", "product",
                "vergoeding_pct", "bureaukosten", "voorwaarden", "notice_months",
                "gemeenten", "signs_first"),
        section("Eigen model", "own_model_version", text="Alleen als een gemeente haar "
                "eigen model verwerkersovereenkomst gebruikt."),
        section("Verloop", "prepared_by", "prepared_at", "offered_by", "offered_at",
                "answer_by", "reason", "concluded_at"),
        section("Document", "text", "document_name", "document_sha256"),
    ]  # fmt: skip
    list_display = [
        *("reference", "kind", "organisation", "instrument", "why"),
        *("stage_told", "age", "answer_by"),
    ]
    in_files = {"stage_told": "stage_label", "age": "age_in_days"}
    list_filter = [StageFilter, "kind", "why", "instrument",
                   chosen("organisation", "organisatie")]  # fmt: skip
    search_fields = ["reference", "organisation__name", "organisation__code"]
    search_help_text = "Zoek op kenmerk (OVK-2026-0007) of organisatie."
    sortable_by = ["reference", "organisation", "answer_by"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return with_facts(super().get_queryset(request))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Only what an agreement of its kind can say; a new one may be any kind."""
        sections = super().get_fieldsets(request, obj)
        if obj is None:
            return sections
        theirs = NOT_IN.get(Kind(obj.kind), _MODEL)
        kept = [
            (title, {**options, "fields": [
                name for name in options["fields"] if _path(name) not in theirs
            ]})
            for title, options in sections
        ]  # fmt: skip
        return [(title, options) for title, options in kept if options["fields"]]

    def get_urls(self) -> list[URLPattern]:
        show = self.admin_site.admin_view(self.preview)
        name = "contracts_offer_preview"
        calendar = self.admin_site.admin_view(self.calendar)
        return [
            path("kalender/", calendar, name="contracts_offer_calendar"),
            path("<path:object_id>/voorbeeld.pdf", show, name=name),
            *super().get_urls(),
        ]

    def calendar(self, request: HttpRequest) -> HttpResponse:
        """What ends, by month, and what follows on it."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Wat eindigt, per maand",
            "days": warning_days(),
            "months": by_month(endings(timezone.localdate())),
        }
        page = "admin/contracts/offer/calendar.html"
        return TemplateResponse(request, page, context)

    @admin.display(description="stand")
    def stage_told(self, obj: Offer) -> str:
        stage = stage_now(obj)
        tone = _TONES.get(stage, "closed")
        return format_html('<span class="tag tag-{}">{}</span>', tone, stage.label)

    @admin.display(description="sinds")
    def age(self, obj: Offer) -> str:
        """How long it has been waiting; of what is over nothing."""
        if not obj.is_running:
            return NOTHING
        since = on_day(obj.offered_at or obj.prepared_at)
        return counted((timezone.localdate() - since).days, "dag", "dagen")

    @admin.display(description="gemeenten")
    def gemeenten(self, obj: Offer) -> str:
        names = obj.gemeenten.values_list("gemeente__name", flat=True)
        return ", ".join(names) or NOTHING

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if not acting(request).has_role(*MADE_BY):
            return False
        return (obj is None or is_draft(obj)) and super().has_change_permission(
            request, obj
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return acting(request).has_role(*MADE_BY)

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        """Drawing up and changing are verbs."""
        content, today, by = form.content(), timezone.localdate(), acting(request)
        saved = _saved(obj, content, change, today, by)
        obj.pk, obj.reference = saved.pk, saved.reference

    def preview(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The document as it would be offered now; once offered, as it is."""
        offer = self.get_object(request, unquote(object_id))
        if not isinstance(offer, Offer):
            raise Http404
        try:
            content = preview(offer, today=timezone.localdate())
        except NotAllowed as refusal:
            self.message_user(request, str(refusal), "ERROR")
            return redirect(page_of(offer))
        response = HttpResponse(content, content_type="application/pdf")
        name = f"{offer.reference}-voorbeeld.pdf"
        disposition = content_disposition_header(True, name)
        response["Content-Disposition"] = disposition or "attachment"
        return response

    def beside_the_form(self, request: HttpRequest, obj: Offer) -> dict[str, Any]:
        around = super().beside_the_form(request, obj)
        if obj.offered_at is None:
            url = reverse("admin:contracts_offer_preview", args=[obj.pk])
            button = "Voorbeeld (PDF)", url
        else:
            url = reverse("agreement-detail", args=[obj.reference])
            button = "In het portaal", url
        return {**around, "buttons": [*around["buttons"], button]}

    def tables(self, obj: Offer) -> list[Table]:
        signed = Signature.objects.filter(offer=obj)
        fields = ("party", "name", "function", "signed_on", "how")
        return [Table(signed, fields, nothing="Nog door niemand getekend.")]


def _saved(
    obj: Offer, content: Any, changed: bool, today: datetime.date, by: Person
) -> Offer:
    if changed:
        return change(Offer.objects.get(pk=obj.pk), content, today=today, by=by)
    return draft(content, today=today, by=by)


def waiting_offers(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """Drafts to offer, for the bureau."""
    if not person.has_role(*MADE_BY):
        return
    rows = Offer.objects.running().filter(offered_at=None).listed()
    for offer in with_facts(rows).order_by("prepared_at"):
        if stage_on(offer, today) == Stage.DRAFT:
            since, url = on_day(offer.prepared_at), page_of(offer)
            about = f"{offer.organisation}, {offer} "
            yield Waiting(since, "Overeenkomst", about.strip(), "Aanbieden", url)


def waiting_endings(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """What ends soon, and nobody prolonged it or gave notice."""
    if not person.has_role(*MADE_BY):
        return
    warning = datetime.timedelta(days=warning_days())
    for one in endings(today):
        if one.is_open and one.on <= today + warning:
            about, since = f"{one.organisation}: {one.title}", one.on - warning
            yield Waiting(since, "Overeenkomst eindigt", about, "Bekijken", one.url)
