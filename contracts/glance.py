"""An organisation at a glance: what it is to the association."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from contracts.models import Gebruiksovereenkomst
from membership.models import Membership, Organisation, Role
from nvsi.dutch import day, iban, listing

_OURS = {"gemeente": "gemeente", "samenwerkingsverband": "samenwerkingsverband"}


@dataclass(frozen=True)
class Glance:
    """What the first page tells: one sentence and a few facts."""

    heading: str
    name: str
    standing: str
    sentence: str
    facts: Sequence[tuple[str, str]]
    uses: Sequence[str]


def uses(organisation: Organisation, *, today: datetime.date) -> list[str]:
    """The names of the instruments that this organisation may use today."""
    return [agreement.instrument.name for agreement in _agreements(organisation, today)]


def _agreements(
    organisation: Organisation, today: datetime.date
) -> list[Gebruiksovereenkomst]:
    agreements = organisation.gebruiksovereenkomsten.active_on(today)
    return list(agreements.select_related("instrument"))


def glance(organisation: Organisation, *, today: datetime.date) -> Glance:
    """As it is today."""
    membership = organisation.memberships.filter(starts_on__lte=today).last()
    if membership and membership.ends_on and membership.ends_on < today:
        membership = None
    agreements = _agreements(organisation, today)
    used = [agreement.instrument.name for agreement in agreements]
    return Glance(
        heading=f"Uw {_OURS.get(organisation.kind, 'organisatie')}",
        name=organisation.short_name or organisation.name,
        standing=membership.get_kind_display() if membership else "",
        sentence=_sentence(membership, used, _carried_out(organisation, today)),
        facts=_facts(organisation, membership, agreements, today),
        uses=used,
    )


def _carried_out(organisation: Organisation, today: datetime.date) -> list[str]:
    """The instruments of which this organisation is the uitvoerder today."""
    if organisation.kind != Organisation.Kind.UITVOERDER:
        return []
    terms = organisation.carries_out.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today), starts_on__lte=today
    )
    return [term.instrument.name for term in terms.select_related("instrument")]


def _sentence(
    membership: Membership | None, used: Sequence[str], carried_out: Sequence[str]
) -> str:
    """What follows the name and the standing: 'sinds … en gebruikt Flexensie.'"""
    if carried_out:
        return f"voert {listing(carried_out)} uit."
    since = f"sinds {day(membership.starts_on)}" if membership else ""
    use = f"gebruikt {listing(used)}" if used else "gebruikt nog geen oplossing"
    return f"{' en '.join(part for part in (since, use) if part)}."


def _facts(
    organisation: Organisation,
    membership: Membership | None,
    agreements: Sequence[Gebruiksovereenkomst],
    today: datetime.date,
) -> list[tuple[str, str]]:
    """What is not known is left out."""
    decided = membership.collegebesluit_on if membership else None
    contacts = (
        organisation.roles.active_on(today)
        .filter(name=Role.Name.CONTACTPERSOON, person__is_active=True)
        .select_related("person")
        .order_by("person__name")
    )
    regions = organisation.region_members.filter(ends_on=None).select_related("region")
    facts = [
        ("Besluit", f"collegebesluit van {day(decided)}" if decided else ""),
        *(
            (a.instrument.name, f"in gebruik sinds {day(a.starts_on)}")
            for a in agreements
        ),
        ("Rekening", iban(organisation.iban)),
        ("Contact", ", ".join(role.person.name for role in contacts)),
        ("Regio", ", ".join(member.region.name for member in regions)),
    ]
    return [(label, fact) for label, fact in facts if fact]
