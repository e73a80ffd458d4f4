"""The public figures of an instrument: a page with charts, and its twins.

Everybody may see them: what may not be told is not in what was published. So these
pages ask `published` and not `visible_to`.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from billing.figures.charts import IN_CHART, charts
from billing.figures.disclosure import LEAST, LEAST_GEMEENTEN
from billing.figures.files import as_csv, as_json
from billing.figures.publishing import published
from billing.figures.shown import shown
from instruments.models import Instrument
from nvsi.public_files import public_file


@require_safe
def instrument_list(request: HttpRequest) -> HttpResponse:
    """What members own and steer together."""
    context = {"instruments": Instrument.objects.order_by("name")}
    return _for_who_asks(
        request, render(request, "billing/instrument_list.html", context)
    )


@require_safe
def figures(request: HttpRequest, slug: str) -> HttpResponse:
    """Per half-year, the newest first; 404 for an instrument that is not there."""
    instrument = get_object_or_404(Instrument, slug=slug)
    found = published(instrument)
    halfyears = [shown(content) for content in found]
    context = {
        "instrument": instrument,
        "halfyears": halfyears,
        "newest": halfyears[0] if halfyears else None,
        "charts": charts(found) if len(found) > 1 else [],
        "in_chart": IN_CHART,
        "least": LEAST,
        "least_gemeenten": LEAST_GEMEENTEN,
    }
    return _for_who_asks(request, render(request, "billing/figures.html", context))


@require_safe
def figures_file(request: HttpRequest, slug: str, fmt: str) -> HttpResponseBase:
    """The same for a program: CSV or JSON."""
    instrument = get_object_or_404(Instrument, slug=slug)
    found = published(instrument)
    content = as_csv(found) if fmt == "csv" else as_json(instrument, found)
    return public_file(request, content, fmt, f"Cijfers {instrument.name}")


def _for_who_asks(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Who is logged in has his own name on the page: nobody else may keep that."""
    if request.user.is_authenticated:
        patch_cache_control(response, private=True, no_store=True)
    return response
