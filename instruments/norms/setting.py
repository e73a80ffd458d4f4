"""Set what a kader says from a day on, by a decision; take back what is to begin.

What was said stays: a new value ends the old one the day before.
"""

import datetime
from decimal import Decimal

from django.db import transaction

from instruments.models import Norm, NormVersion
from instruments.norms.following import ONE_DAY, follow_up
from instruments.steering.groups import regiegroep_of
from membership import history
from membership.models import AlvBesluit, Body, BodyDecision, Person, Role
from nvsi.dutch import day
from nvsi.errors import NotAllowed


@transaction.atomic
def set_norm(
    norm: Norm,
    *,
    value: Decimal | None,
    words: str,
    lowest: Decimal | None,
    highest: Decimal | None,
    is_law: bool,
    explanation: str,
    starts_on: datetime.date,
    decision: BodyDecision | None,
    besluit: AlvBesluit | None,
    today: datetime.date,
    by: Person,
) -> NormVersion:
    """From this day on the kader says this; without bounds it leaves no room.

    Only the first value may begin on a day that was: it tells what was agreed before.
    Raises NotAllowed for a day before the decision, while another value waits to begin,
    and for who may not do it.
    """
    _require_role(by)
    Norm.objects.select_for_update().get(pk=norm.pk)
    last = norm.versions.order_by("starts_on").last()
    _require_day(last, starts_on, today)
    made = NormVersion(
        norm=norm,
        value=value,
        words=words.strip(),
        lowest=value if lowest is None else lowest,
        highest=value if highest is None else highest,
        is_law=is_law,
        explanation=explanation.strip(),
        starts_on=starts_on,
        decision=decision,
        besluit=besluit,
        recorded_by=by,
    )
    _require_decision(made)
    _require_room(value, lowest, highest)
    follow_up(last, made)
    reference = made.rests_on.reference
    facts = {"starts_on": starts_on.isoformat(), "besluit": reference}
    history.record(norm, "norm set", by, **facts)
    return made


@transaction.atomic
def take_back(version: NormVersion, *, today: datetime.date, by: Person) -> None:
    """A value that did not begin never will; the one before it goes on.

    Raises NotAllowed for what began, and for who may not do it.
    """
    _require_role(by)
    norm = version.norm
    Norm.objects.select_for_update().get(pk=norm.pk)
    if version.starts_on <= today:
        raise NotAllowed("Deze waarde geldt al. Stel een nieuwe vast vanaf een dag.")
    starts_on = version.starts_on
    version.delete()
    norm.versions.filter(ends_on=starts_on - ONE_DAY).update(ends_on=None)
    history.record(norm, "norm taken back", by, starts_on=starts_on.isoformat())


def _require_role(by: Person) -> None:
    if not by.has_role(Role.Name.BUREAU, Role.Name.BESTUUR):
        raise NotAllowed("Een kader legt het bureau of het bestuur vast.")


def _require_day(
    last: NormVersion | None, starts_on: datetime.date, today: datetime.date
) -> None:
    if last is None:
        return
    if last.starts_on > today:
        raise NotAllowed(
            f"Er staat al een waarde klaar vanaf {day(last.starts_on)}. Trek die eerst "
            "in.",
            field="starts_on",
        )
    if starts_on < today or starts_on == last.starts_on:
        raise NotAllowed(
            "Een nieuwe waarde gaat in op zijn vroegst vandaag, en na de vorige.",
            field="starts_on",
        )


def _require_room(
    value: Decimal | None, lowest: Decimal | None, highest: Decimal | None
) -> None:
    """The value itself lies in the room that gemeenten get."""
    if value is None:
        return
    if lowest is not None and lowest > value:
        raise NotAllowed("Dit is meer dan de afspraak zelf.", field="lowest")
    if highest is not None and highest < value:
        raise NotAllowed("Dit is minder dan de afspraak zelf.", field="highest")


def _require_body(body: Body, norm: Norm) -> None:
    if body.kind != Body.Kind.BESTUUR and body != regiegroep_of(norm.instrument):
        raise NotAllowed(
            "Over een kader besluit de regiegroep van het instrument, het bestuur of "
            "de ALV."
        )


def _require_decision(made: NormVersion) -> None:
    if (made.decision is None) == (made.besluit is None):
        raise NotAllowed("Kies het besluit van een orgaan, of dat van de ALV.")
    if made.decision is not None:
        _require_body(made.decision.body, made.norm)
    taken_on = made.rests_on.taken_on
    if taken_on is not None and made.starts_on < taken_on:
        raise NotAllowed(
            f"Het besluit is van {day(taken_on)}: eerder kan de waarde niet ingaan.",
            field="starts_on",
        )
