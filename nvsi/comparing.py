"""Two texts beside each other, line by line and word by word. Pure."""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Op = Literal["same", "gone", "new"]
_WORD = re.compile(r"\S+\s*")


@dataclass(frozen=True)
class Piece:
    """Words that are in both, only in the old one, or only in the new one."""

    op: Op
    words: str


Line = tuple[Piece, ...]


def compare_lines(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    """Lines that were changed stand together when as many went as came."""
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    for op, i, j, k, m in matcher.get_opcodes():
        if op == "equal":
            yield from ((Piece("same", line),) for line in new[k:m])
        elif op == "replace" and j - i == m - k:
            for one, other in zip(old[i:j], new[k:m], strict=True):
                yield tuple(compare_words(one, other))
        else:
            yield from ((Piece("gone", line),) for line in old[i:j])
            yield from ((Piece("new", line),) for line in new[k:m])


def compare_words(old: str, new: str) -> Iterator[Piece]:
    """The words of both in order, with spaces kept after each."""
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
