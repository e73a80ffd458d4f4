"""What a vote comes to, for every rule and every count."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from membership.assembly.counting import Base, Counts, Rule, Verdict, outcome

USUAL = Rule(Fraction(1, 2), is_strict=True)
STATUTEN = Rule(Fraction(2, 3), is_strict=False)

shares = st.fractions(0, 1, max_denominator=12)
rules = st.builds(
    Rule,
    shares.filter(lambda share: 0 < share < 1),
    is_strict=st.booleans(),
    base=st.sampled_from(Base),
    quorum=shares,
)
few = st.integers(0, 400)


@st.composite
def votes(draw: st.DrawFn) -> tuple[Counts, int, int]:
    """Counts, with how many votes were there and how many exist."""
    counts = Counts(*(draw(few) for _ in range(4)))
    present = counts.total + draw(few)
    return counts, present + draw(few), present


@given(rules, votes())
def test_one_vote_short_of_the_majority_fails(
    rule: Rule, vote: tuple[Counts, int, int]
) -> None:
    """What is adopted has its majority and more votes than against; with one vote fewer
    in favour than it takes, it would not have been."""
    counts, entitled, present = vote
    found = outcome(rule, counts, entitled=entitled, present=present)
    base = counts.cast if rule.base == Base.CAST else entitled
    enough = counts.pro > rule.majority * base
    if not rule.is_strict:
        enough = counts.pro >= rule.majority * base
    there = Fraction(present) >= rule.quorum * entitled
    assert found.is_adopted == (there and enough and counts.pro > counts.contra)
    if found.is_adopted:
        short = Counts(found.needed - 1, counts.cast - found.needed + 1)
        if short.pro >= 0 and rule.base == Base.CAST:
            lost = outcome(rule, short, entitled=entitled, present=present)
            assert not lost.is_adopted


@given(rules, votes(), st.integers(1, 50))
def test_votes_counted_never_exceed_votes_entitled(
    rule: Rule, vote: tuple[Counts, int, int], more: int
) -> None:
    counts, entitled, _present = vote
    with pytest.raises(ValueError, match="more votes"):
        outcome(rule, counts, entitled=counts.total - more, present=counts.total)
    with pytest.raises(ValueError, match="more votes"):
        outcome(rule, counts, entitled=entitled, present=counts.total - more)


@given(rules, votes())
def test_more_in_favour_never_turns_a_decision_down(
    rule: Rule, vote: tuple[Counts, int, int]
) -> None:
    counts, entitled, present = vote
    if counts.contra:
        better = Counts(
            counts.pro + 1, counts.contra - 1, counts.abstained, counts.blank
        )
        before = outcome(rule, counts, entitled=entitled, present=present)
        after = outcome(rule, better, entitled=entitled, present=present)
        assert after.is_adopted or not before.is_adopted


@pytest.mark.parametrize(
    ("rule", "counts", "sentence"),
    [
        (
            USUAL,
            Counts(31, 30, 2),
            "Aangenomen met 31 stemmen voor en 30 tegen; 2 onthoudingen. Nodig: meer "
            "dan de helft van de 61 uitgebrachte stemmen.",
        ),
        (
            STATUTEN,
            Counts(39, 20, 3, 1),
            "Verworpen met 39 stemmen voor en 20 tegen; 3 onthoudingen en 1 blanco of "
            "ongeldig. Nodig: ten minste twee derde van de 59 uitgebrachte stemmen.",
        ),
        (STATUTEN, Counts(40, 20), "Aangenomen met 40 stemmen voor en 20 tegen."),
        (USUAL, Counts(30, 30), "Verworpen: de stemmen staakten, met 30 voor"),
        (USUAL, Counts(0, 0, 3), "Verworpen: niemand stemde voor of tegen; 3"),
        (
            Rule(Fraction(1, 2), is_strict=True, base=Base.ENTITLED),
            Counts(31, 0),
            "Verworpen met 31 stemmen voor en 0 tegen. Nodig: meer dan de helft van de "
            "63 stemmen van alle leden samen.",
        ),
    ],
)  # fmt: skip
def test_the_sentence_says_what_it_took(
    rule: Rule, counts: Counts, sentence: str
) -> None:
    found = outcome(rule, counts, entitled=63, present=63)
    assert found.sentence.replace("\xa0", " ").startswith(sentence)


def test_two_thirds_of_sixty_one_votes_is_forty_one() -> None:
    """The one that fails by one: 40 of 61."""
    verdicts = [
        outcome(STATUTEN, Counts(pro, 61 - pro), entitled=61, present=61).verdict
        for pro in (40, 41)
    ]
    assert verdicts == [Verdict.REJECTED, Verdict.ADOPTED]


def test_without_a_quorum_there_is_no_decision() -> None:
    rule = Rule(Fraction(1, 2), is_strict=True, quorum=Fraction(1, 2))
    found = outcome(rule, Counts(31, 0), entitled=63, present=31)
    assert found.verdict == Verdict.NO_QUORUM
    assert found.sentence.replace("\xa0", " ") == (
        "Geen besluit: er was geen quorum. 31 stemmen van de 63 waren aanwezig of "
        "vertegenwoordigd. Nodig: ten minste de helft, dus 32."
    )
    enough = outcome(rule, Counts(31, 0), entitled=63, present=32)
    assert enough.is_adopted


@pytest.mark.parametrize("share", [Fraction(0), Fraction(-1, 2), Fraction(3, 2)])
def test_a_rule_that_cannot_be_is_refused(share: Fraction) -> None:
    with pytest.raises(ValueError, match="cannot be"):
        Rule(share, is_strict=False)
