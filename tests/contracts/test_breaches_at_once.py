"""Two people do something with the same datalek at the same moment."""

from collections.abc import Callable, Iterator

import pytest
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from contracts.breaches import closing
from contracts.breaches.reading import fresh
from contracts.breaches.rules import Kind, Outcome
from contracts.models import Breach
from membership.models import Organisation, Person
from nvsi.errors import NotAllowed
from tests.billing.database import at_once, own_database
from tests.conftest import make_person
from tests.contracts.breaches import decide, discover, tell


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """In this module all that is done is really committed."""
    with own_database(django_db_blocker):
        yield


def said(act: Callable[[], object]) -> str:
    """What came of it, in a word."""
    try:
        act()
    except NotAllowed:
        return "refused"
    return "done"


def test_two_people_at_once_come_one_after_the_other(
    heideveld: Organisation, bureau: Person, bestuur: Person
) -> None:
    """A number each; proposed once; and after it was closed nothing is added."""
    colleague = make_person("Collega", "bureau")
    numbers = at_once(lambda by: discover(by).number, [bureau, bestuur, colleague])
    assert len(set(numbers)) == 3

    breach = discover(bureau, heideveld)
    tell(breach, heideveld, by=bureau)
    decide(breach, heideveld, by=bureau)
    now, row = timezone.now(), Breach.objects.get(pk=breach.pk)
    outcomes = at_once(
        lambda by: said(
            lambda: closing.propose(row, Outcome.HANDLED, words="Ja.", now=now, by=by)
        ),
        [bureau, bestuur],
    )
    assert sorted(outcomes) == ["done", "refused"]

    proposal = fresh(breach).proposal
    assert proposal is not None
    others = [one for one in (bureau, bestuur, colleague) if one != proposal.by]
    acts: dict[int, Callable[[Person], object]] = {
        others[0].pk: lambda by: closing.close(row, now=timezone.now(), by=by),
        others[1].pk: lambda by: tell(row, heideveld, by=by),
    }
    at_once(lambda by: said(lambda: acts[by.pk](by)), others)
    known = fresh(breach)
    assert known.is_closed
    assert known.entries[-1].kind == Kind.CLOSED
