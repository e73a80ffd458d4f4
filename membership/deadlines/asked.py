"""What is asked of whom by when: one list, read from the facts each time.

Nothing of the list itself is kept. Each app says what of its own is asked, by functions
in `providers`; this knows none. Who adds one gives it a Kind, writes a provider beside
his own code, and appends that in the admin package of his app, such as

    asked.providers += PROVIDERS

A provider gets Among (of whom; everybody for the bureau) and the day, and gives a
Deadline for each thing that is not done yet. It asks a number of queries that does not
grow with the number of organisations. What was done gives no Deadline any more.
"""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db.models import Model, QuerySet

from membership.deadlines.kinds import Kind
from membership.models import Organisation, Person, Role
from nvsi.dutch import day as written

__all__ = ["Among", "Deadline", "Kind", "asked_of", "asked_of_all", "providers"]

Rows = TypeVar("Rows", bound="QuerySet[Model]")


@dataclass(frozen=True)
class Among:
    """Of whom the list is: some organisations and addresses; None stands for all."""

    organisations: frozenset[int] | None = None
    emails: frozenset[str] | None = None

    def of(self, rows: Rows, path: str = "organisation") -> Rows:
        """The rows of these organisations, which stand at a path."""
        if self.organisations is None:
            return rows
        return rows.filter(**{f"{path}__in": self.organisations})

    def sent_to(self, rows: Rows, path: str = "email") -> Rows:
        """The rows of these addresses, which stand at a path."""
        return (
            rows if self.emails is None else rows.filter(**{f"{path}__in": self.emails})
        )


@dataclass(frozen=True)
class Deadline:
    """One thing that is asked.

    key names it for as long as it is asked: kind, record and step. what is said to who
    is asked, as in 'Leg het besluit vast': no names of candidates and no amounts, since
    it also stands in e-mails and calendars. url is where it is done: a path of the
    portal, or an address to mail. since is the day from which it is asked, by the last
    day on which it is in time; None where there is none, and then `when` may say more.

    It is asked of one of three: of email (one person, with or without an account); of
    who has one of the roles at one of the organisations; or, with roles of the
    association, of the association itself: the organisations are then whom it is about.
    who names them in the list of the bureau, about is the record for its link.

    asks is False for what only happens on that day: there is nothing to do.
    """

    key: str
    kind: Kind
    what: str
    url: str
    since: datetime.date
    who: str
    about: Model
    roles: tuple[str, ...] = ()
    organisations: Sequence[Organisation] = ()
    email: str = ""
    by: datetime.date | None = None
    when: str = ""
    asks: bool = True

    @property
    def is_of_association(self) -> bool:
        """Whether the association itself is asked."""
        return not self.email and bool(set(self.roles) & set(Role.OF_THE_ASSOCIATION))

    @property
    def when_in_words(self) -> str:
        """'uiterlijk 9 maart 2026', or what stands in the place of a day."""
        if self.by is None:
            return self.when
        return f"uiterlijk {written(self.by)}" if self.asks else written(self.by)

    @property
    def order(self) -> tuple[datetime.date, datetime.date, str, str]:
        """What must be done first, then what was asked first."""
        return (self.by or datetime.date.max, self.since, self.what, self.key)

    def is_late(self, today: datetime.date) -> bool:
        return self.asks and self.by is not None and self.by < today

    def is_asked_of(self, person: Person) -> bool:
        """Whether this person is one of those who are asked, by his roles of today."""
        if self.email:
            return self.email.lower() == person.email
        if self.is_of_association:
            return person.has_role(*self.roles)
        own = person.organisations_as(*self.roles)
        return any(organisation.pk in own for organisation in self.organisations)


Provider = Callable[[Among, datetime.date], Iterable[Deadline]]
providers: list[Provider] = []
# Who of an organisation is asked what the organisation decides or signs.
WHO_DECIDES = (Role.Name.CONTACTPERSOON.value, Role.Name.ONDERTEKENAAR.value)
WHO_IS_WRITTEN_TO = (Role.Name.CONTACTPERSOON.value,)
BUREAU = (Role.Name.BUREAU.value,)


def asked_of_all(today: datetime.date) -> list[Deadline]:
    """All that is asked of anybody: for the bureau, and for the reminders."""
    return _sorted(Among(), today)


def asked_of(person: Person, today: datetime.date) -> list[Deadline]:
    """What is asked of one person: by his roles, and under his own address."""
    if person.is_association:
        among = Among(None, frozenset({person.email}))
        return [one for one in _sorted(among, today) if one.is_asked_of(person)]
    return asked_of_own(person, today)


def asked_of_own(person: Person, today: datetime.date) -> list[Deadline]:
    """The same without what is asked of the association, which has a work list."""
    among = Among(frozenset(person.organisation_ids), frozenset({person.email}))
    found = [one for one in _sorted(among, today) if one.is_asked_of(person)]
    return [one for one in found if not one.is_of_association]


def is_at(deadline: Deadline, organisation: Organisation) -> bool:
    """Whether it is of this organisation, or of a person whatever he works for."""
    return bool(deadline.email) or organisation in deadline.organisations


def by_mail(subject: str, organisation: Organisation) -> str:
    """An address to mail the bureau, with the subject filled in."""
    words = f"{subject} {organisation.short_name or organisation.name}"
    query = urlencode({"subject": words}, quote_via=quote)
    return f"mailto:{settings.NVSI_EMAIL}?{query}"


def whole_url(deadline: Deadline) -> str:
    """For in an e-mail or a calendar."""
    url = deadline.url
    return f"{settings.SITE_URL}{url}" if url.startswith("/") else url


def _sorted(among: Among, today: datetime.date) -> list[Deadline]:
    found = [one for provider in providers for one in provider(among, today)]
    return sorted(found, key=lambda one: one.order)
