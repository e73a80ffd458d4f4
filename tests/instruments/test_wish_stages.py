"""The table of steps of a verbeterwens: pure, and the same in the database."""

import json
import re

import pytest

from billing.sql import ask
from instruments.wishes.stages import (
    FOLLOWS,
    Party,
    Stage,
    Step,
    next_steps,
    party_for,
    stage_of,
)


@pytest.mark.django_db
def test_the_database_knows_the_same_steps() -> None:
    source = ask(
        "SELECT prosrc FROM pg_proc WHERE proname = %s", ["instruments_wish_step_fits"]
    )
    found = re.search(r"follows jsonb := '(\{.*?\})'", source[0][0], re.DOTALL)
    assert found
    theirs = {last: set(steps) for last, steps in json.loads(found[1]).items()}
    ours = {str(last): set(map(str, steps)) for last, steps in FOLLOWS.items() if steps}
    assert theirs == ours


def test_every_step_leads_somewhere_or_ends_the_road() -> None:
    ends = {Step.REJECTED, Step.REPORTED, Step.DECLINED, Step.MERGED, Step.WITHDRAWN}
    assert {last for last, steps in FOLLOWS.items() if not steps} == ends
    assert {step for steps in FOLLOWS.values() for step in steps} == set(Step)


def test_after_the_akkoord_the_alv_decides_or_the_order_follows_at_once() -> None:
    assert Step.ORDERED not in next_steps(Step.AGREED, needs_alv=True)
    assert Step.ADOPTED in next_steps(Step.AGREED, needs_alv=True)
    assert next_steps(Step.AGREED, needs_alv=False) == (Step.ORDERED, Step.WITHDRAWN)
    assert stage_of(Step.AGREED, needs_alv=True) == Stage.ALV
    assert stage_of(Step.AGREED, needs_alv=False) == Stage.DECIDED


@pytest.mark.parametrize("last", FOLLOWS)
def test_each_step_is_of_one_party(last: str) -> None:
    for step in FOLLOWS[last]:
        assert party_for(step, last) in Party


def test_only_the_bestuur_takes_back_what_was_decided() -> None:
    assert party_for(Step.WITHDRAWN, Step.PRIORITISED) == Party.ASKER
    assert party_for(Step.WITHDRAWN, Step.ADOPTED) == Party.BESTUUR
    assert party_for(Step.DECLINED, Step.PROPOSED) == Party.BESTUUR
    assert party_for(Step.DECLINED, "") == Party.LEADING
