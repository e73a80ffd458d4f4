"""Two who merge the same two wensen both ways at once: one of them is left."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from instruments.models import Instrument, Verbeterwens
from instruments.wishes import weighing
from instruments.wishes.stages import Stage
from membership.models import Person
from nvsi.errors import NotAllowed, Stale
from tests.billing.database import at_once, own_database
from tests.instruments.test_wishes_at_the_alv import asker, voorzitter
from tests.instruments.wishes import make_wish

__all__ = ["asker", "voorzitter"]
Pair = tuple[Verbeterwens, Verbeterwens]


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """In this module all that is done is really committed."""
    with own_database(django_db_blocker):
        yield


def test_two_wensen_do_not_go_into_each_other(
    flexensie: Instrument, asker: Person, voorzitter: Person
) -> None:
    place = asker.roles.get().organisation
    assert place

    def merge(pair: Pair) -> bool:
        try:
            weighing.merge_into(*pair, words="Zelfde wens.", by=voorzitter)
        except (NotAllowed, Stale):
            return False
        return True

    for _ in range(5):
        one, other = (make_wish(flexensie, place, asker) for _ in range(2))
        answers = at_once(merge, [(one, other), (other, one)])
        assert sorted(answers) == [False, True]
        assert {one.stage, other.stage} == {Stage.ENDED, Stage.HANDED_IN}
