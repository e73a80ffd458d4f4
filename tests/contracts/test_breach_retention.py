"""Names in a datalek that came after those of before went, have their time too."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from contracts.breaches import closing, recording
from contracts.breaches.rules import Outcome
from contracts.models.breaches import Breach
from contracts.retention.due import DUE
from membership.models import Organisation, Person
from membership.models.retention import Kept
from tests.contracts.breaches import KNOWN, decide, discover, tell
from tests.contracts.test_retention import destroy

pytestmark = pytest.mark.django_db


def close(breach: Breach, *, by: Person, other: Person) -> None:
    now = timezone.now()
    closing.propose(breach, Outcome.HANDLED, words="Klaar.", now=now, by=by)
    closing.close(breach, now=timezone.now(), by=other)


def due() -> list[int]:
    later = timezone.localdate() + datetime.timedelta(days=1)
    return [one.row_id for one in DUE[Kept.BREACH](later)]


def test_names_of_after_it_was_reopened_are_due_again(
    heideveld: Organisation, bureau: Person, bestuur: Person
) -> None:
    breach = discover(bureau, heideveld, found=KNOWN)
    tell(breach, heideveld, by=bureau)
    decide(breach, heideveld, by=bureau)
    close(breach, by=bureau, other=bestuur)
    assert due() == [breach.pk]
    assert destroy(8, by=bureau, other=bestuur) == {(Kept.BREACH, breach.pk)}
    assert due() == []
    closing.reopen(breach, words="Nieuws.", now=timezone.now(), by=bureau)
    recording.describe(breach, KNOWN, now=timezone.now(), by=bureau)
    assert due() == [], "it is open"
    close(breach, by=bureau, other=bestuur)
    assert due() == [breach.pk]


def test_they_come_on_the_list_again(
    heideveld: Organisation, bureau: Person, bestuur: Person
) -> None:
    breach = discover(bureau, heideveld, found=KNOWN)
    tell(breach, heideveld, by=bureau)
    decide(breach, heideveld, by=bureau)
    close(breach, by=bureau, other=bestuur)
    assert destroy(8, by=bureau, other=bestuur) == {(Kept.BREACH, breach.pk)}
    with time_machine.travel(timezone.now() + datetime.timedelta(days=9 * 365)):
        closing.reopen(breach, words="Nieuws.", now=timezone.now(), by=bureau)
        recording.describe(breach, KNOWN, now=timezone.now(), by=bureau)
        close(breach, by=bureau, other=bestuur)
        assert destroy(1, by=bureau, other=bestuur) == set()
        assert destroy(8, by=bureau, other=bestuur) == {(Kept.BREACH, breach.pk)}
