"""Where a procedure is: read from its facts, whatever the order in which they came."""

import datetime
import itertools
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from membership.admission.steps import (
    OUTCOMES,
    Outcome,
    Procedure,
    Route,
    Step,
    conflict,
    position,
    procedure_for,
    required,
)

DAY = datetime.date(2026, 3, 9)
TODAY = datetime.date(2026, 11, 22)


@dataclass(frozen=True)
class Said:
    kind: str
    on: datetime.date = DAY
    until: datetime.date | None = None
    outcome: str = ""


FACTS = st.lists(
    st.sampled_from(Step).flatmap(
        lambda step: st.builds(
            Said,
            kind=st.just(step.value),
            outcome=st.sampled_from(OUTCOMES.get(step, ("",))).map(str),
        )
    ),
    unique_by=lambda said: said.kind,
)


@pytest.mark.parametrize(
    ("kind", "aim", "procedure"),
    [
        ("gemeente", "lid", Procedure.COLLEGE),
        ("samenwerkingsverband", "lid", Procedure.WGR),
        ("publieke_organisatie", "lid", Procedure.OWN),
        ("maatschappelijke_organisatie", "lid", Procedure.OWN),
        ("gemeente", "participant", Procedure.PARTICIPANT),
    ],
)
def test_the_ground_follows_from_what_an_organisation_is(
    kind: str, aim: str, procedure: Procedure
) -> None:
    assert procedure_for(kind, aim) == procedure


def test_the_voorhang_is_the_route_of_a_gemeente_that_said_nothing_yet() -> None:
    steps = required(Procedure.COLLEGE, [])
    assert steps[:5] == (
        *(Step.WEIGHED, Step.PROPOSED, Step.DRAFTED, Step.SENT, Step.HEARD),
    )
    assert next(iter(Route)) == Route.VOORHANG


@given(st.sampled_from(Procedure), FACTS)
def test_nobody_is_admitted_without_what_the_law_asks(
    procedure: Procedure, facts: list[Said]
) -> None:
    where = position(procedure, facts)
    kinds = {fact.kind: fact for fact in facts}
    if Step.ADMITTED not in where.done:
        return
    assert {Step.APPLIED, Step.CHECKED} <= set(kinds)
    if procedure != Procedure.PARTICIPANT:
        assert Step.DECIDED in kinds
    if procedure == Procedure.COLLEGE:
        accepted = (
            kinds[Step.WEIGHED].outcome == Outcome.INFORM
            and Step.JUDGED in kinds
            and kinds[Step.JUDGED].outcome == Outcome.ACCEPTED
        )
        heard = {Step.DRAFTED, Step.SENT, Step.HEARD} <= set(kinds)
        assert heard or (accepted and Step.INFORMED in kinds)


@given(st.sampled_from(Procedure), FACTS)
def test_where_it_is_does_not_depend_on_the_order_of_recording(
    procedure: Procedure, facts: list[Said]
) -> None:
    found = {
        position(procedure, order)
        for order in itertools.islice(itertools.permutations(facts), 24)
    }
    assert len(found) == 1


@given(st.sampled_from(Procedure), FACTS)
def test_what_was_done_comes_first_and_the_next_step_follows(
    procedure: Procedure, facts: list[Said]
) -> None:
    where = position(procedure, facts)
    assert where.steps[: len(where.done)] == where.done
    assert where.next not in where.done
    assert (where.next is None) == (where.done == where.steps)


@given(
    st.lists(
        st.tuples(
            st.sampled_from([Step.PROPOSED, Step.DRAFTED, Step.SENT, Step.HEARD,
                             Step.ANSWERED, Step.DECIDED, Step.APPLIED]),
            st.dates(DAY, DAY + datetime.timedelta(days=9)),
        ),
        unique_by=lambda pair: pair[0],
    )
)  # fmt: skip
def test_facts_without_conflict_have_their_dates_in_the_order_of_the_steps(
    pairs: list[tuple[Step, datetime.date]],
) -> None:
    facts = [
        Said(step.value, on, until=on if step == Step.SENT else None, outcome="none")
        for step, on in pairs
    ]
    if any(conflict(fact, facts, today=TODAY) for fact in facts):
        return
    order = list(Step)
    days = [f.on for f in sorted(facts, key=lambda f: order.index(Step(f.kind)))]
    assert days == sorted(days)


def test_a_college_decides_after_the_raad_was_sent_the_draft() -> None:
    sent = Said(Step.SENT, until=DAY)
    said = conflict(Said(Step.DECIDED), [sent], today=TODAY)
    assert said is not None
    assert "artikel 160 lid 2" in said
    assert "Besluit (09-03-2026) komt na toezending aan de raad (09-03-2026)" in said
    later = Said(Step.DECIDED, DAY + datetime.timedelta(days=1))
    assert conflict(later, [sent], today=TODAY) is None


def test_a_term_lapses_only_after_the_day_that_the_gemeente_set() -> None:
    sent = Said(Step.SENT, until=DAY + datetime.timedelta(days=42))
    lapsed = Said(Step.HEARD, sent.until or DAY, outcome=Outcome.LAPSED)
    assert "20-04-2026" in (conflict(lapsed, [sent], today=TODAY) or "")
    after = replace(lapsed, on=lapsed.on + datetime.timedelta(days=1))
    assert conflict(after, [sent], today=TODAY) is None
    assert "Leg eerst vast" in (conflict(after, [], today=TODAY) or "")


def test_the_law_has_no_term_so_the_gemeente_sets_one() -> None:
    said = conflict(Said(Step.SENT), [], today=TODAY)
    assert "de gemeente bepaalt die zelf" in (said or "")


def test_what_has_yet_to_happen_is_not_recorded() -> None:
    tomorrow = Said(Step.PROPOSED, TODAY + datetime.timedelta(days=1))
    assert "toekomst" in (conflict(tomorrow, [], today=TODAY) or "")
