"""The result of a consultation: counts, percentages and one sentence. Pure.

Onthouding is an answer and no vote: it counts for the turnout, and percentages are of
the votes. They are rounded so that they tell no lie: nothing is called 0%, 50% or 100%
that is not exactly so, and two counts that differ are never shown as the same. Whole
percentages where that can be, else with as many decimals as it takes.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from nvsi.dutch import listing, percent

ABSTAINS = "onthouding"
FOR, AGAINST = "voor", "tegen"
_EXACT = {Fraction(0), Fraction(50), Fraction(100)}


@dataclass(frozen=True)
class Line:
    """One option: how often it was chosen, and its percentage of the votes in words;
    empty for an abstention, or when nobody voted."""

    option: str
    count: int
    pct: str


@dataclass(frozen=True)
class Result:
    """answered: how many of the voters gave an answer; votes: without abstentions."""

    lines: tuple[Line, ...]
    voters: int
    answered: int
    votes: int
    turnout: str
    sentence: str


def abstains(option: str) -> bool:
    return option.strip().casefold() == ABSTAINS


def result_of(options: Sequence[str], choices: Iterable[str], *, voters: int) -> Result:
    """Of the standing choices, one for each member that answered.

    Raises ValueError for a choice that is no option, or more answers than voters.
    """
    counted = Counter(choices)
    answered = counted.total()
    if set(counted) - set(options) or answered > voters:
        raise ValueError("no answers to this question")
    counts = {option: counted[option] for option in options}
    votes = {one: count for one, count in counts.items() if not abstains(one)}
    total = sum(votes.values())
    shown = percentages(votes.values(), of=total)
    return Result(
        lines=tuple(
            Line(option, count, shown[count] if option in votes and total else "")
            for option, count in counts.items()
        ),
        voters=voters,
        answered=answered,
        votes=total,
        turnout=percentages([answered], of=voters)[answered],
        sentence=_sentence(votes, shown),
    )


def percentages(counts: Iterable[int], *, of: int) -> Mapping[int, str]:
    """Each count as a percentage in words, all with the decimals that honesty takes."""
    exact = {count: Fraction(100 * count, of or 1) for count in counts}
    decimals = 0
    while not _is_honest(exact, decimals):
        decimals += 1
    return {count: percent(_rounded(value, decimals)) for count, value in exact.items()}


def _is_honest(exact: Mapping[int, Fraction], decimals: int) -> bool:
    rounded = {count: _rounded(value, decimals) for count, value in exact.items()}
    if len(set(rounded.values())) < len(set(exact.values())):
        return False
    return all(
        exact[count] == value
        for count, value in rounded.items()
        if Fraction(value) in _EXACT
    )


def _rounded(value: Fraction, decimals: int) -> Decimal:
    """Half a unit goes up; nothing here is below zero."""
    units = (2 * value * 10**decimals + 1) // 2
    return Decimal(units).scaleb(-decimals)


def _sentence(votes: Mapping[str, int], shown: Mapping[int, str]) -> str:
    """What the members said, in one sentence."""
    if not sum(votes.values()):
        return "De leden brachten geen stem uit."
    if set(votes) == {FOR, AGAINST}:
        return _for_or_against(votes, shown)
    most = max(votes.values())
    first = [option for option, count in votes.items() if count == most]
    pct = shown[most]
    if len(first) == 1:
        return f"De leden kozen met {pct} van de stemmen voor: {first[0]}."
    return f"De stemmen staakten: {listing(first)} kregen elk {pct} van de stemmen."


def _for_or_against(votes: Mapping[str, int], shown: Mapping[int, str]) -> str:
    pro, contra = votes[FOR], votes[AGAINST]
    if pro > contra:
        return f"De leden zijn met {shown[pro]} van de stemmen akkoord gegaan."
    if pro < contra:
        return f"De leden zijn niet akkoord gegaan: {shown[contra]} stemde tegen."
    return "De stemmen staakten: evenveel leden stemden voor als tegen."
