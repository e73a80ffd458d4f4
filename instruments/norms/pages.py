"""The kaders of an instrument: the common ones for everybody, own ones for members.

What all share is public, with the decision behind it. What a gemeente does itself is
for who belongs, through `visible_to`; it is recorded by its own people.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from instruments.models import Instrument
from instruments.norms import own, shown
from instruments.norms.files import as_csv
from instruments.norms.forms import CompareForm, FollowForm, OwnNormForm
from membership.models import Organisation, Person
from membership.models.bodies import belongs
from membership.sessions import acting_for
from nvsi.errors import NotAllowed

UNPROCESSABLE = 422
private = cache_control(private=True, no_store=True)


@require_safe
def norms(request: HttpRequest, slug: str) -> HttpResponse:
    """What members agreed; for who belongs also what each does itself."""
    instrument, today = get_object_or_404(Instrument, slug=slug), timezone.localdate()
    found = shown.norms_of(instrument, today)
    context: dict[str, Any] = {"instrument": instrument, "norms": found}
    if request.user.is_authenticated:
        context |= _for_members(request, instrument, found)
    form = context.get("form")
    status = UNPROCESSABLE if form is not None and form.errors else 200
    response = render(request, "instruments/norms.html", context, status=status)
    if request.user.is_authenticated:
        patch_cache_control(response, private=True, no_store=True)
    return response


def _for_members(
    request: HttpRequest, instrument: Instrument, found: list[shown.Shown]
) -> dict[str, Any]:
    user, today = request.user, timezone.localdate()
    assert isinstance(user, Person)
    if not belongs(user, today):
        return {}
    context: dict[str, Any] = {"belongs": True}
    mine = _own_organisation(request)
    if mine is not None:
        context["mine"] = mine
        context["own"] = shown.beside(user, found, [mine], today)
        context["may_record"] = own.may_record(mine, user, today)
    form = CompareForm(request.GET, shown.comparable(today))
    context["form"] = form
    if form.is_bound and form.is_valid() and form.chosen():
        context["compared"] = form.chosen()
        context["table"] = shown.beside(user, found, form.chosen(), today)
    return context


def _own_organisation(request: HttpRequest) -> Organisation | None:
    """For whom somebody acts, when that can have an eigen kader."""
    try:
        organisation = acting_for(request)
    except PermissionDenied:
        return None
    return organisation if organisation.kind in own.HOLDERS else None


@require_safe
@private
@login_required
def norms_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """All of it as a file, for who belongs."""
    user, today = request.user, timezone.localdate()
    assert isinstance(user, Person)
    instrument = get_object_or_404(Instrument, slug=slug)
    if not belongs(user, today):
        raise Http404("only who belongs sees what gemeenten do themselves")
    found = shown.norms_of(instrument, today)
    content = as_csv(found, shown.all_own(user, instrument, today))
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    disposition = content_disposition_header(True, f"Kaders {instrument.name}.csv")
    response["Content-Disposition"] = disposition or "attachment"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def norm_own(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Record what one's own organisation does beside a common kader."""
    one, mine, by = _to_record(request, slug, number)
    sent = request.POST if request.method == "POST" else None
    form = OwnNormForm(one.norm, sent)
    if form.is_valid():
        try:
            own.record_own(
                one.norm, mine, **form.said(), today=timezone.localdate(), by=by
            )
        except NotAllowed as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"Uw eigen kader voor {one.norm.code} staat er.")
            return redirect("norms", slug)
    return _ask(request, "instruments/norm_own.html", one, mine, form)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def norm_follow(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Follow the common kader again, from a day on."""
    one, mine, by = _to_record(request, slug, number)
    form = FollowForm(
        request.POST if request.method == "POST" else None, label_suffix=""
    )
    if form.is_valid():
        try:
            own.follow_again(
                one.norm, mine, **form.cleaned_data, today=timezone.localdate(), by=by
            )
        except NotAllowed as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"U volgt weer het gezamenlijke {one.norm.code}.")
            return redirect("norms", slug)
    return _ask(request, "instruments/norm_follow.html", one, mine, form)


def _to_record(
    request: HttpRequest, slug: str, number: int
) -> tuple[shown.Shown, Organisation, Person]:
    by, today = request.user, timezone.localdate()
    assert isinstance(by, Person)
    found = shown.norms_of(get_object_or_404(Instrument, slug=slug), today)
    one = next((each for each in found if each.norm.number == number), None)
    if one is None or one.now is None or not belongs(by, today):
        raise Http404("no such kader, or not for this person")
    mine = _own_organisation(request)
    if mine is None or not own.may_record(mine, by, today):
        raise PermissionDenied(
            "Een eigen kader legt een contactpersoon of ondertekenaar vast, van een "
            "gemeente of samenwerkingsverband bij de NVSI."
        )
    return one, mine, by


def _ask(
    request: HttpRequest,
    template: str,
    one: shown.Shown,
    mine: Organisation,
    form: OwnNormForm | FollowForm,
) -> HttpResponse:
    by = request.user
    assert isinstance(by, Person)
    [row] = shown.beside(by, [one], [mine], timezone.localdate())
    context = {
        "instrument": one.norm.instrument,
        "one": one,
        "mine": mine,
        "own": row.own[0],
        "form": form,
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, template, context, status=status)
