"""Record a herindeling, decide what becomes of all that was found, and close it.

Source: domain rule 38: nothing of a dissolved gemeente passes silently.
"""

import datetime

from django.db import transaction
from django.utils import timezone

from membership import history
from membership.models import (
    Dissolution,
    Organisation,
    Person,
    Redivision,
    RedivisionDecision,
    Role,
)
from membership.redivision import announcing
from membership.redivision.found import Item, open_items
from membership.redivision.gone import dissolution_of
from membership.redivision.outcomes import Outcome
from membership.redivision.sorts import Move
from nvsi.dutch import counted, day
from nvsi.errors import NotAllowed, Stale, refused_in_words


@transaction.atomic
def record_redivision(
    gemeente: Organisation,
    *,
    successor: Organisation | None,
    code: str = "",
    name: str = "",
    starts_on: datetime.date,
    ground: str,
    by: Person,
) -> Redivision:
    """A gemeente is dissolved from a day on, into a successor.

    Without `successor` the gemeente of this code and name is new. Nothing of the
    gemeente changes by it. Raises NotAllowed for what cannot be.
    """
    _require_bureau(by)
    successor = successor or _new_gemeente(code, name, by)
    redivision = Redivision(
        successor=successor, starts_on=starts_on, ground=ground, opened_by=by
    )
    _clean(redivision)
    redivision.save()
    history.record(redivision, "redivision recorded", by, starts_on=f"{starts_on}")
    add_gemeente(redivision, gemeente, by=by)
    return redivision


@transaction.atomic
def add_gemeente(
    redivision: Redivision, gemeente: Organisation, *, by: Person
) -> Dissolution:
    """One more gemeente is dissolved by it. Raises NotAllowed for what cannot be."""
    redivision = _held(redivision, by)
    gemeente = Organisation.objects.select_for_update().get(pk=gemeente.pk)
    _require_fit(redivision, gemeente)
    row = Dissolution(redivision=redivision, organisation=gemeente)
    _clean(row)
    row.save()
    history.record(gemeente, "dissolved", by, after=redivision.successor.code,
                   starts_on=f"{redivision.starts_on}")  # fmt: skip
    announcing.recorded(row)
    return row


@transaction.atomic
def decide(
    redivision: Redivision,
    item: Item,
    outcome: Outcome,
    *,
    reason: str,
    pointer: str,
    by: Person,
) -> RedivisionDecision:
    """Say what becomes of one thing, and do it. Never undone.

    Raises NotAllowed for what cannot be, Stale when it was decided or ended meanwhile.
    """
    redivision = _held(redivision, by)
    if item.key not in {one.key for one in open_items(redivision)}:
        raise Stale("Hierover is intussen besloten, of het is al geëindigd.")
    act = item.sort.acts.get(outcome)
    if act is None:
        raise NotAllowed(f"Dat kan niet bij: {item.sort.label.lower()}.")
    row = RedivisionDecision(
        dissolution=item.dissolution,
        sort=item.sort.name,
        subject_id=item.row.pk,
        outcome=outcome,
        reason=reason,
        pointer=pointer,
        by=by,
    )
    _clean(row)
    row.save()
    move = Move(
        gemeente=item.dissolution.organisation,
        successor=redivision.successor,
        first_day=redivision.starts_on,
        reason=reason,
        by=by,
    )
    with refused_in_words():
        act(item.row, move)
    history.record(redivision, "found decided", by, what=item.sort.label,
                   outcome=outcome.label)  # fmt: skip
    return row


@transaction.atomic
def close(redivision: Redivision, *, today: datetime.date, by: Person) -> None:
    """All was decided. Raises NotAllowed before that, and before its day.

    Until that day something new could still come up at who is dissolved.
    """
    redivision = _held(redivision, by)
    if today < redivision.starts_on:
        raise NotAllowed(
            f"Afronden kan vanaf {day(redivision.starts_on)}. Tot dan kan er bij de "
            "gemeenten nog iets bij komen."
        )
    if left := len(open_items(redivision)):
        many = counted(left, "punt", "punten")
        raise NotAllowed(f"Over {many} is nog niet besloten.")
    _end(redivision, Redivision.Status.CLOSED, by)


