"""Who comes to an ALV: announce it, come, and leave again: the presentielijst."""

import datetime

from django.db import transaction
from django.utils import timezone

from membership import history
from membership.consultation.people import READERS, who_has
from membership.models import (
    Assembly,
    Attendance,
    Membership,
    Organisation,
    Person,
    Proxy,
    Role,
)
from nvsi.errors import NotAllowed

BUREAU = (Role.Name.BUREAU, Role.Name.BESTUUR)
BEFORE = datetime.timedelta(hours=1)
Status, Mode = Attendance.Status, Attendance.Mode


def can_come(assembly: Assembly, organisation: Organisation) -> list[Person]:
    """Who can be announced: its own people, and who holds a volmacht of it."""
    own = who_has(organisation, *READERS, on=timezone.localdate())
    proxies = Proxy.objects.running().filter(
        assembly=assembly, organisation=organisation, holder__isnull=False
    )
    holders = Person.objects.filter(pk__in=proxies.values("holder"), is_active=True)
    return own + [person for person in holders if person not in own]


def may_announce(person: Person, organisation: Organisation) -> bool:
    """A contactpersoon or ondertekenaar of it, or the bureau."""
    own = organisation.pk in person.organisations_as(*READERS)
    return own or person.has_role(*BUREAU)


def said_who_comes(assembly: Assembly, organisation: Organisation) -> Attendance | None:
    """Who was announced for it, or came; None when nobody was."""
    rows = assembly.attendances.exclude(status=Status.CANCELLED)
    return rows.select_related("person").filter(organisation=organisation).first()


@transaction.atomic
def announce(
    assembly: Assembly,
    organisation: Organisation,
    person: Person,
    *,
    mode: str,
    now: datetime.datetime,
    by: Person,
) -> Attendance:
    """Somebody will come for an organisation; in the place of who was announced before.

    Raises NotAllowed for who is not of the organisation, an organisation that does not
    belong, and while somebody of it is there.
    """
    row = _convened(assembly)
    _require_own(organisation, by)
    if not Membership.objects.active_on(timezone.localdate(now)).filter(
        organisation=organisation
    ):
        raise NotAllowed(f"{organisation} hoort nu niet bij de vereniging.")
    if person not in can_come(row, organisation):
        raise NotAllowed("Kies wie er komt.", field="person")
    if mode == Mode.ONLINE and not row.link:
        raise NotAllowed("Deze ALV is alleen in de zaal te volgen.", field="mode")
    found = Attendance.objects.select_for_update().filter(
        assembly=row, organisation=organisation
    )
    attendance = found.first() or Attendance(assembly=row, organisation=organisation)
    if attendance.status == Status.CAME:
        raise NotAllowed(f"{attendance.person} is er al namens {organisation}.")
    attendance.person, attendance.mode = person, mode
    attendance.came_at = attendance.left_at = None  # of who left, and is relieved
    attendance.status, attendance.announced_by = Status.ANNOUNCED, by
    attendance.announced_at = now
    attendance.full_clean()
    attendance.save()
    how = attendance.get_mode_display()
    history.record(attendance, "announced", by, person=str(person), how=how)
    return attendance


@transaction.atomic
def cancel(attendance: Attendance, *, by: Person) -> None:
    """Nobody comes after all."""
    _convened(attendance.assembly)
    _require_own(attendance.organisation, by)
    _move(attendance, Status.CANCELLED, by)


@transaction.atomic
def arrive(attendance: Attendance, *, now: datetime.datetime, by: Person) -> None:
    """Somebody is there: says the bureau, or who takes part online himself, from an
    hour before the start."""
    assembly = _convened(attendance.assembly)
    online = attendance.mode == Mode.ONLINE and attendance.person_id == by.pk
    if not (online or by.has_role(*BUREAU)):
        raise NotAllowed("Wie er is, tekent het bureau aan.")
    if now < assembly.starts_at - BEFORE:
        raise NotAllowed("Dit kan vanaf een uur voor het begin.")
    came_at = attendance.came_at or now
    _move(attendance, Status.CAME, by, came_at=came_at, left_at=None)


@transaction.atomic
def leave(attendance: Attendance, *, now: datetime.datetime, by: Person) -> None:
    """Somebody left before the end; his vote is not there any more."""
    _convened(attendance.assembly)
    if not by.has_role(*BUREAU):
        raise NotAllowed("Wie er is, tekent het bureau aan.")
    _move(attendance, Status.LEFT, by, left_at=now)


def _move(
    attendance: Attendance,
    to: Attendance.Status,
    by: Person,
    **moments: datetime.datetime | None,
) -> None:
    """The status with its moment, which the database wants together."""
    row = Attendance.objects.select_for_update(of=("self",)).get(pk=attendance.pk)
    if to not in row.NEXT[row.status]:
        raise NotAllowed(
            f"{row.person} namens {row.organisation} is {row.get_status_display()}."
        )
    history.record(row, f"{row.status}>{to}", by, person=str(row.person))
    for name, value in {"status": to, **moments}.items():
        setattr(attendance, name, value)
    attendance.save(update_fields=["status", *moments])


def _convened(assembly: Assembly) -> Assembly:
    row = Assembly.objects.select_for_update().get(pk=assembly.pk)
    if not row.is_convened:
        raise NotAllowed(f"{row} is {row.get_status_display()}.")
    return row


def _require_own(organisation: Organisation, by: Person) -> None:
    if not may_announce(by, organisation):
        raise NotAllowed(
            f"Wie er komt namens {organisation}, meldt een contactpersoon of "
            "ondertekenaar."
        )
