"""The page of the association: what members do and decide together, at one glance.

Each part leads to its own page and shows of it what is newest. Who does not belong
(yet) sees no ALV and no organen, as on those pages themselves.
"""

import datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from membership.assembly.telling import when
from membership.bodies.shown import rows_of as bodies_of
from membership.consultation.shown import rows_of
from membership.models import (
    AlvBesluit,
    Assembly,
    Letter,
    Membership,
    Person,
    Region,
)
from membership.models.bodies import belongs

FEW = 3


@require_safe
@cache_control(private=True, no_store=True)
@login_required
def association(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, Person)
    person, now = request.user, timezone.now()
    today = timezone.localdate(now)
    letters = Letter.objects.visible_to(person).sent()
    regions = Region.objects.visible_to(person, on=today).order_by("name")
    context = {
        "belonging": belongs(person, today),
        "letters": letters.order_by("-number_year", "-number_sequence")[:FEW],
        "consultations": [row for row in rows_of(person, now) if row.is_open],
        # The association sees every region: a list of its own.
        "regions": [] if person.is_association else regions,
        "members": Membership.objects.active_on(today).count(),
    }
    if context["belonging"]:
        context |= _for_members(person, now, today)
    return render(request, "membership/association.html", context)


def _for_members(
    person: Person, now: datetime.datetime, today: datetime.date
) -> dict[str, Any]:
    """The ALV that come, the last besluiten, and the organen: in which one sits."""
    coming = Assembly.objects.visible_to(person, on=today).told().coming_at(now)
    besluiten = AlvBesluit.objects.visible_to(person, on=today)
    return {
        "coming": [(one, when(one)) for one in coming],
        "besluiten": besluiten.filter(taken_on__isnull=False)[:FEW],
        "bodies": bodies_of(person, today)[0],
    }
