"""What the pages of regions show of a network, a region and an invitation."""

import datetime
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from membership.models import ContactAsk, MeetingInvitation, Network, Person, Region
from membership.regional import links
from membership.regional.asking import contacts_url
from membership.regional.board import Row, Seat, board
from membership.regional.words import when
from nvsi import dutch


@dataclass(frozen=True)
class SeatRow:
    """Who sits on one level, in words."""

    level: str
    primary: str
    vervanger: str
    is_duo: bool
    is_answered: bool
    given: str


@dataclass(frozen=True)
class RegionRow:
    """A region within a network, on a day."""

    row: Row
    network: Network
    ask: ContactAsk | None
    today: datetime.date

    @property
    def name(self) -> str:
        return self.row.region.name

    @property
    def url(self) -> str:
        return contacts_url(self.network, self.row.region)

    @property
    def centrumgemeente(self) -> str:
        found = self.row.centrumgemeente
        return found.short_name if found else ""

    @property
    def seats(self) -> list[SeatRow]:
        return [_seat_row(seat) for seat in self.row.seats]

    @property
    def is_asked(self) -> bool:
        """Whether something is still to be said."""
        return self.ask is not None and not self.row.is_answered

    @property
    def is_late(self) -> bool:
        return self.ask is not None and self.ask.due_on < self.today

    @property
    def due(self) -> str:
        return dutch.day(self.ask.due_on) if self.ask else ""

    @property
    def state(self) -> tuple[str, str]:
        """A colour and the words."""
        if self.row.is_answered:
            return "done", "Doorgegeven"
        if self.is_asked:
            return "asked", "Wacht op uw regio"
        return "quiet", "Nog niet gevraagd"


@dataclass(frozen=True)
class NetworkRows:
    network: Network
    rows: list[RegionRow]


@dataclass(frozen=True)
class InvitationRow:
    """Who of a region was invited; the link is for himself alone."""

    invitation: MeetingInvitation
    user: Person

    @property
    def title(self) -> str:
        return self.invitation.meeting.title

    @property
    def when(self) -> str:
        return when(self.invitation.starts_at, self.invitation.ends_at)

    @property
    def who(self) -> str:
        return self.invitation.contact.name

    @property
    def answer(self) -> tuple[str, str]:
        if self.invitation.meeting.is_cancelled:
            return "quiet", "gaat niet door"
        tones = {"none": "waiting", "yes": "done"}
        tone = tones.get(self.invitation.answer, "quiet")
        return tone, self.invitation.get_answer_display()

    @property
    def url(self) -> str:
        if self.invitation.contact.email != self.user.email:
            return ""
        return reverse("meeting-answer", args=[links.token_of(self.invitation)])


def networks_of(regions: list[Region], *, today: datetime.date) -> list[NetworkRows]:
    """The networks of these regions, each with what is asked of them."""
    found = []
    types = {region.type for region in regions}
    for network in Network.objects.filter(type__in=types).prefetch_related("asks"):
        ask = next(iter(network.asks.all()), None)
        here = [region for region in regions if region.type == network.type]
        rows = board(network, ask, on=today, regions=here)
        shown = [RegionRow(row, network, ask, today) for row in rows]
        found.append(NetworkRows(network, shown))
    return found


def _seat_row(seat: Seat) -> SeatRow:
    return SeatRow(
        level=seat.level.label,
        primary=seat.primary.name if seat.primary else "",
        vervanger=seat.vervanger.name if seat.vervanger else "",
        is_duo=bool(seat.primary and seat.primary.is_duo),
        is_answered=seat.is_answered,
        given=_given(seat),
    )


def _given(seat: Seat) -> str:
    """'doorgegeven door A. Jansen op 9 maart 2026'."""
    if seat.since is None:
        return ""
    last = max(seat.contacts, key=lambda one: one.given_at)
    day = dutch.day(timezone.localdate(last.given_at))
    return f"doorgegeven door {last.given_by.name} op {day}"
