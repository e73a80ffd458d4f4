"""The result of a consultation: what is counted, and percentages that tell no lie."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from membership.consultation.result import percentages, result_of

USUAL = ["voor", "tegen", "onthouding"]


def answers(**counts: int) -> list[str]:
    return [choice for choice, count in counts.items() for _ in range(count)]


def test_the_members_agree_with_99_percent_of_the_votes() -> None:
    """As seed 003 says it; who abstains answers, and does not vote."""
    said = answers(voor=297, tegen=3, onthouding=10)
    result = result_of(USUAL, said, voters=342)
    assert result.sentence == "De leden zijn met 99% van de stemmen akkoord gegaan."
    assert [(line.option, line.count, line.pct) for line in result.lines] == [
        ("voor", 297, "99%"),
        ("tegen", 3, "1%"),
        ("onthouding", 10, ""),
    ]
    assert (result.votes, result.answered, result.turnout) == (300, 310, "91%")


@pytest.mark.parametrize(
    ("counts", "pct"),
    [
        ((341, 1), "99,7%"),  # not 100%
        ((342, 0), "100%"),
        ((171, 170), "50,1%"),  # not 50%
        ((172, 170), "50,3%"),
        ((2, 1), "67%"),
        ((9999, 1), "99,99%"),
    ],
)
def test_nothing_is_rounded_to_what_it_is_not(
    counts: tuple[int, int], pct: str
) -> None:
    assert percentages(counts, of=sum(counts))[counts[0]] == pct


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (answers(voor=1, tegen=2), "De leden zijn niet akkoord gegaan: 67% stemde "
                                   "tegen."),
        (answers(voor=2, tegen=2), "De stemmen staakten: evenveel leden stemden voor "
                                   "als tegen."),
        (answers(onthouding=3), "De leden brachten geen stem uit."),
        ([], "De leden brachten geen stem uit."),
    ],
)  # fmt: skip
def test_the_sentence_says_what_the_members_said(
    said: list[str], sentence: str
) -> None:
    assert result_of(USUAL, said, voters=10).sentence == sentence


def test_options_of_our_own_have_a_sentence_too() -> None:
    options = ["Utrecht", "Zwolle", "Breda"]
    said = answers(Utrecht=3, Zwolle=1, Breda=1)
    result = result_of(options, said, voters=5)
    assert result.sentence == "De leden kozen met 60% van de stemmen voor: Utrecht."
    tied = result_of(options, answers(Utrecht=1, Zwolle=1), voters=5)
    assert tied.sentence == (
        "De stemmen staakten: Utrecht en Zwolle kregen elk 50% van de stemmen."
    )


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="no answers"):
        result_of(USUAL, ["misschien"], voters=3)
    with pytest.raises(ValueError, match="no answers"):
        result_of(USUAL, answers(voor=4), voters=3)


@given(st.lists(st.integers(0, 400), min_size=1, max_size=4))
def test_percentages_are_near_and_never_lie(counts: list[int]) -> None:
    total = sum(counts)
    shown = percentages(counts, of=total)
    for count, words in shown.items():
        value = Fraction(words.removesuffix("%").replace(",", "."))
        exact = Fraction(100 * count, total or 1)
        assert abs(value - exact) <= Fraction(1, 2)
        assert value == exact or value not in (0, 50, 100)
    assert len(set(shown.values())) == len(set(counts))
