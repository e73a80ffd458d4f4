"""Say who comes to an ALV, and let another vote: for the organisation of who asks.

Everything comes from `visible_to`; a stranger gets 404.
"""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
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

from membership.assembly import attending, proxies
from membership.assembly.proxy_paper import volmacht_for
from membership.assembly.shown import has_vote
from membership.assembly.speaking import represents, speakers_of
from membership.assembly.telling import when
from membership.assembly.vote_forms import AttendanceForm, ProxyForm
from membership.models import (
    Assembly,
    Attendance,
    Organisation,
    Person,
    Proxy,
)
from membership.papers.pdf import as_pdf
from membership.sessions import acting_for
from nvsi.dutch import listing
from nvsi.errors import NotAllowed

private = cache_control(private=True, no_store=True)
CONFLICT, UNPROCESSABLE = 409, 422


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def assembly_attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Who comes, in the room or online; and on the day itself: I am there."""
    assert isinstance(request.user, Person)
    assembly, organisation = _assembly(request, pk), _organisation(request)
    found = Attendance.objects.visible_to(request.user).filter(
        assembly=assembly, organisation=organisation
    )
    attendance = found.select_related("person", "organisation", "assembly").first()
    act = request.POST.get("act") if request.method == "POST" else None
    if act in ("cancel", "arrive") and attendance is not None:
        return _change(request, attendance, act)
    people = attending.can_come(assembly, organisation)
    posted = request.POST if request.method == "POST" else None
    form = AttendanceForm(
        people,
        posted,
        online=bool(assembly.link),
        initial=_announced(attendance, request.user),
        label_suffix="",
    )
    status = 200
    if form.is_bound:
        if form.is_valid():
            status = _announce(request, assembly, organisation, form)
        else:
            status = UNPROCESSABLE
        if status == 200:
            return redirect("assembly-attendance", pk)
    context = {
        **_around(assembly, organisation),
        "form": form,
        "attendance": attendance,
        "may_announce": attending.may_announce(request.user, organisation),
        "people": people,
        "can_arrive": _can_arrive(attendance, request.user),
    }
    page = "membership/assembly_attendance.html"
    return render(request, page, context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def assembly_proxy(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a volmacht; those that were given, and those that one holds."""
    assert isinstance(request.user, Person)
    assembly, organisation = _assembly(request, pk), _organisation(request)
    voting = has_vote(organisation, timezone.localdate())
    may = voting and represents(request.user, organisation.pk, timezone.localdate())
    form = _proxy_form(request, assembly, organisation) if may else None
    status = 200
    if request.method == "POST":
        if form is None:
            raise Http404("only who speaks for a member with a vote")
        if not form.is_valid():
            status = UNPROCESSABLE
        elif (status := _give(request, assembly, organisation, form)) == 200:
            return redirect("assembly-proxy", pk)
    rows = Proxy.objects.visible_to(request.user).filter(assembly=assembly)
    rows = rows.select_related("organisation", "holder", "of_member", "voorstel")
    rows = rows.defer("content")
    given = [row for row in rows if row.organisation_id == organisation.pk]
    held = [row for row in rows.running() if row.organisation_id != organisation.pk]
    context = {
        **_around(assembly, organisation),
        "form": form,
        "has_vote": voting,
        "may_give": may,
        "given": given,
        "is_given": any(row.is_running and not row.voorstel_id for row in given),
        "held": held,
        "votes_for": _votes_for(held, organisation, request.user) if form else "",
        "speakers": speakers_of(organisation, timezone.localdate()),
    }
    return render(request, "membership/assembly_proxy.html", context, status=status)


@require_safe
@private
@login_required
def assembly_proxy_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """To sign by hand, until the ALV is over: for the people of a lid with a vote."""
    assembly, organisation = _assembly(request, pk), _organisation(request)
    today = timezone.localdate()
    if not assembly.is_convened or not has_vote(organisation, today):
        raise Http404("nothing to vote on")
    paper = volmacht_for(assembly, organisation, today)
    response = HttpResponse(as_pdf(paper), content_type="application/pdf")
    name = content_disposition_header(True, f"{paper.file_name}.pdf")
    response["Content-Disposition"] = name or "attachment"
    return response


