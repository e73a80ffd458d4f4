"""The signals of an instrument, for who sits in its regiegroep and the association."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from billing.figures.telling_members import told
from instruments.models import Instrument
from instruments.steering.seats import is_member
from membership.models import Person

private = cache_control(private=True, no_store=True)


@require_safe
@private
@login_required
def signals_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Of the half-year that runs and the last approved one; a stranger gets 404."""
    person = request.user
    assert isinstance(person, Person)
    instrument = get_object_or_404(Instrument.objects.own(), slug=slug)
    today = timezone.localdate()
    if not (person.is_association or is_member(person, instrument, today)):
        raise Http404("only who sits in the regiegroep")
    halfyears = told(instrument, person.money_organisation_ids)
    context = {"instrument": instrument, "halfyears": halfyears}
    return render(request, "billing/signals.html", context)
