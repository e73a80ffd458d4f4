"""Who speaks for a member in the ALV: in its own name, or with a volmacht.

In its own name: an ondertekenaar, or a colleague with a mandate of the register that is
his own. While a volmacht runs only its holder votes. Source: Gemeentewet art. 171; BW2
art. 38 lid 4; domain rules 22 and 30.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from membership.consultation.people import READERS, who_has
from membership.models import (
    Assembly,
    Entitled,
    Mandate,
    Organisation,
    Person,
    Proxy,
    Role,
    Voorstel,
)

FOR_THE_ALV = (Mandate.Purpose.ALL, Mandate.Purpose.MEMBERSHIP)


def represents(person: Person, organisation_id: int, on: datetime.date) -> bool:
    """Whether somebody speaks for an organisation by himself."""
    if organisation_id in person.organisations_as(Role.Name.ONDERTEKENAAR):
        return True
    if organisation_id not in person.organisations_as(Role.Name.CONTACTPERSOON):
        return False
    mandates = Mandate.objects.active_on(on).filter(purpose__in=FOR_THE_ALV)
    return mandates.filter(organisation=organisation_id, person=person).exists()


def speakers_of(organisation: Organisation, on: datetime.date) -> list[Person]:
    """Who speaks for it by himself, by name."""
    there = who_has(organisation, *READERS, on=on)
    signs = {person.pk for person in who_has(
        organisation, Role.Name.ONDERTEKENAAR, on=on)}  # fmt: skip
    mandates = Mandate.objects.active_on(on).filter(
        organisation=organisation, purpose__in=FOR_THE_ALV, person__isnull=False
    )
    signs |= set(mandates.values_list("person", flat=True))
    return [person for person in there if person.pk in signs]


@dataclass(frozen=True)
class Proxies:
    """The volmachten of an ALV that run, by who gave them: one query for a page."""

    rows: dict[tuple[int, int | None], Proxy]

    def of(self, organisation_id: int, voorstel: Voorstel) -> Proxy | None:
        """That for this voorstel goes before that for the whole ALV."""
        own = self.rows.get((organisation_id, voorstel.pk))
        return own or self.rows.get((organisation_id, None))


def proxies_of(assembly: Assembly) -> Proxies:
    rows: QuerySet[Proxy] = Proxy.objects.running().filter(assembly=assembly)
    found = rows.select_related("organisation", "holder", "of_member").defer("content")
    return Proxies({(row.organisation_id, row.voorstel_id): row for row in found})


def proxy_for(entitled: Entitled) -> Proxy | None:
    """The volmacht with which another votes for this member in this vote, if any."""
    vote = entitled.stemming
    rows = Proxy.objects.running().filter(
        Q(voorstel=vote.voorstel) | Q(voorstel__isnull=True),
        assembly=vote.assembly_id,
        organisation=entitled.organisation_id,
    )
    # What was given for this voorstel alone comes first: its number is not empty.
    return rows.defer("content").order_by("voorstel").first()


def holds(person: Person, proxy: Proxy, on: datetime.date) -> bool:
    """Whether somebody votes with a volmacht: it is his, or of a member for which he
    speaks himself; never of one that gave its own vote away."""
    if proxy.holder_id is not None:
        return proxy.holder_id == person.pk
    assert proxy.of_member_id is not None
    return represents(person, proxy.of_member_id, on)


def may_cast(person: Person, entitled: Entitled, on: datetime.date) -> bool:
    """Whether somebody votes for this member in this vote."""
    proxy = proxy_for(entitled)
    if proxy is not None:
        return holds(person, proxy, on)
    return represents(person, entitled.organisation_id, on)


def castable(
    person: Person, rows: Iterable[Entitled], on: datetime.date
) -> list[Entitled]:
    """Of these, for whom somebody may vote."""
    return [row for row in rows if row.votes and may_cast(person, row, on)]
