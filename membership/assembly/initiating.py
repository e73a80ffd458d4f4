"""A member asks the others to demand an ALV with it: start, join, and hand it in.

A tenth of the votes is enough (BW2 art. 41 lid 2, domain rule 25). Then it is a demand
by itself: the bestuur holds the ALV within four weeks.
"""

import datetime
from typing import NoReturn

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from membership import emails, history
from membership.assembly.demanding import keep_demand
from membership.assembly.speaking import represents
from membership.assembly.telling import members, readers_of
from membership.assembly.terms import clocks, votes_needed
from membership.consultation.running import entitled
from membership.emails import send_soon
from membership.models import (
    Initiative,
    InitiativeSupport,
    Organisation,
    Person,
    Role,
)
from nvsi.dutch import day
from nvsi.errors import NotAllowed

Status = Initiative.Status


def may_speak(person: Person, organisation: Organisation, on: datetime.date) -> bool:
    """Whether somebody joins for a member: he speaks for it, and it has a vote."""
    return represents(person, organisation.pk, on) and organisation in entitled(on)


def supporters(initiative: Initiative, on: datetime.date) -> list[Organisation]:
    """Who asks for it and has a vote on a day, in the order in which they came."""
    voters = {one.pk: one for one in entitled(on)}
    keys = initiative.supports.order_by("at", "pk").values_list("organisation")
    return [voters[key] for (key,) in keys if key in voters]


def needed_on(on: datetime.date) -> int:
    """How many members must ask for it: a tenth of the votes of that day."""
    return votes_needed(len(entitled(on)))


@transaction.atomic
def start(
    organisation: Organisation,
    *,
    subject: str,
    why: str,
    now: datetime.datetime,
    by: Person,
) -> Initiative:
    """Begin one; all members read of it. Raises NotAllowed for who does not speak for a
    member with a vote, and while the same member has one that is open."""
    _require_speaker(organisation, now, by)
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if Initiative.objects.gathering().filter(organisation=organisation).exists():
        raise NotAllowed(
            f"{organisation.formal_name} heeft al een initiatief dat loopt. Trek dat "
            "eerst in."
        )
    initiative = Initiative(
        subject=subject, why=why, organisation=organisation, by=by, at=now
    )
    initiative.full_clean()
    initiative.save()
    history.record(initiative, "initiative started", by, organisation=str(organisation))
    _write(initiative, organisation, now, by)
    if initiative.is_gathering:
        _tell_members(initiative)
    return initiative


@transaction.atomic
def join(
    initiative: Initiative,
    organisation: Organisation,
    *,
    now: datetime.datetime,
    by: Person,
) -> Initiative:
    """Ask for it too; the tenth of the votes makes it a demand. Raises NotAllowed once
    it is not open any more, and for a member that asks already."""
    _require_speaker(organisation, now, by)
    row = _gathering(initiative)
    if row.supports.filter(organisation=organisation).exists():
        raise NotAllowed(f"{organisation.formal_name} doet al mee.")
    _write(row, organisation, now, by)
    return row


@transaction.atomic
def step_out(
    initiative: Initiative,
    organisation: Organisation,
    *,
    now: datetime.datetime,
    by: Person,
) -> Initiative:
    """Ask for it no more, until it is handed in. Who began it withdraws it with that:
    nobody else speaks for it."""
    _require_speaker(organisation, now, by)
    row = _gathering(initiative)
    support = row.supports.filter(organisation=organisation).first()
    if support is None:
        raise NotAllowed(f"{organisation.formal_name} doet niet mee.")
    if row.organisation_id == organisation.pk:
        _withdraw(row, now, by)
    else:
        _leave(support, by)
    return row


