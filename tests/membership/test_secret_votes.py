"""A secret vote stays secret: nothing in the whole database tells what a member voted.

Two databases are compared in which one member voted otherwise; and what is left after
the close is looked through, with what PostgreSQL keeps beside each row.
"""

import io
import logging
from collections import Counter

import pytest
import structlog
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from membership.assembly import closing
from membership.assembly.casting import cast
from membership.assembly.counting import Counts
from membership.assembly.sealing import new_code
from membership.models import (
    Ballot,
    Entitled,
    HistoryEvent,
    Organisation,
    Person,
    SealedBallot,
    Stemming,
)
from nvsi.errors import NotAllowed
from tests.membership.assembly_days import (
    allow_electronic,
    entry,
    given,
    make_day,
    make_members,
    opened,
)

pytestmark = pytest.mark.django_db
CODE = new_code()
SEALED = "membership_sealedballot"


def say(vote: Stemming, member: Organisation, by: Person, choice: str) -> None:
    now = timezone.now()
    cast(entry(vote, member), choice, factor=given(now), now=now, by=by)


def content() -> dict[str, list[str]]:
    """Every row of every table; of a sealed ballot its length alone."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            row = "length(r.sealed)::text" if table == SEALED else "r::text"
            cursor.execute(f'SELECT {row} FROM "{table}" r ORDER BY 1')
            found[table] = [text for (text,) in cursor.fetchall()]
    return found


@pytest.fixture
def voters(bureau: Person) -> list[tuple[Organisation, Person]]:
    allow_electronic()
    return make_members(3)


@pytest.fixture
def vote(bureau: Person, voters: list[tuple[Organisation, Person]]) -> Stemming:
    return opened(make_day(bureau), bureau, code=CODE)


def test_the_database_is_the_same_whatever_a_member_votes(
    vote: Stemming, voters: list[tuple[Organisation, Person]]
) -> None:
    member, signer = voters[0]
    seen: list[dict[str, list[str]]] = []
    with time_machine.travel(timezone.now(), tick=False):
        for choice in ("pro", "contra", "abstained"):
            with pytest.raises(NotAllowed, match="ongedaan"):
                _vote_and_undo(vote, member, signer, choice, seen)
    assert seen[0] == seen[1] == seen[2]
    assert len(seen[0][SEALED]) == 1


def _vote_and_undo(
    vote: Stemming,
    member: Organisation,
    by: Person,
    choice: str,
    seen: list[dict[str, list[str]]],
) -> None:
    with transaction.atomic():
        say(vote, member, by, choice)
        seen.append(content())
        raise NotAllowed("ongedaan")


def test_neither_the_history_nor_the_logs_tell_a_secret_vote(
    vote: Stemming, voters: list[tuple[Organisation, Person]]
) -> None:
    before = HistoryEvent.objects.count()
    told = io.StringIO()
    handler = logging.StreamHandler(told)
    logging.getLogger().addHandler(handler)
    try:
        with structlog.testing.capture_logs() as logs:
            say(vote, voters[0][0], voters[0][1], "contra")
    finally:
        logging.getLogger().removeHandler(handler)
    assert HistoryEvent.objects.count() == before
    assert not Ballot.objects.exists()
    assert "contra" not in f"{logs}{told.getvalue()}"


def test_the_code_is_nowhere_and_nothing_of_the_ballots_is_left(
    vote: Stemming, voters: list[tuple[Organisation, Person]], bureau: Person
) -> None:
    """After the close there are the sums and who voted; all marks of one vote were
    written by one transaction, so that their order is gone as well."""
    for (member, signer), choice in zip(voters, ("pro", "contra", "pro"), strict=True):
        say(vote, member, signer, choice)
    assert len(set(SealedBallot.objects.values_list("sealed", flat=True))) == 3
    closing.close(vote, now=timezone.now(), by=bureau, code=CODE)
    vote.refresh_from_db()
    assert vote.counts == Counts(2, 1)
    assert not SealedBallot.objects.exists()
    rows = "".join(text for texts in content().values() for text in texts)
    assert CODE not in rows
    assert CODE.replace("-", "") not in rows
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT xmin::text), count(*) FROM membership_entitled "
            "WHERE stemming_id = %s", [vote.pk],
        )  # fmt: skip
        assert cursor.fetchone() == (1, 3)


def test_without_the_code_nobody_counts(
    vote: Stemming, voters: list[tuple[Organisation, Person]], bureau: Person
) -> None:
    say(vote, voters[0][0], voters[0][1], "pro")
    for code in ("", "geen sleutel", new_code()):
        with pytest.raises(NotAllowed, match="niet de sleutel"):
            closing.close(vote, now=timezone.now(), by=bureau, code=code)
    closing.annul(vote, reason="De sleutel is kwijt.", by=bureau)
    assert not SealedBallot.objects.exists()


def test_a_secret_vote_is_cast_once_and_not_changed(
    vote: Stemming, voters: list[tuple[Organisation, Person]]
) -> None:
    member, signer = voters[0]
    say(vote, member, signer, "pro")
    with pytest.raises(NotAllowed, match="niet te wijzigen"):
        say(vote, member, signer, "contra")
    assert Entitled.objects.filter(has_voted=True).count() == 1
    assert SealedBallot.objects.count() == 1


def test_the_order_of_the_ballots_is_not_that_of_the_votes(
    vote: Stemming, voters: list[tuple[Organisation, Person]]
) -> None:
    """Their keys are drawn at random, and have no moment and no voter beside them."""
    fields = {field.name for field in SealedBallot._meta.get_fields()}
    assert fields == {"id", "stemming", "sealed"}
    for member, signer in voters:
        say(vote, member, signer, "pro")
    versions = Counter(row.pk.version for row in SealedBallot.objects.all())
    assert versions == {4: 3}
