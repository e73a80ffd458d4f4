"""Ask for a seat in a regiegroep, and what is decided about it.

A contactpersoon asks for somebody of his organisation, which uses the instrument. The
voorzitter or secretaris decides, or the bureau: never who asked, nor for himself.
"""

import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from instruments.interests.showing import uses
from instruments.models import Instrument, SeatRequest
from instruments.steering.groups import regiegroep_of
from membership import emails, history
from membership.bodies.seating import seat
from membership.bodies.who import may_act_for, require_may_act
from membership.models import Body, Organisation, Person, Role, Seat
from nvsi.errors import NotAllowed

Status = SeatRequest.Status


def may_ask(person: Person, organisation: Organisation, instrument: Instrument) -> bool:
    """Whether somebody asks for a seat on behalf of an organisation today."""
    mine = person.organisations_as(Role.Name.CONTACTPERSOON)
    return organisation.pk in mine and uses(organisation, instrument)


def can_sit(organisation: Organisation, instrument: Instrument) -> list[Person]:
    """Of its people with a role today, who has no seat yet and waits for none."""
    today = timezone.localdate()
    roles = Role.objects.active_on(today).filter(organisation=organisation)
    seats = Seat.objects.active_on(today).filter(body__steering__instrument=instrument)
    waiting = SeatRequest.objects.waiting().filter(instrument=instrument)
    people = (
        Person.objects.filter(is_active=True, pk__in=roles.values("person"))
        .exclude(pk__in=seats.values("person"))
        .exclude(pk__in=waiting.values("person"))
    )
    return list(people.order_by("name", "pk"))


@transaction.atomic
def ask(
    instrument: Instrument,
    organisation: Organisation,
    person: Person,
    *,
    motivation: str,
    by: Person,
) -> SeatRequest:
    """Ask for a seat; who decides about it gets an e-mail.

    Raises NotAllowed for who may not ask, while there is no regiegroep, and for
    somebody who has a seat, waits for one, or has no role at the organisation.
    """
    body = regiegroep_of(instrument)
    today = timezone.localdate()
    if body is None or not Body.objects.on(today).filter(pk=body.pk).exists():
        raise NotAllowed(f"{instrument} heeft nog geen regiegroep.")
    if not may_ask(by, organisation, instrument):
        raise NotAllowed(
            f"Een zetel vraagt een contactpersoon van een gemeente die {instrument} "
            "gebruikt."
        )
    if person not in can_sit(organisation, instrument):
        raise NotAllowed("Kies een collega uit de lijst.", field="person")
    asked = SeatRequest(
        instrument=instrument,
        organisation=organisation,
        person=person,
        motivation=motivation.strip(),
        asked_by=by,
    )
    asked.full_clean()
    asked.save()
    history.record(asked, "seat asked", by)
    _tell(asked, "seat_asked", who_decides(asked, body))
    return asked


@transaction.atomic
def grant(asked: SeatRequest, *, starts_on: datetime.date, by: Person) -> Seat:
    """Give the seat, as a lid. Raises NotAllowed for who does not decide about it."""
    asked, body = _locked(asked, by)
    made = seat(
        body,
        asked.person,
        organisation=asked.organisation,
        function=Seat.Function.LID,
        starts_on=starts_on,
        ends_on=None,
        by=by,
    )
    _decided(asked, Status.GRANTED, by, seat=made)
    return made


@transaction.atomic
def refuse(asked: SeatRequest, *, reason: str, by: Person) -> SeatRequest:
    """No seat, with the reason that who asked reads. Raises NotAllowed without one."""
    asked, _body = _locked(asked, by)
    if not reason.strip():
        raise NotAllowed("Schrijf waarom de zetel er niet komt.", field="reason")
    _decided(asked, Status.REFUSED, by, reason=reason.strip())
    return asked


@transaction.atomic
def withdraw(asked: SeatRequest, *, by: Person) -> None:
    """A contactpersoon of the organisation asks no more, nor does the person himself.
    Raises NotAllowed for another, and once it was decided."""
    mine = by.organisations_as(Role.Name.CONTACTPERSOON)
    if asked.organisation_id not in mine and asked.person_id != by.pk:
        raise NotAllowed(f"{by} vroeg deze zetel niet.")
    history.move(asked, Status.WITHDRAWN, by)


def may_decide(asked: SeatRequest, person: Person) -> bool:
    """Whether somebody decides about a request today: another than who asked."""
    body = regiegroep_of(asked.instrument)
    return (
        body is not None
        and person.pk not in (asked.asked_by_id, asked.person_id)
        and may_act_for(body, person, timezone.localdate())
    )


def who_decides(asked: SeatRequest, body: Body) -> list[Person]:
    """Voorzitter and secretaris; while there is none, the bureau."""
    today = timezone.localdate()
    found = _leading(asked, body, today)
    return found or list(Person.objects.with_role(Role.Name.BUREAU, on=today))


def is_led(asked: SeatRequest) -> bool:
    """Whether somebody of the regiegroep itself can decide about it today."""
    body = regiegroep_of(asked.instrument)
    return body is not None and bool(_leading(asked, body, timezone.localdate()))


def _leading(asked: SeatRequest, body: Body, today: datetime.date) -> list[Person]:
    leading = Seat.objects.active_on(today).leading().filter(body=body)
    people = Person.objects.filter(is_active=True, pk__in=leading.values("person"))
    others = people.exclude(pk__in=[asked.asked_by_id, asked.person_id])
    return list(others.order_by("pk"))


def _locked(asked: SeatRequest, by: Person) -> tuple[SeatRequest, Body]:
    rows = SeatRequest.objects.select_related("instrument", "organisation", "person")
    asked = rows.select_for_update(of=("self",)).get(pk=asked.pk)
    body = regiegroep_of(asked.instrument)
    assert body is not None
    require_may_act(body, by, timezone.localdate())
    if not may_decide(asked, by):
        raise NotAllowed("Een ander beslist over dit verzoek.")
    if asked.status != Status.ASKED:
        raise NotAllowed(f"Dit verzoek is al {asked.get_status_display()}.")
    return asked, body


def _decided(
    asked: SeatRequest, status: str, by: Person, *, reason: str = "", **facts: Seat
) -> None:
    asked.status, asked.reason = status, reason
    asked.decided_by, asked.decided_at = by, timezone.now()
    asked.seat = facts.get("seat")
    asked.full_clean()
    asked.save()
    history.record(asked, f"seat {status}", by, reason=reason)
    _tell(asked, "seat_decided", {asked.asked_by, asked.person})


def _tell(asked: SeatRequest, event: str, people: "list[Person] | set[Person]") -> None:
    path = reverse("steering-group", args=[asked.instrument.slug])
    emails.queue_all(
        event,
        f"{asked.pk}|{asked.status}",
        sorted((one for one in people if one.is_active), key=lambda one: one.pk),
        seat_request=asked,
        page=f"{settings.SITE_URL}{path}",
    )
    emails.send_soon()
