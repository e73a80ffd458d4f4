"""Several people vote, give volmachten or close at the same moment: it counts once."""

from collections.abc import Iterator

import pytest
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from membership.assembly import closing, proxies
from membership.assembly.casting import cast
from membership.assembly.sealing import new_code
from membership.models import (
    Entitled,
    Organisation,
    Person,
    Proxy,
    SealedBallot,
    Stemming,
)
from nvsi.errors import NotAllowed
from tests.billing.database import at_once, own_database
from tests.conftest import make_person
from tests.membership.assembly_days import (
    allow_electronic,
    given,
    make_day,
    make_members,
    opened,
)

CODE = new_code()


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """In this module all that is done is really committed."""
    with own_database(django_db_blocker):
        yield


def tried(act: object, *args: object, **facts: object) -> str:
    try:
        act(*args, **facts)  # type: ignore[operator]
    except NotAllowed as refusal:
        return str(refusal)
    return "done"


def test_two_who_vote_secretly_for_one_member_cast_one_ballot(bureau: Person) -> None:
    allow_electronic()
    [(member, signer)] = make_members(1)
    other = make_person("Tweede", "ondertekenaar", member)
    vote = opened(make_day(bureau), bureau, code=CODE)

    def act(choice_and_person: tuple[str, Person]) -> str:
        choice, person = choice_and_person
        now = timezone.now()
        row = Entitled.objects.get(stemming=vote.pk)
        return tried(cast, row, choice, factor=given(now), now=now, by=person)

    outcomes = at_once(act, [("pro", signer), ("contra", other), ("pro", other)])
    assert sorted(outcomes).count("done") == 1
    assert SealedBallot.objects.count() == 1


def test_votes_and_the_close_at_once_add_up(bureau: Person, bestuur: Person) -> None:
    """A vote is counted, or refused because it came too late; never lost."""
    allow_electronic()
    members = make_members(3)
    vote = opened(make_day(bureau), bureau)

    def act(member_and_person: tuple[Organisation | None, Person]) -> str:
        member, person = member_and_person
        now = timezone.now()
        if member is None:
            again = Stemming.objects.get(pk=vote.pk)
            return tried(closing.close, again, now=now, by=person)
        row = Entitled.objects.get(stemming=vote.pk, organisation=member)
        return tried(cast, row, "pro", factor=given(now), now=now, by=person)

    outcomes = at_once(act, [*members, (None, bureau), (None, bestuur)])
    vote.refresh_from_db()
    assert outcomes[3:].count("done") == 1
    assert vote.counts.pro == outcomes[:3].count("done")


def test_volmachten_at_once_stay_within_the_limit(bureau: Person) -> None:
    allow_electronic("gewoon", proxies_per_person=2)
    assembly = make_day(bureau)
    (host, _signer), *givers = make_members(5)

    def act(giver: tuple[Organisation, Person]) -> str:
        member, signer = giver
        return tried(
            proxies.give, assembly, member, holder=None, of_member=host,
            voorstel=None, now=timezone.now(), by=signer,
        )  # fmt: skip

    outcomes = at_once(act, givers)
    assert outcomes.count("done") == Proxy.objects.running().count() == 2
