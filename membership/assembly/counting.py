"""What a vote of the ALV comes to: rules as data, counts in, outcome and sentence out.

Pure. Who abstains, or hands in a blank or invalid ballot, is there (it counts for the
quorum) and casts no vote. When the votes tie, nothing is decided in favour. Source:
BW2 art. 38, 42 and 43; domain rules 21 and 24; the statuten say the rest, as data.
"""

import enum
from dataclasses import dataclass
from fractions import Fraction

from nvsi.dutch import counted

HALF = Fraction(1, 2)
_FRACTIONS = {
    HALF: "de helft",
    Fraction(1): "alle",
    Fraction(1, 3): "een derde",
    Fraction(1, 4): "een vierde",
    Fraction(1, 10): "een tiende",
    Fraction(2, 3): "twee derde",
    Fraction(3, 4): "drie vierde",
    Fraction(3, 5): "drie vijfde",
    Fraction(4, 5): "vier vijfde",
    Fraction(9, 10): "negen tiende",
}


class Base(enum.StrEnum):
    """Of what the majority is taken: the votes that were cast, or all there are."""

    CAST = "cast"
    ENTITLED = "entitled"


@dataclass(frozen=True)
class Rule:
    """majority: the share of the base that must be in favour, as a part of 1; more than
    it when strict, else at least it. quorum: the share of all votes that must be there
    or represented; 0 for none. Raises ValueError for shares that cannot be."""

    majority: Fraction
    is_strict: bool
    base: Base = Base.CAST
    quorum: Fraction = Fraction(0)

    def __post_init__(self) -> None:
        whole = self.majority == 1 and self.is_strict
        if not 0 < self.majority <= 1 or not 0 <= self.quorum <= 1 or whole:
            raise ValueError("a majority or quorum that cannot be")

    def needed(self, of: int) -> int:
        """The fewest votes in favour that suffice, of a base of so many votes."""
        share = self.majority * of
        return share.__floor__() + 1 if self.is_strict else share.__ceil__()

    def quorum_of(self, entitled: int) -> int:
        """The fewest votes that must be present or represented."""
        return (self.quorum * entitled).__ceil__()


@dataclass(frozen=True)
class Counts:
    """Votes, not people: in favour, against, abstained, and blank or invalid."""

    pro: int
    contra: int
    abstained: int = 0
    blank: int = 0

    def __post_init__(self) -> None:
        if min(self.pro, self.contra, self.abstained, self.blank) < 0:
            raise ValueError("fewer than no votes")

    @property
    def cast(self) -> int:
        return self.pro + self.contra

    @property
    def total(self) -> int:
        return self.cast + self.abstained + self.blank


class Verdict(enum.StrEnum):
    """What it comes to. Without a quorum there is no valid decision at all."""

    ADOPTED = "adopted"
    REJECTED = "rejected"
    NO_QUORUM = "no_quorum"


@dataclass(frozen=True)
class Outcome:
    """needed: how many votes in favour it took; sentence: all of it, for people."""

    verdict: Verdict
    needed: int
    sentence: str

    @property
    def is_adopted(self) -> bool:
        return self.verdict == Verdict.ADOPTED


def outcome(rule: Rule, counts: Counts, *, entitled: int, present: int) -> Outcome:
    """Of a vote that is closed. entitled: all votes of the members; present: those of
    who came or is represented.

    Raises ValueError when more was counted than was present, or entitled.
    """
    if not counts.total <= present <= entitled:
        raise ValueError("more votes than there are")
    needed = rule.needed(counts.cast if rule.base == Base.CAST else entitled)
    verdict = _verdict(rule, counts, needed, present, rule.quorum_of(entitled))
    if verdict == Verdict.NO_QUORUM:
        words = _no_quorum(rule, present, entitled)
    else:
        words = _counted(rule, counts, verdict, entitled)
    return Outcome(verdict, needed, words)


def fraction(share: Fraction) -> str:
    """de helft, twee derde, 5/7 deel."""
    known = _FRACTIONS.get(share)
    return known or f"{share.numerator}/{share.denominator} deel"


def majority_in_words(rule: Rule, of: str) -> str:
    """meer dan de helft van de 61 uitgebrachte stemmen."""
    how = "meer dan" if rule.is_strict else "ten minste"
    return f"{how} {fraction(rule.majority)} van de {of}"


def _verdict(
    rule: Rule, counts: Counts, needed: int, present: int, quorum: int
) -> Verdict:
    if present < quorum:
        return Verdict.NO_QUORUM
    won = counts.pro >= needed and counts.pro > counts.contra
    return Verdict.ADOPTED if won else Verdict.REJECTED


def _no_quorum(rule: Rule, present: int, entitled: int) -> str:
    return (
        f"Geen besluit: er was geen quorum. {_votes(present)} van de {entitled} waren "
        f"aanwezig of vertegenwoordigd. Nodig: ten minste {fraction(rule.quorum)}, dus "
        f"{rule.quorum_of(entitled)}."
    )


def _counted(rule: Rule, counts: Counts, verdict: Verdict, entitled: int) -> str:
    if not counts.cast:
        return f"Verworpen: niemand stemde voor of tegen{_beside(counts)}."
    if counts.pro == counts.contra:
        return (
            f"Verworpen: de stemmen staakten, met {counts.pro} voor en "
            f"{counts.contra} tegen{_beside(counts)}."
        )
    won = verdict == Verdict.ADOPTED
    of = (
        f"{counts.cast} uitgebrachte {_stem(counts.cast)}"
        if rule.base == Base.CAST
        else f"{entitled} {_stem(entitled)} van alle leden samen"
    )
    return (
        f"{'Aangenomen' if won else 'Verworpen'} met {_votes(counts.pro)} voor en "
        f"{counts.contra} tegen{_beside(counts)}. Nodig: "
        f"{majority_in_words(rule, of)}."
    )


def _beside(counts: Counts) -> str:
    """What was no vote: '; 2 onthoudingen en 1 blanco of ongeldig'."""
    parts = []
    if counts.abstained:
        parts.append(counted(counts.abstained, "onthouding", "onthoudingen"))
    if counts.blank:
        parts.append(f"{counts.blank} blanco of ongeldig")
    return f"; {' en '.join(parts)}" if parts else ""


def _votes(count: int) -> str:
    return counted(count, "stem", "stemmen")


def _stem(count: int) -> str:
    return "stem" if count == 1 else "stemmen"
