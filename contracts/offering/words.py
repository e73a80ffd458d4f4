"""What pages say of an agreement: its state, its price, what happened when. Pure."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from contracts.kinds import Kind, Why
from contracts.stages import Stage
from nvsi.dutch import day, euro

# Of each stage the words on the badge and its tone; see static/nvsi.css.
BADGES = {
    Stage.DRAFT: ("Concept", "quiet"),
    Stage.OFFERED: ("Wacht op u", "asked"),
    Stage.HALF_SIGNED: ("Wacht op de NVSI", "waiting"),
    Stage.SIGNED: ("Getekend", "done"),
    Stage.IN_FORCE: ("Van kracht", "done"),
    Stage.GIVEN_NOTICE: ("Opgezegd", "waiting"),
    Stage.ENDED: ("Geëindigd", "quiet"),
    Stage.REPLACED: ("Vervangen", "quiet"),
    Stage.DECLINED: ("Afgewezen", "quiet"),
    Stage.WITHDRAWN: ("Ingetrokken", "quiet"),
    Stage.LAPSED: ("Vervallen", "quiet"),
}
TITLES = {
    Kind.VERWERKERS: "Verwerkersovereenkomst",
    Kind.GEBRUIKS: "Gebruiksovereenkomst",
    Kind.UITVOERINGS: "Uitvoeringsovereenkomst",
}
_WHY = {
    Why.NEW: "",
    Why.PROLONGATION: "verlenging",
    Why.CHANGE: "wijziging",
    Why.TAKEOVER: "overname van een bestaande overeenkomst",
}


@dataclass(frozen=True)
class Badge:
    """A state in two words, and its tone: asked, waiting, done or quiet."""

    words: str
    tone: str


@dataclass(frozen=True)
class Moment:
    """Something that happened to an agreement, or that will on a day."""

    on: datetime.date
    what: str
    is_to_come: bool = False


def badge_of(stage: Stage, *, is_asked: bool) -> Badge:
    """is_asked: the organisation is to act on what is offered, and not the NVSI."""
    if stage in (Stage.OFFERED, Stage.HALF_SIGNED):
        return Badge(*BADGES[Stage.OFFERED if is_asked else Stage.HALF_SIGNED])
    return Badge(*BADGES[stage])


def title_of(kind: str, why: str, instrument: str) -> str:
    """'Gebruiksovereenkomst Flexensie, verlenging'."""
    words = f"{TITLES[Kind(kind)]} {instrument}".strip()
    return f"{words}, {_WHY[Why(why)]}" if _WHY[Why(why)] else words


def price_of(pct: Decimal, uitvoerder: str, contributions: Sequence[Decimal]) -> str:
    """The price in plain words. contributions are those of the gemeente and of the
    uitvoerder, in percent; empty when none is set yet."""
    who = uitvoerder or "de uitvoerder"
    words = f"Van elke € 100 bruto-omzet gaat {_euros(pct)} naar {who}"
    if not contributions:
        return f"{words}."
    ours, theirs = contributions
    words += f" en {_euros(ours)} als bijdrage naar de NVSI."
    if theirs:
        words += f" De uitvoerder betaalt de NVSI zelf ook {_euros(theirs)}."
    return words


def _euros(pct: Decimal) -> str:
    """Of a hundred euros; a percentage is then an amount. Whole ones without cents."""
    return f"€ {pct:.0f}" if pct == pct.to_integral_value() else euro(pct)


def in_force(starts_on: datetime.date, ends_on: datetime.date | None) -> str:
    """'vanaf 1 januari 2027, zonder einddatum'."""
    until = f"tot en met {day(ends_on)}" if ends_on else "zonder einddatum"
    return f"vanaf {day(starts_on)}, {until}"
