"""The sheets of an unpacked Excel workbook, cut into pieces of whole rows.

Reading a sheet at once takes memory for every cell of the rectangle around all cells,
so that two cells far apart are enough to fill it. Pieces are small, and the rectangle
of each is measured before anything reads it.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lxml import etree

from nvsi.refusals import refused, shortened
from nvsi.tables.workbook_parts import DAMAGED, TOO_LARGE

_PIECE = 4 << 20
_MAX_ROW_PIECES = 4
_MAX_PROLOGUE = 4 << 20
_MAX_SMALL_PART = 20 << 20
_MAX_SHARED_STRINGS = 150_000_000
_MAX_ROW = 1_048_576
_MAX_AREA = 5_000_000

_ROOT = re.compile(rb"<(?:\w+:)?worksheet(?:\s[^<>]*)?>")
_SHEET_DATA = re.compile(rb"<((?:\w+:)?)sheetData\s*(/?)>")
_CONTENT = re.compile(rb"<(?:\w+:)?(?:v|is|f)[\s>/]")
_CELL = re.compile(rb"<c[\s/>]")
_MAYBE_PREFIXED = re.compile(rb":c[\s/>]")
_PREFIXED_CELL = re.compile(rb"<\w+:c[\s/>]")
_PLACE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]{1,4})([0-9]{1,8})")
_PERCENT_FORMATS = {"9", "10"}
_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


@dataclass(frozen=True)
class Sheet:
    """One worksheet: its name, and where its XML lies."""

    name: str
    path: Path

    @cached_property
    def _prologue(self) -> tuple[bytes, bytes, int, bool]:
        """The root's start tag, the prefix of tags, where rows start, whether none."""
        with self.path.open("rb") as file:
            head = file.read(_MAX_PROLOGUE)
        root, data = _ROOT.search(head), _SHEET_DATA.search(head)
        if root is None or data is None:
            raise refused(DAMAGED)
        return root[0], data[1], data.end(), bool(data[2])

    def pieces(self) -> Iterator[bytes]:
        """The XML of the rows, in pieces that end with a whole row."""
        _, prefix, begin, empty = self._prologue
        row_end, data_end = b"</%brow>" % prefix, b"</%bsheetData" % prefix
        rest = b""
        with self.path.open("rb") as file:
            file.seek(begin)
            while not empty:
                chunk = file.read(_PIECE)
                rest += chunk
                stop = rest.find(data_end)
                if stop >= 0:
                    yield rest[:stop]
                    return
                if not chunk or len(rest) > _MAX_ROW_PIECES * _PIECE:
                    raise refused(DAMAGED)
                cut = rest.rfind(row_end) + len(row_end)
                if cut >= len(row_end):
                    yield rest[:cut]
                    rest = rest[cut:]

    def document(self, piece: bytes) -> bytes:
        """A piece as a worksheet of its own; refused when its cells lie too far apart.

        Every cell must tell its place, since a piece does not start at row 1.
        """
        root, prefix, _, _ = self._prologue
        columns, rows = self._places(piece)
        if columns:
            _check_area(columns, rows)
        name = root[1:].split(b">", 1)[0].split(None, 1)[0]
        parts = (root, b"<%bsheetData>" % prefix, piece)
        return b"".join((*parts, b"</%bsheetData></%b>" % (prefix, name)))

    def _places(self, piece: bytes) -> tuple[set[bytes], set[bytes]]:
        """The columns and the rows of all cells; refused when one does not tell."""
        count = len(_CELL.findall(piece))
        if _MAYBE_PREFIXED.search(piece):
            count += len(_PREFIXED_CELL.findall(piece))
        usual = b'<%bc r="' % self._prologue[1]
        rows = re.findall(usual + b'[A-Z]{1,3}([0-9]{1,7})"', piece)
        if len(rows) == count:  # as nearly all programs write it; the quick way
            return set(re.findall(usual + b"([A-Z]{1,3})", piece)), set(rows)
        places = _PLACE.findall(piece)
        if len(places) != count:
            raise refused(DAMAGED)
        return {column for column, _ in places}, {row for _, row in places}

    def has_content(self) -> bool:
        return any(_CONTENT.search(piece) for piece in self.pieces())


