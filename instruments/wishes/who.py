"""As what somebody may take a step of a verbeterwens: by his seat or his role today."""

import datetime

from instruments.models import Ontwikkelvoorstel, Verbeterwens
from instruments.steering.seats import is_member, leads
from instruments.wishes.agenda import adopted_point, awaited_of
from instruments.wishes.ordered import uitvoerder_of
from instruments.wishes.stages import OF_THE_ALV, Party, Step, next_steps, party_for
from membership.models import Organisation, Person, Role

SPEAKS = (Role.Name.CONTACTPERSOON, Role.Name.ONDERTEKENAAR, Role.Name.REGIEGROEPLID)


def parties_of(person: Person, wens: Verbeterwens, on: datetime.date) -> set[Party]:
    """All that this person is to a wens on a day; empty for who only reads it."""
    return (
        _by_role(person, wens)
        | _by_seat(person, wens, on)
        | _as_uitvoerder(person, wens, on)
    )


def steps_for(person: Person, wens: Verbeterwens, on: datetime.date) -> list[Step]:
    """The steps that this person may take now."""
    step, voorstel = wens.last_step, wens.voorstel
    last = step.kind if step else ""
    needs_alv = voorstel is None or voorstel.needs_alv
    mine = parties_of(person, wens, on)
    closed = _closed_by_the_alv(voorstel) if voorstel else ()
    following = next_steps(last, needs_alv=needs_alv)
    return [
        step
        for step in following
        if step not in closed and party_for(step, last) in mine
    ]


def speaks_for(person: Person, organisation: Organisation, on: datetime.date) -> bool:
    """Whether somebody may hand in and support for an organisation that belongs."""
    mine = organisation.pk in person.organisations_as(*SPEAKS)
    return mine and organisation.memberships.active_on(on).exists()


def _closed_by_the_alv(voorstel: Ontwikkelvoorstel) -> tuple[Step, ...]:
    """What nobody records by hand: the ALV still decides it, or decided otherwise."""
    if awaited_of(voorstel):
        return OF_THE_ALV
    return (Step.REJECTED,) if adopted_point(voorstel) else ()


def _by_role(person: Person, wens: Verbeterwens) -> set[Party]:
    found = set()
    if wens.asker.pk in person.organisations_as(*SPEAKS):
        found.add(Party.ASKER)
    if person.has_role(Role.Name.BESTUUR):
        found |= {Party.BESTUUR, Party.BUREAU}
    if person.has_role(Role.Name.BUREAU):
        found.add(Party.BUREAU)
    return found


def _by_seat(person: Person, wens: Verbeterwens, on: datetime.date) -> set[Party]:
    if not is_member(person, wens.instrument, on):
        return set()
    leading = {Party.LEADING} if leads(person, wens.instrument, on) else set()
    return {Party.REGIEGROEP, *leading}


def _as_uitvoerder(person: Person, wens: Verbeterwens, on: datetime.date) -> set[Party]:
    uitvoerder = uitvoerder_of(wens, on)
    own = person.organisations_as(Role.Name.UITVOERDER)
    return {Party.UITVOERDER} if uitvoerder and uitvoerder.pk in own else set()
