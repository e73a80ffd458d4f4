"""Fill in a text: its fields, its annexes, and the passages that fit. Pure.

What is not known is never made up: a field that the text names and nobody filled in is
refused by its name.
"""

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence

from contracts.kinds import Kind
from contracts.texts.fields import FIELDS
from contracts.texts.reading import ARTICLE, FIELD, Part, Read, read
from contracts.texts.required import ANNEXES
from contracts.texts.structure import (
    Block,
    Filled,
    clauses,
    heading,
    listing,
    paragraph,
    part,
    signatures,
)
from nvsi.errors import NotAllowed

_LEAD = "Aldus overeengekomen en ondertekend,"
_ROLE = {
    Kind.VERWERKERS: ("de verwerkingsverantwoordelijke", "de verwerker"),
    Kind.GEBRUIKS: ("de gebruiker", "de NVSI"),
    Kind.UITVOERINGS: ("de uitvoerder", "de NVSI"),
}


def fill_in(
    kind: str,
    body: str,
    values: Mapping[str, str],
    *,
    dated: datetime.date,
    annexes: Mapping[str, Sequence[Block]],
) -> Filled:
    """The agreement in words. An empty value is a field that is not known.

    Raises NotAllowed that names the field or the annex which the text needs.
    """
    known = {name: value for name, value in values.items() if value.strip()}
    text = read(body, known)
    if text.problems:
        raise NotAllowed(text.problems[0])
    filler = _Filler(kind, text, known, annexes)
    title = filler.said(text.title)
    return Filled(
        title=title,
        reference=(
            ("Kenmerk", filler.said("{kenmerk}")),
            ("Tekst", filler.said("{versie}")),
            ("Datum", filler.said("{opgesteld}")),
        ),
        blocks=tuple(filler.blocks()),
        foot=f"{filler.said('{kenmerk}')} · {title}",
        dated=dated,
    )


class _Filler:
    """One text with what goes into it."""

    def __init__(
        self,
        kind: str,
        text: Read,
        values: Mapping[str, str],
        annexes: Mapping[str, Sequence[Block]],
    ) -> None:
        self.kind, self.text, self.values, self.annexes = kind, text, values, annexes
        self.numbers = text.articles
        self.count = 0

    def said(self, line: str) -> str:
        """A line with its fields and references; each is put in once."""
        line = ARTICLE.sub(lambda found: f"artikel {self._number(found[1])}", line)
        return FIELD.sub(self._put_in, line)

    def _put_in(self, found: re.Match[str]) -> str:
        """A name that ends with a dot ends the sentence too: '... Voorbeeld b.v.'"""
        ends = found.string.startswith(".", found.end())
        said = self._value(found[1])
        return said.removesuffix(".") if ends else said

    def blocks(self) -> Iterator[Block]:
        for section in self.text.sections:
            if section.title:
                words = self.said(section.heading)
                yield heading(words, 2)
            for one in section.parts:
                yield from self._part(one)

    def _part(self, one: Part) -> Iterator[Block]:
        if one.kind == "paragraph":
            yield paragraph(self.said(one.words))
        elif one.kind == "clauses":
            yield clauses(
                (self.said(clause.words), [self.said(said) for said in clause.points])
                for clause in one.clauses
            )
        elif one.kind == "listing":
            yield listing(self.said(item) for item in one.items)
        elif one.kind == "annex":
            yield from self._annex(one.words)
        else:
            yield self._signatures()

    def _annex(self, name: str) -> Iterator[Block]:
        found = self.annexes.get(name)
        if not found:
            raise NotAllowed(
                f"De bijlage met {ANNEXES.get(name, name)} is er nog niet. Leg die "
                "eerst vast."
            )
        self.count += 1
        yield part(f"Bijlage {self.count}: {ANNEXES.get(name, name)}")
        yield from found

    def _signatures(self) -> Block:
        theirs, ours = _ROLE[Kind(self.kind)]
        return signatures(
            _LEAD,
            (
                self.said(f"Namens {{partij}}, {theirs}"),
                self.said(f"Namens het bestuur van de {{nvsi}}, {ours}"),
            ),
        )

    def _number(self, name: str) -> int:
        if name not in self.numbers:
            raise NotAllowed(f"De tekst verwijst naar artikel #{name}, dat er niet is.")
        return self.numbers[name]

    def _value(self, name: str) -> str:
        if name not in self.values:
            means = FIELDS[name].means if name in FIELDS else "niet bekend"
            raise NotAllowed(f"Vul eerst in: {means} ({{{name}}}).", field=name)
        return self.values[name]
