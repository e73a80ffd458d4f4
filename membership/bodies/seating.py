"""Give a seat in a body, and leave it.

A seat gives no rights but those of its body: whoever takes one in a regiegroep has a
role at the organisation that he represents already.
"""

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from membership import history
from membership.bodies import telling
from membership.bodies.who import may_act_for, require_may_act
from membership.models import Body, Membership, Organisation, Person, Role, Seat
from nvsi.dutch import day as as_day
from nvsi.errors import NotAllowed

# The kascommissie judges the accounts of the bestuur (BW 2 art. 48 lid 2).
APART = {Body.Kind.BESTUUR: Body.Kind.KASCOMMISSIE}
APART |= {other: one for one, other in APART.items()}


@transaction.atomic
def seat(
    body: Body,
    person: Person,
    *,
    organisation: Organisation | None,
    function: str,
    starts_on: datetime.date,
    ends_on: datetime.date | None,
    by: Person,
) -> Seat:
    """Let somebody sit in a body, and tell him.

    Raises NotAllowed for who does not act for the body or would seat himself, for days
    on which the body is not there, for somebody who represents nobody in a regiegroep
    or who has no role there, and for one person in both bestuur and kascommissie;
    ValidationError when the seat is taken.
    """
    require_may_act(body, by, timezone.localdate())
    if person == by:
        raise NotAllowed("Een ander geeft u een zetel.", field="person")
    _require_days(body, starts_on, ends_on)
    _require_representing(body, person, organisation, starts_on)
    _require_apart(body, person, starts_on, ends_on)
    made = Seat(
        body=body,
        person=person,
        organisation=organisation,
        function=function,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    made.full_clean()
    made.save()
    history.record(made, "seated", by, starts_on=str(starts_on))
    telling.seated(made)
    return made


@transaction.atomic
def end_seat(seat: Seat, *, ends_on: datetime.date, reason: str, by: Person) -> Seat:
    """Let a seat end with a day, and tell who sat there and who leads the body.

    By the person himself, a contactpersoon of his organisation, or who acts for the
    body. Raises NotAllowed for somebody else, without a reason, for a day before the
    seat began or after its term, and when it ended already.
    """
    today = timezone.localdate()
    seat = Seat.objects.select_for_update(of=("self",)).get(pk=seat.pk)
    if not may_end(seat, by, today):
        raise NotAllowed(f"{by} gaat niet over deze zetel.")
    if not reason.strip():
        raise NotAllowed("Schrijf waarom de zetel eindigt.", field="reason")
    if ends_on < seat.starts_on:
        raise NotAllowed(
            f"De zetel begon op {as_day(seat.starts_on)}.", field="ends_on"
        )
    if seat.ends_on and seat.ends_on <= min(ends_on, today):
        raise NotAllowed(f"Deze zetel eindigde al op {as_day(seat.ends_on)}.")
    if seat.ends_on and seat.ends_on < ends_on:
        raise NotAllowed(
            f"De zetel loopt tot en met {as_day(seat.ends_on)}. Wie langer blijft, "
            "krijgt daarna een nieuwe zetel.",
            field="ends_on",
        )
    seat.ends_on, seat.end_reason = ends_on, reason.strip()
    seat.full_clean()
    seat.save(update_fields=["ends_on", "end_reason"])
    history.record(seat, "seat ended", by, ends_on=str(ends_on), reason=reason.strip())
    telling.seat_ended(seat, by=by)
    return seat


def may_end(seat: Seat, person: Person, day: datetime.date) -> bool:
    """Whether somebody may let this seat end."""
    return is_theirs(seat, person) or may_act_for(seat.body, person, day)


def goes_on(seat: Seat, today: datetime.date) -> bool:
    """Whether it can end sooner than it does."""
    return seat.ends_on is None or seat.ends_on > today


def is_theirs(seat: Seat, person: Person) -> bool:
    """Whether it is his own, or of the organisation whose contactpersoon he is."""
    contact_of = person.organisations_as(Role.Name.CONTACTPERSOON)
    return seat.person_id == person.pk or seat.organisation_id in contact_of


def _require_days(
    body: Body, starts_on: datetime.date, ends_on: datetime.date | None
) -> None:
    last = ends_on or starts_on
    if last < starts_on:
        raise NotAllowed("De zetel eindigt voordat hij begint.", field="ends_on")
    if starts_on < body.starts_on or (body.ends_on and last > body.ends_on):
        raise NotAllowed(f"{body} is er dan niet.", field="starts_on")


def _require_representing(
    body: Body,
    person: Person,
    organisation: Organisation | None,
    on: datetime.date,
) -> None:
    """In a regiegroep everybody represents a member or participant."""
    if organisation is None:
        if body.kind == Body.Kind.REGIEGROEP:
            raise NotAllowed(
                "In een regiegroep zit iemand namens een lid of participant. Kies de "
                "organisatie.",
                field="organisation",
            )
        return
    roles = Role.objects.active_on(max(on, timezone.localdate()))
    if not roles.filter(person=person, organisation=organisation).exists():
        raise NotAllowed(
            f"{person} heeft geen rol bij {organisation}. Nodig eerst uit als collega.",
            field="person",
        )
    belongs = Membership.objects.active_on(on).filter(organisation=organisation)
    if body.kind == Body.Kind.REGIEGROEP and not belongs.exists():
        raise NotAllowed(
            f"{organisation} is dan geen lid of participant.", field="organisation"
        )


def _require_apart(
    body: Body,
    person: Person,
    starts_on: datetime.date,
    ends_on: datetime.date | None,
) -> None:
    other = APART.get(Body.Kind(body.kind))
    if other is None:
        return
    seats = Seat.objects.filter(body__kind=other, person=person)
    seats = seats.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on))
    if ends_on:
        seats = seats.filter(starts_on__lte=ends_on)
    if seats.exists():
        raise NotAllowed(
            f"{person} zit al in het andere orgaan. Bestuur en kascommissie gaan niet "
            "samen.",
            field="person",
        )
