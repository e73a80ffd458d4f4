"""Who brings voorstellen before the ALV by itself, and hears what became of them.

An app above this one registers what it brings, such as voorstellen of regiegroepen;
membership knows nothing of instruments. Each is called inside the transaction of the
verb: refusal_of before it wrote, the others after.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from membership.models import Assembly, Beslispunt, Person, Voorstel
from nvsi.errors import NotAllowed


@dataclass(frozen=True)
class Origin:
    """Where a voorstel comes from: a sentence, and a page where more is read."""

    text: str
    url: str


class Bringer(Protocol):
    """What an app above gives: a module or an object with these functions."""

    def waiting(self) -> Sequence[str]:
        """The titles of what waits for an ALV, and stands on no agenda."""

    def take_in(self, assembly: Assembly, by: Person) -> int:
        """What waits comes on the agenda of an ALV in preparation; gives how many."""

    def was_decided(self, point: Beslispunt, by: Person) -> None:
        """It was adopted or rejected, or there was no quorum for either. Never raises
        NotAllowed: the ALV has spoken."""

    def left_the_agenda(self, voorstel: Voorstel, reason: str, by: Person) -> None:
        """It was withdrawn, or its ALV does not take place."""

    def refusal_of(self, voorstel: Voorstel, number: int, words: str) -> str:
        """Why the beslispunt with this number cannot say this; empty when it can."""

    def origin_of(self, voorstel: Voorstel, person: Person) -> Iterable[Origin]:
        """What this person may read of where it comes from."""


_bringers: list[Bringer] = []


def register(bringer: Bringer) -> None:
    _bringers.append(bringer)


def waiting() -> list[str]:
    return [title for bringer in _bringers for title in bringer.waiting()]


def take_in(assembly: Assembly, by: Person) -> int:
    return sum(bringer.take_in(assembly, by) for bringer in _bringers)


def was_decided(point: Beslispunt, by: Person) -> None:
    for bringer in _bringers:
        bringer.was_decided(point, by)


def left_the_agenda(voorstel: Voorstel, reason: str, by: Person) -> None:
    for bringer in _bringers:
        bringer.left_the_agenda(voorstel, reason, by)


def require_words(voorstel: Voorstel, number: int, words: str, *, field: str) -> None:
    """Raises NotAllowed for a text on which who brought the voorstel could not act."""
    for bringer in _bringers:
        if refusal := bringer.refusal_of(voorstel, number, words):
            raise NotAllowed(refusal, field=field)


def origins_of(voorstel: Voorstel, person: Person) -> list[Origin]:
    return [one for bringer in _bringers for one in bringer.origin_of(voorstel, person)]
