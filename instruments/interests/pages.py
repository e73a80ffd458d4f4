"""Interest of one's own organisation in an instrument: show it, read the answer.

For who acts for a gemeente or a samenwerkingsverband; for others it does not exist.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST

from instruments.interests import showing
from instruments.interests.forms import InterestForm
from instruments.models import Instrument, Interest
from membership.models import Organisation, Person
from membership.sessions import acting_for
from nvsi.errors import NotAllowed

private = cache_control(private=True, no_store=True)
CONFLICT, UNPROCESSABLE = 409, 422


@require_http_methods(["GET", "HEAD", "POST"])
@private
@login_required
def interest(request: HttpRequest, slug: str) -> HttpResponse:
    """Where it stands, or a form to show it."""
    assert isinstance(request.user, Person)
    organisation, instrument = _organisation(request), _instrument(slug)
    form = InterestForm(
        request.POST if request.method == "POST" else None, label_suffix=""
    )
    status = UNPROCESSABLE if form.is_bound else 200
    if form.is_valid():
        words = form.cleaned_data["words"]
        try:
            showing.show(instrument, organisation, words=words, by=request.user)
        except NotAllowed as refusal:
            form.add_error(None, str(refusal))
            status = CONFLICT
        else:
            messages.success(request, "Wij hebben uw belangstelling ontvangen.")
            return redirect("interest", slug)
    context = {
        "instrument": instrument,
        "organisation": organisation,
        "form": form,
        "shown": _running(request.user, organisation, instrument),
        "uses": showing.uses(organisation, instrument),
        "may_show": showing.may_show(request.user, organisation),
    }
    return render(request, "instruments/interest.html", context, status=status)


@private
@login_required
@require_POST
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Take it back."""
    assert isinstance(request.user, Person)
    organisation, instrument = _organisation(request), _instrument(slug)
    shown = _running(request.user, organisation, instrument)
    if shown is None or not showing.may_show(request.user, organisation):
        raise Http404("nothing to take back")
    showing.withdraw(shown, by=request.user)
    messages.success(request, "Uw belangstelling is ingetrokken.")
    return redirect("interest", slug)


def _organisation(request: HttpRequest) -> Organisation:
    organisation = acting_for(request)
    if organisation.kind not in showing.KINDS:
        raise Http404("only a gemeente uses an instrument")
    return organisation


def _instrument(slug: str) -> Instrument:
    return get_object_or_404(Instrument.objects.own(), slug=slug)


def _running(
    by: Person, organisation: Organisation, instrument: Instrument
) -> Interest | None:
    mine = Interest.objects.visible_to(by).running().select_related("instrument")
    return mine.filter(organisation=organisation, instrument=instrument).first()
