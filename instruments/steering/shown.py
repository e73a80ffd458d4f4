"""What the page of a regiegroep shows."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from instruments.models import Instrument, SeatRequest
from instruments.steering import asking
from instruments.steering.groups import regiegroep_of
from instruments.steering.seats import is_member
from membership.bodies.shown import around
from membership.models import Organisation, Person, Role


@dataclass(frozen=True)
class RequestRow:
    """A request that waits, and what who looks may do about it."""

    asked: SeatRequest
    may_decide: bool
    may_withdraw: bool


def context_of(
    instrument: Instrument,
    person: Person,
    organisation: Organisation | None,
    now: datetime.datetime,
) -> dict[str, Any]:
    """The body, and what waits there; `body` is None while there is none."""
    today = timezone.localdate(now)
    body = regiegroep_of(instrument)
    shown: dict[str, Any] = {"instrument": instrument, "body": body}
    if body is None:
        return shown
    shown |= around(body, person, now)
    may_ask = organisation is not None and asking.may_ask(
        person, organisation, instrument
    )
    return {
        **shown,
        "requests": _requests(instrument, person, may_act=shown["may_act"]),
        "may_ask": may_ask,
        "sees_signals": person.is_association or is_member(person, instrument, today),
    }


def _requests(
    instrument: Instrument, person: Person, *, may_act: bool
) -> list[RequestRow]:
    """Those that this person sees, the oldest first. One query."""
    seen = SeatRequest.objects.visible_to(person).waiting()
    rows = seen.filter(instrument=instrument).distinct().order_by("asked_at", "pk")
    mine = person.organisations_as(Role.Name.CONTACTPERSOON)
    return [
        RequestRow(
            asked,
            may_act and person.pk not in (asked.asked_by_id, asked.person_id),
            asked.organisation_id in mine or asked.person_id == person.pk,
        )
        for asked in rows.select_related("person", "organisation")
    ]
