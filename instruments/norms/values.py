"""What the value of a kader means, in words, and how one's own lies beside it. Pure."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from instruments.models import Norm
from nvsi.dutch import euro, plain

State = Literal["equal", "within", "deviates"]
STATES: dict[State, str] = {
    "equal": "gelijk",
    "within": "binnen de ruimte",
    "deviates": "wijkt af",
}
_UNITS = {
    Norm.Kind.EURO_PER_HOUR: " per uur",
    Norm.Kind.HOURS: " uur per week",
    Norm.Kind.WEEKS: " weken",
}


@dataclass(frozen=True)
class Said:
    """A value: a number, or words for a kader of text."""

    value: Decimal | None
    words: str = ""

    @classmethod
    def of(cls, row: Any) -> "Said":
        """Of what is kept as a row with a value and words."""
        return cls(row.value, row.words)


@dataclass(frozen=True)
class Room:
    """From where to where one may choose; None for a kader of text."""

    lowest: Decimal | None
    highest: Decimal | None

    def holds(self, value: Decimal) -> bool:
        if self.lowest is None or self.highest is None:
            return False
        return self.lowest <= value <= self.highest


def state_of(common: Said, room: Room, own: Said, *, reason: str = "") -> State:
    """How one's own value lies beside the common one.

    Words cannot be weighed: other words deviate when their author says why, and
    otherwise they fill in the common ones.
    """
    if _same(common, own):
        return "equal"
    if own.value is None:
        return "deviates" if reason else "within"
    return "within" if room.holds(own.value) else "deviates"


def _same(common: Said, own: Said) -> bool:
    return common.value == own.value and (
        " ".join(common.words.split()) == " ".join(own.words.split())
    )


def in_words(kind: str, said: Said) -> str:
    """€ 2,00 per uur, 2, 32 uur per week, 26 weken, ja, or the words themselves."""
    if said.value is None:
        return said.words
    if kind == Norm.Kind.YES_NO:
        return "ja" if said.value else "nee"
    unit = _UNITS.get(Norm.Kind(kind), "")
    if kind == Norm.Kind.EURO_PER_HOUR:
        return euro(said.value) + unit
    if kind == Norm.Kind.WEEKS and said.value == 1:
        unit = " week"
    return plain(said.value) + unit


def room_in_words(kind: str, said: Said, room: Room) -> str:
    """What a gemeente may choose itself."""
    if said.value is None:
        return "Eigen uitwerking kan."
    if room.lowest == room.highest or room.lowest is None or room.highest is None:
        return "Geen: voor iedereen gelijk."
    if kind == Norm.Kind.YES_NO:
        return "Ja of nee."
    highest = Said(room.highest)
    if room.lowest == 0:
        return f"Tot en met {in_words(kind, highest)}."
    if kind == Norm.Kind.EURO_PER_HOUR:
        return f"Van {euro(room.lowest)} tot en met {in_words(kind, highest)}."
    return f"Van {plain(room.lowest)} tot en met {in_words(kind, highest)}."
