"""The register of a day follows from the dated periods, whatever they are."""

import datetime
from collections.abc import Sequence

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from membership.admission.dossiers import make_aspirant, open_dossier
from membership.models import Membership, Organisation, Person
from membership.register.entries import Kind, bare, register_on
from membership.register.timeline import rests_on, stretch
from tests.conftest import SINCE, make_gemeente

DAY = datetime.timedelta(days=1)
FIRST = datetime.date(2024, 1, 1)
DAYS = 40


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def belong(
    organisation: Organisation,
    kind: str,
    since: str,
    until: str = "",
    besluit: str = "",
) -> Membership:
    return Membership.objects.create(
        organisation=organisation,
        kind=kind,
        starts_on=day(since),
        ends_on=day(until) if until else None,
        collegebesluit_on=day(besluit) if besluit else None,
    )


def test_the_cast_as_it_is(
    heideveld: Organisation, waterkant: Organisation, noorderhage: Organisation
) -> None:
    heide, water = register_on(day("2026-03-09"))
    assert (heide.organisation, heide.kind, heide.since) == (heideveld, "lid", SINCE)
    assert heide.collegebesluit_on == SINCE
    assert (water.organisation, water.kind) == (waterkant, "aspirant_lid")
    assert water.collegebesluit_on is None
    assert register_on(SINCE - DAY) == []


def test_the_first_and_the_last_day_count(noorderhage: Organisation) -> None:
    belong(noorderhage, "lid", "2024-02-01", "2024-02-29")
    for text, there in (
        ("2024-01-31", 0),
        ("2024-02-01", 1),
        ("2024-02-29", 1),
        ("2024-03-01", 0),
    ):
        assert len(register_on(day(text))) == there, text


def test_since_goes_back_over_periods_of_the_same_kind(
    noorderhage: Organisation,
) -> None:
    """An aspirant-lid that becomes lid is lid from then; a renewed lid always was."""
    belong(noorderhage, "aspirant_lid", "2023-05-01", "2024-01-31")
    belong(noorderhage, "lid", "2024-02-01", "2024-12-31", besluit="2024-01-15")
    belong(noorderhage, "lid", "2025-01-01", besluit="2024-12-10")
    (entry,) = register_on(day("2026-03-09"))
    assert entry.since == day("2024-02-01")
    assert entry.collegebesluit_on == day("2024-12-10")


def test_who_left_and_came_back_is_lid_since_it_came_back(
    noorderhage: Organisation,
) -> None:
    belong(noorderhage, "lid", "2020-01-01", "2021-12-31")
    belong(noorderhage, "lid", "2022-01-02")
    (entry,) = register_on(day("2026-03-09"))
    assert entry.since == day("2022-01-02")


def test_the_order_is_that_of_names_as_people_say_them(db: None) -> None:
    names = ["Zwolle", "'s-Hertogenbosch", "Súdwest-Fryslân", "Ede", "Echt"]
    for number, name in enumerate(names):
        belong(make_gemeente(f"GM91{number:02}", name), "lid", "2024-01-01")
    found = [entry.organisation.name for entry in register_on(day("2024-01-01"))]
    assert found == ["Echt", "Ede", "'s-Hertogenbosch", "Súdwest-Fryslân", "Zwolle"]
    assert bare("Súdwest-Fryslân") == "sudwest-fryslan"


