"""Tell by e-mail who got a role, handed it over or left: to whom it concerns.

Who is new gets the invitation instead (membership.invitations). The bureau reads it in
the history.
"""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from membership import emails
from membership.models import Person, Role


def given(role: Role, *, by: Person) -> None:
    """To who got it, when he can log in already."""
    _to_the_new(role, by)
    emails.send_soon()


def handed_over(role: Role, to: Role, *, by: Person) -> None:
    """To the new one, to `by` himself, and to the contact persons beside them."""
    _to_the_new(to, by)
    others = [p for p in _contacts(role) if p != to.person]
    _that_it_ended(role, {by, *others}, successor=to)
    emails.send_soon()


def left(role: Role, *, by: Person) -> None:
    _that_it_ended(role, {by, *_contacts(role)}, successor=None)
    emails.send_soon()


def _to_the_new(role: Role, by: Person) -> None:
    person = role.person
    if person.has_usable_password() or person.last_login is not None:
        emails.queue("role_given", str(role.pk), person, role=role, by=by, page=_page())


def _that_it_ended(
    role: Role, people: Iterable[Person], *, successor: Role | None
) -> None:
    for person in sorted(people, key=lambda one: one.pk):
        emails.queue(
            "role_ended",
            f"{role.pk}|{role.ends_on}",
            person,
            role=role,
            is_own=person == role.person,
            successor=successor,
            page=_page(),
        )


def _contacts(role: Role) -> Iterable[Person]:
    assert role.organisation is not None
    today = timezone.localdate()
    return Person.objects.contacts_of([role.organisation], on=today)


def _page() -> str:
    return f"{settings.SITE_URL}{reverse('colleagues')}"
