"""Read a body: who sits in it, its meetings with their papers, what it decided.

Everything comes from `visible_to`; a stranger gets 404.
"""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from membership.admission.evidence import PDF
from membership.bodies import answering, calendar_items
from membership.bodies.forms import AnswerForm, CancelForm, PaperForm
from membership.bodies.meeting import is_over, is_to_come
from membership.bodies.shown import agenda_of, around, papers_of, rows_of
from membership.bodies.telling import page_of
from membership.bodies.who import may_act_for
from membership.models import (
    Body,
    BodyMeeting,
    BodyMeetingAnswer,
    BodyPaper,
    Person,
)
from membership.models.bodies import belongs
from membership.regional.words import when

private = cache_control(private=True, no_store=True)


@require_safe
@private
@login_required
def body_list(request: HttpRequest) -> HttpResponse:
    """The bodies of today with who sits there, and those that were."""
    assert isinstance(request.user, Person)
    today = timezone.localdate()
    if not belongs(request.user, today):
        raise Http404("only who belongs")
    rows, past = rows_of(request.user, today)
    return render(request, "membership/body_list.html", {"rows": rows, "past": past})


@require_safe
@private
@login_required
def body_detail(request: HttpRequest, pk: int) -> HttpResponse:
    assert isinstance(request.user, Person)
    body = get_object_or_404(Body.objects.visible_to(request.user), pk=pk)
    context = around(body, request.user, timezone.now())
    return render(request, "membership/body_detail.html", context)


@require_safe
@private
@login_required
def body_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """The agenda, the papers, and what was decided."""
    meeting = meeting_of(request, pk)
    return render(request, "membership/body_meeting.html", shown(request, meeting))


@require_safe
@private
@login_required
def body_meeting_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """As a file for the calendar of who is invited: the link is in it."""
    meeting = meeting_of(request, pk)
    assert isinstance(request.user, Person)
    if not _is_inside(meeting, request.user):
        raise Http404("only who sits in the body")
    page = f"{settings.SITE_URL}{page_of(meeting)}"
    item = calendar_items.calendar_item(meeting, None, page)
    return _file(item.encode(), "text/calendar; charset=utf-8", "vergadering.ics")


@require_safe
@private
@login_required
def body_paper(request: HttpRequest, pk: int, paper: int) -> HttpResponse:
    """A paper as it was added, always to save."""
    assert isinstance(request.user, Person)
    papers = BodyPaper.objects.visible_to(request.user).standing()
    row = get_object_or_404(papers, meeting=pk, pk=paper)
    return _file(bytes(row.content), PDF, row.file_name)


def meeting_of(request: HttpRequest, pk: int) -> BodyMeeting:
    """A meeting that somebody may read; before the invitation who acts for its body."""
    assert isinstance(request.user, Person)
    seen = BodyMeeting.objects.visible_to(request.user).select_related("body")
    meeting = get_object_or_404(seen, pk=pk)
    told = meeting.invited_at is not None or is_over(meeting, timezone.now())
    if not told and not may_act_for(meeting.body, request.user, timezone.localdate()):
        raise Http404("nobody was invited yet")
    return meeting


def shown(
    request: HttpRequest, meeting: BodyMeeting, **forms: object
) -> dict[str, object]:
    """What the page of a meeting shows, with a form that was refused in its place."""
    assert isinstance(request.user, Person)
    now = timezone.now()
    may_act = may_act_for(meeting.body, request.user, timezone.localdate(now))
    papers = papers_of(meeting, request.user)
    own = answering.answer_of(meeting, request.user)
    colleagues = answering.colleagues_of(meeting, request.user)
    return {
        "meeting": meeting,
        "body": meeting.body,
        "when": when(meeting.starts_at, meeting.ends_at),
        "agenda": agenda_of(meeting, request.user),
        "papers": [one for one in papers if one.item_id is None],
        "is_inside": _is_inside(meeting, request.user),
        "decisions": meeting.decisions.select_related("replaces", "replaced_by"),
        "may_act": may_act,
        "to_come": is_to_come(meeting, now),
        "over": is_over(meeting, now) and not meeting.is_cancelled,
        "own_answer": own,
        "may_answer": answering.may_answer(meeting, request.user),
        "answer_form": AnswerForm(colleagues, initial=_said(own)),
        "coming": answering.coming_to(meeting) if may_act else [],
        "paper_form": PaperForm(meeting),
        "cancel_form": CancelForm(),
        **forms,
    }


def _said(own: BodyMeetingAnswer | None) -> dict[str, object]:
    """What the form shows of an answer that was given."""
    return {"answer": own.answer, "vervanger": own.vervanger_id} if own else {}


def _is_inside(meeting: BodyMeeting, person: Person) -> bool:
    """Whether somebody sits in the body today, comes as vervanger, or is of the
    association."""
    if person.is_association or meeting.answers.filter(vervanger=person).exists():
        return True
    mine = Body.objects.sat_in_by(person, timezone.localdate())
    return mine.filter(pk=meeting.body_id).exists()


def back_to(body: Body) -> HttpResponse:
    return redirect(reverse("body-detail", args=[body.pk]))


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    disposition = content_disposition_header(True, name)
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response
