"""The versions of a factsheet, and what changed between two of them: for everybody.

What the world reads now stands on the page of the instrument, with its figures.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from instruments.factsheets.shown import compare
from instruments.models import Factsheet, Instrument


@require_safe
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every version that was published; the newest beside the one before it, or the
    two that were chosen. 404 for an instrument without a factsheet."""
    instrument = get_object_or_404(Instrument, slug=slug)
    found = list(Factsheet.objects.published().filter(instrument=instrument))
    if not found:
        raise Http404("no factsheet was published")
    new = _chosen(request, "nieuw", found) or found[0]
    earlier = [one for one in found if one.number < new.number]
    old = _chosen(request, "oud", found) or (earlier[0] if earlier else None)
    context = {
        "instrument": instrument,
        "versions": found,
        "new": new,
        "old": old,
        "changed": compare(old, new) if old else [],
    }
    response = render(request, "instruments/factsheet_versions.html", context)
    if request.user.is_authenticated:
        patch_cache_control(response, private=True, no_store=True)
    return response


def _chosen(
    request: HttpRequest, name: str, found: list[Factsheet]
) -> Factsheet | None:
    asked = request.GET.get(name, "")
    return next((one for one in found if str(one.number) == asked), None)
