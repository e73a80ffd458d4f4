"""The periods of one organisation in words: what it was, when, and what it rests on."""

import datetime
from dataclasses import dataclass

from membership.models import Membership
from membership.register.entries import Kind
from membership.succession import covers
from nvsi.dutch import day, short_day

WITHOUT_DECISION = {
    Kind.LID: "besluit niet vastgelegd",
    Kind.ASPIRANT_LID: "nog geen besluit: de procedure loopt of begint nog",
    Kind.PARTICIPANT: "aanmelding als participant; daar is geen besluit voor nodig",
}


@dataclass(frozen=True)
class Stretch:
    """One period as it reads on the screen."""

    what: str
    when: str
    rests_on: str


def stretch(row: Membership, *, today: datetime.date) -> Stretch:
    now = " (nu)" if covers(row, today) else ""
    return Stretch(f"{row.get_kind_display()}{now}", _when(row), rests_on(row))


def rests_on(row: Membership) -> str:
    """On what a period rests: the decision, and the dossier in which it is kept."""
    if row.dossier is None:
        return _decision(row)
    if row.kind == Kind.LID and row.collegebesluit_on is None:
        return f"besluit in {row.dossier}"
    return f"{_decision(row)}, {row.dossier}"


def _decision(row: Membership) -> str:
    """Only the decision of a college has a day of its own here."""
    if row.collegebesluit_on is None:
        return WITHOUT_DECISION[Kind(row.kind)]
    return f"collegebesluit van {day(row.collegebesluit_on)}"


def _when(row: Membership) -> str:
    until = f" t/m {short_day(row.ends_on)}" if row.ends_on else ""
    return f"{'' if until else 'sinds '}{short_day(row.starts_on)}{until}"
