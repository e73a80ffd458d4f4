"""Tell of a datalek by e-mail: the bureau at once, a college with what the law asks."""

import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from contracts.annexes.contacts import contacts_of
from contracts.breaches.reading import Known, OfCollege
from contracts.breaches.rules import OF_A_COLLEGE
from contracts.breaches.words import moment, said_of
from contracts.models.breach_facts import BreachEntry
from contracts.models.breaches import Breach
from membership import emails
from membership.models import Organisation, Person, Role

# Who of an organisation is written to; who signs reads it in the portal.
WRITTEN_TO = (Role.Name.FG, Role.Name.CONTACTPERSOON)


def until(told_at: datetime.datetime) -> datetime.datetime:
    """The end of a college's own time, when it hears of it now."""
    return told_at + OF_A_COLLEGE


def people_of(organisation: Organisation) -> list[Person]:
    """Whom we write to about a datalek at an organisation, by name."""
    roles = organisation.roles.active_on(timezone.localdate())
    found = roles.filter(name__in=WRITTEN_TO).values("person")
    people = Person.objects.filter(is_active=True, pk__in=found)
    return list(people.order_by("name", "pk"))


def reaches(organisation: Organisation) -> bool:
    """Whether anybody there gets what is written to it."""
    today = timezone.localdate()
    return bool(people_of(organisation)) or contacts_of(organisation, today).exists()


def was_reported(breach: Breach) -> None:
    """To the bureau, whoever reported it."""
    emails.queue_all(
        "breach_reported",
        f"{breach.pk}",
        _association(Role.Name.BUREAU),
        breach=breach,
        discovered_at=moment(breach.discovered_at),
        tell_by=moment(breach.tell_by),
        page=_desk(breach),
    )
    emails.send_soon()


def was_described(breach: Breach, by: Person) -> None:
    """To the bureau: who reported it knows more."""
    version = breach.descriptions.count()
    emails.queue_all(
        "breach_described",
        f"{breach.pk}|{version}",
        _association(Role.Name.BUREAU),
        breach=breach,
        by=by,
        page=_desk(breach),
    )
    emails.send_soon()


def was_told(known: Known, entry: BreachEntry, *, until: datetime.datetime) -> None:
    """To a college: all that its letter says, since its time runs."""
    assert entry.college is not None
    organisation = entry.college.organisation
    _write(
        "breach_told",
        f"{entry.pk}",
        organisation,
        breach=known.breach,
        discovered_at=moment(known.breach.discovered_at),
        words=entry.words,
        said=[(n, " ".join(said.split())) for n, said in said_of(known)],
        until=moment(until),
        page=_page(known.breach),
    )
    emails.send_soon()


def limit_passed(known: Known) -> None:
    """To the bureau and the bestuur: colleges were not told in time. Once for those
    that are concerned, so that one which is named later is not forgotten."""
    concerned = "-".join(f"{one.row.pk}" for one in known.concerned)
    emails.queue_all(
        "breach_late",
        f"{known.breach.pk}|{concerned}",
        _association(Role.Name.BUREAU, Role.Name.BESTUUR),
        breach=known.breach,
        tell_by=moment(known.breach.tell_by),
        untold=[one.name for one in known.untold],
        page=_desk(known.breach),
    )


def time_runs_out(known: Known, college: OfCollege) -> None:
    """To a college that did not decide yet, once, in the last part of its time."""
    assert college.standing.until is not None
    organisation = college.row.organisation
    _write(
        "breach_due",
        f"{college.row.pk}",
        organisation,
        breach=known.breach,
        until=moment(college.standing.until),
        page=_page(known.breach),
    )


def _write(event: str, key: str, organisation: Organisation, **facts: Any) -> None:
    """To its people, and to the desk that it named in its annexes."""
    people, facts = people_of(organisation), {**facts, "organisation": organisation}
    emails.queue_all(event, key, people, **facts)
    known = {person.email for person in people}
    for desk in contacts_of(organisation, timezone.localdate()):
        if desk.email.lower() not in known:
            named = {"name": desk.function}
            emails.queue_to_address(event, key, desk.email, person=named, **facts)


def _association(*roles: str) -> list[Person]:
    today = timezone.localdate()
    return list(Person.objects.with_role(*roles, on=today).order_by("pk"))


def _desk(breach: Breach) -> str:
    url = reverse("admin:contracts_breach_change", args=[breach.pk])
    return f"{settings.SITE_URL}{url}"


def _page(breach: Breach) -> str:
    return f"{settings.SITE_URL}{reverse('breach-detail', args=[breach.number])}"
