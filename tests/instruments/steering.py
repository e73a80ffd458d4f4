"""The regiegroep of an instrument for tests, and who asks for a seat."""

import datetime
from decimal import Decimal

from django.utils import timezone

from contracts.agreements import conclude
from instruments.models import Instrument, SeatRequest, SteeringGroup
from instruments.steering.groups import regiegroep_of
from membership.models import AgendaItem, Body, BodyMeetingAnswer, Organisation, Person
from tests.conftest import make_person
from tests.membership.bodies import (
    make_belonging,
    make_body,
    make_decision,
    make_meeting,
    make_paper,
    make_seat,
)

SINCE = datetime.date(2020, 1, 1)


def make_regiegroep(instrument: Instrument) -> Body:
    body = make_body(
        "regiegroep",
        f"RG-{instrument.slug.upper()}",
        name=f"Regiegroep {instrument.name}",
    )
    SteeringGroup.objects.create(instrument=instrument, body=body)
    return body


def use(organisation: Organisation, instrument: Instrument) -> None:
    """With an agreement since 2020."""
    organisation.verwerkersovereenkomsten.create(starts_on=SINCE)
    conclude(
        organisation,
        instrument,
        gemeenten=[organisation],
        signed_on=SINCE,
        starts_on=SINCE,
        ends_on=None,
        vergoeding_pct=Decimal(30),
        by=None,
    )


def make_user(
    code: str, name: str, instrument: Instrument
) -> tuple[Organisation, Person]:
    """A lid that uses the instrument, with its contactpersoon."""
    gemeente = make_belonging(code, name)
    use(gemeente, instrument)
    return gemeente, make_person(f"Contact{name}", "contactpersoon", gemeente)


def keep_steering(flexensie: Instrument, bureau: Person) -> dict[str, int]:
    """For the guards: a regiegroep, a request that waits and one that was refused."""
    body = regiegroep_of(flexensie) or make_regiegroep(flexensie)
    gemeente = make_belonging("GM9172", "Vraagt")
    contact = make_person("Vraagtzetel", "contactpersoon", gemeente)
    colleague = make_person("Wilzitten", "financieel", gemeente)
    facts = {"instrument": flexensie, "organisation": gemeente, "asked_by": contact}
    waiting = SeatRequest.objects.create(person=colleague, **facts)
    refused = SeatRequest.objects.create(
        person=contact,
        status=SeatRequest.Status.REFUSED,
        reason="Vol.",
        decided_by=bureau,
        decided_at=waiting.asked_at,
        **facts,
    )
    return {
        "steering": body.steering.pk,
        "seat_request": waiting.pk,
        "refused_seat": refused.pk,
        "regiegroep_seat": make_seat(body, "Zitdaar", gemeente).pk,
    }


def make_steering_story(
    instrument: Instrument, holder: Organisation, bureau: Person
) -> Body:
    """For the pages: a regiegroep that meets, decided, and is asked for a seat."""
    body = regiegroep_of(instrument) or make_regiegroep(instrument)
    secretaris = make_seat(body, "Secretaris", holder, "secretaris").person
    meeting = make_meeting(body, invited_at=timezone.now())
    BodyMeetingAnswer.objects.create(meeting=meeting, person=secretaris, answer="yes")
    item = AgendaItem.objects.create(meeting=meeting, position=1, title="Wensen")
    make_paper(meeting, bureau, item=item)
    make_decision(body, bureau, reference=f"{body.code}-2026-900")
    SeatRequest.objects.create(
        instrument=instrument,
        organisation=holder,
        person=make_person("Wilzitten", "financieel", holder),
        asked_by=make_person("Vraagtzetel", "contactpersoon", holder),
    )
    return body
