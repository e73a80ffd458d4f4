"""Members that ask for an ALV together: begin, read, and join or step out.

Everything comes from `visible_to`; a stranger gets 404.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from membership.assembly import initiating
from membership.assembly.forms import InitiativeForm
from membership.assembly.shown import has_vote
from membership.assembly.speaking import speakers_of
from membership.assembly.terms import WITHIN, clocks
from membership.models import Initiative, Organisation, Person
from membership.sessions import acting_for
from nvsi.errors import NotAllowed

private = cache_control(private=True, no_store=True)
CONFLICT, UNPROCESSABLE = 409, 422
SAID = {
    "join": "{} doet mee.",
    "step-out": "{} doet niet meer mee.",
}


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def initiative_new(request: HttpRequest) -> HttpResponse:
    """Of the lid for which somebody acts. 404 for who has no vote in the ALV."""
    assert isinstance(request.user, Person)
    member = _voting(request)
    if member is None:
        raise Http404("only for a lid with a vote")
    today = timezone.localdate()
    may = initiating.may_speak(request.user, member, today)
    form = InitiativeForm(request.POST or None, label_suffix="") if may else None
    status = 200
    if request.method == "POST":
        if form is None:
            raise Http404("only who speaks for a lid")
        status = UNPROCESSABLE
        if form.is_valid():
            made = _start(request, member, form)
            if made is not None:
                return redirect("initiative-detail", made.pk)
            status = CONFLICT
    context = {
        "form": form,
        "member": member,
        "speakers": speakers_of(member, today),
        "needed": initiating.needed_on(today),
        "weeks": WITHIN.days // 7,
    }
    return render(request, "membership/initiative_new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def initiative_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What it is about, who asks for it, and how many are needed."""
    assert isinstance(request.user, Person)
    today = timezone.localdate()
    seen = Initiative.objects.visible_to(request.user, on=today)
    rows = seen.select_related("organisation", "by", "demand__assembly")
    initiative = get_object_or_404(rows, pk=pk)
    member = _voting(request)
    may = member is not None and initiating.may_speak(request.user, member, today)
    if request.method == "POST":
        if member is None or not may:
            raise Http404("only who speaks for a lid with a vote")
        _act(request, initiative, member)
        return redirect("initiative-detail", pk)
    context = {
        "initiative": initiative,
        "demand": initiative.demand,
        "member": member,
        "may": may,
        "speakers": speakers_of(member, today) if member else [],
        **_counted(initiative, member),
    }
    return render(request, "membership/initiative_detail.html", context)


def _counted(initiative: Initiative, member: Organisation | None) -> dict[str, Any]:
    today = timezone.localdate()
    supports = list(initiative.supports.select_related("organisation"))
    asking = initiating.supporters(initiative, today)
    needed = initiating.needed_on(today)
    demand = initiative.demand
    return {
        "supports": supports,
        "count": len(asking),
        "needed": needed,
        "missing": max(needed - len(asking), 0),
        "joined": any(one.organisation == member for one in supports),
        "is_own": initiative.organisation == member,
        "clocks": clocks(demand.received_on) if demand else None,
    }


def _start(
    request: HttpRequest, member: Organisation, form: InitiativeForm
) -> Initiative | None:
    assert isinstance(request.user, Person)
    try:
        made = initiating.start(
            member, **form.cleaned_data, now=timezone.now(), by=request.user
        )
    except NotAllowed as refusal:
        form.add_error(refusal.field or None, str(refusal))
    except ValidationError as error:
        form.add_error(None, error.messages)
    else:
        messages.success(request, "Uw initiatief staat er. De leden krijgen bericht.")
        return made
    return None


def _act(request: HttpRequest, initiative: Initiative, member: Organisation) -> None:
    assert isinstance(request.user, Person)
    act = request.POST.get("act", "")
    verbs = {"join": initiating.join, "step-out": initiating.step_out}
    if act not in verbs:
        raise Http404("no such act")
    try:
        row = verbs[act](initiative, member, now=timezone.now(), by=request.user)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return
    said = capfirst(SAID[act].format(member.formal_name))
    if row.status == Initiative.Status.REACHED:
        said += " Daarmee is het verzoek ingediend bij het bestuur."
    messages.success(request, said)


def _voting(request: HttpRequest) -> Organisation | None:
    """The lid with a vote for which somebody acts."""
    assert isinstance(request.user, Person)
    if not request.user.organisation_ids:
        return None
    acts = acting_for(request)
    return acts if has_vote(acts, timezone.localdate()) else None
