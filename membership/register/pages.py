"""Pages and files of the register.

It is public, of past days too: an entry names an organisation, what it is and since
when, and nothing of any person. So these pages ask `register_on` and not `visible_to`;
what is for the association alone says so.
"""

import datetime
import json
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from membership.models import Person
from membership.register.entries import Entry, Kind, register_on
from membership.register.figures import IN_CHART, PLURAL, charts, count_by_kind, moments
from membership.register.files import as_csv, as_json, as_xlsx, figures_as_xlsx
from membership.register.forms import RegisterForm
from membership.register.length_chart import length_chart
from membership.register.lengths import by_stage, by_year, courses
from nvsi.public_files import CONTENT_TYPES, public_file

UNPROCESSABLE = 422
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Who belongs on a day; a day that cannot be shown is told in the page."""
    form = RegisterForm(request.GET, today=timezone.localdate())
    of_association = _is_association(request)
    context: dict[str, Any] = {
        "form": form,
        "of_association": of_association,
    }
    status = 200
    if form.is_valid():
        context |= _shown(form)
    else:
        status = UNPROCESSABLE
    response = render(request, "membership/register_list.html", context, status=status)
    if request.user.is_authenticated:
        patch_cache_control(response, private=True, no_store=True)
    return response


def _shown(form: RegisterForm) -> dict[str, Any]:
    day: datetime.date = form.cleaned_data["dag"]
    everyone = register_on(day)
    form.offer(everyone)
    found = form.pick(everyone)
    counts = count_by_kind([entry.kind for entry in everyone])
    return {
        "day": day,
        "is_today": day == form.today,
        "counts": [(PLURAL[kind], counts[kind]) for kind in Kind],
        "groups": [(kind.value, PLURAL[kind], _of(kind, found)) for kind in Kind],
        "found": len(found),
        "everyone": len(everyone),
        "query": form.query,
    }


def _of(kind: Kind, entries: Sequence[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.kind == kind]


@require_safe
def register_file(request: HttpRequest, fmt: str) -> HttpResponseBase:
    """The same for a program: CSV or JSON, for everyone. 422 with a sentence."""
    form = RegisterForm(request.GET, today=timezone.localdate())
    if not form.is_valid():
        return _refused(form, fmt)
    day = form.cleaned_data["dag"]
    entries = form.pick(register_on(day))
    content = as_csv(entries) if fmt == "csv" else as_json(entries, day)
    return public_file(request, content, fmt, f"Ledenregister NVSI {day}")


def _refused(form: RegisterForm, fmt: str) -> HttpResponse:
    """What is wrong, per field: as JSON, or a sentence per line."""
    errors = {name: [str(one) for one in many] for name, many in form.errors.items()}
    if fmt == "json":
        content = json.dumps({"errors": errors}, ensure_ascii=False, indent=1)
        content_type = CONTENT_TYPES["json"]
    else:
        content = "\n".join(one for many in errors.values() for one in many)
        content_type = "text/plain; charset=utf-8"
    return HttpResponse(content, content_type=content_type, status=UNPROCESSABLE)


@require_safe
@cache_control(private=True, no_store=True)
@login_required
def register_workbook(request: HttpRequest) -> HttpResponse:
    """With the decisions, for the association."""
    _only_association(request)
    form = RegisterForm(request.GET, today=timezone.localdate())
    if not form.is_valid():
        return _refused(form, "xlsx")
    day = form.cleaned_data["dag"]
    content = as_xlsx(form.pick(register_on(day)), day)
    return _workbook(content, f"Ledenregister NVSI {day}.xlsx")


@require_safe
@cache_control(private=True, no_store=True)
@login_required
def register_figures(request: HttpRequest) -> HttpResponse:
    """How many belonged over time, for the association."""
    _only_association(request)
    shown = moments(timezone.localdate())
    found = courses()
    years = by_year(found)
    context = {
        "moments": shown[::-1],
        "charts": charts(shown) if shown else [],
        "in_chart": IN_CHART,
        "years": years,
        "lengths": length_chart(years),
        "stages": by_stage(found),
    }
    return render(request, "membership/register_figures.html", context)


@require_safe
@cache_control(private=True, no_store=True)
@login_required
def figures_workbook(request: HttpRequest) -> HttpResponse:
    """The same figures as a file, for the association."""
    _only_association(request)
    today, found = timezone.localdate(), courses()
    content = figures_as_xlsx(moments(today), by_year(found), by_stage(found), today)
    return _workbook(content, f"Cijfers NVSI {today}.xlsx")


def _is_association(request: HttpRequest) -> bool:
    return isinstance(request.user, Person) and request.user.is_association


def _only_association(request: HttpRequest) -> None:
    if not _is_association(request):
        raise Http404


def _workbook(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    disposition = content_disposition_header(True, name)
    response["Content-Disposition"] = disposition or "attachment"
    return response
