"""Agreements with the uitvoerder itself: when each expires, and what is missing."""

import datetime
import re
from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode

from contracts.admin.offer_forms import AnswerByForm
from contracts.agreements import FIRST_YEAR, LAST_YEAR
from contracts.models import ExistingAgreement, TakeoverRun
from contracts.models.offers import Offer
from contracts.offering.drafting import MADE_BY
from contracts.offering.making import TERM
from contracts.taking_over import offering
from contracts.taking_over.letter import as_zip
from contracts.taking_over.plan import board, may_be_offered, missing_for, plan
from contracts.taking_over.plan import warning_days as days_before
from contracts.tasks import offer_takeovers
from membership import history
from membership.admin.recorded import FrozenAdmin, RecordedAdmin, acting
from membership.admin.verbs import page_of
from membership.models import Organisation, Person
from nvsi.admin.columns import NOTHING
from nvsi.admin.filters import chosen
from nvsi.admin.forms import CheckedForm
from nvsi.admin.pages import section
from nvsi.admin.tables import Table
from nvsi.admin.worklist import Waiting
from nvsi.bell import ring
from nvsi.dutch import listing
from nvsi.errors import NotAllowed

FOLDER = "admin/contracts/existingagreement"
VERBAND = Organisation.Kind.SAMENWERKINGSVERBAND
_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])", re.ASCII)


class ExistingForm(CheckedForm):
    """A samenwerkingsverband says for which gemeenten."""

    def clean(self) -> Any:
        data = super().clean()
        ends_on = self._value("ends_on")
        if ends_on and not FIRST_YEAR <= ends_on.year < LAST_YEAR:
            self.add_error("ends_on", "Op deze dag kan geen overeenkomst eindigen.")
        organisation = self._value("organisation")
        chosen_ones = self.cleaned_data.get("gemeenten")
        if organisation is None or chosen_ones is None:
            return data
        is_verband = organisation.kind == VERBAND
        if is_verband != bool(chosen_ones):
            self.add_error(
                "gemeenten",
                "Kies de gemeenten."
                if is_verband
                else "Dit is geen samenwerkingsverband: laat de gemeenten leeg.",
            )
        return data


