"""To whom a letter goes: the organisations of its segment, and who of them reads it.

Which instruments there are, and who uses them, is told by functions in `instruments`:
this knows none.
"""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from membership.models import Letter, Membership, Organisation, Person, Region, Role
from nvsi.dutch import counted, day, listing


@dataclass(frozen=True)
class Use:
    """An instrument, and the ids of the organisations that use it on a day."""

    slug: str
    name: str
    organisations: frozenset[int]


# Given a day: every instrument, used or not.
Provider = Callable[[datetime.date], Iterable[Use]]
instruments: list[Provider] = []

_PLURAL = {
    "lid": "leden",
    "aspirant_lid": "aspirant-leden",
    "participant": "participanten",
    "gemeente": "gemeenten",
    "samenwerkingsverband": "samenwerkingsverbanden",
    "publieke_organisatie": "publieke organisaties",
    "maatschappelijke_organisatie": "maatschappelijke organisaties",
}
_EVERYBODY = "leden, aspirant-leden en participanten"


@dataclass(frozen=True)
class Target:
    """An organisation of the segment, with whom of it is written to; may be nobody."""

    organisation: Organisation
    people: tuple[Person, ...]


def uses_on(on: datetime.date) -> list[Use]:
    """Every instrument by name, with who uses it on a day."""
    found = [use for provider in instruments for use in provider(on)]
    return sorted(found, key=lambda use: use.name)


def targets(letter: Letter) -> list[Target]:
    """Who gets it as things are now, by name. Four queries at most."""
    organisations = list(_organisations(letter))
    people = _people(organisations, letter.role)
    return [Target(one, tuple(people.get(one.pk, ()))) for one in organisations]


def _organisations(letter: Letter) -> Iterable[Organisation]:
    belong = Membership.objects.active_on(letter.belongs_on)
    if letter.membership_kinds:
        belong = belong.filter(kind__in=letter.membership_kinds)
    found = Organisation.objects.filter(pk__in=belong.values("organisation"))
    if letter.organisation_kinds:
        found = found.filter(kind__in=letter.organisation_kinds)
    if letter.province:
        found = found.filter(province=letter.province)
    if letter.region:
        inside = letter.region.organisations_on(letter.belongs_on)
        found = found.filter(pk__in=inside.values("pk"))
    if letter.instrument:
        uses = {use.slug: use for use in uses_on(letter.belongs_on)}
        use = uses.get(letter.instrument)
        found = found.filter(pk__in=use.organisations if use else ())
    return found.order_by("name", "code")


def _people(
    organisations: list[Organisation], role: str
) -> Mapping[int, Iterable[Person]]:
    """Who has the role today and may log in, per organisation, by name."""
    roles = (
        Role.objects.active_on(timezone.localdate())
        .filter(name=role, organisation__in=organisations, person__is_active=True)
        .select_related("person")
        .order_by("person__name", "person_id")
    )
    found: dict[int, dict[int, Person]] = defaultdict(dict)
    for row in roles:
        if row.organisation_id:
            found[row.organisation_id][row.person_id] = row.person
    return {pk: people.values() for pk, people in found.items()}


def told(letter: Letter) -> str:
    """The segment in words: 'leden van de soort gemeenten in Groningen'."""
    words = [_kinds(letter.membership_kinds) or _EVERYBODY]
    if letter.organisation_kinds:
        words.append(f"({_kinds(letter.organisation_kinds)})")
    if letter.region:
        words.append(f"in de regio {letter.region.name}")
    if letter.province:
        words.append(f"in de provincie {letter.province}")
    if letter.instrument:
        names = {use.slug: use.name for use in uses_on(letter.belongs_on)}
        words.append(f"die {names.get(letter.instrument, letter.instrument)} gebruiken")
    return f"{' '.join(words)}, op {day(letter.belongs_on)}"


def _kinds(kinds: Iterable[str]) -> str:
    names = [_PLURAL.get(kind, kind) for kind in kinds]
    return listing(names) if names else ""


def counts(found: list[Target]) -> str:
    """'12 organisaties, 14 ontvangers', and how many have nobody to write to."""
    people = sum(len(target.people) for target in found)
    nobody = sum(not target.people for target in found)
    many = counted(len(found), "organisatie", "organisaties")
    words = f"{many}, {counted(people, 'ontvanger', 'ontvangers')}"
    if not nobody:
        return words
    without = counted(nobody, "organisatie heeft", "organisaties hebben")
    return f"{words}; {without} niemand om te mailen"


def provinces() -> list[str]:
    """Those of the organisations that there are."""
    named = Organisation.objects.exclude(province="").order_by("province")
    return list(named.values_list("province", flat=True).distinct())


def regions() -> list[Region]:
    return list(Region.objects.order_by("type", "name"))
