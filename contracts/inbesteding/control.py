"""Who controls on a day, what must be shown of that, and who may rely on it. Pure.

Source: Aanbestedingswet 2012 art. 2.24b lid 1-2, domain rule 37 and 7.4.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from contracts.inbesteding.share import Share

# An aanbestedende dienst; a maatschappelijke organisatie counts as none, so that its
# work is in the whole alone.
PUBLIC = ("gemeente", "samenwerkingsverband", "publieke_organisatie")
PRIVATE = "maatschappelijke_organisatie"


@dataclass(frozen=True)
class Belongs:
    """What an organisation is on the day of the award: lid, aspirant_lid, participant,
    or nothing. Who is suspended has no vote."""

    pk: int
    name: str
    kind: str
    as_what: str = ""
    since: datetime.date | None = None
    decided_on: datetime.date | None = None
    is_suspended: bool = False

    @property
    def controls(self) -> bool:
        """A public member with a vote: what is done for it counts above the line."""
        return self.as_what == "lid" and self.kind in PUBLIC and not self.is_suspended

    @property
    def is_to_check(self) -> bool:
        """A member through which private capital could take part."""
        return self.as_what == "lid" and self.kind == PRIVATE


@dataclass(frozen=True)
class Fact:
    """A fact about control that holds on the day of the award."""

    kind: str
    summary: str
    is_met: bool
    starts_on: datetime.date
    ends_on: datetime.date | None = None
    members: frozenset[int] | None = None  # None: all of them
    organisation: int | None = None
    paper: int | None = None
    paper_name: str = ""
    goes_along: bool = True


@dataclass(frozen=True)
class Requirement:
    """One thing that the law asks, whether it is met, and the facts that show it.

    missing names whose part is not there: not represented, or not checked.
    """

    kind: str
    is_met: bool
    facts: tuple[Fact, ...]
    missing: tuple[str, ...] = ()
    denied: bool = False


# In the order in which the law names them.
REPRESENTATION, INFLUENCE, INTERESTS, CAPITAL = (
    *("representation", "influence", "interests", "capital"),
)
VOTE, CAPITAL_CHECK = "vote", "capital_check"


def requirements(
    facts: Sequence[Fact], members: Sequence[Belongs]
) -> tuple[Requirement, ...]:
    """What art. 2.24b asks of the control, with what there is of it."""
    return (
        _representation(facts, members),
        _one(INFLUENCE, _of(facts, INFLUENCE), more=_of(facts, VOTE)),
        _one(INTERESTS, _of(facts, INTERESTS)),
        _capital(facts, members),
    )


def _of(facts: Iterable[Fact], kind: str) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if fact.kind == kind)


def _one(kind: str, own: Sequence[Fact], *, more: Sequence[Fact] = ()) -> Requirement:
    """Met by a fact that says so, unless another one denies it."""
    denied = any(not fact.is_met for fact in own)
    return Requirement(kind, bool(own) and not denied, (*own, *more), denied=denied)


def _representation(facts: Sequence[Fact], members: Sequence[Belongs]) -> Requirement:
    """All members that take part are represented; one person may do so for several."""
    own = _of(facts, REPRESENTATION)
    met = [fact for fact in own if fact.is_met]
    denied = [fact for fact in own if not fact.is_met]
    missing = tuple(
        member.name
        for member in members
        if member.controls and (not _covered(member, met) or _covered(member, denied))
    )
    has_any = bool(met) and not missing
    return Requirement(REPRESENTATION, has_any, own, missing, denied=bool(denied))


def _covered(member: Belongs, facts: Iterable[Fact]) -> bool:
    return any(fact.members is None or member.pk in fact.members for fact in facts)


def _capital(facts: Sequence[Fact], members: Sequence[Belongs]) -> Requirement:
    """None in the association, and none through a member that could bring it in."""
    own, checks = _of(facts, CAPITAL), _of(facts, CAPITAL_CHECK)
    good = {fact.organisation for fact in checks if fact.is_met}
    bad = {fact.organisation for fact in checks if not fact.is_met}
    to_check = [member for member in members if member.is_to_check]
    missing = tuple(m.name for m in to_check if m.pk not in good - bad)
    found = any(member.pk in bad for member in to_check)
    whole = _one(CAPITAL, own)
    is_met = whole.is_met and not missing
    return Requirement(
        CAPITAL, is_met, (*own, *checks), missing, denied=whole.denied or found
    )


@dataclass(frozen=True)
class Assessment:
    """All that decides on an award in one instrument on one day.

    whole is the share of the association; it is the same object where there is but one
    instrument that did anything.
    """

    awarded_on: datetime.date
    share: Share
    whole: Share
    requirements: tuple[Requirement, ...]
    everyone: tuple[Belongs, ...]

    @property
    def controlling(self) -> list[Belongs]:
        return [member for member in self.everyone if member.controls]

    @property
    def is_proven(self) -> bool:
        """Whether the members may rely on it."""
        return (
            has_share(self.share)
            and has_share(self.whole)
            and all(one.is_met for one in self.requirements)
        )

    def may_rely(self, organisation: Belongs) -> bool:
        return self.is_proven and organisation.controls


def has_share(share: Share) -> bool:
    """Whether it is known, and above the limit."""
    return share.problem is None and share.is_above
