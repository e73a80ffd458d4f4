"""The people of an organisation, as its page shows them."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from membership.colleagues.roles import is_last
from membership.models import Organisation, Person, Role
from membership.people import GIVEN_BY_COLLEAGUES
from nvsi.dutch import day


@dataclass(frozen=True)
class RoleRow:
    """One role; what its owner may do with it himself."""

    role: Role
    when: str
    may_hand_over: bool
    may_leave: bool
    is_last: bool


@dataclass(frozen=True)
class PersonRow:
    person: Person
    is_self: bool
    roles: Sequence[RoleRow]


def people_of(
    organisation: Organisation, user: Person, *, today: datetime.date
) -> list[PersonRow]:
    """Who has a role there, now or soon, by name; oneself first."""
    rows: dict[Person, list[RoleRow]] = {}
    roles = (
        Role.objects.visible_to(user)
        .filter(Q(ends_on=None) | Q(ends_on__gte=today), organisation=organisation)
        .filter(person__is_active=True)
        .select_related("person", "organisation")
        .order_by("person__name", "person_id", "starts_on", "name")
    )
    for role in roles:
        rows.setdefault(role.person, []).append(_row(role, user, today))
    people = [PersonRow(person, person == user, own) for person, own in rows.items()]
    return sorted(people, key=lambda row: not row.is_self)


def _row(role: Role, user: Person, today: datetime.date) -> RoleRow:
    is_own = role.person_id == user.pk and role.starts_on <= today
    may_end = is_own and role.ends_on is None
    contact = role.name == Role.Name.CONTACTPERSOON
    return RoleRow(
        role=role,
        when=_when(role, today),
        may_hand_over=may_end and role.name in GIVEN_BY_COLLEAGUES,
        may_leave=may_end,
        is_last=may_end and contact and is_last(role, today, today),
    )


def _when(role: Role, today: datetime.date) -> str:
    begins = "vanaf" if role.starts_on > today else "sinds"
    said = f"{begins} {day(role.starts_on)}"
    return f"{said}, tot en met {day(role.ends_on)}" if role.ends_on else said