@transaction.atomic
def hand_over(
    initiative: Initiative,
    successor: Organisation,
    *,
    now: datetime.datetime,
    by: Person,
) -> Initiative:
    """At a herindeling: the successor goes on with it, and asks for it in the place of
    who began it. Raises NotAllowed when it has no vote today, or one of its own."""
    row = _gathering(initiative)
    if successor not in entitled(timezone.localdate(now)):
        raise NotAllowed(
            f"{successor} is nu geen lid met een stem. Kies 'eindigt', of wacht tot de "
            "opvolger lid is."
        )
    if Initiative.objects.gathering().filter(organisation=successor).exists():
        raise NotAllowed(
            f"{successor} heeft zelf een initiatief dat loopt. Kies 'eindigt'."
        )
    for support in row.supports.filter(organisation=row.organisation):
        _leave(support, by)
    row.organisation = successor
    row.save(update_fields=["organisation"])
    history.record(row, "handed over", by, organisation=str(successor))
    if not row.supports.filter(organisation=successor).exists():
        _write(row, successor, now, by)
    return row


@transaction.atomic
def lapse(initiative: Initiative, *, now: datetime.datetime, by: Person) -> Initiative:
    """Who began it is dissolved, and nobody goes on with it."""
    row = _gathering(initiative)
    _withdraw(row, now, by)
    return row


@transaction.atomic
def leave_out(support: InitiativeSupport, *, by: Person) -> None:
    """Who asked for it too is dissolved."""
    _gathering(support.initiative)
    _leave(support, by)


def _withdraw(row: Initiative, now: datetime.datetime, by: Person) -> None:
    row.status, row.ended_at = Status.WITHDRAWN, now
    row.save(update_fields=["status", "ended_at"])
    history.record(row, "gathering>withdrawn", by)


def _leave(support: InitiativeSupport, by: Person) -> None:
    initiative, organisation = support.initiative, support.organisation
    support.delete()
    history.record(initiative, "initiative left", by, organisation=str(organisation))


def _write(
    initiative: Initiative,
    organisation: Organisation,
    now: datetime.datetime,
    by: Person,
) -> None:
    InitiativeSupport.objects.create(
        initiative=initiative, organisation=organisation, by=by, at=now
    )
    history.record(initiative, "initiative joined", by, organisation=str(organisation))
    today = timezone.localdate(now)
    asking = supporters(initiative, today)
    if len(asking) >= needed_on(today):
        _hand_in(initiative, asking, now, by)


def _hand_in(
    initiative: Initiative,
    asking: list[Organisation],
    now: datetime.datetime,
    by: Person,
) -> None:
    """It is a demand now, and the bestuur and the members read it."""
    today = timezone.localdate(now)
    initiative.demand = keep_demand(initiative.subject, asking, today, by)
    initiative.status, initiative.ended_at = Status.REACHED, now
    initiative.save(update_fields=["demand", "status", "ended_at"])
    history.record(initiative, "gathering>reached", by, members=len(asking))
    roles = Role.objects.active_on(today).filter(
        name__in=(Role.Name.BESTUUR, Role.Name.BUREAU), organisation=None
    )
    bestuur = Person.objects.filter(is_active=True, pk__in=roles.values("person"))
    emails.queue_all(
        "initiative_reached",
        str(initiative.pk),
        [*bestuur, *readers_of(asking)],
        initiative=initiative,
        asking=asking,
        hold_by=day(clocks(today).hold_by),
        page=_page(initiative),
    )
    send_soon()


def _tell_members(initiative: Initiative) -> None:
    others = [one for one in members() if one.pk != initiative.organisation_id]
    emails.queue_all(
        "initiative_started",
        str(initiative.pk),
        readers_of(others),
        initiative=initiative,
        page=_page(initiative),
    )
    send_soon()


def _page(initiative: Initiative) -> str:
    return f"{settings.SITE_URL}{reverse('initiative-detail', args=[initiative.pk])}"


def _gathering(initiative: Initiative) -> Initiative:
    rows = Initiative.objects.select_related("organisation")
    row = rows.select_for_update(of=("self",)).get(pk=initiative.pk)
    if not row.is_gathering:
        _over(row)
    return row


def _over(initiative: Initiative) -> NoReturn:
    raise NotAllowed(f"Dit initiatief is {initiative.get_status_display()}.")


def _require_speaker(
    organisation: Organisation, now: datetime.datetime, by: Person
) -> None:
    if not may_speak(by, organisation, timezone.localdate(now)):
        raise NotAllowed(
            "Een ALV vragen doet de ondertekenaar van een lid met een stem, of wie "
            "daarvoor een mandaat heeft."
        )