@dataclass(frozen=True)
class Workbook:
    """What is used of a workbook; styles tell which numbers are dates."""

    sheets: tuple[Sheet, ...]
    from_1904: bool
    styles: Path | None
    shared_strings: Path | None

    def only_sheet(self) -> Sheet:
        """The sheet with content; refused when another has content too."""
        filled = [sheet for sheet in self.sheets if sheet.has_content()]
        if len(filled) > 1:
            second = shortened(filled[1].name)
            raise refused(
                f"Het Excelbestand heeft meer dan één blad met inhoud: ook '{second}' "
                "is gevuld. Laat alleen het blad met de tabel over. Een verborgen blad "
                "telt mee."
            )
        if not filled:
            raise refused("Het bestand is leeg.")
        return filled[0]

    def percent_styles(self) -> set[str]:
        """The styles (as cells refer to them) of numbers that are shown as percent."""
        if self.styles is None:
            return set()
        styles = parsed(self.styles)
        percents = _PERCENT_FORMATS | {
            str(fmt.get("numFmtId"))
            for fmt in styles.iterfind("{*}numFmts/{*}numFmt")
            if "%" in str(fmt.get("formatCode"))
        }
        formats = styles.iterfind("{*}cellXfs/{*}xf")
        return {str(n) for n, f in enumerate(formats) if f.get("numFmtId") in percents}


def read_workbook(parts: Mapping[str, Path]) -> Workbook:
    """The sheets of a workbook and what goes with them, from its unpacked parts."""
    if not parts.keys() >= {_BOOK, _LINKS}:
        raise refused(DAMAGED)
    book = parsed(parts[_BOOK])
    by_id: dict[str, Path] = {}
    by_kind: dict[str, Path] = {}
    for link in parsed(parts[_LINKS]).iterfind("{*}Relationship"):
        target = posixpath.normpath(posixpath.join("/xl", link.get("Target", "")))
        part = parts.get(target.lstrip("/").lower())
        if part is not None:
            by_kind[link.get("Type", "").rpartition("/")[2]] = part
            by_id[link.get("Id", "")] = part
    sheets = tuple(
        Sheet(entry.get("name", ""), by_id[key])
        for entry in book.iterfind("{*}sheets/{*}sheet")
        if (key := _link_id(entry)) in by_id
    )
    if len({sheet.path for sheet in sheets}) < len(sheets):
        raise refused(DAMAGED)  # one part as many sheets would be read as many times
    texts = by_kind.get("sharedStrings")
    if texts is not None and texts.stat().st_size > _MAX_SHARED_STRINGS:
        raise refused(TOO_LARGE)
    settings = book.find("{*}workbookPr")
    from_1904 = settings is not None and settings.get("date1904") in {"1", "true"}
    return Workbook(sheets, from_1904, by_kind.get("styles"), texts)


def parsed(part: Path) -> etree._Element:
    """The XML of a small part."""
    if part.stat().st_size > _MAX_SMALL_PART:
        raise refused(DAMAGED)
    return parsed_bytes(part.read_bytes())


def parsed_bytes(xml: bytes) -> etree._Element:
    """XML without declarations (those were refused before), read without network."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        return etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise refused(DAMAGED) from error


def _link_id(entry: etree._Element) -> str:
    """The r:id of a sheet, in either of the two namespaces that Office uses."""
    ids = (v for k, v in entry.attrib.items() if str(k).endswith("}id"))
    return str(next(ids, ""))


def _check_area(columns: set[bytes], rows: set[bytes]) -> None:
    first, last = min(map(int, rows)), max(map(int, rows))
    area = (last - first + 1) * max(map(column_number, columns))
    if last > _MAX_ROW or first < 1 or area > _MAX_AREA:
        raise refused(
            "Op het blad staan cellen heel ver uit elkaar, tot in rij "
            f"{last}. Verwijder wat niet bij de tabel hoort, of plak de tabel in een "
            "nieuw bestand."
        )


def column_number(letters: bytes) -> int:
    """A is 1, Z is 26, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
