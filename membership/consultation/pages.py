"""Read a consultation, answer it for a member, and see the result.

Everything comes from `visible_to`; a stranger gets 404. The association has no vote.
"""

import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST

from membership.consultation import answering
from membership.consultation.forms import AnswerForm, AuthoriseForm
from membership.consultation.people import (
    can_be_authorised,
    may_answer,
    may_authorise,
    signers_of,
)
from membership.consultation.running import outcome, page_of
from membership.letters.body import html_of
from membership.models import Consultation, Person, Voter
from membership.sessions import acting_for
from nvsi.errors import NotAllowed

private = cache_control(private=True, no_store=True)
CONFLICT, UNPROCESSABLE = 409, 422


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def consultation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The question, and the answer of the organisation for which somebody acts."""
    assert isinstance(request.user, Person)
    now = timezone.now()
    consultation = _consultation(request, pk)
    voter = _voter(request, consultation)
    if request.method != "POST":
        return _shown(request, consultation, voter, now)
    if voter is None or not may_answer(voter, request.user):
        raise Http404("only who may answer for a member")
    form = AnswerForm(consultation, request.POST)
    if not form.is_valid():
        return _shown(request, consultation, voter, now, form, UNPROCESSABLE)
    try:
        answering.answer(voter, form.cleaned_data["choice"], now=now, by=request.user)
    except NotAllowed as refusal:
        form.add_error(refusal.field or None, str(refusal))
        return _shown(request, consultation, voter, now, form, CONFLICT)
    messages.success(
        request, "Uw antwoord is opgeslagen. U kunt het wijzigen tot de sluiting."
    )
    return redirect(page_of(consultation))


@private
@login_required
@require_POST
def consultation_authorise(request: HttpRequest, pk: int) -> HttpResponse:
    """An ondertekenaar lets a contactpersoon of his organisation answer."""
    assert isinstance(request.user, Person)
    consultation = _consultation(request, pk)
    voter = _voter(request, consultation)
    if voter is None or not may_authorise(voter, request.user):
        raise Http404("only an ondertekenaar of a member")
    form = AuthoriseForm(can_be_authorised(voter), request.POST)
    if not form.is_valid():
        messages.error(request, "Kies een contactpersoon uit de lijst.")
        return redirect(page_of(consultation))
    try:
        answering.authorise(
            voter, form.chosen, basis="", now=timezone.now(), by=request.user
        )
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{form.chosen} mag nu voor u antwoorden.")
    return redirect(page_of(consultation))


def _consultation(request: HttpRequest, pk: int) -> Consultation:
    assert isinstance(request.user, Person)
    return get_object_or_404(Consultation.objects.visible_to(request.user), pk=pk)


def _voter(request: HttpRequest, consultation: Consultation) -> Voter | None:
    """The organisation for which somebody acts, when it has a vote."""
    assert isinstance(request.user, Person)
    if not request.user.organisation_ids:
        return None
    voters = Voter.objects.visible_to(request.user).select_related(
        "organisation", "authorised", "consultation"
    )
    mine = voters.filter(consultation=consultation, organisation=acting_for(request))
    return mine.first()


def _shown(
    request: HttpRequest,
    consultation: Consultation,
    voter: Voter | None,
    now: datetime.datetime,
    form: AnswerForm | None = None,
    status: int = 200,
) -> HttpResponse:
    assert isinstance(request.user, Person)
    published = consultation.status == Consultation.Status.PUBLISHED
    context: dict[str, Any] = {
        "consultation": consultation,
        "explanation": html_of(consultation.explanation),
        "is_open": consultation.is_open_at(now),
        "is_called_off": consultation.status == Consultation.Status.CALLED_OFF,
        "result": outcome(consultation) if published else None,
        "voter": voter,
    }
    if voter is not None:
        context |= _own(voter, request.user, form)
    page = "membership/consultation_detail.html"
    return render(request, page, context, status=status)


def _own(voter: Voter, person: Person, form: AnswerForm | None) -> dict[str, Any]:
    """The answer of a member until now, and what this person may do about it."""
    given = list(voter.answers.select_related("by").order_by("-at", "-pk"))
    now = next((one for one in given if one.replaced_at is None), None)
    people = [one for one in can_be_authorised(voter) if one != person]
    initial = {"choice": now.choice if now else ""}
    return {
        "given": now,
        "earlier": [one for one in given if one.replaced_at is not None],
        "may_answer": may_answer(voter, person),
        "form": form or AnswerForm(voter.consultation, initial=initial),
        "signers": signers_of(voter),
        "authorise": AuthoriseForm(people, initial={"person": voter.authorised_id})
        if may_authorise(voter, person) and people
        else None,
    }
