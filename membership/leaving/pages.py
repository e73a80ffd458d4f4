"""How a membership ends, as a member sees it: public, and for its own organisation.

Everything of an organisation comes from `visible_to`; a stranger gets 404.
"""

import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from membership.leaving.forms import LeaveForm, StopForm
from membership.leaving.notices import stop, what_still_runs, works_for
from membership.leaving.rules import OF_A_MEMBER, Ground, in_time_until
from membership.leaving.shown import is_lid, leaving_of, may_leave, way, ways
from membership.leaving.submitting import may_sign, submit
from membership.models import Membership, Person, SubmittedNotice
from membership.sessions import acting_for
from nvsi.dutch import day
from nvsi.errors import NotAllowed, Stale

private = cache_control(private=True, no_store=True)
CONFLICT, UNPROCESSABLE = 409, 422


@require_safe
def leave_info(request: HttpRequest) -> HttpResponse:
    """How to leave, for everybody (BW 2 art. 36 asks it to be easy to find)."""
    today = timezone.localdate()
    year = today.year if today <= in_time_until(today.year) else today.year + 1
    context = {
        "in_time_until": in_time_until(year),
        "ends_on": datetime.date(year, 12, 31),
    }
    return render(request, "membership/leave_info.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def leave(request: HttpRequest) -> HttpResponse:
    """Leave: a lid chooses a ground first, an aspirant-lid or participant stops."""
    assert isinstance(request.user, Person)
    current = _current(request)
    if not may_leave(current):
        return render(request, "membership/leave_none.html", _around(request, current))
    assert current is not None
    visible = SubmittedNotice.objects.visible_to(request.user)
    if waiting := visible.filter(membership=current).waiting().first():
        return redirect("leave-receipt", waiting.pk)
    if not is_lid(current):
        return _stop(request, current)
    ground = request.GET.get("grond", "")
    if ground not in OF_A_MEMBER:
        context = {**_around(request, current), "ways": ways(timezone.localdate())}
        return render(request, "membership/leave.html", context)
    return _submit(request, current, Ground(ground))


def _submit(request: HttpRequest, current: Membership, ground: Ground) -> HttpResponse:
    """Show the last day first, and hand the notice in."""
    by, today = request.user, timezone.localdate()
    assert isinstance(by, Person)
    chosen, signs = way(ground, today), may_sign(current, by)
    form = LeaveForm(
        *((request.POST, request.FILES) if request.method == "POST" else ()),
        initial={"seen": chosen.last_day},
        ground=ground,
        signs=signs,
        by=by,
        label_suffix="",
    )
    if form.is_valid():
        try:
            done = submit(current, ground=ground, today=today, by=by, **form.facts)
        except Stale as refusal:
            context = {**_around(request, current), "refusal": refusal}
            page = "membership/leave_stale.html"
            return render(request, page, context, status=CONFLICT)
        except NotAllowed as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Uw opzegging is ingediend.")
            return redirect("leave-receipt", done.pk)
    context = {**_around(request, current), "way": chosen, "signs": signs, "form": form}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "membership/leave_sure.html", context, status=status)


def _stop(request: HttpRequest, current: Membership) -> HttpResponse:
    """Not bound by a term: it ends today, unless a dossier runs."""
    by, today = request.user, timezone.localdate()
    assert isinstance(by, Person)
    said = request.POST if request.method == "POST" else None
    form = StopForm(said, label_suffix="")
    if form.is_valid():
        try:
            notice = stop(current, **form.cleaned_data, today=today, by=by)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"Dit eindigt op {day(notice.ends_on)}.")
        return redirect("membership")
    running = current.organisation.dossiers.running().first()
    context = {**_around(request, current), "form": form, "dossier": running}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "membership/leave_stop.html", context, status=status)


@require_safe
@private
@login_required
def leave_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """What was handed in, when it counts, and what the bureau made of it."""
    submitted = _submitted(request, pk)
    context = {
        "submitted": submitted,
        "organisation": submitted.membership.organisation,
        "running": what_still_runs(submitted.membership.organisation),
    }
    return render(request, "membership/leave_receipt.html", context)


@require_safe
@private
@login_required
def leave_letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as it was given, always to save and never shown by the browser."""
    submitted = _submitted(request, pk)
    if not submitted.sha256 or submitted.is_destroyed:
        raise Http404("signed here, without a letter; or it had its time")
    content = bytes(submitted.content)
    response = HttpResponse(content, content_type=submitted.media_type)
    disposition = content_disposition_header(True, submitted.file_name)
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _submitted(request: HttpRequest, pk: int) -> SubmittedNotice:
    assert isinstance(request.user, Person)
    visible = SubmittedNotice.objects.visible_to(request.user).without_letter()
    return get_object_or_404(visible, pk=pk)


def _current(request: HttpRequest) -> Membership | None:
    """The membership of today of the organisation for which somebody acts."""
    assert isinstance(request.user, Person)
    organisation = acting_for(request)
    if organisation.kind == "uitvoerder":
        raise PermissionDenied("Een uitvoerder wordt geen lid.")
    rows = organisation.memberships.active_on(timezone.localdate())
    current = rows.select_related("organisation").first()
    if current is not None and not works_for(current, request.user):
        raise Http404("of no contactpersoon and no ondertekenaar")
    return current


def _around(request: HttpRequest, current: Membership | None) -> dict[str, Any]:
    assert isinstance(request.user, Person)
    organisation, today = acting_for(request), timezone.localdate()
    return {
        "organisation": organisation,
        "current": current,
        "leaving": leaving_of(current, request.user, today),
        "running": what_still_runs(organisation),
        "today": today,
    }
