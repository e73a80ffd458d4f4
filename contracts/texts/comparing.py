"""Two versions of a text beside each other, article by article and word by word. Pure.

An article is the same one when it has the same name; without a name, the same title.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from contracts.texts.reading import Section, read
from nvsi.comparing import Op, Piece, compare_lines


@dataclass(frozen=True)
class Compared:
    """One article: `state` is same, new, gone or changed."""

    heading: str
    state: Literal["same", "new", "gone", "changed"]
    lines: tuple[tuple[Piece, ...], ...]


def compare(old: str, new: str) -> list[Compared]:
    """Every article of both, in the order of the new one; what went comes last."""
    before = {_key(one): one for one in read(old).sections}
    after = {_key(one): one for one in read(new).sections}
    found = [_compared(before.get(key), one) for key, one in after.items()]
    gone = [_gone(one) for key, one in before.items() if key not in after]
    return [*found, *gone]


def _key(section: Section) -> str:
    return f"#{section.name}" if section.name else section.title


def _compared(old: Section | None, new: Section) -> Compared:
    lines = _marked(new)
    if old is None:
        return Compared(
            new.heading, "new", tuple((Piece("new", one),) for one in lines)
        )
    pieces = tuple(compare_lines(_marked(old), lines))
    changed = old.title != new.title or any(
        piece.op != "same" for line in pieces for piece in line
    )
    return Compared(new.heading, "changed" if changed else "same", pieces)


def _gone(section: Section) -> Compared:
    return Compared(section.heading, "gone", _whole("gone", _marked(section)))


def _whole(op: Op, lines: Sequence[str]) -> tuple[tuple[Piece, ...], ...]:
    return tuple((Piece(op, line),) for line in lines)


def _marked(section: Section) -> list[str]:
    """The lines as people read them, with what the article settles."""
    settles = [f"Regelt: {', '.join(section.settles)}"] if section.settles else []
    return [*settles, *section.lines()]
