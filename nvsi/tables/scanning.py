"""One pass over the bytes of a CSV file, in C speed and in little memory.

It finds the encoding, refuses what nobody can read (NUL bytes, two encodings in one
file), and tells whether the file is plain: PostgreSQL's COPY and Python's csv then see
exactly the same rows in it. What is not plain is not wrong: it is read row by row.
"""

import codecs
import csv
import hashlib
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from nvsi.refusals import refused

Encoding = Literal["utf-8", "cp1252"]

CHUNK = 1 << 16
# Pieces that add up to far less than the longest cell allowed (10,000 characters):
# where one of these is exceeded the file is not plain, and its cells are counted.
_STRETCH = 2_500
_QUOTED = 500
_DOUBLED = b'"' * 8

_ASCII = bytes(range(128))
_UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_UTF8_LETTER = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_LINE = 1_000_000
# Patterns that begin with one plain byte are searched for several times faster than
# the same as `in` or with a choice in front.
_EMPTY_LINE = re.compile(rb"\n\n")
_NOT_AFTER_CR = re.compile(rb"\n(?:(?<!\r\n)|[\r\n])")  # or with an empty line behind
_NOT_BEFORE_LF = re.compile(rb"\r(?!\n)")
# What else than a space the database's `trimmed` takes off: ASCII, and a byte that the
# other blanks have in UTF-8 or Windows-1252. Some letters have it too: then we look.
_BLANK_BYTES = (b"\t", b"\v", b"\f")
_BLANK_LETTERS = re.compile(rb"[\xa0\xe2\xef]")


@dataclass(frozen=True)
class Scan:
    """What the bytes of a file tell."""

    sha256: str
    encoding: Encoding
    plain: bool
    filled: bool  # whether there is more than separators, spaces and quotes
    trim: bool  # whether there may be cells with blanks around what they hold


def scan(path: Path, start: int, delimiter: str) -> Scan:
    """Read the whole file once; its rows begin at byte start, after the header.

    Raises TableRefused for NUL bytes and for letters that cannot be told.
    """
    digest = hashlib.sha256()
    letters = _Letters(path, delimiter)
    shape = _Shape(delimiter.encode())
    with path.open("rb") as file:
        head = file.read(start)
        digest.update(head)
        letters.feed(head)
        while chunk := file.read(CHUNK):
            if chunk.endswith(b"\r"):
                chunk += file.read(1)  # a line ending stays in one piece
            digest.update(chunk)
            letters.feed(chunk)
            shape.feed(chunk)
    shape.close()
    return Scan(
        digest.hexdigest(), letters.close(), shape.plain(), shape.filled, shape.trim
    )


@dataclass
class _Letters:
    """UTF-8 as long as it holds, Windows-1252 otherwise, never both."""

    path: Path
    delimiter: str
    encoding: Encoding = "utf-8"
    seen_utf8: bool = False
    offset: int = 0
    # Bytes of the previous chunk: of a letter cut in two, or where one may begin.
    tail: bytes = b""

    def feed(self, chunk: bytes) -> None:
        nul = chunk.find(0)
        if nul >= 0:
            raise self._refused(
                self.offset + nul,
                "Rij {row} heeft een onleesbaar teken (NUL). Maak het bestand opnieuw.",
            )
        self._read(self.tail + chunk, self.offset - len(self.tail), final=False)
        self.offset += len(chunk)

    def close(self) -> Encoding:
        """The encoding, now that the last byte has passed."""
        self._read(self.tail, self.offset - len(self.tail), final=True)
        return self.encoding

    def _read(self, window: bytes, at: int, *, final: bool) -> None:
        if self.encoding == "utf-8":
            if window.isascii():
                self.tail = b""
                return
            try:
                _, used = codecs.utf_8_decode(window, "strict", final)
            except UnicodeDecodeError as error:
                self._leave_utf8(window, at, error.start)
            else:
                self.seen_utf8 |= not window[:used].isascii()
                self.tail = window[used:]
                return
        self._read_cp1252(window, at)
        self.tail = window[-3:]

    def _leave_utf8(self, window: bytes, at: int, wrong: int) -> None:
        if self.seen_utf8 or not window[:wrong].isascii():
            raise self._refused(at + wrong, _mixed("Windows-1252", "UTF-8"))
        self.encoding = "cp1252"

    def _read_cp1252(self, window: bytes, at: int) -> None:
        # What has no match among the high bytes alone has none in the text either.
        high = window.translate(None, _ASCII)
        if _UTF8_LETTER.search(high) and (match := _UTF8_LETTER.search(window)):
            raise self._refused(at + match.start(), _mixed("UTF-8", "Windows-1252"))
        if _UNDEFINED.search(high) and (match := _UNDEFINED.search(window)):
            raise self._refused(
                at + match.start(),
                "Rij {row} heeft een teken dat niet in UTF-8 past en ook niet in "
                "Windows-1252. Sla het bestand op als UTF-8.",
            )

    def _refused(self, offset: int, sentence: str) -> Exception:
        row = _row_at(self.path, offset, self.delimiter)
        return refused(sentence.format(row=row), row)