@private
@login_required
@require_POST
def proxy_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """It counts no more; back to the page of the volmachten."""
    assert isinstance(request.user, Person)
    rows = Proxy.objects.visible_to(request.user).select_related(
        "assembly", "organisation", "voorstel", "holder", "of_member"
    )
    proxy = get_object_or_404(rows, pk=pk)
    try:
        proxies.revoke(proxy, now=timezone.now(), by=request.user)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "De volmacht is ingetrokken.")
    return redirect("assembly-proxy", proxy.assembly_id)


def _announce(
    request: HttpRequest,
    assembly: Assembly,
    organisation: Organisation,
    form: AttendanceForm,
) -> int:
    assert isinstance(request.user, Person)
    mode = form.cleaned_data["mode"]
    try:
        attending.announce(
            assembly,
            organisation,
            form.chosen,
            mode=mode,
            now=timezone.now(),
            by=request.user,
        )
    except NotAllowed as refusal:
        form.add_error(refusal.field or None, str(refusal))
        return CONFLICT
    messages.success(request, f"{form.chosen} is aangemeld.")
    return 200


def _give(
    request: HttpRequest,
    assembly: Assembly,
    organisation: Organisation,
    form: ProxyForm,
) -> int:
    assert isinstance(request.user, Person)
    try:
        proxies.give(
            assembly,
            organisation,
            holder=form.holder,
            of_member=form.of_member,
            voorstel=form.for_voorstel,
            now=timezone.now(),
            by=request.user,
        )
    except NotAllowed as refusal:
        form.add_error(refusal.field or None, str(refusal))
        return CONFLICT
    messages.success(request, "De volmacht is gegeven. Wie haar kreeg, krijgt bericht.")
    return 200


def _change(request: HttpRequest, attendance: Attendance, act: str) -> HttpResponse:
    assert isinstance(request.user, Person)
    try:
        if act == "cancel":
            attending.cancel(attendance, by=request.user)
            messages.success(request, "U bent afgemeld.")
        else:
            attending.arrive(attendance, now=timezone.now(), by=request.user)
            messages.success(request, "U staat op de presentielijst.")
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect("assembly-attendance", attendance.assembly_id)


def _votes_for(held: Sequence[Proxy], own: Organisation, person: Person) -> str:
    """The others for whom a member or its person votes, in words; they stay behind
    when it gives its own vote away."""
    names = {
        str(row.organisation)
        for row in held
        if row.of_member_id == own.pk or row.holder_id == person.pk
    }
    return listing(sorted(names)) if names else ""


def _proxy_form(
    request: HttpRequest, assembly: Assembly, organisation: Organisation
) -> ProxyForm:
    assert isinstance(request.user, Person)
    return ProxyForm(
        proxies.can_hold(organisation, request.user),
        proxies.other_members(organisation),
        list(assembly.voorstellen.standing()),
        request.POST if request.method == "POST" else None,
        label_suffix="",
    )


def _announced(attendance: Attendance | None, person: Person) -> dict[str, Any]:
    if attendance is None:
        return {"person": str(person.pk), "mode": Attendance.Mode.ROOM}
    return {"person": str(attendance.person_id), "mode": attendance.mode}


def _can_arrive(attendance: Attendance | None, person: Person) -> bool:
    """Online, oneself, and from an hour before the start."""
    return (
        attendance is not None
        and attendance.status == Attendance.Status.ANNOUNCED
        and attendance.mode == Attendance.Mode.ONLINE
        and attendance.person_id == person.pk
        and timezone.now() >= attendance.assembly.starts_at - attending.BEFORE
    )


def _around(assembly: Assembly, organisation: Organisation) -> dict[str, Any]:
    is_open = assembly.is_convened
    return {
        "assembly": assembly,
        "when": when(assembly),
        "organisation": organisation,
        "is_open": is_open,
    }


def _assembly(request: HttpRequest, pk: int) -> Assembly:
    assert isinstance(request.user, Person)
    seen = Assembly.objects.visible_to(request.user, on=timezone.localdate())
    return get_object_or_404(seen, pk=pk)


def _organisation(request: HttpRequest) -> Organisation:
    assert isinstance(request.user, Person)
    if not request.user.organisation_ids:
        raise Http404("for the people of an organisation")
    return acting_for(request)
