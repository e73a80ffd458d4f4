"""Which requests for a seat wait for voorzitter and secretaris."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from instruments.models import SeatRequest
from membership.deadlines.asked import Among, Deadline, Kind
from membership.models import Seat


def seat_requests(among: Among, today: datetime.date) -> Iterator[Deadline]:
    """A line for each who may decide; never for who asked. Two queries."""
    waiting = SeatRequest.objects.waiting().select_related(
        "instrument__steering", "organisation", "person"
    )
    found = list(waiting.order_by("asked_at"))
    if not found:
        return
    leading = Seat.objects.active_on(today).leading().filter(person__is_active=True)
    seats = list(among.sent_to(leading, "person__email").select_related("person"))
    for asked in found:
        for seat in seats:
            if _decides(asked, seat):
                yield _deadline(asked, seat)


def _decides(asked: SeatRequest, seat: Seat) -> bool:
    steering = getattr(asked.instrument, "steering", None)
    other = seat.person_id not in (asked.asked_by_id, asked.person_id)
    return steering is not None and steering.body_id == seat.body_id and other


def _deadline(asked: SeatRequest, seat: Seat) -> Deadline:
    slug = asked.instrument.slug
    return Deadline(
        key=f"seat|{asked.pk}|{seat.person_id}",
        kind=Kind.APPLICATION,
        what=f"Beslis over een zetel in de regiegroep: {asked.organisation}",
        url=reverse("seat-decide", args=[slug, asked.pk]),
        since=timezone.localdate(asked.asked_at),
        who=seat.person.name,
        about=asked,
        email=seat.person.email,
    )


PROVIDERS = (seat_requests,)
