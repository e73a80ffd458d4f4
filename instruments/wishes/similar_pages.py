"""Wensen that look like what somebody is typing: a part of a page, for similar.js.

Without that script the page of a new wens shows the same once it is sent.
"""

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from instruments.models import WensSupport
from instruments.wishes.pages import instrument_of, private, speaking_in
from instruments.wishes.shown import rows_from
from instruments.wishes.similar import similar
from instruments.wishes.stages import Stage
from membership.models import Person

TOO_MANY, MOST_LETTERS = 429, 500


@require_safe
@private
@login_required
def wens_like(request: HttpRequest, slug: str) -> HttpResponse:
    """For who may hand in a wens for this instrument; 404 for all others."""
    assert isinstance(request.user, Person)
    instrument = instrument_of(request, slug)
    organisation = speaking_in(request)
    if organisation is None:
        raise Http404("only who speaks for an organisation that belongs")
    key = str(request.user.pk)
    if not ratelimit.consume(request, action="wens-like", key=key):
        return HttpResponse(status=TOO_MANY)
    typed = request.GET.get("woorden", "")[:MOST_LETTERS]
    rows = rows_from(similar(instrument, typed, request.user))
    ours = WensSupport.objects.filter(organisation=organisation, ended_at=None)
    context = {
        "rows": rows,
        "supported": set(ours.values_list("wens", flat=True)),
        "organisation": organisation,
        "over": (Stage.DONE, Stage.ENDED),
    }
    return render(request, "instruments/_wens_like.html", context)