class ExistingAgreementAdmin(RecordedAdmin):
    heading = "Overnemen"
    change_list_template = f"{FOLDER}/change_list.html"
    form = ExistingForm
    fixed = ("organisation", "instrument", "ends_on")
    editable = ("uitvoerder", "vergoeding_pct", "gemeenten", "terms")
    joined = ("organisation", "instrument", "uitvoerder", "offer")
    deferred = ("offer__document", "offer__filled")
    autocomplete_fields = ["organisation", "uitvoerder"]
    fieldsets = [
        section(None, "organisation", "instrument", "uitvoerder", "ends_on",
                "vergoeding_pct", "gemeenten", "terms"),
        section("Overname door de NVSI", "missing", "offer", "run", "refusal"),
    ]  # fmt: skip
    list_display = [
        *("organisation", "instrument", "ends_on", "vergoeding_pct"),
        *("missing", "offer"),
    ]
    in_files = {"missing": ""}
    list_filter = ["instrument", ("offer", admin.EmptyFieldListFilter),
                   chosen("run", "samen aangeboden")]  # fmt: skip
    search_fields = ["organisation__code", "organisation__name"]
    search_help_text = "Zoek op code of naam van de organisatie."
    sortable_by = ["organisation", "ends_on"]

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        name = "contracts_existingagreement"
        return [
            path("bord/", wrap(self.board), name=f"{name}_board"),
            path("bord/<str:month>/", wrap(self.offer), name=f"{name}_month"),
            *super().get_urls(),
        ]

    @admin.display(description="nog nodig")
    def missing(self, obj: ExistingAgreement) -> str:
        found = list(missing_for(obj, timezone.localdate()))
        return listing(found) if found else "niets: overgenomen"

    @admin.display(description="gemeenten")
    def gemeenten(self, obj: ExistingAgreement) -> str:
        return ", ".join(one.name for one in obj.gemeenten.all()) or NOTHING

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The gemeenten are only of a samenwerkingsverband."""
        sections = super().get_fieldsets(request, obj)
        if obj is None or obj.organisation.kind == VERBAND:
            return sections
        return [
            (title, {**rest, "fields": [n for n in rest["fields"] if n != "gemeenten"]})
            for title, rest in sections
        ]

    def beside_the_form(
        self, request: HttpRequest, obj: ExistingAgreement
    ) -> dict[str, Any]:
        """Where it is offered, once that can be."""
        around = super().beside_the_form(request, obj)
        board_url = reverse("admin:contracts_existingagreement_board")
        buttons = [("Bord per maand", board_url)]
        may = acting(request).has_role(*MADE_BY) and may_be_offered(obj)
        if may and plan(obj, _today(), datetime.timedelta()).belongs:
            month = reverse(
                "admin:contracts_existingagreement_month", args=[f"{obj.ends_on:%Y-%m}"]
            )
            buttons.insert(0, ("Bied aan", month))
        return {**around, "buttons": buttons}

    def board(self, request: HttpRequest) -> HttpResponse:
        """By the month in which they expire."""
        context = {**self._around(request), "months": board(_rows(), _today())}
        return TemplateResponse(request, f"{FOLDER}/board.html", context)

    def offer(self, request: HttpRequest, month: str) -> HttpResponse:
        """Offer all of one month that can be offered; the worker does it."""
        by = acting(request)
        if not by.has_role(*MADE_BY):
            raise PermissionDenied
        if not _MONTH.fullmatch(month):
            raise Http404
        year, number = map(int, month.split("-"))
        found = _rows().filter(ends_on__year=year, ends_on__month=number)
        rows = [row for row in found if may_be_offered(row)]
        form = AnswerByForm(request.POST or None, label_suffix="")
        form.about(Offer(answer_by=_default_term(rows)))
        if rows and form.is_valid():
            facts = {"answer_by": form.cleaned_data["answer_by"], "today": _today()}
            try:
                run = offering.ask(rows, **facts, by=by)
            except NotAllowed as refusal:
                form.add_error(None, str(refusal))
            else:
                ring(offer_takeovers)
                messages.success(request, "De overeenkomsten worden aangeboden.")
                return redirect(page_of(run))
        planned = [plan(row, _today(), datetime.timedelta()) for row in rows]
        context = {**self._around(request), "planned": planned, "form": form}
        context["first"] = datetime.date(year, number, 1)
        return TemplateResponse(request, f"{FOLDER}/offer.html", context)

    def _around(self, request: HttpRequest) -> dict[str, Any]:
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Overnames: wat afloopt, en wat nog nodig is",
            "days": days_before(),
            "may_offer": acting(request).has_role(*MADE_BY),
        }


class TakeoverRunAdmin(FrozenAdmin):
    joined = ("asked_by",)
    fieldsets = [
        section(None, "how_far", "answer_by", "asked_by", "asked_at", "finished_at")
    ]
    list_display = ["__str__", "how_far", "asked_by", "asked_at", "finished_at"]
    in_files = {"how_far": ""}
    search_fields = ["asked_by__name"]

    @admin.display(description="hoe ver")
    def how_far(self, obj: TakeoverRun) -> str:
        """'37 van 50 aangeboden, 2 niet gelukt, 11 te gaan'."""
        now = offering.progress(obj)
        words = f"{now.offered} van {now.total} aangeboden"
        if now.refused:
            words += f", {now.refused} niet gelukt"
        return f"{words}, {now.left} te gaan" if now.left else words

    def tables(self, obj: TakeoverRun) -> list[Table]:
        rows = obj.agreements.select_related("organisation", "offer")
        rows = rows.defer("offer__document", "offer__filled").order_by("-refusal")
        return [Table(rows, ("organisation", "ends_on", "offer", "refusal"))]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.letters)
        name = "contracts_takeoverrun_letters"
        own = [path("<int:object_id>/brieven.zip", view, name=name)]
        return [*own, *super().get_urls()]

    def letters(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The letters of one run, to print and post, or to put under a letterhead;
        taking them along is recorded."""
        run, fmt = get_object_or_404(TakeoverRun, pk=object_id), _format(request)
        if not (packed := as_zip(run, fmt)):
            raise Http404("no letters yet, or not any more")
        who = acting(request)
        history.record(run, "exported list", who, format=f"zip, {fmt}",
                       rows=run.letters.count())  # fmt: skip
        response = HttpResponse(packed, content_type="application/zip")
        file_name = f"Brieven overnames {run.pk} ({fmt.upper()}).zip"
        name = content_disposition_header(True, file_name)
        response["Content-Disposition"] = name or "attachment"
        return response

    def beside_the_form(self, request: HttpRequest, obj: TakeoverRun) -> dict[str, Any]:
        around = super().beside_the_form(request, obj)
        buttons = []
        if obj.finished_at is None:
            buttons.append(("Kijk opnieuw", page_of(obj)))
        if obj.letters.exists():
            url = reverse("admin:contracts_takeoverrun_letters", args=[obj.pk])
            buttons.append(("Brieven als PDF (ZIP)", url))
            own = f"{url}?{urlencode({'soort': 'docx'})}"
            buttons.append(("Brieven als DOCX, voor eigen briefpapier (ZIP)", own))
        return {**around, "buttons": buttons}


def _format(request: HttpRequest) -> str:
    fmt = request.GET.get("soort", "pdf")
    if fmt not in ("pdf", "docx"):
        raise Http404("a letter is a PDF or a DOCX")
    return fmt


def _default_term(rows: Sequence[ExistingAgreement]) -> datetime.date:
    """Before the first of them expires, where that still can be."""
    term, tomorrow = _today() + TERM, _today() + datetime.timedelta(days=1)
    first = min((row.ends_on for row in rows), default=term)
    return max(min(term, first), tomorrow)


def _today() -> datetime.date:
    return timezone.localdate()


def _rows() -> QuerySet[ExistingAgreement]:
    rows = ExistingAgreement.objects.open().prefetch_related("gemeenten")
    joined = rows.select_related("organisation", "instrument", "uitvoerder", "offer")
    return joined.defer("offer__document", "offer__filled")


def waiting_takeovers(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """What would lapse without anything in its place, from some time before."""
    if not person.has_role(*MADE_BY):
        return
    warning = datetime.timedelta(days=days_before())
    for row in _rows().filter(ends_on__lte=today + warning):
        about = (
            f"{row.organisation}: nog nodig {listing(list(missing_for(row, today)))}"
        )
        since = row.ends_on - warning
        url = reverse("admin:contracts_existingagreement_change", args=[row.pk])
        yield Waiting(since, "Overeenkomst loopt af", about, "Overnemen", url)
