"""The money of a gemeente that is dissolved is found, and stays under its code."""

from pathlib import Path

from billing.running import still_running
from membership.models import Organisation, Person, Redivision
from membership.redivision.found import open_items
from membership.redivision.outcomes import Outcome
from tests.billing.settled import USUAL, deliver, settle
from tests.everything import ask_and_answer
from tests.membership.redivisions import decide, record

OF_MONEY = {"hours", "settlement", "question"}


def test_what_is_not_settled_paid_or_answered_is_decided(
    tmp_path: Path,
    heideveld: Organisation,
    bureau: Person,
    penningmeester: Person,
) -> None:
    deliver(tmp_path, [(heideveld, USUAL)])
    redivision = record(heideveld, by=bureau)
    assert _money(redivision) == {"hours"}
    period = settle(preparer=bureau, approver=penningmeester)
    ask_and_answer(period.settlements.get(), by=bureau)
    assert _money(redivision) == {"settlement", "question"}
    assert len(list(still_running(heideveld))) == 2
    why = "Wordt betaald onder de oude code."
    for sort in ("settlement", "question"):
        decide(redivision, sort, Outcome.STAYS, by=bureau, reason=why)
    assert _money(redivision) == set()


def _money(redivision: Redivision) -> set[str]:
    return OF_MONEY & {one.sort.name for one in open_items(redivision)}
