"""An organisation at a glance: what it is to the association."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from contracts.models import Coverage, Gebruiksovereenkomst
from contracts.using import under_another
from membership.models import Membership, Organisation, Role
from nvsi.dutch import day, iban, listing

_OURS = {"gemeente": "gemeente", "samenwerkingsverband": "samenwerkingsverband"}


@dataclass(frozen=True)
class Glance:
    """What the first page tells: one sentence and a few facts. uses are the instruments
    of which it holds the agreement; through are the others whose agreement it uses."""

    heading: str
    name: str
    standing: str
    sentence: str
    facts: Sequence[tuple[str, str]]
    uses: Sequence[str]
    through: Sequence[str]


def uses(organisation: Organisation, *, today: datetime.date) -> list[str]:
    """The names of the instruments that this organisation may use today."""
    return [agreement.instrument.name for agreement in _agreements(organisation, today)]


def through(organisation: Organisation, *, today: datetime.date) -> list[str]:
    """The samenwerkingsverbanden that hold an agreement for this gemeente today, and
    get its afrekening."""
    return _holders(under_another(organisation, today))


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
    shared = list(under_another(organisation, today))
    used = [agreement.instrument.name for agreement in agreements]
    all_used = used + [_via(row) for row in shared]
    return Glance(
        heading=f"Uw {_OURS.get(organisation.kind, 'organisatie')}",
        name=organisation.short_name or organisation.name,
        standing=membership.get_kind_display() if membership else "",
        sentence=_sentence(membership, all_used, _carried_out(organisation, today)),
        facts=_facts(organisation, membership, [*agreements, *shared], today),
        uses=used,
        through=_holders(shared),
    )


def _holders(rows: Iterable[Coverage]) -> list[str]:
    return list(dict.fromkeys(str(row.agreement.organisation) for row in rows))


def _via(row: Coverage) -> str:
    return f"{row.instrument} via {row.agreement.organisation}"


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
    used: Sequence[Gebruiksovereenkomst | Coverage],
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
            (one.instrument.name, f"in gebruik sinds {day(one.starts_on)}")
            for one in used
        ),
        ("Rekening", iban(organisation.iban)),
        ("Contact", ", ".join(role.person.name for role in contacts)),
        ("Regio", ", ".join(member.region.name for member in regions)),
    ]
    return [(label, fact) for label, fact in facts if fact]
