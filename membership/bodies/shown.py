"""What the pages of a body show: who sits in it, when it meets, what it decided."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, Q
from django.utils import timezone

from membership.bodies.seating import goes_on, is_theirs
from membership.bodies.telling import page_of
from membership.bodies.who import may_act_for
from membership.models import (
    AgendaItem,
    Body,
    BodyDecision,
    BodyMeeting,
    BodyPaper,
    Person,
    Seat,
)
from membership.regional.words import when


@dataclass(frozen=True)
class BodyRow:
    """One of the list: the body, who sits in it, and whether somebody does himself."""

    body: Body
    seats: list[Seat]
    is_own: bool

    @property
    def leading(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.function in Seat.LEADING]


@dataclass(frozen=True)
class SeatRow:
    """One seat, and whether who looks may let it end."""

    seat: Seat
    may_end: bool


@dataclass(frozen=True)
class MeetingRow:
    """One meeting of a list, with how it stands."""

    meeting: BodyMeeting
    now: datetime.datetime

    @property
    def url(self) -> str:
        return page_of(self.meeting)

    @property
    def when(self) -> str:
        return when(self.meeting.starts_at, self.meeting.ends_at)

    @property
    def state(self) -> tuple[str, str]:
        """A colour and the words."""
        if self.meeting.is_cancelled:
            return "quiet", "Gaat niet door"
        if self.meeting.ends_at <= self.now:
            return "done", "Geweest"
        if self.meeting.invited_at is None:
            return "waiting", "Nog niet uitgenodigd"
        return "asked", "Komt"


@dataclass(frozen=True)
class ItemRow:
    """An agendapunt with its papers: none for who may not read them."""

    item: AgendaItem
    papers: list[BodyPaper]


def rows_of(person: Person, today: datetime.date) -> tuple[list[BodyRow], list[Body]]:
    """The bodies of today with who sits there, and those that were. Two queries."""
    active = Seat.objects.active_on(today).select_related("person", "organisation")
    seen = Body.objects.visible_to(person).select_related("besluit")
    found = seen.prefetch_related(Prefetch("seats", active.order_by(*ORDER)))
    rows, past = [], []
    for body in found:
        if body.ends_on and body.ends_on < today:
            past.append(body)
            continue
        seats = list(body.seats.all())
        own = any(seat.person_id == person.pk for seat in seats)
        rows.append(BodyRow(body, seats, own))
    return sorted(rows, key=lambda row: (_KINDS[row.body.kind], row.body.name)), past


ORDER = ("-function", "person__name", "pk")
_KINDS = {kind: at for at, kind in enumerate(Body.Kind.values)}


def around(body: Body, person: Person, now: datetime.datetime) -> dict[str, Any]:
    """Who sits in a body, its meetings and decisions, for who may read them."""
    today = timezone.localdate(now)
    may_act = may_act_for(body, person, today)
    meetings = BodyMeeting.objects.visible_to(person).filter(body=body)
    if not may_act:
        meetings = meetings.filter(~Q(invited_at=None) | Q(starts_at__lte=now))
    rows = [MeetingRow(one, now) for one in meetings.select_related("body")]
    coming = [row for row in rows if row.meeting.ends_at > now]
    return {
        "body": body,
        "seats": _seats(body, person, today, may_act=may_act),
        "earlier": _earlier(body, today),
        "coming": coming[::-1],
        "held": [row for row in rows if row not in coming],
        "decisions": decisions_of(body, person),
        "may_act": may_act,
        "reads": body.is_open or may_act or _sits(body, person, today),
    }


def decisions_of(body: Body, person: Person) -> Any:
    """For who may read them, the last first, with what each replaced."""
    seen = BodyDecision.objects.visible_to(person).filter(body=body)
    return seen.select_related("meeting", "replaces", "replaced_by")


def agenda_of(meeting: BodyMeeting, person: Person) -> list[ItemRow]:
    """The points, each with the papers that this person may read."""
    papers = papers_of(meeting, person)
    return [
        ItemRow(item, [one for one in papers if one.item_id == item.pk])
        for item in meeting.items.all()
    ]


def papers_of(meeting: BodyMeeting, person: Person) -> list[BodyPaper]:
    """Those that this person may read, without their content."""
    seen = BodyPaper.objects.visible_to(person).standing().filter(meeting=meeting)
    return list(seen.defer("content"))


def _seats(
    body: Body, person: Person, today: datetime.date, *, may_act: bool
) -> list[SeatRow]:
    """Now and to come."""
    seats = Seat.objects.filter(body=body).exclude(ends_on__lt=today)
    found = seats.select_related("person", "organisation", "body").order_by(*ORDER)
    return [
        SeatRow(seat, goes_on(seat, today) and (may_act or is_theirs(seat, person)))
        for seat in found
    ]


def _earlier(body: Body, today: datetime.date) -> Any:
    seats = Seat.objects.filter(body=body, ends_on__lt=today)
    return seats.select_related("person", "organisation").order_by("-ends_on", "pk")


def _sits(body: Body, person: Person, today: datetime.date) -> bool:
    return Seat.objects.active_on(today).filter(body=body, person=person).exists()
