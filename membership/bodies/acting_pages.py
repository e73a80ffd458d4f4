"""What voorzitter, secretaris and bureau do for a body, and how somebody leaves it.

Who may not act for a body gets 404 here, as a stranger does.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST

from membership.bodies import deciding, meeting, papers, seating
from membership.bodies.forms import (
    CancelForm,
    DecisionForm,
    LeaveForm,
    MeetingForm,
    PaperForm,
    VerbForm,
    initial_of,
)
from membership.bodies.pages import back_to, meeting_of, shown
from membership.bodies.telling import page_of
from membership.bodies.who import may_act_for
from membership.models import Body, BodyMeeting, BodyPaper, Person, Seat
from nvsi.dutch import counted
from nvsi.dutch import day as as_day
from nvsi.errors import NotAllowed

private = cache_control(private=True, no_store=True)
UNPROCESSABLE = 422
FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
@private
@login_required
def body_meeting_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan a meeting, with its agenda."""
    body, by = _body(request, pk)
    form = MeetingForm(request.POST or None)
    if form.is_valid():
        made = form.tried(lambda: meeting.plan(body, **form.facts, by=by))
        if made:
            messages.success(request, "De vergadering is gepland.")
            return redirect(page_of(made))
    return _form(request, "body_meeting_form", form, body=body)


@require_http_methods(FORM_METHODS)
@private
@login_required
def body_meeting_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another day, place or agenda."""
    found, by = _meeting(request, pk)
    form = MeetingForm(request.POST or None, initial=initial_of(found))
    if form.is_valid():
        told = form.tried(lambda: meeting.change(found, **form.facts, by=by))
        if told is not None:
            messages.success(request, f"De vergadering is gewijzigd. {_told(told)}")
            return redirect(page_of(found))
    return _form(request, "body_meeting_form", form, body=found.body, meeting=found)


@private
@login_required
@require_POST
def body_meeting_invite(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _meeting(request, pk)
    try:
        told = meeting.invite(found, by=by)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _told(told))
    return redirect(page_of(found))


@private
@login_required
@require_POST
def body_meeting_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _meeting(request, pk)
    form = CancelForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        told = form.tried(lambda: meeting.cancel(found, reason=reason, by=by))
        if told is not None:
            messages.success(request, f"De vergadering gaat niet door. {_told(told)}")
            return redirect(page_of(found))
    context = shown(request, found, cancel_form=form, form=form)
    page = "membership/body_meeting.html"
    return render(request, page, context, status=UNPROCESSABLE)


@private
@login_required
@require_POST
def body_paper_add(request: HttpRequest, pk: int) -> HttpResponse:
    found, by = _meeting(request, pk)
    form = PaperForm(found, request.POST, request.FILES)
    if form.is_valid():
        said = form.cleaned_data
        paper = form.tried(
            lambda: papers.add(
                found,
                said["file"],
                title=said["title"],
                kind=form.kind,
                item=said.get("item"),
                by=by,
            )
        )
        if paper:
            messages.success(request, f"'{paper.title}' is toegevoegd.")
            return redirect(page_of(found))
    context = shown(request, found, paper_form=form, form=form)
    page = "membership/body_meeting.html"
    return render(request, page, context, status=UNPROCESSABLE)


@private
@login_required
@require_POST
def body_paper_withdraw(request: HttpRequest, pk: int, paper: int) -> HttpResponse:
    found, by = _meeting(request, pk)
    seen = BodyPaper.objects.visible_to(by).standing()
    row = get_object_or_404(seen, meeting=found, pk=paper)
    papers.withdraw(row, by=by)
    messages.success(request, f"'{row.title}' is ingetrokken.")
    return redirect(page_of(found))


@require_http_methods(FORM_METHODS)
@private
@login_required
def body_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what was decided, in a meeting or outside one."""
    body, by = _body(request, pk)
    initial = {
        "taken_on": request.GET.get("dag") or timezone.localdate(),
        "meeting": request.GET.get("vergadering"),
    }
    form = DecisionForm(body, request.POST or None, initial=initial)
    if form.is_valid():
        made = form.tried(lambda: deciding.decide(body, **form.cleaned_data, by=by))
        if made:
            messages.success(request, f"Vastgelegd als {made.reference}.")
            return redirect(page_of(made.meeting)) if made.meeting else back_to(body)
    return _form(request, "body_decide", form, body=body)


@require_http_methods(FORM_METHODS)
@private
@login_required
def seat_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a seat end: one's own, of a colleague, or of the body that one leads."""
    by, today = request.user, timezone.localdate()
    assert isinstance(by, Person)
    seats = Seat.objects.visible_to(by).select_related("body", "person")
    seat = get_object_or_404(seats, pk=pk)
    if not (seating.goes_on(seat, today) and seating.may_end(seat, by, today)):
        raise Http404("not of this person")
    form = LeaveForm(request.POST or None, initial={"ends_on": today})
    if form.is_valid():
        said = form.cleaned_data
        ended = form.tried(lambda: seating.end_seat(seat, **said, by=by))
        if ended and ended.ends_on:
            last = as_day(ended.ends_on)
            messages.success(request, f"De zetel eindigt. De laatste dag is {last}.")
            return back_to(ended.body)
    return _form(request, "seat_leave", form, body=seat.body, seat=seat)


def _form(
    request: HttpRequest, name: str, form: VerbForm, **facts: object
) -> HttpResponse:
    status = UNPROCESSABLE if form.is_bound else 200
    context = {**facts, "form": form}
    return render(request, f"membership/{name}.html", context, status=status)


def _body(request: HttpRequest, pk: int) -> tuple[Body, Person]:
    by = request.user
    assert isinstance(by, Person)
    body = get_object_or_404(Body.objects.visible_to(by), pk=pk)
    _require_acting(body, by)
    return body, by


def _meeting(request: HttpRequest, pk: int) -> tuple[BodyMeeting, Person]:
    found, by = meeting_of(request, pk), request.user
    assert isinstance(by, Person)
    _require_acting(found.body, by)
    return found, by


def _require_acting(body: Body, by: Person) -> None:
    if not may_act_for(body, by, timezone.localdate()):
        raise Http404("only who acts for this body")


def _told(count: int) -> str:
    if not count:
        return "Er gaat geen bericht uit: er is nog niemand uitgenodigd."
    return f"{counted(count, 'persoon krijgt', 'personen krijgen')} een e-mail."