def _mixed(here: str, before: str) -> str:
    return (
        f"Het bestand gebruikt twee tekensets door elkaar: vanaf rij {{row}} {here}, "
        f"daarvoor {before}. Sla het hele bestand op als UTF-8."
    )


def _row_at(path: Path, offset: int, delimiter: str) -> int:
    """The row number of the byte at offset; slow, for a file that is refused anyway."""

    def lines() -> Iterator[str]:
        position = 0
        while position <= offset and (line := text.readline(_LINE)):
            position += len(line)
            yield line

    row = 0
    with path.open("rb") as file:
        text = io.TextIOWrapper(file, "latin-1", newline="")  # one letter, one byte
        try:
            for _ in csv.reader(lines(), delimiter=delimiter):
                row += 1
        except csv.Error:
            row += 1
    return row


@dataclass
class _Shape:
    """Whether COPY and csv would read the same: quotes, line endings, long cells.

    Everything inside quotes is left out of what is looked at: of each quoted run one
    quote remains, so that a quote beside a letter is one that does not belong there.
    """

    delimiter: bytes
    filled: bool = False
    trim: bool = False
    odd: bool = False
    in_quotes: bool = False
    last: bytes = b"\n"
    endings: set[bytes] = field(default_factory=set)

    def __post_init__(self) -> None:
        around = rb"[^\r\n\"" + re.escape(self.delimiter) + rb"]"
        self.stray = re.compile(rb'"(?:%b|(?<=%b"))' % (around, around))
        border = rb"[\r\n" + re.escape(self.delimiter) + rb"]"
        self.loose = re.compile(rb" (?:%b|(?<=%b ))" % (border, border))

    def plain(self) -> bool:
        return not (self.odd or self.in_quotes)

    def close(self) -> None:
        """The last byte has passed; a blank there, or in what was skipped, counts."""
        self.trim = self.trim or self.odd or self.last == b" "

    def feed(self, chunk: bytes) -> None:
        self.filled = self.filled or bool(chunk.strip(b' \t\r\n;,"'))
        if self.odd:
            return
        outside = self._unquoted(chunk)
        text = self.last + outside
        self.trim = self.trim or self._has_blanks(chunk, text)
        self.last = text[-1:]
        self.odd |= (
            (b"\\" in text and b"\\." in text)  # the end, to an older PostgreSQL
            or self._has_odd_endings(outside, text)
            or (b'"' in text and self._misquoted(text))
            or self._has_long_stretch(text)
        )

    def _unquoted(self, chunk: bytes) -> bytes:
        if not self.in_quotes and b'"' not in chunk:
            return chunk
        parts = chunk.split(b'"')
        outside = parts[self.in_quotes :: 2]
        self.odd |= max(map(len, parts[not self.in_quotes :: 2]), default=0) > _QUOTED
        self.in_quotes ^= len(parts) % 2 == 0
        if outside and self.in_quotes:
            outside.append(b"")
        return b'"'.join(outside)

    def _has_odd_endings(self, outside: bytes, text: bytes) -> bool:
        """Blank lines, or (over all that was fed) more than one kind of ending."""
        if b"\r" not in outside:  # usual files: nothing needs to be counted
            self.endings.update({b"\n"} if b"\n" in outside else ())
            return len(self.endings) > 1 or _EMPTY_LINE.search(text) is not None
        if self._has_pairs_alone(text):
            self.endings.add(b"\r\n")
            return len(self.endings) > 1
        lf, cr = outside.count(b"\n"), outside.count(b"\r")
        pairs = outside.count(b"\r\n") if lf and cr else 0
        found = ((b"\r\n", pairs), (b"\n", lf - pairs), (b"\r", cr - pairs))
        self.endings.update(ending for ending, times in found if times)
        return (
            len(self.endings) > 1
            or (lf > pairs and b"\n\n" in text)
            or (cr > pairs and b"\r\r" in text)
            or (pairs > 0 and b"\n\r" in text)
        )

    @staticmethod
    def _has_pairs_alone(text: bytes) -> bool:
        """Whether all line endings are those of Windows, none on an empty line."""
        return not (
            text.startswith((b"\n\r", b"\n\n"))
            or _NOT_BEFORE_LF.search(text)
            or _NOT_AFTER_CR.search(text, 1)
        )

    def _has_blanks(self, chunk: bytes, text: bytes) -> bool:
        """Whether a cell of it may begin or end with a blank; quotes are not read."""
        return (
            b'"' in chunk
            or any(blank in chunk for blank in _BLANK_BYTES)
            or self.loose.search(text) is not None
            or (
                not chunk.isascii()
                and _BLANK_LETTERS.search(chunk.translate(None, _ASCII)) is not None
            )
        )

    def _misquoted(self, text: bytes) -> bool:
        return _DOUBLED in text or self.stray.search(text) is not None

    def _has_long_stretch(self, text: bytes) -> bool:
        return any(
            text.find(self.delimiter, begin, begin + _STRETCH) < 0
            and text.find(b"\n", begin, begin + _STRETCH) < 0
            for begin in range(0, len(text) - _STRETCH, _STRETCH)
        )
