"""Vote for a member, and see what a vote came to.

Everything comes from `visible_to`; a stranger gets 404. Nobody sees a count before the
close. A choice is looked at once more before it is cast.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from membership import fresh_factor
from membership.assembly.casting import cast
from membership.assembly.counting import fraction, majority_in_words
from membership.assembly.result_chart import result_chart
from membership.assembly.speaking import castable, proxy_for, speakers_of
from membership.assembly.vote_forms import VoteForm
from membership.letters.body import html_of
from membership.models import Ballot, Entitled, Person, Stemming
from membership.second_factor import has_one, page_that_asks
from membership.sessions import acting_for
from nvsi.dutch import listing
from nvsi.errors import NotAllowed

private = cache_control(private=True, no_store=True)
CONFLICT, UNPROCESSABLE = 409, 422


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def vote_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What is voted on, for whom somebody votes, and the result after the close."""
    assert isinstance(request.user, Person)
    vote = _vote(request, pk)
    mine = _mine(vote, request.user)
    form = _form(request, vote, mine)
    if request.method != "POST":
        return _shown(request, vote, mine, form)
    if form is None:
        messages.error(request, "Stemmen kan hier nu niet.")
        return redirect("vote-detail", pk)
    if fresh_factor.fresh(request) is None:
        messages.warning(request, "Bevestig nog een keer dat u het bent.")
        return redirect(_asking(request.user, pk))
    if not form.is_valid():
        return _shown(request, vote, mine, form, UNPROCESSABLE)
    if not form.cleaned_data["sure"]:
        context = {"vote": vote, "form": form, **_about(vote)}
        return render(request, "membership/vote_sure.html", context)
    return _cast(request, vote, form)


def _cast(request: HttpRequest, vote: Stemming, form: VoteForm) -> HttpResponse:
    assert isinstance(request.user, Person)
    rows = form.chosen
    try:
        with transaction.atomic():
            for row in rows:
                cast(
                    row,
                    form.cleaned_data["choice"],
                    factor=fresh_factor.fresh(request),
                    now=timezone.now(),
                    by=request.user,
                )
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        whom = listing([str(row.organisation) for row in rows])
        messages.success(request, f"U hebt gestemd voor {whom}.")
    return redirect("vote-detail", vote.pk)


def _vote(request: HttpRequest, pk: int) -> Stemming:
    assert isinstance(request.user, Person)
    seen = Stemming.objects.visible_to(request.user, on=timezone.localdate())
    rows = seen.select_related(
        "assembly",
        "rule",
        "beslispunt__voorstel",
        "amendement__beslispunt__voorstel",
        "amendement__organisation",
    )
    return get_object_or_404(rows, pk=pk)


def _mine(vote: Stemming, person: Person) -> list[Entitled]:
    """The members for which somebody votes now."""
    if person.is_association and not person.organisation_ids:
        rows = vote.entitled.filter(organisation__proxies_given__holder=person)
    else:
        rows = Entitled.objects.visible_to(person).filter(stemming=vote)
    found = rows.select_related("organisation", "stemming", "voted_by", "proxy")
    for row in found:
        row.stemming = vote
    return castable(person, found, timezone.localdate())


def _form(
    request: HttpRequest, vote: Stemming, mine: list[Entitled]
) -> VoteForm | None:
    """None when there is nothing more to choose."""
    if not (vote.is_open and vote.is_electronic):
        return None
    rows = [row for row in mine if not (vote.is_sealed and row.has_voted)]
    if not rows:
        return None
    data = request.POST if request.method == "POST" else None
    silent = [str(row.pk) for row in rows if not row.has_voted]
    return VoteForm(rows, data, initial={"members": silent}, label_suffix="")


def _shown(
    request: HttpRequest,
    vote: Stemming,
    mine: list[Entitled],
    form: VoteForm | None,
    status: int = 200,
) -> HttpResponse:
    assert isinstance(request.user, Person)
    said = {}
    if not vote.is_secret:
        ballots = Ballot.objects.filter(entitled__in=[row.pk for row in mine])
        said = {ballot.entitled_id: ballot for ballot in ballots}
    context = {
        **_about(vote),
        "vote": vote,
        "form": form,
        "cast": [(row, said.get(row.pk)) for row in mine if row.has_voted],
        "mine": mine,
        **_voting_for(request, vote, mine),
        "given": fresh_factor.fresh(request),
        "minutes": int(fresh_factor.FRESH.total_seconds() // 60),
        "has_factor": has_one(request.user),
        "ask_again": _asking(request.user, vote.pk),
        "turnout": _turnout(vote) if request.user.is_association else None,
    }
    return render(request, "membership/vote_detail.html", context, status=status)


def _voting_for(
    request: HttpRequest, vote: Stemming, mine: list[Entitled]
) -> dict[str, Any]:
    """Who votes instead, for the organisation of somebody who reads along."""
    assert isinstance(request.user, Person)
    acts = acting_for(request) if request.user.organisation_ids else None
    if mine or acts is None or not (vote.is_open and vote.is_electronic):
        return {}
    row = vote.entitled.voting().filter(organisation=acts).first()
    if row is None or proxy_for(row) is not None:
        return {}
    return {"voting_for": acts, "voters": speakers_of(acts, timezone.localdate())}


def _about(vote: Stemming) -> dict[str, Any]:
    """What is voted on, in words; and the result once there is one."""
    rule = vote.rule.rule
    of = vote.rule.get_base_display().removeprefix("de ")
    about: dict[str, Any] = {
        "majority": majority_in_words(rule, of).replace("van de alle", "van alle"),
        "quorum": fraction(rule.quorum),
        "voorstel": vote.voorstel,
        "words": html_of(vote.text),
        "before": html_of(vote.amendement.old_text) if vote.amendement else "",
    }
    if vote.is_closed:
        assert vote.entitled_votes is not None
        about["chart"] = result_chart(rule, vote.counts, vote.entitled_votes)
    return about


def _turnout(vote: Stemming) -> tuple[int, int] | None:
    """How many members voted, of how many: never what."""
    if not (vote.is_open and vote.is_electronic):
        return None
    voting = vote.entitled.voting()
    return voting.filter(has_voted=True).count(), voting.count()


def _asking(by: Person, pk: int) -> str:
    """To the page that asks for a second factor, and from there back here."""
    back = urlencode({"next": reverse("vote-detail", args=[pk])})
    return f"{reverse(page_that_asks(by))}?{back}"
