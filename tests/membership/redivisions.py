"""Herindelingen for tests: recorded, with something decided."""

import datetime

from membership.models import Membership, Organisation, Person, Redivision, Role
from membership.redivision import recording
from membership.redivision.found import Item, open_items
from membership.redivision.outcomes import Outcome
from tests.conftest import make_gemeente, make_person

FROM = datetime.date(2026, 1, 1)
SINCE = datetime.date(2018, 1, 1)


def make_member(code: str, name: str) -> Organisation:
    """A lid with a contactpersoon."""
    gemeente = make_gemeente(code, name)
    Membership.objects.create(organisation=gemeente, kind="lid", starts_on=SINCE)
    make_person(f"Contact{code}", Role.Name.CONTACTPERSOON, gemeente)
    return gemeente


def record(
    gemeente: Organisation, *, by: Person, successor: Organisation | None = None
) -> Redivision:
    """Into a successor; without one a new gemeente comes."""
    return recording.record_redivision(
        gemeente,
        successor=successor,
        code="" if successor else "GM9100",
        name="" if successor else "Heide aan Zee",
        starts_on=FROM,
        ground="Stb. 2025, 123",
        by=by,
    )


def item(redivision: Redivision, sort: str) -> Item:
    """The first open point of a sort."""
    return next(one for one in open_items(redivision) if one.sort.name == sort)


def decide(
    redivision: Redivision,
    sort: str,
    outcome: Outcome,
    *,
    by: Person,
    reason: str = "",
) -> None:
    point = item(redivision, sort)
    recording.decide(redivision, point, outcome, reason=reason, pointer="Z1", by=by)


def keep_redivisions(*, bureau: Person) -> dict[str, int]:
    """One that is open, of which one thing was decided, and one that was closed."""
    one = record(make_member("GM9091", "Dalfort"), by=bureau)
    decide(one, "membership", Outcome.ENDS, by=bureau)
    gone = make_gemeente("GM9092", "Bergerveen")
    other = record(gone, successor=one.successor, by=bureau)
    recording.close(other, today=FROM, by=bureau)
    return {
        "redivision": one.pk,
        "closed_redivision": other.pk,
        "dissolution": one.dissolutions.get().pk,
        "closed_dissolution": other.dissolutions.get().pk,
        "gone": gone.pk,
        "successor": one.successor_id,
    }
