"""Whom a region sends to a network: given by one of its gemeenten, and corrected.

Source: seed 003, domain rule 39. Who somebody is stands with the contact alone, never
in the history, which is kept for good.
"""

import datetime
from dataclasses import dataclass, fields

from django.db import transaction
from django.utils import timezone

from membership import history
from membership.models import (
    Network,
    Organisation,
    Person,
    Region,
    RegionalContact,
    Role,
)
from nvsi.errors import NotAllowed

DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Given:
    """One person, as the region names him; phone may be empty."""

    name: str
    function: str
    organisation: Organisation
    email: str
    phone: str


@dataclass(frozen=True)
class Pair:
    """The aanspreekpunt of a level and its vervanger.

    is_duo: they fill the seat together, and both are invited. One stays the primary.
    """

    primary: Given
    vervanger: Given
    is_duo: bool = False


def may_give(person: Person, region: Region, *, on: datetime.date) -> bool:
    """The bureau, and a contactpersoon of a gemeente in the region."""
    if person.is_association:
        return person.has_role(Role.Name.BUREAU)
    return Region.objects.visible_to(person, on=on).filter(pk=region.pk).exists()


@transaction.atomic
def give_contacts(
    network: Network,
    region: Region,
    level: str,
    pair: Pair,
    *,
    decided_on: datetime.date,
    now: datetime.datetime,
    by: Person,
) -> list[RegionalContact]:
    """Record whom a region sends, by a joint decision; the same again confirms it.

    What was given today, or is the same person by the same decision, is set right;
    anybody else ends yesterday and is followed. Raises NotAllowed for who may not give
    them, and for names that cannot be; ValidationError for what is no address.
    """
    today = timezone.localdate(now)
    region = Region.objects.select_for_update().get(pk=region.pk)
    if not may_give(by, region, on=today):
        raise NotAllowed(
            f"{by} kan geen aanspreekpunten doorgeven voor de regio {region}. Dat doet "
            "een contactpersoon van een gemeente in die regio, of het bureau."
        )
    _check(network, region, pair, decided_on, today)
    given = [
        _give(
            *(network, region, level, is_primary, today),
            {
                **{f.name: getattr(one, f.name) for f in fields(one)},
                "is_duo": pair.is_duo,
                "decided_on": decided_on,
                "given_by": by,
                "given_at": now,
            },
        )
        for is_primary, one in ((True, pair.primary), (False, pair.vervanger))
    ]
    facts = {"network": str(network), "level": level, "decided_on": str(decided_on)}
    history.record(region, "contacts given", by, **facts)
    return given


@transaction.atomic
def end_contact(
    contact: RegionalContact, *, on: datetime.date, by: Person
) -> RegionalContact:
    """Nobody sits there after a day. Raises NotAllowed for who may not say so."""
    contact = RegionalContact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if not may_give(by, contact.region, on=timezone.localdate()):
        raise NotAllowed(f"{by} kan dit aanspreekpunt niet beëindigen.")
    if contact.ends_on is not None:
        raise NotAllowed("Dit aanspreekpunt is al beëindigd.")
    if on < contact.starts_on:
        raise NotAllowed("De einddatum ligt voor de begindatum.")
    contact.ends_on = on
    contact.save(update_fields=["ends_on"])
    history.record(contact.region, "contact ended", by, ends_on=str(on))
    return contact


def _check(
    network: Network,
    region: Region,
    pair: Pair,
    decided_on: datetime.date,
    today: datetime.date,
) -> None:
    if region.type != network.type:
        raise NotAllowed(f"De regio {region} hoort niet bij {network}.")
    if decided_on > today:
        raise NotAllowed("Het besluit van de regio kan niet in de toekomst liggen.")
    if pair.primary.email.lower() == pair.vervanger.email.lower():
        raise NotAllowed("Het aanspreekpunt en de vervanger zijn dezelfde persoon.")
    here = set(region.organisations_on(today))
    for one in (pair.primary, pair.vervanger):
        if one.organisation not in here:
            raise NotAllowed(
                f"{one.organisation.formal_name} is niet in de regio {region}."
            )


def _give(
    network: Network,
    region: Region,
    level: str,
    is_primary: bool,
    today: datetime.date,
    facts: dict[str, object],
) -> RegionalContact:
    seat = {"network": network, "region": region, "level": level}
    seats = RegionalContact.objects.filter(**seat, is_primary=is_primary)
    row = seats.active_on(today).select_for_update(of=("self",)).first()
    if row and not _is_set_right(row, facts, today):
        row.ends_on = today - DAY
        row.save(update_fields=["ends_on"])
        row = None
    row = row or RegionalContact(**seat, is_primary=is_primary, starts_on=today)
    for name, fact in facts.items():
        setattr(row, name, fact)
    row.email = row.email.lower()
    row.full_clean()
    row.save()
    return row


def _is_set_right(
    row: RegionalContact, facts: dict[str, object], today: datetime.date
) -> bool:
    """Whether what was given is corrected, rather than followed by somebody else."""
    same = (row.email, row.decided_on) == (
        str(facts["email"]).lower(),
        facts["decided_on"],
    )
    return same or row.starts_on == today
