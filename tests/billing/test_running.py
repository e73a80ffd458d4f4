"""What is still to be settled and paid, when an agreement ends or a member leaves."""

from pathlib import Path

import pytest

from billing.agreements import still_open
from billing.models import Settlement
from billing.running import still_running
from membership.models import Organisation, Person
from tests.billing.settled import USUAL, deliver, reverse, settle

pytestmark = pytest.mark.django_db


def test_what_was_reversed_is_to_be_settled_and_its_mirror_is_not_to_be_paid(
    tmp_path: Path,
    heideveld: Organisation,
    bureau: Person,
    penningmeester: Person,
) -> None:
    deliver(tmp_path, [(heideveld, USUAL)])
    agreement = heideveld.gebruiksovereenkomsten.get()

    def begin() -> list[str]:
        said = [*still_open(agreement), *still_running(heideveld)]
        return [one.split(":")[0] for one in said]

    unsettled = ["Nog niet afgerekend"] * 2
    unpaid = ["Vastgesteld en nog niet betaald"] * 2
    assert begin() == unsettled
    settle(preparer=bureau, approver=penningmeester)
    assert begin() == unpaid
    reverse(Settlement.objects.get(), by=penningmeester)
    assert begin() == unsettled
    settle(preparer=bureau, approver=penningmeester)
    assert begin() == unpaid
