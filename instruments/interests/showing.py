"""Show interest in an instrument, answer it, and end it.

Whether somebody uses it already is known above this app: contracts says so through
`already_uses`.
"""

import datetime
from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from instruments.models import Instrument, Interest
from membership import emails, history
from membership.models import Organisation, Person, Role
from nvsi.errors import NotAllowed, Stale

SHOWERS = (Role.Name.CONTACTPERSOON.value, Role.Name.ONDERTEKENAAR.value)
ANSWERERS = (Role.Name.BUREAU.value, Role.Name.BESTUUR.value)
KINDS = (Organisation.Kind.GEMEENTE, Organisation.Kind.SAMENWERKINGSVERBAND)

Uses = Callable[[Organisation, Instrument, datetime.date], bool]
already_uses: list[Uses] = []


def uses(organisation: Organisation, instrument: Instrument) -> bool:
    """Whether it uses the instrument today, by what contracts knows."""
    today = timezone.localdate()
    return any(asked(organisation, instrument, today) for asked in already_uses)


def may_show(person: Person, organisation: Organisation) -> bool:
    """Who speaks for a gemeente or a samenwerkingsverband."""
    return organisation.kind in KINDS and organisation.pk in person.organisations_as(
        *SHOWERS
    )


@transaction.atomic
def show(
    instrument: Instrument, organisation: Organisation, *, words: str, by: Person
) -> Interest:
    """Tell the bureau. Raises NotAllowed for an example, for who uses it already or
    asked already; ValidationError for words with a BSN in them."""
    if not may_show(by, organisation):
        raise NotAllowed("Belangstelling toont een contactpersoon of ondertekenaar.")
    if instrument.is_example:
        raise NotAllowed(f"{instrument} is een voorbeeld, en niet te gebruiken.")
    if uses(organisation, instrument):
        raise NotAllowed(f"{organisation.short_name} gebruikt {instrument} al.")
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    if instrument.interests.running().filter(organisation=organisation).exists():
        raise NotAllowed(f"{organisation.short_name} toonde al belangstelling.")
    interest = Interest(
        instrument=instrument, organisation=organisation, words=words, shown_by=by
    )
    interest.full_clean()
    interest.save()
    history.record(interest, "interest shown", by)
    _tell_bureau(interest, "shown", "heeft belangstelling voor", by)
    return interest


@transaction.atomic
def answer(interest: Interest, *, text: str, by: Person) -> Interest:
    """The bureau's answer. Raises NotAllowed for another, Stale once it has ended."""
    row = _held(interest, by)
    if row.status not in Interest.RUNNING:
        raise Stale("Deze belangstelling is intussen afgelopen.")
    row.answer, row.answered_by, row.answered_at = text, by, timezone.now()
    row.full_clean(exclude=["status"])
    row.save(update_fields=["answer", "answered_by", "answered_at"])
    if row.status == Interest.Status.OPEN:
        history.move(row, Interest.Status.ANSWERED, by)
    else:
        history.record(row, "answered", by)
    _tell_shower(row)
    return row


@transaction.atomic
def withdraw(interest: Interest, *, by: Person) -> Interest:
    """Taken back by who speaks for the organisation; twice is once."""
    row = _row(interest)
    if not may_show(by, row.organisation):
        raise NotAllowed("Intrekken doet een contactpersoon of ondertekenaar.")
    if row.status in Interest.RUNNING:
        history.move(row, Interest.Status.WITHDRAWN, by)
        _tell_bureau(row, "withdrawn", "heeft geen belangstelling meer voor", by)
    return row


@transaction.atomic
def close(interest: Interest, *, by: Person) -> Interest:
    """Nothing more to do: it is used now, or it will not be. By the bureau."""
    row = _held(interest, by)
    history.move(row, Interest.Status.CLOSED, by)
    return row


def _held(interest: Interest, by: Person) -> Interest:
    if not by.has_role(*ANSWERERS):
        raise NotAllowed("Het bureau antwoordt op belangstelling.")
    return _row(interest)


def _row(interest: Interest) -> Interest:
    rows = Interest.objects.select_related("organisation", "instrument", "shown_by")
    return rows.select_for_update(of=("self",)).get(pk=interest.pk)


def _tell_bureau(interest: Interest, what: str, does: str, by: Person) -> None:
    page = reverse("admin:instruments_interest_change", args=[interest.pk])
    emails.queue_all(
        "interest_shown",
        f"{interest.pk}|{what}",
        Person.objects.with_role(Role.Name.BUREAU, on=timezone.localdate()),
        interest=interest,
        by=by,
        does=does,
        page=f"{settings.SITE_URL}{page}",
    )
    emails.send_soon()


def _tell_shower(interest: Interest) -> None:
    """Who showed it, while he speaks for the organisation; else who does now."""
    assert interest.answered_at is not None, "it was answered just now"
    held = interest.organisation.roles.active_on(timezone.localdate())
    ids = set(held.filter(name__in=SHOWERS).values_list("person", flat=True))
    ids = {interest.shown_by_id} if interest.shown_by_id in ids else ids
    page = reverse("interest", args=[interest.instrument.slug])
    emails.queue_all(
        "interest_answered",
        f"{interest.pk}|{interest.answered_at.isoformat()}",
        Person.objects.filter(pk__in=ids, is_active=True),
        interest=interest,
        page=f"{settings.SITE_URL}{page}",
    )
    emails.send_soon()
