"""Who may be in the list twice: pure, from names, addresses and organisations."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

# A typing error in an address: so many letters other, too many or missing.
MOST_LETTERS = 2


@dataclass(frozen=True)
class Somebody:
    pk: int
    name: str
    email: str
    organisations: frozenset[int]


@dataclass(frozen=True)
class Pair:
    """Two who may be one, the longest known first, and what they share."""

    one: Somebody
    other: Somebody
    why: str


def pairs(people: Iterable[Somebody]) -> list[Pair]:
    """The same name, and an organisation or nearly an address in common."""
    by_name: dict[str, list[Somebody]] = defaultdict(list)
    for person in sorted(people, key=lambda one: one.pk):
        by_name[_bare(person.name)].append(person)
    return [
        Pair(one, other, why)
        for name in sorted(by_name)
        for one, other in combinations(by_name[name], 2)
        if (why := _shared(one, other))
    ]


def _bare(name: str) -> str:
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def _shared(one: Somebody, other: Somebody) -> str:
    if one.organisations & other.organisations:
        return "zelfde naam en zelfde organisatie"
    if are_near(one.email, other.email):
        return "zelfde naam en bijna hetzelfde adres"
    return ""


def are_near(one: str, other: str) -> bool:
    """The same before or after the @, or some letters apart."""
    local, _, domain = one.partition("@")
    other_local, _, other_domain = other.partition("@")
    same = local == other_local or domain == other_domain
    return same or letters_apart(one, other) <= MOST_LETTERS


def letters_apart(one: str, other: str) -> int:
    """How many letters to change, add or take away to make one into the other."""
    row = list(range(len(other) + 1))
    for at, sign in enumerate(one, 1):
        before, row = row, [at]
        for to, letter in enumerate(other, 1):
            cost = before[to - 1] + (sign != letter)
            row.append(min(before[to] + 1, row[to - 1] + 1, cost))
    return row[-1]
