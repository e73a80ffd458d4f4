"""Read the text of a version: its title, headings, articles, passages and marks. Pure.

A text is plain words with a mark at the beginning of a line, told to who writes one:

    # Titel                     the title; once, at the top
    ## Kop                      a heading without a number
    ### Onderwerp #onderwerp    an article; its number comes by itself. After the # a
                                name, for {art onderwerp}: becomes 'artikel 3'
    @regelt onderwerp duur      what of the law this article settles
    1. Woorden                  a lid; the numbers come by themselves
       a. woorden               a point of that lid
    - woorden                   a point without a number
    ::: als veld                a passage for when a field is filled in; `zonder veld`
    :::                         for when it is not. Ends with ::: alone
    @bijlage verwerkingen       an annex, made of what the bureau recorded
    @ondertekening              where is signed
    {veld}                      a fact of the agreement
    **woorden**                 bold

Other lines are a paragraph; an empty line ends it. Nothing else means anything: what
looks like HTML is the text that it is.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

FIELD = re.compile(r"\{([a-z_]+)\}")
ARTICLE = re.compile(r"\{art ([a-z-]+)\}")
ANY_FIELD = re.compile(r"\{([^{}]*)\}")
_PASSAGE = re.compile(r":::(?: (als|zonder) ([a-z_]+))?")
_SECTION = re.compile(r"(##|###) (.+?)(?: #([a-z-]+))?")
_CLAUSE = re.compile(r"\d+\. (.+)")
_POINT = re.compile(r"\s+[a-z]\. (.+)")
_BULLET = re.compile(r"- (.+)")


@dataclass
class Clause:
    """A lid of an article, with its points."""

    words: str
    points: list[str] = field(default_factory=list)


@dataclass
class Part:
    """Something of a section: `kind` is paragraph, clauses, listing, annex or sign.

    `words` are of a paragraph, or the name of an annex.
    """

    kind: str
    words: str = ""
    clauses: list[Clause] = field(default_factory=list)
    items: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """All that is said in it, a line each."""
        if self.kind == "paragraph":
            yield self.words
        for clause in self.clauses:
            yield clause.words
            yield from clause.points
        yield from self.items


@dataclass
class Section:
    """A heading or an article (`number` above zero), with what stands under it."""

    title: str
    name: str = ""
    number: int = 0
    settles: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)

    @property
    def heading(self) -> str:
        return f"Artikel {self.number}. {self.title}" if self.number else self.title

    def lines(self) -> list[str]:
        return [line for part in self.parts for line in part.lines()]


@dataclass
class Read:
    """A whole text, and what could not be understood, in sentences."""

    title: str = ""
    sections: list[Section] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def articles(self) -> dict[str, int]:
        """The number of each article that has a name."""
        return {one.name: one.number for one in self.sections if one.name}

    def parts(self) -> Iterator[Part]:
        for section in self.sections:
            yield from section.parts


def read(body: str, filled_in: Collection[str] | None = None) -> Read:
    """The text with the passages that fit these fields; None: with all of them."""
    reader = _Reader(filled_in)
    for number, line in enumerate(body.splitlines(), start=1):
        reader.take(number, line.rstrip())
    reader.end()
    return reader.found


def guarded_fields(body: str) -> Iterator[tuple[str, str]]:
    """Each field with the field of the passage it stands in; empty outside one."""
    guard = ""
    for line in body.splitlines():
        if passage := _PASSAGE.fullmatch(line.rstrip()):
            guard = passage[2] if passage[1] == "als" else ""
        for name in FIELD.findall(line):
            yield name, guard


def conditions(body: str) -> Iterator[str]:
    """The fields on which a passage depends."""
    for line in body.splitlines():
        passage = _PASSAGE.fullmatch(line.rstrip())
        if passage and passage[2]:
            yield passage[2]


class _Reader:
    """Takes the lines one by one; `open` is what a next line may still belong to."""

    def __init__(self, filled_in: Collection[str] | None) -> None:
        self.found = Read()
        self.filled_in = filled_in
        self.section = Section("")
        self.open = False
        self.passage_at = 0
        self.skips = False
        self.numbered = 0

    def take(self, number: int, line: str) -> None:
        if line.startswith(":::"):
            self._passage(number, line)
        elif self.skips:
            return
        elif not line.strip():
            self.open = False
        elif line.startswith(("#", "@")):
            self._mark(number, line)
        else:
            self._words(line)

    def end(self) -> None:
        if self.passage_at:
            self._wrong(self.passage_at, "deze passage eindigt niet met :::")
        if not self.found.title:
            self.found.problems.insert(0, "De tekst heeft geen titel (# Titel).")

    def _passage(self, number: int, line: str) -> None:
        passage = _PASSAGE.fullmatch(line)
        self.open = False
        if passage is None:
            self._wrong(
                number, "een passage begint met ::: als veld of ::: zonder veld"
            )
        elif passage[1] is None:
            if not self.passage_at:
                self._wrong(number, "hier eindigt een passage die niet begon")
            self.passage_at, self.skips = 0, False
        elif self.passage_at:
            self._wrong(number, "een passage kan niet in een andere staan")
        else:
            self.passage_at = number
            if self.filled_in is not None:
                self.skips = (passage[2] in self.filled_in) != (passage[1] == "als")

    def _mark(self, number: int, line: str) -> None:
        self.open = False
        name, _, rest = line.partition(" ")
        if name == "#":
            self._title(number, rest.strip())
        elif section := _SECTION.fullmatch(line):
            self._begin(section)
        elif name == "@regelt" and self.section.number:
            self.section.settles += rest.split()
        elif name == "@bijlage" and rest.strip():
            self._add(Part("annex", rest.strip()))
        elif line == "@ondertekening":
            self._add(Part("sign"))
        else:
            self._wrong(number, f"dit teken is hier niet bekend: {line[:40]}")

    def _title(self, number: int, title: str) -> None:
        if self.found.title or self.found.sections:
            self._wrong(number, "de titel staat één keer in de tekst, bovenaan")
        self.found.title = title

    def _begin(self, section: re.Match[str]) -> None:
        is_article = section[1] == "###"
        self.numbered += is_article
        self.section = Section(
            section[2], section[3] or "", self.numbered if is_article else 0
        )
        if self.section.name and self.section.name in self.found.articles:
            self.found.problems.append(
                f"Er zijn twee artikelen met de naam #{self.section.name}."
            )
        self.found.sections.append(self.section)

    def _words(self, line: str) -> None:
        if clause := _CLAUSE.fullmatch(line):
            self._same("clauses").clauses.append(Clause(clause[1]))
        elif (point := _POINT.fullmatch(line)) and self._last("clauses"):
            self.section.parts[-1].clauses[-1].points.append(point[1])
        elif bullet := _BULLET.fullmatch(line):
            self._same("listing").items.append(bullet[1])
        elif self.open:
            self._go_on(line.strip())
        else:
            self._add(Part("paragraph", line.strip()))
        self.open = True

    def _go_on(self, words: str) -> None:
        """A line that belongs to the one before it."""
        last = self.section.parts[-1]
        if last.kind == "paragraph":
            last.words += f" {words}"
        elif last.kind == "listing":
            last.items[-1] += f" {words}"
        elif last.clauses[-1].points:
            last.clauses[-1].points[-1] += f" {words}"
        else:
            last.clauses[-1].words += f" {words}"

    def _last(self, kind: str) -> bool:
        return bool(self.section.parts) and self.section.parts[-1].kind == kind

    def _same(self, kind: str) -> Part:
        """The part of this kind that is going on, or a new one."""
        if not self._last(kind):
            self._add(Part(kind))
        return self.section.parts[-1]

    def _add(self, part: Part) -> None:
        if not self.found.sections:
            self.found.sections.append(self.section)
        self.section.parts.append(part)

    def _wrong(self, number: int, what: str) -> None:
        self.found.problems.append(f"Regel {number}: {what}.")
