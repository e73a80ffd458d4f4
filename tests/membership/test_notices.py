"""When a membership ends after a notice: the terms of the law, and who may say so."""

import datetime

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from membership.admin.notices import NOTICE
from membership.admin.verbs import page_of, verb_url
from membership.leaving.notices import give_notice
from membership.leaving.rules import Ground, a_month_after, last_day, objection
from membership.models import Membership, Notice, Organisation, Person
from nvsi.errors import NotAllowed

TODAY = datetime.date(2026, 11, 22)
DAYS = st.dates(datetime.date(2018, 1, 1), datetime.date(2040, 12, 31))


@given(DAYS)
def test_a_regular_notice_ends_at_the_first_end_of_a_boekjaar_that_the_law_allows(
    received_on: datetime.date,
) -> None:
    end = last_day(received_on, Ground.REGULAR)
    assert (end.month, end.day) == (12, 31)
    assert (end - received_on).days >= 28
    before = end.replace(year=end.year - 1)
    assert (before - received_on).days < 28


@pytest.mark.parametrize(
    ("received_on", "ends_on"),
    [((2026, 12, 3), (2026, 12, 31)), ((2026, 12, 4), (2027, 12, 31))],
)
def test_four_weeks_are_counted_in_days(
    received_on: tuple[int, int, int], ends_on: tuple[int, int, int]
) -> None:
    assert last_day(datetime.date(*received_on), Ground.REGULAR) == datetime.date(
        *ends_on
    )


def test_a_decision_that_burdens_the_member_lets_it_leave_for_a_month() -> None:
    heard = datetime.date(2026, 1, 31)
    assert a_month_after(heard) == datetime.date(2026, 2, 28)
    assert objection(datetime.date(2026, 2, 28), Ground.BURDENED, heard) is None
    late = objection(datetime.date(2026, 3, 1), Ground.BURDENED, heard)
    assert "BW 2 artikel 36 lid 3" in (late or "")
    assert "Vul in wanneer" in (objection(heard, Ground.BURDENED, None) or "")
    assert "vóór het besluit" in (
        objection(datetime.date(2026, 1, 30), Ground.BURDENED, heard) or ""
    )


@pytest.fixture
def membership(heideveld: Organisation) -> Membership:
    return heideveld.memberships.get()


def notice(
    membership: Membership, by: Person, ground: Ground = Ground.REGULAR, **facts: object
) -> Notice:
    usual: dict[str, object] = {
        "received_on": TODAY,
        "burdened_on": None,
        "reason": "",
        "today": TODAY,
    }
    return give_notice(membership, ground=ground, by=by, **{**usual, **facts})  # type: ignore[arg-type]


def test_a_notice_ends_the_membership_once(
    membership: Membership, bureau: Person
) -> None:
    notice(membership, bureau)
    membership.refresh_from_db()
    assert membership.ends_on == datetime.date(2026, 12, 31)
    with pytest.raises(NotAllowed, match="eindigt al"):
        notice(membership, bureau)


def test_what_is_still_to_come_or_came_before_is_no_notice(
    membership: Membership, bureau: Person
) -> None:
    for day, why in (
        (TODAY + datetime.timedelta(days=1), "ligt later"),
        (datetime.date(2017, 12, 31), "begon pas"),
    ):
        with pytest.raises(NotAllowed, match=why):
            notice(membership, bureau, received_on=day)


def test_the_association_ends_a_membership_by_its_bestuur_and_with_a_reason(
    membership: Membership, bureau: Person, bestuur: Person, lezer: Person
) -> None:
    with pytest.raises(NotAllowed, match="alleen het bestuur"):
        notice(membership, bureau, Ground.BY_ASSOCIATION, reason="Voldoet niet.")
    with pytest.raises(Exception, match="geeft de reden"):
        notice(membership, bestuur, Ground.EXPULSION)
    with pytest.raises(NotAllowed, match="legt het bureau vast"):
        notice(membership, lezer)
    notice(membership, bestuur, Ground.EXPULSION, reason="In strijd met de statuten.")
    membership.refresh_from_db()
    assert membership.ends_on == datetime.date(2026, 12, 22)


def test_who_is_no_lid_stops_without_a_term(
    waterkant: Organisation, membership: Membership, bureau: Person
) -> None:
    aspirant = waterkant.memberships.get()
    with pytest.raises(NotAllowed, match="Alleen een lid zegt op"):
        notice(aspirant, bureau)
    with pytest.raises(NotAllowed, match="Alleen een lid zegt op"):
        notice(membership, bureau, Ground.STOPPED)
    assert notice(aspirant, bureau, Ground.STOPPED).ends_on == TODAY


def test_the_bureau_sees_what_still_runs_before_it_writes_down_a_notice(
    membership: Membership, bureau: Person
) -> None:
    client = Client()
    client.force_login(bureau)
    assert NOTICE.label in client.get(page_of(membership)).content.decode()
    page = verb_url(membership, NOTICE)
    shown = client.get(page).content.decode()
    assert "De gebruiksovereenkomst voor Flexensie loopt" in shown
    late = {"ground": "burdened", "received_on": "2026-03-01", "reason": ""}
    refused = client.post(page, late, follow=True).content.decode()
    assert "Vul in wanneer het lid hoorde" in refused
    client.post(page, {"ground": "regular", "received_on": "2026-03-01", "reason": ""})
    assert Notice.objects.get().ends_on == datetime.date(2026, 12, 31)
