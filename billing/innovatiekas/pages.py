"""The innovatiekas of an instrument: what is there, and the road of each euro.

Rows come from `visible_to`; a stranger gets 404.
"""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from billing.innovatiekas.balance import Balance
from billing.innovatiekas.chart import MOST, at_ends, chart_of
from billing.innovatiekas.files import CONTENT_TYPES, file_of
from billing.innovatiekas.history import Row, rows_of, spendings_of
from billing.innovatiekas.shares import share_in
from billing.models import KasMovement, KasShare
from instruments.models import Instrument
from membership.models import Person
from membership.models.bodies import belongs
from nvsi.dutch import euro
from nvsi.halfyear import HalfYear

# More than these are folded away, or a phone scrolls past all of them.
RECENT = 10


@login_required
@require_safe
def kas(request: HttpRequest, slug: str) -> HttpResponse:
    """What is free and promised, over time, and what it was spent on."""
    instrument, rows = _seen(request, slug)
    now = HalfYear.of(timezone.localdate())
    shares = list(
        KasShare.objects.filter(instrument=instrument)
        .select_related("besluit")
        .order_by("from_halfyear")
    )
    ends, newest = at_ends(rows, now), rows[::-1]
    balance = rows[-1].after if rows else Balance()
    context = {
        "instrument": instrument,
        "counts": [
            ("Vrij te besteden", euro(balance.free)),
            ("Gereserveerd", euro(balance.reserved)),
            ("Tot nu toe besteed", euro(balance.spent)),
        ],
        "recent": newest[:RECENT],
        "older": newest[RECENT:],
        "spendings": spendings_of(rows),
        "ends": ends[::-1],
        "chart": chart_of(ends) if ends else None,
        "in_chart": MOST,
        "share": share_in(now, shares),
        "coming": [one for one in shares if one.from_halfyear > now],
    }
    return render(request, "billing/kas.html", context)


@login_required
@require_safe
def kas_file(request: HttpRequest, slug: str, fmt: str) -> HttpResponse:
    """All movements, to count with."""
    instrument, rows = _seen(request, slug)
    name = f"Innovatiekas {instrument.name}"
    content = file_of(rows, fmt, name=name, created=timezone.localdate())
    response = HttpResponse(content, content_type=CONTENT_TYPES[fmt])
    disposition = content_disposition_header(True, f"{name}.{fmt}")
    response["Content-Disposition"] = disposition or "attachment"
    return response


def _seen(request: HttpRequest, slug: str) -> tuple[Instrument, list[Row]]:
    """The instrument and its movements, the oldest first; 404 for a stranger."""
    assert isinstance(request.user, Person)
    if not belongs(request.user, timezone.localdate()):
        raise Http404
    instrument = get_object_or_404(Instrument.objects.own(), slug=slug)
    movements = KasMovement.objects.visible_to(request.user).with_ground()
    return instrument, rows_of(
        movements.filter(instrument=instrument).order_by("entry__number")
    )
