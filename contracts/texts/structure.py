"""What an agreement is made of once it is filled in. Pure.

Every block is a plain mapping with a `kind`, so that an agreement can be kept as JSON
beside its document and printed again from it, word for word.
"""

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from membership.papers.structure import clean

Block = Mapping[str, Any]
Words = list[Any]
_BOLD = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True)
class TrailEntry:
    """One signature, as the page behind the agreement tells of it.

    `party`: for whom was signed; `signed`: the moment, in words; `rows`: all else that
    is told (mandate, how identified, check sum), by its label.
    """

    party: str
    name: str
    function: str
    signed: str
    rows: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Filled:
    """An agreement with everything in its place: what is printed, and nothing else.

    `reference` stands under the title: kenmerk, text version and the like.
    """

    title: str
    reference: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    foot: str
    dated: datetime.date

    def as_json(self) -> dict[str, Any]:
        """To keep beside the document; from_json gives the same again."""
        return {**asdict(self), "dated": self.dated.isoformat()}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Filled":
        return cls(
            title=kept["title"],
            reference=tuple((label, value) for label, value in kept["reference"]),
            blocks=tuple(kept["blocks"]),
            foot=kept["foot"],
            dated=datetime.date.fromisoformat(kept["dated"]),
        )


def words_of(line: str) -> Words:
    """Words with what is bold in them: **zo**."""
    pieces: Words = []
    at = 0
    for found in _BOLD.finditer(line):
        pieces += [line[at : found.start()], {"words": clean(found[1])}]
        at = found.end()
    pieces.append(line[at:])
    return [clean(one) if isinstance(one, str) else one for one in pieces if one]


def heading(words: str, level: int = 2) -> Block:
    return {"kind": "heading", "level": level, "words": clean(words)}


def part(title: str) -> Block:
    """What begins on a page of its own: an annex."""
    return {"kind": "part", "title": clean(title)}


def paragraph(line: str, style: str = "") -> Block:
    return {"kind": "paragraph", "style": style, "words": words_of(line)}


def listing(items: Iterable[str]) -> Block:
    return {
        "kind": "listing",
        "is_numbered": False,
        "items": [words_of(item) for item in items],
    }


def clauses(items: Iterable[tuple[str, Sequence[str]]]) -> Block:
    """The numbered leden of an article, each with its lettered points."""
    return {
        "kind": "clauses",
        "items": [
            {"said": words_of(line), "points": [words_of(one) for one in points]}
            for line, points in items
        ],
    }


def facts(rows: Iterable[tuple[str, str]]) -> Block:
    return {
        "kind": "facts",
        "is_form": False,
        "rows": [[clean(label), [clean(value)]] for label, value in rows],
    }


def table(
    heads: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]
) -> Block:
    """Rows under headings; widths are in percent."""
    return {
        "kind": "table",
        "columns": [list(column) for column in zip(heads, widths, strict=True)],
        "rows": [[[clean(cell)] for cell in row] for row in rows],
    }


def signatures(lead: str, parties: Iterable[str]) -> Block:
    """Where is signed on paper; what was signed in the portal stands in the trail."""
    rows = [
        [name, [{"what": name.lower()}]]
        for name in ("Naam", "Functie", "Plaats", "Datum")
    ]
    return {
        "kind": "signature",
        "lead": [words_of(lead)],
        "signers": [{"above": clean(party), "rows": rows} for party in parties],
    }
