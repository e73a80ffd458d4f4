"""The register of datalekken: the list with its clocks, and the page of each."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import content_disposition_header

from contracts.admin.breach_verbs import CLOSE, VERBS, WRITE
from contracts.breaches import in_line, register
from contracts.breaches.forms import ReportForm
from contracts.breaches.reading import Known, read, with_facts
from contracts.breaches.recording import BUREAU
from contracts.breaches.reporting import colleges_of, instruments_of, report
from contracts.breaches.rules import Clock, Stage
from contracts.breaches.shown import timeline
from contracts.breaches.words import moment, said_of
from contracts.models.breaches import Breach
from membership import history
from membership.admin.recorded import RecordedAdmin, acting
from membership.admin.verbs import VerbAdmin, page_of, verb_url
from membership.admission.evidence import PDF, XLSX
from membership.models import Person
from nvsi.admin.columns import NOTHING
from nvsi.admin.filters import chosen
from nvsi.admin.pages import section
from nvsi.admin.worklist import Waiting
from nvsi.dutch import counted
from nvsi.errors import NotAllowed

FOLDER = "admin/contracts/breach"


def clock_shown(found: Clock | None) -> str:
    """'nog 31 uur', with its moment for who wants it exactly."""
    if found is None:
        return NOTHING
    tone = "late" if found.is_late else "soon" if found.is_soon else "ok"
    words, until = found.words, moment(found.until)
    return format_html(
        '<span class="clock clock-{}">{}</span> <span class="note">{}</span>',
        *(tone, words, until),
    )


class RunningFilter(admin.SimpleListFilter):
    """Those that still ask something, or were closed."""

    title, parameter_name = "stand", "stand"

    def lookups(
        self, request: HttpRequest, model_admin: Any
    ) -> Iterable[tuple[str, str]]:
        return [("loopt", "niet afgesloten"), ("dicht", "afgesloten")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        running = Breach.objects.running().values("pk")
        match self.value():
            case "loopt":
                return queryset.filter(pk__in=running)
            case "dicht":
                return queryset.exclude(pk__in=running)
        return queryset


class BreachAdmin(VerbAdmin):
    heading = "Datalekken"
    verbs = VERBS
    fieldsets = [
        section(None, "stage", "limit", "discovered_at", "discovered_by", "reported_at",
                "reported_by", "reported_for", "caller"),
        section("Colleges", "colleges_told"),
        section("Wat er bekend is", "known"),
        section("Wat er is gebeurd", "course"),
    ]  # fmt: skip
    list_display = [
        *("__str__", "discovered_at", "nature", "stage", "limit", "colleges_clock"),
        "reported_for",
    ]
    list_filter = [
        RunningFilter,
        chosen("colleges__organisation", "organisatie", "organisatie"),
        chosen("reported_for", "gemeld namens"),
    ]
    search_fields = [
        *("descriptions__what", "colleges__organisation__name"),
        *("colleges__organisation__code", "discovered_by", "caller"),
    ]
    search_help_text = "Zoek op organisatie, of op wat er is gebeurd."
    sortable_by = ["discovered_at"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return with_facts(super().get_queryset(request))

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("melden/", view(self.report), name="contracts_breach_report"),
            path(
                "register.xlsx", view(self.workbook), name="contracts_breach_workbook"
            ),
            path("register.pdf", view(self.paper), name="contracts_breach_paper"),
        ]
        return [*own, *super().get_urls()]

    def report(self, request: HttpRequest) -> HttpResponse:
        """Somebody called, or the association discovered it itself."""
        by = acting(request)
        if not by.has_role(*BUREAU):
            raise PermissionDenied
        instruments = instruments_of(None)
        form = ReportForm(
            request.POST if request.method == "POST" else None,
            instruments=instruments, colleges=colleges_of(instruments), by_phone=True,
        )  # fmt: skip
        if form.is_valid():
            now = timezone.now()
            try:
                done = report(reported_for=None, now=now, by=by, **form.facts)
            except (NotAllowed, ValidationError) as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, f"Vastgelegd: {done}.")
                return redirect(page_of(done))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Een datalek vastleggen",
            "form": form,
        }
        return TemplateResponse(request, f"{FOLDER}/report.html", context)

    def workbook(self, request: HttpRequest) -> HttpResponse:
        """The whole register as XLSX; taking it along is recorded."""
        return self._register(request, register.as_xlsx, XLSX, "xlsx")

    def paper(self, request: HttpRequest) -> HttpResponse:
        """The whole register as PDF, to show to the AP (AVG art. 33 lid 5)."""
        return self._register(request, register.as_pdf, PDF, "pdf")

    def _register(
        self, request: HttpRequest, make: Any, media_type: str, fmt: str
    ) -> HttpResponse:
        today = timezone.localdate()
        found = [read(one) for one in with_facts(Breach.objects.all())]
        who = acting(request)
        history.record(who, "exported list", who, list=self.opts.label_lower,
                       format=fmt, rows=len(found))  # fmt: skip
        response = HttpResponse(make(found, today), content_type=media_type)
        name = f"Register van datalekken {today}.{fmt}"
        disposition = content_disposition_header(True, name)
        response["Content-Disposition"] = disposition or "attachment"
        return response

    def beside_the_form(self, request: HttpRequest, obj: Breach) -> dict[str, Any]:
        around = super().beside_the_form(request, obj)
        portal = "In het portaal", reverse("breach-detail", args=[obj.number])
        return {**around, "buttons": [*around["buttons"], portal]}

    @admin.display(description="stand")
    def stage(self, obj: Breach) -> str:
        stage = read(obj).stage
        return format_html(
            '<span class="tag tag-breach-{}">{}</span>', stage.value, stage.label
        )

    @admin.display(description="colleges informeren")
    def limit(self, obj: Breach) -> str:
        known = read(obj)
        if (found := known.telling(timezone.now())) is None:
            return NOTHING if known.is_closed else "gedaan"
        return clock_shown(found)

    @admin.display(description="wat voor datalek")
    def nature(self, obj: Breach) -> str:
        return str(read(obj).description.get_nature_display())

    @admin.display(description="eerste besluit over de AP")
    def colleges_clock(self, obj: Breach) -> str:
        """Of the college that has the least time left."""
        known, now = read(obj), timezone.now()
        clocks = [] if known.is_closed else [o.clock(now) for o in known.concerned]
        return clock_shown(min(filter(None, clocks), key=_until, default=None))

    @admin.display(description="organisaties")
    def colleges_told(self, obj: Breach) -> str:
        known = read(obj)
        now = timezone.now()
        rows = [(one, _clock_of(known, one, now)) for one in known.colleges]
        context = {"breach": obj, "rows": rows, "known": known,
                   "line": in_line.line_of(obj)}  # fmt: skip
        return render_to_string(f"{FOLDER}/colleges.html", context)

    @admin.display(description="beschrijving")
    def known(self, obj: Breach) -> str:
        known = read(obj)
        context = {"known": known, "said": said_of(known)}
        return render_to_string(f"{FOLDER}/known.html", context)

    @admin.display(description="tijdlijn")
    def course(self, obj: Breach) -> str:
        return render_to_string(f"{FOLDER}/course.html", {"lines": timeline(read(obj))})


def _until(found: Clock) -> datetime.datetime:
    return found.until


def _clock_of(known: Known, one: Any, now: datetime.datetime) -> str:
    return clock_shown(None if known.is_closed else one.clock(now))


class BreachLimitAdmin(RecordedAdmin):
    """A later limit is added; what was in force stays."""

    fixed = ("hours", "starts_on")
    fieldsets = [
        section(
            None, "hours", "starts_on",
            text="Zo snel na de ontdekking informeert de NVSI de colleges, in uren. "
            "Een datalek dat al is gemeld, houdt de termijn van toen.",
        )
    ]  # fmt: skip
    list_display = ["hours", "starts_on"]


def waiting_breaches(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """What a datalek asks of the bureau: tell the colleges, decide, and close."""
    if not person.has_role(*BUREAU):
        return
    now = timezone.now()
    for breach in with_facts(Breach.objects.running()):
        known = read(breach)
        since = timezone.localdate(breach.reported_at)
        proposal = known.proposal
        if telling := known.telling(now):
            url = verb_url(breach, WRITE) if known.untold else page_of(breach)
            about = f"{breach.number}: {_whom(known)}, {telling.words}"
            yield Waiting(
                since, "Datalek: colleges informeren", about, "Informeren", url
            )
        elif proposal and proposal.by_id != person.pk:
            about = f"{breach.number}, voorgesteld door {proposal.by}"
            url = verb_url(breach, CLOSE)
            yield Waiting(since, "Datalek afsluiten", about, CLOSE.label, url)
        elif known.stage == Stage.OPEN:
            open_points = counted(len(known.to_do()), "punt open", "punten open")
            about = f"{breach.number}: {open_points}"
            yield Waiting(since, "Datalek loopt", about, "Bekijken", page_of(breach))


def _whom(known: Known) -> str:
    if not known.concerned:
        return "nog niet bekend wie"
    return counted(len(known.untold), "college", "colleges")
