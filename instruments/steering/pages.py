"""The regiegroep of an instrument: who sits in it, what it does, and asking for a seat.

For who belongs; a stranger gets 404. Names and organisations, nothing more.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from instruments.models import Instrument, SeatRequest
from instruments.steering import asking
from instruments.steering.forms import GRANT, AskForm, DecideForm
from instruments.steering.groups import regiegroep_of
from instruments.steering.shown import context_of
from membership.models import Organisation, Person
from membership.models.bodies import belongs
from membership.sessions import acting_for
from nvsi.errors import NotAllowed

private = cache_control(private=True, no_store=True)
UNPROCESSABLE = 422


@require_safe
@private
@login_required
def steering_group(request: HttpRequest, slug: str) -> HttpResponse:
    """Who sits there, its meetings and decisions, and what waits for an answer."""
    instrument, person = _instrument(request, slug)
    organisation = _organisation(request)
    context = context_of(instrument, person, organisation, timezone.now())
    return render(request, "instruments/steering_group.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def seat_ask(request: HttpRequest, slug: str) -> HttpResponse:
    """A contactpersoon asks for a seat for a colleague, or for himself."""
    instrument, by = _instrument(request, slug)
    organisation = _organisation(request)
    if organisation is None or not asking.may_ask(by, organisation, instrument):
        raise Http404("only a contactpersoon of who uses it")
    people = asking.can_sit(organisation, instrument)
    form = AskForm(people, request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        asked = form.tried(lambda: asking.ask(instrument, organisation, **said, by=by))
        if asked:
            messages.success(
                request, "Uw verzoek is verstuurd. U krijgt het antwoord per e-mail."
            )
            return redirect("steering-group", slug)
    context = {
        "instrument": instrument,
        "organisation": organisation,
        "form": form,
        "people": people,
        "has_group": regiegroep_of(instrument) is not None,
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "instruments/seat_ask.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def seat_decide(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Voorzitter, secretaris or bureau answers; never who asked."""
    instrument, by = _instrument(request, slug)
    asked = _request_of(instrument, by, pk)
    if not asking.may_decide(asked, by):
        raise Http404("another decides about it")
    form = DecideForm(request.POST or None)
    if form.is_valid() and _answered(form, asked, by):
        messages.success(
            request, "Uw besluit is opgeslagen. Wie vroeg, krijgt bericht."
        )
        return redirect("steering-group", slug)
    context = {"instrument": instrument, "asked": asked, "form": form}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "instruments/seat_decide.html", context, status=status)


@private
@login_required
@require_POST
def seat_withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Who asked, asks no more."""
    instrument, by = _instrument(request, slug)
    asked = _request_of(instrument, by, pk)
    try:
        asking.withdraw(asked, by=by)
    except NotAllowed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Het verzoek is ingetrokken.")
    return redirect("steering-group", slug)


def _answered(form: DecideForm, asked: SeatRequest, by: Person) -> bool:
    said = form.cleaned_data
    if said["answer"] == GRANT:
        starts_on = said["starts_on"]
        return bool(form.tried(lambda: asking.grant(asked, starts_on=starts_on, by=by)))
    return bool(form.tried(lambda: asking.refuse(asked, reason=said["reason"], by=by)))


def _instrument(request: HttpRequest, slug: str) -> tuple[Instrument, Person]:
    """For who belongs."""
    assert isinstance(request.user, Person)
    if not belongs(request.user, timezone.localdate()):
        raise Http404("only who belongs")
    return get_object_or_404(Instrument.objects.own(), slug=slug), request.user


def _request_of(instrument: Instrument, person: Person, pk: int) -> SeatRequest:
    seen = SeatRequest.objects.visible_to(person).filter(instrument=instrument)
    rows = seen.select_related("person", "organisation", "instrument", "asked_by")
    return get_object_or_404(rows.distinct(), pk=pk)


def _organisation(request: HttpRequest) -> Organisation | None:
    assert isinstance(request.user, Person)
    return acting_for(request) if request.user.organisation_ids else None
