"""The routekaart, for everybody: what becomes available when, and what is decided."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from instruments.models import Milestone
from instruments.routekaart.drawing import Planned, draw
from membership.models import Person, Voorstel

SHOWN_YEARS_BACK = 1


@require_safe
def routekaart(request: HttpRequest) -> HttpResponse:
    """A drawing of last year and later, its list, and what was before."""
    year = timezone.localdate().year
    joined = ("instrument", "besluit", "voorstel__assembly")
    rows = list(Milestone.objects.select_related(*joined))
    recent = [one for one in rows if one.year >= year - SHOWN_YEARS_BACK]
    earlier = [one for one in rows if one.year < year - SHOWN_YEARS_BACK]
    numbered = list(enumerate(recent, start=1))
    context: dict[str, Any] = {
        "years": _by_year(numbered),
        "earlier": earlier[::-1],
        "this_year": year,
        "drawing": _drawing(numbered) if recent else None,
        "open_voorstellen": _readable(request, rows),
        "has_examples": any(one.instrument.is_example for one in rows),
    }
    response = render(request, "instruments/routekaart.html", context)
    if request.user.is_authenticated:
        patch_cache_control(response, private=True, no_store=True)
    return response


def _readable(request: HttpRequest, rows: list[Milestone]) -> set[int]:
    """The voorstellen among them that who asks may open. Everybody reads on which day
    the ALV decides; on what is for those who belong."""
    asked = {one.voorstel_id for one in rows if one.voorstel_id}
    if not asked or not isinstance(request.user, Person):
        return set()
    seen = Voorstel.objects.visible_to(request.user, on=timezone.localdate())
    return set(seen.filter(pk__in=asked).values_list("pk", flat=True))


def _by_year(
    numbered: list[tuple[int, Milestone]],
) -> list[tuple[int, list[tuple[int, Milestone]]]]:
    years = dict.fromkeys(one.year for _, one in numbered)
    return [(y, [pair for pair in numbered if pair[1].year == y]) for y in years]


def _drawing(numbered: list[tuple[int, Milestone]]) -> Any:
    """What does not happen is in the list, and not in the drawing."""
    on_the_way = [
        (number, one)
        for number, one in numbered
        if one.status != Milestone.Status.DROPPED
    ]
    order = sorted(
        on_the_way,
        key=lambda pair: (pair[1].instrument.is_example, pair[1].instrument.name),
    )
    if not order:
        return None
    return draw(
        [
            Planned(number, one.instrument.name, one.kind, one.year, one.quarter)
            for number, one in order
        ]
    )