@transaction.atomic
def withdraw(redivision: Redivision, *, reason: str, by: Person) -> None:
    """It does not take place, or was recorded wrongly: the gemeenten stay.

    Raises NotAllowed once something was decided: that is not undone.
    """
    redivision = _held(redivision, by)
    if RedivisionDecision.objects.filter(dissolution__redivision=redivision).exists():
        raise NotAllowed(
            "Er is al over iets besloten. Intrekken kan niet meer; leg zo nodig zelf "
            "vast wat er anders wordt."
        )
    for row in redivision.dissolutions.select_related("organisation"):
        announcing.withdrawn(row)
    redivision.dissolutions.update(is_withdrawn=True)
    _end(redivision, Redivision.Status.WITHDRAWN, by, reason=reason)


def _end(redivision: Redivision, status: str, by: Person, **facts: str) -> None:
    Redivision.objects.filter(pk=redivision.pk).update(
        status=status, ended_at=timezone.now()
    )
    history.record(redivision, status, by, **facts)


def _held(redivision: Redivision, by: Person) -> Redivision:
    """As it is now, held until the transaction ends. Raises NotAllowed once ended."""
    _require_bureau(by)
    rows = Redivision.objects.select_related("successor")
    row = rows.select_for_update(of=("self",)).get(pk=redivision.pk)
    if row.status != Redivision.Status.OPEN:
        raise NotAllowed(f"Deze herindeling is {row.get_status_display()}.")
    return row


def _require_bureau(by: Person) -> None:
    if not by.has_role(Role.Name.BUREAU, Role.Name.BESTUUR):
        raise NotAllowed("Een herindeling legt het bureau vast.")


def _require_fit(redivision: Redivision, gemeente: Organisation) -> None:
    """The two are gemeenten, not the same, and there on that day."""
    kind, successor = Organisation.Kind.GEMEENTE, redivision.successor
    if kind not in (gemeente.kind, successor.kind) or gemeente.kind != successor.kind:
        raise NotAllowed("Alleen gemeenten gaan op in een gemeente.")
    if gemeente == successor:
        raise NotAllowed(
            f"{gemeente} kan niet opgaan in zichzelf. Houdt de opvolger deze code? Dan "
            "blijft zij bestaan; leg alleen de andere gemeenten vast."
        )
    for one, words in ((gemeente, "is al opgegaan in"), (successor, "gaat zelf op in")):
        found = dissolution_of(one)
        if found and (
            one == gemeente or found.redivision.starts_on <= redivision.starts_on
        ):
            raise NotAllowed(
                f"{one} {words} {found.redivision.successor} per "
                f"{day(found.redivision.starts_on)}."
            )
    _require_nothing_later(redivision, gemeente)


def _require_nothing_later(redivision: Redivision, gemeente: Organisation) -> None:
    first = redivision.starts_on
    later = [
        *gemeente.memberships.filter(starts_on__gte=first),
        *gemeente.roles.filter(starts_on__gte=first),
        *gemeente.mandates.filter(starts_on__gte=first),
    ]
    if later:
        raise NotAllowed(
            f"{later[0]} begint op of na {day(first)}. Bij een opgeheven gemeente kan "
            "dat niet; herstel dat eerst."
        )


def _new_gemeente(code: str, name: str, by: Person) -> Organisation:
    if not code.strip() or not name.strip():
        raise NotAllowed("Kies de opvolger, of geef de code en de naam van de nieuwe.")
    gemeente = Organisation(
        code=code.strip().upper(),
        kind=Organisation.Kind.GEMEENTE,
        name=name.strip(),
        short_name=name.strip()[:100],
    )
    _clean(gemeente)
    gemeente.save()
    history.record(gemeente, "added", by)
    return gemeente


def _clean(row: Organisation | Redivision | Dissolution | RedivisionDecision) -> None:
    with refused_in_words():
        row.full_clean()
