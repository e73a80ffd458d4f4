"""Answer an invitation for a meeting of a body; a stranger gets 404."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from membership.bodies import answering
from membership.bodies.forms import AnswerForm
from membership.bodies.pages import meeting_of, private, shown
from membership.bodies.telling import page_of
from membership.models import Person

UNPROCESSABLE = 422


@private
@login_required
@require_POST
def body_meeting_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """For who was invited."""
    by = request.user
    assert isinstance(by, Person)
    meeting = meeting_of(request, pk)
    if not answering.may_answer(meeting, by):
        raise Http404("only who was invited, and before it begins")
    colleagues = answering.colleagues_of(meeting, by)
    form = AnswerForm(colleagues, request.POST)
    if form.is_valid():
        given, vervanger = form.cleaned_data["answer"], form.vervanger_chosen
        row = form.tried(
            lambda: answering.answer(meeting, given, vervanger=vervanger, by=by)
        )
        if row:
            messages.success(request, "Uw antwoord is vastgelegd.")
            return redirect(page_of(meeting))
    context = shown(request, meeting, answer_form=form, form=form)
    page = "membership/body_meeting.html"
    return render(request, page, context, status=UNPROCESSABLE)
