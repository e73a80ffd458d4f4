"""A calendar of one's own, by an address with a secret: made, read and withdrawn.

Whoever has the address can read along, so it shows nothing secret, and its owner can
take it back at any moment. The secret is shown once; we keep its sha256 alone.
"""

import datetime
import hashlib
import secrets

from django.db import transaction

from membership import history
from membership.models import CalendarFeed, Person

TOKEN_BYTES = 32


def digest(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def calendar_of(person: Person) -> CalendarFeed | None:
    """The one that can be read now."""
    return CalendarFeed.objects.active().filter(person=person).first()


def reader_of(token: str) -> Person | None:
    """Whose calendar it is; None for an address that is wrong or was withdrawn, and of
    who may not log in any more."""
    rows = CalendarFeed.objects.active().filter(token_sha256=digest(token))
    feed = rows.select_related("person").first()
    return feed.person if feed and feed.person.is_active else None


@transaction.atomic
def make_calendar(person: Person, *, now: datetime.datetime) -> str:
    """Make an address, in the place of the one that there was; gives its token."""
    _withdraw(person, now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    CalendarFeed.objects.create(person=person, token_sha256=digest(token), made_at=now)
    history.record(person, "calendar made", person)
    return token


@transaction.atomic
def withdraw_calendar(person: Person, *, now: datetime.datetime) -> None:
    """From now on the address shows nothing. Nothing happens when there was none."""
    if _withdraw(person, now):
        history.record(person, "calendar withdrawn", person)


def _withdraw(person: Person, now: datetime.datetime) -> int:
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    return CalendarFeed.objects.active().filter(person=person).update(withdrawn_at=now)
