"""Datalekken in the portal: report one, read what concerns you, say what you decided.

Everything comes from `visible_to`; a stranger gets 404. A college sees a datalek from
the moment it was told, who reported one sees that one.
"""

import re
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from contracts.breaches import recording, shown
from contracts.breaches.forms import (
    DecisionForm,
    PeopleForm,
    Refusing,
    ReportForm,
)
from contracts.breaches.letter import letter
from contracts.breaches.reading import Known, OfCollege, read, with_facts
from contracts.breaches.reporting import colleges_of, instruments_of, report
from contracts.breaches.rules import Outcome
from contracts.breaches.words import moment, said_of
from contracts.models.breach_facts import BreachCollege
from contracts.models.breaches import REPORTERS, Breach
from membership.admission.evidence import DOCX, PDF
from membership.models import Organisation, Person
from membership.papers.docx import as_docx
from membership.papers.pdf import as_pdf
from membership.sessions import acting_for
from nvsi.errors import NotAllowed

private = cache_control(private=True, no_store=True)
CONFLICT, UNPROCESSABLE = 409, 422
_NUMBER = re.compile(r"DL(\d{4})-(\d{4,9})", re.ASCII)


@require_safe
@private
@login_required
def breach_list(request: HttpRequest) -> HttpResponse:
    """What was reported by one's own organisation, or is about its data."""
    assert isinstance(request.user, Person)
    now = timezone.now()
    breaches = with_facts(Breach.objects.visible_to(request.user))
    context = {
        "rows": [_row(request, read(one), now) for one in breaches],
        "may_report": _reports_for(request) is not None,
    }
    return render(request, "contracts/breach_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def breach_report(request: HttpRequest) -> HttpResponse:
    """Report one, for the organisation for which somebody acts."""
    assert isinstance(request.user, Person)
    organisation = _reports_for(request)
    if organisation is None:
        raise PermissionDenied("Een datalek melden kan voor een eigen organisatie.")
    instruments = instruments_of(organisation)
    is_uitvoerder = organisation.kind == Organisation.Kind.UITVOERDER
    form = ReportForm(
        request.POST if request.method == "POST" else None,
        instruments=instruments,
        colleges=colleges_of(instruments) if is_uitvoerder else [],
    )
    if form.is_valid():
        now, by = timezone.now(), request.user
        try:
            done = report(reported_for=organisation, now=now, by=by, **form.facts)
        except (NotAllowed, ValidationError) as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Uw melding is ontvangen: {done.number}.")
            return redirect("breach-detail", done.number)
    context = {
        "form": form,
        "organisation": organisation,
        "is_uitvoerder": is_uitvoerder,
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "contracts/breach_report.html", context, status=status)


@require_safe
@private
@login_required
def breach_detail(request: HttpRequest, number: str) -> HttpResponse:
    """One datalek, with the clock of the college that reads it."""
    return _shown(request, known_to(request, number))


@private
@login_required
@require_POST
def breach_authority(request: HttpRequest, number: str) -> HttpResponse:
    """The college decided about a report to the AP."""
    known = known_to(request, number)
    form = DecisionForm(request.POST, label_suffix="")
    return _decide(request, known, form, recording.decide_authority, "authority")


@private
@login_required
@require_POST
def breach_people(request: HttpRequest, number: str) -> HttpResponse:
    """The college decided about telling the persons concerned."""
    known = known_to(request, number)
    form = PeopleForm(request.POST, label_suffix="")
    return _decide(request, known, form, recording.decide_people, "people")


@require_safe
@private
@login_required
def breach_letter(request: HttpRequest, number: str, pk: str, fmt: str) -> HttpResponse:
    """The last letter to a college as it was sent; for the association also as it would
    go out now, and to adapt."""
    assert isinstance(request.user, Person)
    known = known_to(request, number)
    visible = BreachCollege.objects.visible_to(request.user)
    row = get_object_or_404(visible, pk=pk, breach=known.breach)
    college = known.of(row.organisation_id)
    assert college is not None
    sent = college.letter
    if fmt == "pdf" and sent is not None:
        if sent.is_destroyed:
            raise Http404("it had its time")
        return _file(bytes(sent.content), PDF, sent.file_name)
    if not request.user.is_association:
        raise Http404("what was sent is a PDF")
    paper = letter(known, college, words="", now=timezone.now())
    make, media_type = {"docx": (as_docx, DOCX), "pdf": (as_pdf, PDF)}[fmt]
    return _file(make(paper), media_type, f"{paper.file_name}.{fmt}")


def _reports_for(request: HttpRequest) -> Organisation | None:
    """The organisation for which somebody acts, when he may report for it."""
    assert isinstance(request.user, Person)
    if not request.user.organisation_ids:
        return None
    organisation = acting_for(request)
    may = request.user.organisations_as(*REPORTERS)
    return organisation if organisation.pk in may else None


def known_to(request: HttpRequest, number: str) -> Known:
    """The datalek of that number, or 404 for who may not see it."""
    assert isinstance(request.user, Person)
    found = _NUMBER.fullmatch(number)
    if found is None:
        raise Http404("no such number")
    visible = with_facts(Breach.objects.visible_to(request.user))
    year, sequence = (int(part) for part in found.groups())
    rows = visible.filter(number_year=year, number_sequence=sequence)
    return read(get_object_or_404(rows))


def _mine(request: HttpRequest, known: Known) -> OfCollege | None:
    """The college for which it is read."""
    assert isinstance(request.user, Person)
    if not request.user.organisation_ids:
        return None
    return shown.college_of(known, request.user, acting_for(request).pk)


def _row(request: HttpRequest, known: Known, now: Any) -> dict[str, Any]:
    mine = _mine(request, known)
    return {
        "breach": known.breach,
        "nature": known.description.get_nature_display(),
        "discovered": moment(known.breach.discovered_at),
        "stage": known.stage,
        "tone": shown.tone(known.stage),
        "clock": mine.clock(now) if mine and not known.is_closed else None,
        "left_until": _left_until(mine),
    }


def _left_until(mine: OfCollege | None) -> str:
    """Until when a college that decides by itself may report; empty for another."""
    standing = mine.standing if mine else None
    if standing is None or standing.authority != Outcome.LEFT or not standing.until:
        return ""
    return moment(standing.until)


def _decide(
    request: HttpRequest, known: Known, form: Refusing, verb: Any, which: str
) -> HttpResponse:
    mine = _mine(request, known)
    if mine is None:
        raise Http404("only the college that was told decides")
    status = UNPROCESSABLE
    if form.is_valid():
        try:
            verb(mine.row, **form.cleaned_data, now=timezone.now(), by=request.user)
        except (NotAllowed, ValidationError) as refusal:
            form.refuse(refusal)
            status = CONFLICT
        else:
            messages.success(request, "Vastgelegd. Het bureau ziet dit ook.")
            return redirect("breach-detail", known.breach.number)
    return _shown(request, known, {which: form}, status)


def _shown(
    request: HttpRequest,
    known: Known,
    forms: dict[str, Refusing] | None = None,
    status: int = 200,
) -> HttpResponse:
    assert isinstance(request.user, Person)
    now, mine, given = timezone.now(), _mine(request, known), forms or {}
    known = _as_read(request.user, known, mine)
    until = mine.standing.until if mine else None
    initial = {"at": timezone.localtime(now).replace(second=0, microsecond=0)}
    context = {
        "breach": known.breach,
        "known": known,
        "stage": known.stage,
        "tone": shown.tone(known.stage),
        "discovered": moment(known.breach.discovered_at),
        "said": said_of(known),
        "named": [] if mine else [one.name for one in known.concerned],
        "college": mine,
        "clock": mine.clock(now) if mine else None,
        "until": moment(until) if until else "",
        "lines": _lines(request.user, known, mine),
        "authority": given.get("authority") or _empty(DecisionForm, initial),
        "people": given.get("people") or _empty(PeopleForm, initial),
        "form": next(iter(given.values()), None),
        "open_form": next(iter(given), ""),
        "may_add": recording.reports_on(known.breach, request.user),
    }
    return render(request, "contracts/breach_detail.html", context, status=status)


def _as_read(person: Person, known: Known, mine: OfCollege | None) -> Known:
    """Who is not concerned reads on only when it reported it itself."""
    if mine is None or mine.aside is None:
        return known
    return (
        known if recording.reports_on(known.breach, person) else known.up_to(mine.aside)
    )


def _empty(form: type[Refusing], initial: dict[str, Any]) -> Refusing:
    prefix = "authority" if form is DecisionForm else "people"
    return form(initial=initial, label_suffix="", auto_id=f"id_{prefix}_%s")


def _lines(person: Person, known: Known, mine: OfCollege | None) -> list[shown.Line]:
    if person.is_association:
        return shown.timeline(known)
    if mine is not None:
        return shown.timeline_of(known, mine)
    return shown.timeline_for_reporter(known)


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    disposition = content_disposition_header(True, name)
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
