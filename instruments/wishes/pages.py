"""Read verbeterwensen, hand one in, and take the steps that one may take.

For who belongs (lid, aspirant-lid, participant), the uitvoerder and the association;
everything comes from `visible_to`, and a stranger gets 404.
"""

import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.cache import cache_control
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from instruments.models import Instrument, Verbeterwens, VerbeterwensStep
from instruments.wishes import handing_in
from instruments.wishes.acts import ACTS
from instruments.wishes.beside import told_beside
from instruments.wishes.forms import RemarkForm, WishForm
from instruments.wishes.shown import (
    alv_of,
    board,
    in_stage,
    limit_of,
    money_of,
    road_of,
    rows_from,
    rows_of,
)
from instruments.wishes.similar import similar
from instruments.wishes.stages import Stage, Step
from instruments.wishes.who import speaks_for, steps_for
from membership.models import Organisation, Person, Role
from membership.models.bodies import belongs
from membership.sessions import acting_for
from nvsi.errors import NotAllowed, Stale

private = cache_control(private=True, no_store=True)
CONFLICT, UNPROCESSABLE = 409, 422


@require_safe
@private
@login_required
def wens_list(request: HttpRequest, slug: str) -> HttpResponse:
    """All wensen of an instrument, most support first; of one stage when asked."""
    assert isinstance(request.user, Person)
    instrument = instrument_of(request, slug)
    rows = rows_of(instrument, request.user)
    asked = request.GET.get("fase", "")
    context = {
        "instrument": instrument,
        "rows": in_stage(rows, asked) if asked else rows,
        "total": len(rows),
        "board": board(rows),
        "stage": Stage(asked) if asked in Stage.values else None,
        "may_hand_in": speaking_in(request) is not None,
        "limit": limit_of(instrument),
    }
    return render(request, "instruments/wens_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def wens_new(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a wens; wensen like it are shown once before it is handed in."""
    assert isinstance(request.user, Person)
    instrument = instrument_of(request, slug)
    organisation = speaking_in(request)
    if organisation is None:
        raise Http404("only who speaks for an organisation that belongs")
    form = WishForm(request.POST or None)
    context: dict[str, Any] = {"instrument": instrument, "form": form}
    if not form.is_valid():
        status = UNPROCESSABLE if form.is_bound else 200
        return render(request, "instruments/wens_form.html", context, status=status)
    facts = {**form.cleaned_data}
    looked = facts.pop("seen")
    like = rows_from(similar(instrument, form.words, request.user))
    if like and not looked:
        form.look_again()
        context |= {"like": like, "organisation": organisation}
        return render(request, "instruments/wens_form.html", context)
    wens = handing_in.hand_in(
        instrument, organisation=organisation, by=request.user, **facts
    )
    messages.success(
        request,
        f"Uw wens is ingediend: {wens.reference}. De regiegroep heeft bericht. U "
        "krijgt een e-mail bij elke stap.",
    )
    return redirect("wens-detail", wens.pk)


@require_safe
@private
@login_required
def wens_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The road of a wens, from the first line to the last euro."""
    return _detail(request, _wens(request, pk), RemarkForm())


@private
@login_required
@require_POST
def wens_say(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Support, follow, or write a remark."""
    assert isinstance(request.user, Person)
    wens, by = _wens(request, pk), request.user
    if what == "opmerking":
        form = RemarkForm(request.POST)
        if not form.is_valid():
            return _detail(request, wens, form, UNPROCESSABLE)
        text, organisation = form.cleaned_data["text"], _acting(request)
        handing_in.remark(wens, text, organisation=organisation, by=by)
        messages.success(request, "Uw opmerking staat bij de wens.")
        return redirect("wens-detail", pk)
    if what in ("volgen", "niet-volgen"):
        follows = what == "volgen"
        (handing_in.follow if follows else handing_in.stop_following)(wens, by=by)
        told = "U krijgt bij elke stap een e-mail." if follows else "U volgt dit niet."
        messages.success(request, told)
        return redirect("wens-detail", pk)
    return _support(request, wens, what)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def wens_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One step: what is asked, and what happens next."""
    assert isinstance(request.user, Person)
    wens, by = _wens(request, pk), request.user
    kind = Step(step) if step in Step.values else None
    mine = steps_for(by, wens, timezone.localdate())
    if kind is None or kind not in ACTS or kind not in mine:
        if request.method == "POST":
            messages.error(request, "Deze stap kan nu niet. Bekijk waar de wens staat.")
            return redirect("wens-detail", pk)
        raise Http404("not a step that this person may take now")
    act = ACTS[kind]
    if act.first_to and (first := act.first_to(request, wens)):
        return redirect(first)
    form = act.form(request.POST or None, wens=wens, by=by)
    status = UNPROCESSABLE if form.is_bound else 200
    if form.is_valid():
        try:
            act.do(wens, {**form.facts, **act.adds(request)}, by)
        except Stale as refusal:
            messages.error(request, str(refusal))
            return redirect("wens-detail", pk)
        except NotAllowed as refusal:
            form.refuse(refusal)
            status = CONFLICT
        else:
            messages.success(request, f"Vastgelegd: {kind.label}.")
            return redirect("wens-detail", pk)
    context = {"wens": wens, "instrument": wens.instrument, "act": act, "form": form}
    voorstel = wens.voorstel
    context |= {"money": money_of(voorstel, _steps(wens)), "voorstel": voorstel}
    return render(request, "instruments/wens_step.html", context, status=status)


def _detail(
    request: HttpRequest, wens: Verbeterwens, form: RemarkForm, status: int = 200
) -> HttpResponse:
    assert isinstance(request.user, Person)
    steps = _steps(wens)
    found = steps_for(request.user, wens, timezone.localdate())
    mine = [(step, ACTS[step]) for step in found if step in ACTS]
    supporters = wens.support.filter(ended_at__isnull=True)
    speaking, over = speaking_in(request), handing_in.is_over(wens)
    road = road_of(wens, steps)
    people = supporters.select_related("organisation")
    organisations = [row.organisation for row in people]
    context = {
        "wens": wens,
        "instrument": wens.instrument,
        "road": road,
        "goes_on": road[-1].step is None,
        "row": rows_from(
            Verbeterwens.objects.visible_to(request.user)
            .filter(pk=wens.pk)
            .with_standing()
        )[0],
        "money": money_of(wens.voorstel, steps),
        "alv": alv_of(wens.voorstel, request.user),
        "beside": told_beside(wens),
        "merged": [
            step.wens for step in wens.merged.select_related("wens__instrument")
        ],
        "acts": [(step, act) for step, act in mine if not act.is_quiet],
        "quiet_acts": [(step, act) for step, act in mine if act.is_quiet],
        "remarks": wens.remarks.select_related("by", "organisation"),
        "supporters": organisations,
        "supports": speaking in organisations,
        "speaking": speaking,
        "is_over": over,
        "may_support": speaking is not None and not over,
        "follows": wens.followers.filter(person=request.user).exists(),
        "form": form,
    }
    return render(request, "instruments/wens_detail.html", context, status=status)


def _support(request: HttpRequest, wens: Verbeterwens, what: str) -> HttpResponse:
    """Of the organisation for which somebody acts."""
    assert isinstance(request.user, Person)
    organisation = speaking_in(request)
    if organisation is None:
        raise Http404("only who speaks for an organisation that belongs")
    gives = what == "steunen"
    verb = handing_in.support if gives else handing_in.end_support
    try:
        verb(wens, organisation=organisation, by=request.user)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
        return redirect("wens-detail", wens.pk)
    told = "steunt deze wens nu" if gives else "steunt deze wens niet meer"
    messages.success(request, capfirst(f"{organisation} {told}."))
    return redirect("wens-detail", wens.pk)


def instrument_of(request: HttpRequest, slug: str) -> Instrument:
    """For who may read wensen of it; 404 for all others."""
    assert isinstance(request.user, Person)
    instrument = get_object_or_404(Instrument.objects.own(), slug=slug)
    today = timezone.localdate()
    if belongs(request.user, today) or _carries_out(request.user, instrument, today):
        return instrument
    # Who carried it out before, and was given an order for one of them.
    theirs = Verbeterwens.objects.visible_to(request.user)
    if not theirs.filter(instrument=instrument).exists():
        raise Http404("only for who belongs, and for the uitvoerder")
    return instrument


def _carries_out(person: Person, instrument: Instrument, on: datetime.date) -> bool:
    uitvoerder = instrument.uitvoerder_on(on)
    own = person.organisations_as(Role.Name.UITVOERDER)
    return uitvoerder is not None and uitvoerder.pk in own


def _wens(request: HttpRequest, pk: int) -> Verbeterwens:
    assert isinstance(request.user, Person)
    rows = Verbeterwens.objects.visible_to(request.user)
    joined = ("instrument", "organisation", "taken_over_by")
    return get_object_or_404(rows.select_related(*joined), pk=pk)


def _steps(wens: Verbeterwens) -> list[VerbeterwensStep]:
    return list(
        wens.steps.select_related(
            *("by", "voorstel", "decision", "besluit"), "merged_into__instrument"
        )
    )


def _acting(request: HttpRequest) -> Organisation | None:
    """For whom somebody writes; None for the association."""
    assert isinstance(request.user, Person)
    return acting_for(request) if request.user.organisation_ids else None


def speaking_in(request: HttpRequest) -> Organisation | None:
    """The organisation that hands in and supports by who looks, when it may."""
    assert isinstance(request.user, Person)
    organisation = _acting(request)
    if organisation is None:
        return None
    may = speaks_for(request.user, organisation, timezone.localdate())
    return organisation if may else None