def test_342_members_with_a_past_take_two_queries(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    gemeenten = Organisation.objects.bulk_create(
        Organisation(code=f"GM{n:04}", kind="gemeente", name=f"G{n}", short_name="G")
        for n in range(342)
    )
    turn = day("2025-01-01")
    Membership.objects.bulk_create(
        Membership(organisation=g, kind="lid", starts_on=first, ends_on=last)
        for g in gemeenten
        for first, last in ((SINCE, turn - DAY), (turn, None))
    )
    with django_assert_num_queries(2):
        entries = register_on(day("2026-03-09"))
        assert {entry.organisation.name for entry in entries} == {
            gemeente.name for gemeente in gemeenten
        }
    assert {entry.since for entry in entries} == {SINCE}


# A period: how many days after the one before it ended, how many days, and as what.
PERIOD = st.tuples(st.integers(0, 4), st.integers(1, 8), st.sampled_from(Kind.values))
PAST = st.tuples(st.lists(PERIOD, max_size=5), st.booleans())


def periods(
    past: tuple[Sequence[tuple[int, int, str]], bool],
) -> list[tuple[str, datetime.date, datetime.date | None]]:
    """Dates of periods that follow each other; the last may have no end."""
    told, is_open = past
    rows: list[tuple[str, datetime.date, datetime.date | None]] = []
    free = FIRST
    for gap, length, kind in told:
        starts = free + gap * DAY
        free = starts + length * DAY
        rows.append((kind, starts, free - DAY))
    if rows and is_open:
        rows[-1] = (*rows[-1][:2], None)
    return rows


def is_on(
    rows: Sequence[tuple[str, datetime.date, datetime.date | None]], on: datetime.date
) -> str | None:
    """What an organisation is on a day, by looking at every period."""
    found = [
        kind for kind, first, last in rows if first <= on and (not last or on <= last)
    ]
    assert len(found) <= 1
    return found[0] if found else None


@pytest.fixture
def three(db: None) -> list[Organisation]:
    return [make_gemeente(f"GM920{n}", f"Dorp {n}") for n in range(3)]


@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(pasts=st.tuples(PAST, PAST, PAST), offset=st.integers(-2, DAYS))
def test_any_periods_on_any_day_read_as_by_hand(
    three: list[Organisation],
    pasts: Sequence[tuple[Sequence[tuple[int, int, str]], bool]],
    offset: int,
) -> None:
    on = FIRST + offset * DAY
    told = {gemeente.pk: periods(p) for gemeente, p in zip(three, pasts, strict=True)}
    with transaction.atomic():
        for key, rows in told.items():
            for kind, first, last in rows:
                Membership.objects.create(
                    organisation_id=key, kind=kind, starts_on=first, ends_on=last
                )
        entries = register_on(on)
        transaction.set_rollback(True)
    assert len({e.organisation.pk for e in entries}) == len(entries)
    expected = {key: is_on(rows, on) for key, rows in told.items()}
    assert {e.organisation.pk: e.kind for e in entries} == {
        key: kind for key, kind in expected.items() if kind
    }
    for entry in entries:
        rows, before = told[entry.organisation.pk], on
        while is_on(rows, before - DAY) == entry.kind:
            before -= DAY
        assert entry.since == before


def test_a_period_in_words_says_on_what_it_rests(
    heideveld: Organisation, waterkant: Organisation, noorderhage: Organisation
) -> None:
    today = day("2026-03-09")
    lid = stretch(heideveld.memberships.get(), today=today)
    assert lid.what == "lid (nu)"
    assert lid.when == "sinds 1\u00a0jan\u00a02018"
    assert lid.rests_on == "collegebesluit van 1\u00a0januari 2018"
    aspirant = stretch(waterkant.memberships.get(), today=today)
    assert aspirant.rests_on.startswith("nog geen besluit")
    past = belong(noorderhage, "lid", "2020-01-01", "2020-12-31")
    assert stretch(past, today=today).what == "lid"
    assert stretch(past, today=today).when.endswith("t/m 31\u00a0dec\u00a02020")
    assert stretch(past, today=today).rests_on == "besluit niet vastgelegd"


def test_a_period_that_came_from_a_dossier_names_it(
    noorderhage: Organisation, bureau: Person
) -> None:
    dossier = open_dossier(noorderhage, "lid", by=bureau)
    aspirant = make_aspirant(dossier, starts_on=day("2026-03-01"), by=bureau)
    (entry,) = register_on(day("2026-03-09"))
    assert entry.dossier == dossier
    assert rests_on(aspirant).endswith(f"begint nog, dossier {dossier.number}")
    aspirant.kind = Kind.LID
    assert rests_on(aspirant) == f"besluit in dossier {dossier.number}"
    aspirant.collegebesluit_on = SINCE
    assert rests_on(aspirant) == (
        f"collegebesluit van 1\u00a0januari 2018, dossier {dossier.number}"
    )
