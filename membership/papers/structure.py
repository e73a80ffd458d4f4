"""What a paper is made of, whatever it is printed as. Pure.

One content becomes both the DOCX and the PDF, so that the two cannot differ. What is
not known is a Blank: a place to fill in, never a fact that was made up.
"""

import datetime
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

_CONTROL = {"Cc", "Cs", "Co", "Cn"}
# Marks that turn the direction of a text around: a name could hide another with them.
_TURNING = set("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

# Spaces that keep two words on one line.
_HOLDING = {"\u00a0", "\u202f"}


@dataclass(frozen=True)
class Blank:
    """A fact that nobody recorded (yet): what somebody has to fill in here."""

    what: str


@dataclass(frozen=True)
class Strong:
    """Words that carry the sentence."""

    words: str


Piece = str | Blank | Strong
Text = tuple[Piece, ...]
Row = tuple[str, Text]


def clean(words: str) -> str:
    """Words on one line, without signs that no paper can hold or that hide others."""
    composed = unicodedata.normalize("NFC", words)
    return "".join(_kept(sign) for sign in composed)


def _kept(sign: str) -> str:
    if sign.isspace():
        return sign if sign in _HOLDING else " "
    if sign in _TURNING or unicodedata.category(sign) in _CONTROL:
        return ""
    return sign


def text(*pieces: Piece) -> Text:
    """A sentence of words and blanks, clean; empty words are left out."""
    return tuple(done for piece in pieces if (done := _cleaned(piece)) != "")


def _cleaned(piece: Piece) -> Piece:
    if isinstance(piece, str):
        return clean(piece)
    if isinstance(piece, Strong):
        return Strong(clean(piece.words))
    return piece


def known(value: str, what: str) -> Piece:
    """The words themselves, or a blank for what they would be."""
    return clean(value).strip() or Blank(what)


def plain(words: Text) -> str:
    """As one line without marks: for a test, a title or a search."""
    return "".join(
        piece
        if isinstance(piece, str)
        else piece.words
        if isinstance(piece, Strong)
        else f"[{piece.what}]"
        for piece in words
    )


@dataclass(frozen=True)
class Heading:
    """A heading within a part of a paper; of level 3 within one of level 2."""

    words: str
    level: Literal[2, 3] = 2
    kind: str = field(default="heading", init=False)


Style = Literal["", "lead", "small", "quote", "notice", "intro"]


@dataclass(frozen=True)
class Paragraph:
    """Sentences. A quote is of the law; a notice is what nobody may miss; an intro is
    never parted from what follows it."""

    words: Text
    style: Style = ""
    kind: str = field(default="paragraph", init=False)


@dataclass(frozen=True)
class Listing:
    """Points; numbered when a decision refers to them."""

    items: tuple[Text, ...]
    is_numbered: bool = False
    kind: str = field(default="listing", init=False)


@dataclass(frozen=True)
class Facts:
    """What is known, by its name. A form when somebody fills it in by hand."""

    rows: tuple[Row, ...]
    is_form: bool = False
    kind: str = field(default="facts", init=False)


@dataclass(frozen=True)
class Table:
    """Rows under headings; widths are parts of the whole. numbers: which columns hold
    amounts, from 0; those stand to the right."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    widths: tuple[int, ...]
    numbers: tuple[int, ...] = ()
    kind: str = field(default="table", init=False)

    @property
    def columns(self) -> list[tuple[str, int]]:
        """Each heading with its width in percent."""
        whole = sum(self.widths)
        return [
            (head, 100 * width // whole)
            for head, width in zip(self.heads, self.widths, strict=True)
        ]


@dataclass(frozen=True)
class ToFill:
    """Room for words that only the organisation itself can give."""

    what: str
    lines: int = 3
    kind: str = field(default="fill", init=False)

    @property
    def ruled(self) -> range:
        return range(self.lines)


@dataclass(frozen=True)
class Signer:
    """One place to sign, with what stands above and under the line."""

    above: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Signature:
    """Who signs, side by side, under the sentences that lead up to it."""

    signers: tuple[Signer, ...]
    lead: tuple[Text, ...] = ()
    kind: str = field(default="signature", init=False)


@dataclass(frozen=True)
class Part:
    """What begins on a page of its own, such as the decision under its proposal."""

    title: str
    kind: str = field(default="part", init=False)


Block = Heading | Paragraph | Listing | Facts | Table | ToFill | Signature | Part
Blocks = Sequence[Block]


@dataclass(frozen=True)
class Paper:
    """A whole paper. `is_ours`: on the letterhead of the NVSI, else without one.

    `is_one_page`: set so that it stays on one A4. `file_name` is without what comes
    after the dot.
    """

    title: str
    sender: str
    sender_lines: tuple[str, ...]
    addressee: tuple[Text, ...]
    reference: tuple[Row, ...]
    blocks: tuple[Block, ...]
    foot: str
    file_name: str
    dated: datetime.date
    is_ours: bool = False
    is_one_page: bool = False

    @property
    def document(self) -> str:
        """The name of the file in the window of who reads it."""
        return f"{self.title} ({self.sender})"

    @property
    def number(self) -> str:
        """The base of all papers prints one after the title; the foot has ours."""
        return ""


def paragraphs(words: str, style: Style = "") -> list[Paragraph]:
    """What somebody typed, with its white lines as new paragraphs."""
    parts = re.split(r"(?:\r?\n)+", words)
    return [Paragraph(text(part.strip()), style) for part in parts if part.strip()]
