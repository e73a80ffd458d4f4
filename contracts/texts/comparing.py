"""Two versions of a text beside each other, article by article and word by word. Pure.

An article is the same one when it has the same name; without a name, the same title.
"""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from contracts.texts.reading import Section, read

Op = Literal["same", "gone", "new"]
_WORD = re.compile(r"\S+\s*")


@dataclass(frozen=True)
class Piece:
    """Words that are in both, only in the old one, or only in the new one."""

    op: Op
    words: str


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
    pieces = tuple(_lines(_marked(old), lines))
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


def _lines(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Piece, ...]]:
    """Lines that were changed stand together when as many went as came."""
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    for op, i, j, k, m in matcher.get_opcodes():
        if op == "equal":
            yield from ((Piece("same", line),) for line in new[k:m])
        elif op == "replace" and j - i == m - k:
            for one, other in zip(old[i:j], new[k:m], strict=True):
                yield tuple(_words(one, other))
        else:
            yield from ((Piece("gone", line),) for line in old[i:j])
            yield from ((Piece("new", line),) for line in new[k:m])


def _words(old: str, new: str) -> Iterator[Piece]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    matcher = difflib.SequenceMatcher(a=before, b=after, autojunk=False)
    for op, i, j, k, m in matcher.get_opcodes():
        if op == "equal":
            yield Piece("same", "".join(after[k:m]))
            continue
        if i < j:
            yield Piece("gone", "".join(before[i:j]))
        if k < m:
            yield Piece("new", "".join(after[k:m]))
