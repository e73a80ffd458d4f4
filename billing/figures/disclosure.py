"""Which groups of people may be told of, so that nobody can be computed back. Pure.

The rule. Of a group a number is told when it holds at least five people, and still
does for each gemeente that takes its own people out of it: a gemeente knows its own.
A group of several gemeenten holds ten: with fewer, that it is told would say how many
the largest can hold, and so how the others are divided.

Groups that make up a whole, of which the number is told too, are a sum: whoever takes
what is told from the whole, knows what the others are together. So groups that may not
be told of, and those of fewer than three gemeenten, which are nobody's to see apart,
are only told together, with as many others added as hide them. That is enough when it
makes three gemeenten, and when for everyone, also for who knows these rules, and which
groups were too small, and the own people of one gemeente, each small group may still
hold anything from nobody to four. Where that cannot be, no group is told of.

What this does not keep from anybody: what he knows from elsewhere, and what may follow
at the very edge of these numbers for who tries each choice of groups again.

What is told are parts that do not overlap; so all that can be added and subtracted of
it are again such parts together. A half-year is told once and from its own lines only:
there is no sum over half-years, and none that changes later.

Source: issue 6, groups under five people.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

# The least people in a group of which a number is told.
LEAST = 5
# The least gemeenten in a group that is told apart, and of which euros are told: two
# would know each other's.
LEAST_GEMEENTEN = 3


@dataclass(frozen=True)
class Group:
    """Some people, counted per gemeente; a gemeente is in one group of a whole.

    A gemeente may stand there with nobody: then it has hours without people, such as
    a correction of work from before.
    """

    key: str
    people: Mapping[int, int]

    @property
    def count(self) -> int:
        return sum(self.people.values())

    def without(self, gemeente: int | None) -> int:
        """How many are left when a gemeente takes its own people out."""
        return self.count - (self.people.get(gemeente, 0) if gemeente else 0)


@dataclass(frozen=True)
class Told:
    """The keys of the groups that are told apart, and of those only together.

    Both empty: of this whole no group is told.
    """

    apart: tuple[str, ...] = ()
    together: tuple[str, ...] = ()


def may_be_told(group: Group) -> bool:
    """Whether a number of this group says nothing of fewer than five people.

    Of a group without any gemeente there is nothing to tell of anybody.
    """
    if not group.people:
        return True
    if len(group.people) == 1:
        return group.count >= LEAST
    left = min(group.without(own) for own in group.people)
    return left >= LEAST and group.count >= 2 * LEAST


def euros_may_be_told(group: Group) -> bool:
    """Whether euros of this group are not those of one gemeente, also to the others."""
    return not group.people or (may_be_told(group) and _is_of_enough(group))


def told_of(groups: Sequence[Group]) -> Told:
    """How the groups of a whole are told; none when the whole may not be told."""
    if not may_be_told(_together(groups)):
        return Told()
    small = [group for group in groups if not may_be_told(group)]
    few = [one for one in groups if one not in small and not _is_of_enough(one)]
    large = sorted(
        (group for group in groups if group not in (*small, *few)),
        key=lambda group: (group.count, group.key),
    )
    added = _added_to(small, few, large) if small or few else []
    if added is None or len(added) == len(large):
        return Told()
    hidden = {group.key for group in (*small, *few, *added)}
    return Told(
        apart=_keys(group for group in groups if group.key not in hidden),
        together=_keys(group for group in groups if group.key in hidden),
    )


def _added_to(
    small: Sequence[Group], few: Sequence[Group], large: Sequence[Group]
) -> list[Group] | None:
    """What is told together with those: nothing or one group, where that is enough.

    Else the largest goes with it, and the question is the same for what is left.
    """
    added: list[Group] = []
    left = list(large)
    while True:
        for one in ([], *([group] for group in left)):
            if _is_enough(small, [*few, *added, *one]):
                return [*added, *one]
        if not left:
            return None
        added.append(left.pop())


def _is_enough(small: Sequence[Group], beside: Sequence[Group]) -> bool:
    return _is_of_enough(_together([*small, *beside])) and (
        not small or _hides(small, beside)
    )


def _is_of_enough(group: Group) -> bool:
    return len(group.people) >= LEAST_GEMEENTEN


def _together(groups: Iterable[Group]) -> Group:
    return Group("", {own: n for one in groups for own, n in one.people.items()})


def _hides(small: Sequence[Group], added: Sequence[Group]) -> bool:
    """Whether for everyone each small group may still hold nobody, or up to four.

    Who knows the rules, knows that what was added holds five people or more; so of
    all that is not his own there must be that many, and four.
    """
    everybody = _together([*small, *added])
    return all(
        _others(added, own)
        and everybody.without(own) >= LEAST * len(_others(added, own)) + LEAST - 1
        for own in (None, *everybody.people)
    )


def _others(groups: Iterable[Group], own: int | None) -> list[Group]:
    """Those with somebody else's people in it."""
    return [group for group in groups if set(group.people) - {own}]


def _keys(groups: Iterable[Group]) -> tuple[str, ...]:
    return tuple(group.key for group in groups)
