"""An appeal against an ending by the association: suspended meanwhile, and the end."""

import datetime

import pytest
import time_machine
from django.test import Client

from membership.admin.notices import APPEAL, DECIDE
from membership.admin.verbs import page_of, verb_url
from membership.leaving.appeals import appeal, decide
from membership.leaving.notices import give_notice
from membership.leaving.rules import Ground
from membership.leaving.suspension import suspended_on
from membership.models import AlvBesluit, Membership, Notice, Organisation, Person
from membership.register.entries import register_on
from nvsi.errors import NotAllowed

TOLD = datetime.date(2026, 3, 2)
APPEALED, DECIDED = datetime.date(2026, 4, 2), datetime.date(2026, 5, 20)
TODAY = datetime.date(2026, 6, 1)
DAY = datetime.timedelta(days=1)


@pytest.fixture
def membership(heideveld: Organisation) -> Membership:
    return heideveld.memberships.get()


@pytest.fixture
def besluit(db: None) -> AlvBesluit:
    return AlvBesluit.objects.create(reference="ALV 2026-2", subject="Beroep")


def end(
    membership: Membership,
    ground: Ground,
    bestuur: Person,
    today: datetime.date = TODAY,
) -> Notice:
    return give_notice(
        membership,
        ground=ground,
        received_on=TOLD,
        burdened_on=None,
        reason="In strijd met de statuten.",
        today=today,
        by=bestuur,
    )


def is_suspended(membership: Membership, day: datetime.date) -> bool:
    return suspended_on(day).filter(pk=membership.pk).exists()


def test_who_is_expelled_is_suspended_until_the_term_to_appeal_is_over(
    membership: Membership, bestuur: Person
) -> None:
    end(membership, Ground.EXPULSION, bestuur)
    membership.refresh_from_db()
    assert membership.ends_on == APPEALED
    assert [is_suspended(membership, TOLD + n * DAY) for n in (-1, 0, 31, 32)] == [
        False,
        True,
        True,
        False,
    ]
    (entry,) = register_on(TOLD)
    assert entry.is_suspended
    assert register_on(APPEALED + DAY) == []


def test_an_appeal_keeps_the_member_suspended_until_the_alv_decides(
    membership: Membership, bureau: Person, bestuur: Person, besluit: AlvBesluit
) -> None:
    notice = end(membership, Ground.EXPULSION, bestuur)
    with pytest.raises(NotAllowed, match="tot en met 02-04-2026"):
        appeal(notice, received_on=APPEALED + DAY, by=bureau)
    row = appeal(notice, received_on=APPEALED, by=bureau)
    with pytest.raises(NotAllowed, match="geen beroep"):
        appeal(notice, received_on=APPEALED, by=bureau)
    membership.refresh_from_db()
    assert membership.ends_on is None
    assert is_suspended(membership, DECIDED)
    with pytest.raises(NotAllowed, match="Er loopt een beroep"):
        end(membership, Ground.BY_ASSOCIATION, bestuur)
    said = {"outcome": "granted", "decided_on": DECIDED, "besluit": besluit}
    with pytest.raises(NotAllowed, match="het bestuur"):
        decide(row, **said, today=TODAY, by=bureau)  # type: ignore[arg-type]
    decide(row, **said, today=TODAY, by=bestuur)  # type: ignore[arg-type]
    assert not is_suspended(membership, DECIDED)
    assert is_suspended(membership, DECIDED - DAY)
    with pytest.raises(NotAllowed, match="al beslist"):
        decide(row, **said, today=TODAY, by=bestuur)  # type: ignore[arg-type]
    end(membership, Ground.BY_ASSOCIATION, bestuur)
    assert membership.notices.count() == 2


@pytest.mark.parametrize(
    ("ground", "last"),
    [
        (Ground.EXPULSION, DECIDED),
        (Ground.BY_ASSOCIATION, datetime.date(2026, 12, 31)),
    ],
)
def test_an_appeal_that_is_dismissed_ends_the_membership(
    ground: Ground,
    last: datetime.date,
    membership: Membership,
    bureau: Person,
    bestuur: Person,
    besluit: AlvBesluit,
) -> None:
    row = appeal(end(membership, ground, bestuur), received_on=APPEALED, by=bureau)
    decide(row, outcome="dismissed", decided_on=DECIDED, besluit=besluit,
           today=TODAY, by=bestuur)  # fmt: skip
    membership.refresh_from_db()
    assert membership.ends_on == last
    assert is_suspended(membership, DECIDED) == (ground == Ground.EXPULSION)


def test_a_notice_of_the_member_itself_has_no_appeal(
    membership: Membership, bureau: Person
) -> None:
    notice = give_notice(membership, ground=Ground.REGULAR, received_on=TOLD,
                         burdened_on=None, reason="", today=TODAY,
                         by=bureau)  # fmt: skip
    with pytest.raises(NotAllowed, match="geen beroep"):
        appeal(notice, received_on=APPEALED, by=bureau)


@time_machine.travel(datetime.datetime(2026, 4, 1, 12, tzinfo=datetime.UTC))
def test_the_bureau_writes_an_appeal_down_and_the_member_reads_where_it_stands(
    membership: Membership,
    lezer: Person,
    bureau: Person,
    bestuur: Person,
    besluit: AlvBesluit,
) -> None:
    notice = end(membership, Ground.EXPULSION, bestuur, today=TOLD)
    at_member, at_bureau, at_bestuur = Client(), Client(), Client()
    for client, who in ((at_member, lezer), (at_bureau, bureau), (at_bestuur, bestuur)):
        client.force_login(who)

    def told() -> str:
        return at_member.get("/lidmaatschap/").content.decode().replace("\xa0", " ")

    assert (
        "in beroep bij de algemene ledenvergadering tot en met 2 april 2026" in told()
    )
    assert "Uw organisatie is nu geschorst" in told()
    assert "In strijd met de statuten." in told()
    at_bureau.post(verb_url(notice, APPEAL), {"received_on": "2026-03-20"})
    assert "Uw beroep van 20 maart 2026 loopt." in told()
    decision = {"outcome": "granted", "decided_on": "2026-04-01", "besluit": besluit.pk}
    assert at_bureau.post(verb_url(notice, DECIDE), decision).status_code == 403
    at_bestuur.post(verb_url(notice, DECIDE), decision)
    assert "het lidmaatschap blijft" in told()
    assert "geschorst" not in told()
    page = at_bureau.get(page_of(notice)).content.decode()
    assert "gegrond: het lidmaatschap blijft (ALV 2026-2: Beroep" in page
