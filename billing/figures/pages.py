"""The productenboek, and an instrument: its factsheet, its figures with charts.

Everybody may see them: what may not be told is not in what was published. So these
pages ask `published` and not `visible_to`.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from billing.figures.charts import IN_CHART, charts
from billing.figures.disclosure import LEAST, LEAST_GEMEENTEN
from billing.figures.files import as_csv, as_json
from billing.figures.productenboek import annexes_of, book, page_of, standing
from billing.figures.publishing import published
from billing.figures.shown import shown
from contracts.models import AnnexVersion
from instruments.models import Instrument
from membership.models import Person
from membership.sessions import acting_for
from nvsi.public_files import public_file


@require_safe
def instrument_list(request: HttpRequest) -> HttpResponse:
    """The productenboek: what members own and steer together, and examples apart."""
    found = book(request.GET.get("fase", ""), timezone.localdate())
    page = render(request, "billing/instrument_list.html", {"book": found})
    return _for_who_asks(request, page)


@require_safe
def figures(request: HttpRequest, slug: str) -> HttpResponse:
    """The factsheet, and figures per half-year, the newest first; 404 for an
    instrument that is not there."""
    instrument = get_object_or_404(Instrument, slug=slug)
    found = published(instrument)
    halfyears = [shown(content) for content in found]
    context = {
        "instrument": instrument,
        "page": page_of(instrument, timezone.localdate()),
        "standing": _standing(request, instrument),
        "annexes": _annexes(request, instrument),
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


def _standing(request: HttpRequest, instrument: Instrument) -> str:
    """Of who acts for an organisation; of nobody else."""
    person = request.user
    if not isinstance(person, Person) or not person.organisation_ids:
        return ""
    return standing(person, acting_for(request), instrument)


def _annexes(request: HttpRequest, instrument: Instrument) -> AnnexVersion | None:
    person = request.user
    if not isinstance(person, Person):
        return None
    organisation = acting_for(request) if person.organisation_ids else None
    return annexes_of(instrument, person, organisation, timezone.localdate())


def _for_who_asks(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Who is logged in has his own name on the page: nobody else may keep that."""
    if request.user.is_authenticated:
        patch_cache_control(response, private=True, no_store=True)
    return response
