"""Regions, networks and people, for the tests of what regions do together."""

import datetime
from zoneinfo import ZoneInfo

from membership.models import (
    Meeting,
    Network,
    Organisation,
    Person,
    Region,
    RegionalContact,
    RegionMember,
)
from membership.regional import meetings
from membership.regional.asking import ask_regions
from membership.regional.contacts import Given, Pair, give_contacts

HERE = ZoneInfo("Europe/Amsterdam")
NOW = datetime.datetime(2026, 3, 9, 10, tzinfo=HERE)
TODAY = NOW.date()
LATER = NOW + datetime.timedelta(days=30)


def make_region(
    code: str, *members: Organisation, type_: str = "bw_mo", name: str = "De Heide"
) -> Region:
    """A region with these gemeenten, nobody recorded since when."""
    region = Region.objects.create(type=type_, code=code, name=name)
    for organisation in members:
        RegionMember.objects.create(region=region, organisation=organisation)
    return region


def join(
    region: Region,
    organisation: Organisation,
    starts_on: datetime.date | None = None,
    ends_on: datetime.date | None = None,
) -> RegionMember:
    """Put a gemeente in a region, as the database lets it."""
    return RegionMember.objects.create(
        region=region, organisation=organisation, starts_on=starts_on, ends_on=ends_on
    )


def make_network() -> Network:
    return Network.objects.create(name="netwerk BW-MO", slug="bw-mo", type="bw_mo")


def given(name: str, organisation: Organisation) -> Given:
    """Somebody with an address made of the name."""
    address = f"{name.lower().replace(' ', '.')}@gemeente.example"
    return Given(name, "wethouder", organisation, address, "")


def pair(
    organisation: Organisation, first: str = "Anna", second: str = "Bram", **facts: bool
) -> Pair:
    return Pair(given(first, organisation), given(second, organisation), **facts)


def give(
    network: Network,
    region: Region,
    names: Pair,
    *,
    by: Person,
    level: str = "bestuurlijk",
    now: datetime.datetime = NOW,
    decided_on: datetime.date = TODAY,
) -> list[RegionalContact]:
    return give_contacts(
        network, region, level, names, decided_on=decided_on, now=now, by=by
    )


def make_meeting(network: Network, **facts: object) -> Meeting:
    """On 8 April 2026, from 10:00 to 14:30, for who governs."""
    start = LATER.replace(hour=10)
    values = {
        "network": network,
        "level": "bestuurlijk",
        "title": "Kick-off",
        "starts_at": start,
        "ends_at": start + datetime.timedelta(hours=4, minutes=30),
        "place": "Stadhuis",
        "agenda": "1. Opening\n2. Doelen",
        **facts,
    }
    return Meeting.objects.create(**values)


def make_groups(meeting: Meeting) -> None:
    """As seed 003 has them: 10:00-11:30 and 13:00-14:30."""
    for name, hours in (("groep 1", 0), ("groep 2", 3)):
        start = meeting.starts_at + datetime.timedelta(hours=hours)
        end = start + datetime.timedelta(minutes=90)
        meeting.groups.create(name=name, starts_at=start, ends_at=end)


def make_network_story(
    region: Region, organisation: Organisation, bureau: Person
) -> Meeting:
    """Asked, answered by the bureau, and invited to a meeting that is to come."""
    now = datetime.datetime.now(tz=HERE)
    network = make_network()
    ask_regions(
        network, due_on=now.date() + datetime.timedelta(days=20), now=now, by=bureau
    )
    give(network, region, pair(organisation), by=bureau, now=now)
    start = now + datetime.timedelta(days=30)
    meeting = make_meeting(
        network, starts_at=start, ends_at=start + datetime.timedelta(hours=5)
    )
    make_groups(meeting)
    meetings.invite(meeting, who=meetings.PRIMARY, now=now, by=bureau)
    return meeting


def keep_regions(heideveld: Organisation, bureau: Person) -> dict[str, int]:
    """For the guards: two arbeidsmarktregio's, and a region with all that it does."""
    region = make_region("B1", type_="bw_mo")
    RegionMember.objects.create(
        region=region, organisation=heideveld, is_centrumgemeente=True
    )
    first = make_region("AM98", heideveld, type_="arbeidsmarktregio")
    other = make_region("AM99", type_="arbeidsmarktregio")
    meeting = make_network_story(region, heideveld, bureau)
    invitation = meeting.invitations.get()
    off = make_meeting(meeting.network, status="cancelled", level="ambtelijk")
    make_groups(off)
    return {
        "region": region.pk,
        "am_region": first.pk,
        "other_am_region": other.pk,
        "network": meeting.network_id,
        "ask": meeting.network.asks.get().pk,
        "primary": invitation.contact_id,
        "vervanger": meeting.network.contacts.get(is_primary=False).pk,
        "meeting": meeting.pk,
        "group": meeting.groups.order_by("name")[0].pk,
        "other_group": off.groups.order_by("name")[0].pk,
        "called_off": off.pk,
        "invitation": invitation.pk,
    }
