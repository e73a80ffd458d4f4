"""Who the gemeenten name as contactpersoon: known people, and new ones.

Nobody is invited here: the bureau does that when the portal opens for them.
"""

import datetime
from collections.abc import Sequence

from contracts.takeover_rows import Row
from membership.models import Organisation, Person, Role
from nvsi.cells import cell_error
from nvsi.refusals import CellError


def plan_contacts(
    rows: Sequence[Row], today: datetime.date, errors: list[CellError]
) -> list[Role]:
    """The new roles, from today, of people who may be new as well.

    Who was ever contactpersoon of that gemeente is known: a role that the bureau ended
    does not come back. A person may be contactpersoon of several gemeenten.
    """
    emails = {row.contact.email for row in rows if row.contact}
    people = {p.email: p for p in Person.objects.filter(email__in=emails)}
    name = Role.Name.CONTACTPERSOON
    known = set(
        Role.objects.filter(person__email__in=emails, name=name).values_list(
            "person__email", "organisation"
        )
    )
    roles = []
    for row in rows:
        if row.contact is None or row.gemeente is None:
            continue
        email = row.contact.email
        if (email, row.gemeente.pk) in known:
            continue
        person = people.setdefault(email, _new_person(email, row.contact.name))
        if not person.is_active:
            reason = f"'{email}' is van iemand die niet meer actief is"
            errors.append(cell_error(row.number, "contact_email", reason))
        known.add((email, row.gemeente.pk))
        roles.append(_role(person, row.gemeente, today))
    return roles


def save_contacts(roles: Sequence[Role]) -> list[Person]:
    """Save the roles, and first the people among them who are new."""
    people = {role.person.email: role.person for role in roles}
    new = [person for person in people.values() if person.pk is None]
    Person.objects.bulk_create(new)
    Role.objects.bulk_create(roles)
    return new


def _new_person(email: str, name: str) -> Person:
    person = Person(email=email, name=name)
    person.set_unusable_password()
    return person


def _role(person: Person, gemeente: Organisation, today: datetime.date) -> Role:
    name = Role.Name.CONTACTPERSOON
    return Role(person=person, organisation=gemeente, name=name, starts_on=today)
