"""What is told of groups: by trying to compute back what was not told."""

from collections import defaultdict
from collections.abc import Container, Sequence
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.figures.disclosure import (
    LEAST,
    LEAST_GEMEENTEN,
    Group,
    Told,
    euros_may_be_told,
    may_be_told,
    told_of,
)

World = tuple[tuple[int, ...], ...]
# Regions with a few gemeenten each, of some people; many small, since these are hard.
COUNTS = st.one_of(st.integers(0, 6), st.integers(0, 60))
WORLDS = st.lists(st.lists(COUNTS, min_size=1, max_size=4), min_size=1, max_size=7)


def groups_of(world: Sequence[Sequence[int]]) -> list[Group]:
    """A region per row; the gemeenten are numbered through."""
    numbered = iter(range(1, 1000))
    return [
        Group(f"AM{at:02}", {next(numbered): count for count in counts})
        for at, counts in enumerate(world)
    ]


def whole(groups: Sequence[Group]) -> Group:
    return Group("", {k: v for group in groups for k, v in group.people.items()})


def parts_told(groups: Sequence[Group], told: Told) -> list[Group]:
    """The parts of which a number is published; at most the whole when none is."""
    if not (told.apart or told.together):
        return [whole(groups)] if may_be_told(whole(groups)) else []
    apart = [group for group in groups if group.key in told.apart]
    rest = [group for group in groups if group.key in told.together]
    return [*apart, *([whole(rest)] if rest else [])]


def test_a_group_of_five_is_told_and_of_four_is_not() -> None:
    assert may_be_told(Group("", {1: 5}))
    assert not may_be_told(Group("", {1: 4}))
    assert may_be_told(Group("", {}))


def test_a_gemeente_that_takes_out_its_own_is_not_left_with_fewer_than_five() -> None:
    assert may_be_told(Group("", {1: 30, 2: 5}))
    assert not may_be_told(Group("", {1: 30, 2: 4}))
    assert not may_be_told(Group("", {1: 30, 2: 0}))
    assert may_be_told(Group("", {1: 30, 2: 4, 3: 1}))


def test_a_group_of_several_gemeenten_holds_ten() -> None:
    """With nine, the first of these would know that both others have four."""
    assert not may_be_told(Group("", {1: 1, 2: 4, 3: 4}))
    assert may_be_told(Group("", {1: 2, 2: 4, 3: 4}))


def test_euros_are_of_three_gemeenten_or_more() -> None:
    assert not euros_may_be_told(Group("", {1: 50}))
    assert not euros_may_be_told(Group("", {1: 50, 2: 50}))
    assert euros_may_be_told(Group("", {1: 50, 2: 50, 3: 1}))
    assert not euros_may_be_told(Group("", {1: 50, 2: 1, 3: 1}))


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    assert told_of(groups_of([[5, 5, 5], [9, 9, 9], [40, 1, 9]])) == Told(
        ("AM00", "AM01", "AM02"), ()
    )
    assert told_of([]) == Told()


def test_a_small_group_goes_with_the_smallest_that_hides_it() -> None:
    told = told_of(groups_of([[2], [40, 40, 40], [12, 12, 12], [50, 50, 50]]))
    assert told == Told(("AM01", "AM03"), ("AM00", "AM02"))


def test_a_region_of_few_gemeenten_is_not_told_apart() -> None:
    """Others like it are enough to go with; else one that is told goes with it."""
    told = told_of(groups_of([[30], [20, 20, 20], [30, 30], [9, 9, 9]]))
    assert told == Told(("AM01", "AM03"), ("AM00", "AM02"))
    told = told_of(groups_of([[30], [20, 20, 20], [9, 9, 9]]))
    assert told == Told(("AM01",), ("AM00", "AM02"))


def test_where_nothing_hides_a_small_group_no_group_is_told() -> None:
    assert told_of(groups_of([[2], [40]])) == Told()
    assert told_of(groups_of([[2], [12, 12, 12]])) == Told()
    assert told_of(groups_of([[2], [3], [4], [5, 5]])) == Told()


@given(WORLDS)
def test_every_part_that_is_told_holds_five_people_for_everyone(world: World) -> None:
    groups = groups_of(world)
    told = told_of(groups)
    for part in parts_told(groups, told):
        assert may_be_told(part), part
        assert len(part.people) >= LEAST_GEMEENTEN or part == whole(groups)
    assert not set(told.apart) & set(told.together)


@given(WORLDS)
def test_no_sum_or_difference_of_what_is_told_is_a_small_group(world: World) -> None:
    """Solve it: the numbers told and, each in turn, what a gemeente knows of itself."""
    groups = groups_of(world)
    gemeenten = list(whole(groups).people)
    parts = parts_told(groups, told_of(groups))
    small = [
        group for group in groups if group.count < LEAST and not may_be_told(group)
    ]
    for own in (0, *gemeenten):
        known = [indicator(part.people, gemeenten) for part in parts]
        if own:
            known.append(indicator([own], gemeenten))
        for group in small:
            if set(group.people) != {own}:
                hidden = indicator(group.people, gemeenten)
                assert rank([*known, hidden]) == rank(known) + 1, (group, own)


def indicator(some: Container[int], gemeenten: Sequence[int]) -> list[Fraction]:
    return [Fraction(one in some) for one in gemeenten]


def rank(rows: Sequence[Sequence[Fraction]]) -> int:
    """How many of these equations say something that the others do not."""
    left, found = [list(row) for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in left if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        found += 1
        for row in left:
            factor = row[column] / pivot[column]
            row[:] = [a - factor * b for a, b in zip(row, pivot, strict=True)]
    return found


@given(WORLDS)
def test_who_knows_the_rules_is_left_with_nobody_to_four(world: World) -> None:
    """Try every number for the small groups, from what is told and what one gemeente
    knows of itself: what was added holds five people or more, as everybody knows.
    """
    groups = groups_of(world)
    told = told_of(groups)
    together = [group for group in groups if group.key in told.together]
    for own in (None, *whole(together).people):
        others = [group for group in together if set(group.people) - {own}]
        small = [group for group in others if not may_be_told(group)]
        left = whole(together).without(own) - LEAST * (len(others) - len(small))
        found = [
            tried
            for tried in product(range(LEAST), repeat=min(len(small), 4))
            if sum(tried) <= left and len(others) > len(small)
        ]
        for at in range(min(len(small), 4)):
            assert {tried[at] for tried in found} == set(range(LEAST)), (own, told)


@pytest.mark.parametrize(("gemeenten", "most"), [(2, 40), (3, 30), (4, 18)])
def test_that_a_whole_is_told_does_not_tell_how_it_is_divided(
    gemeenten: int, most: int
) -> None:
    """Whoever compares all wholes that would look the same to him, and that may be
    told, is left with more than one number for each small gemeente that is another.
    """
    alike: dict[tuple[int, int, int], list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(most + 1), repeat=gemeenten):
        if sum(counts) <= most and may_be_told(Group("", dict(enumerate(counts, 1)))):
            for own, mine in enumerate(counts):
                alike[sum(counts), own, mine].append(counts)
    for (total, own, mine), same in alike.items():
        for other in {*range(gemeenten)} - {own}:
            possible = {counts[other] for counts in same}
            assert len(possible) > 1 or min(possible) >= LEAST, (total, own, mine)
