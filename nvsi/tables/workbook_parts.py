"""Unpacks an Excel workbook with care, before anything else reads it.

What is checked is what is read: every part is unpacked once, with its real size
counted, to a file of our own, and only those files are used afterwards. Refused are
zip bombs, declarations in XML (entities), macros, links to other files and passwords.
"""

import errno
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from nvsi.refusals import refused

MAX_UNPACKED = 500_000_000
# Real sheets shrink ten to forty times; a bomb a thousand times.
MAX_RATIO = 100
_RATIO_COUNTS_FROM = 10_000_000
MAX_PARTS = 2_000

_CHUNK = 1 << 20
_PART_MARK = b"PK\x01\x02"
_DECLARATION = re.compile(rb"<![A-Za-z]")
_ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([^\"']+)")
_XML = (".xml", ".rels", ".vml")

_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError),
    *(RuntimeError, NotImplementedError),  # a password, a way of packing
)
DAMAGED = "Het Excelbestand is beschadigd. Open het in Excel en sla het opnieuw op."
TOO_LARGE = (
    "Het Excelbestand wordt bij het uitpakken te groot. Verdeel de regels over meer "
    "bestanden of lever ze aan als CSV."
)
_FORBIDDEN = (
    (
        ("vbaproject.bin", "xl/macrosheets/"),
        "Het Excelbestand bevat macro's. Sla het op als Excelwerkmap zonder macro's "
        "(.xlsx).",
    ),
    (
        ("xl/externallinks/", "xl/connections.xml"),
        "Het Excelbestand verwijst naar andere bestanden. Verbreek de koppelingen "
        "(Gegevens, Koppelingen bewerken) of plak alleen de waarden in een nieuw "
        "bestand.",
    ),
)


def unpack(path: Path, folder: Path) -> dict[str, Path]:
    """Check a workbook and unpack its XML parts into folder, under names of our own.

    Gives where each part lies, by its name in the workbook in lower case.
    Raises TableRefused.
    """
    if sum(data.count(_PART_MARK) for data in windows(path, 3)) > MAX_PARTS:
        raise refused(TOO_LARGE)
    try:
        with zipfile.ZipFile(path) as workbook:
            _check_kind(workbook)
            _check_sizes(workbook)
            return _unpack_parts(workbook, folder)
    except _UNREADABLE as error:
        raise refused(DAMAGED) from error
    except OSError as error:
        if error.errno != errno.EINVAL:  # a place in the file that cannot be
            raise
        raise refused(DAMAGED) from error


def windows(path: Path, overlap: int) -> Iterator[bytes]:
    """The bytes of a file in parts that overlap, for what may lie across two parts."""
    tail = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            window = tail + chunk
            yield window
            tail = window[-overlap:]


def _check_kind(workbook: zipfile.ZipFile) -> None:
    names = [name.lower() for name in workbook.namelist()]
    if any(part.flag_bits & 1 for part in workbook.infolist()):
        raise refused("Het bestand heeft een wachtwoord. Haal het wachtwoord weg.")
    for marks, sentence in _FORBIDDEN:
        if any(mark in name for mark in marks for name in names):
            raise refused(sentence)
    if "[content_types].xml" not in names or "xl/workbook.xml" not in names:
        raise refused(
            f"Dit is {_other_kind(names)}, geen Excelwerkmap (.xlsx). Sla de tabel op "
            "als .xlsx of als CSV."
        )
    if len(set(names)) < len(names):
        raise refused(DAMAGED)


def _other_kind(names: list[str]) -> str:
    if "xl/workbook.bin" in names:
        return "een binaire Excelwerkmap (.xlsb)"
    if "mimetype" in names and "content.xml" in names:
        return "een OpenDocument-bestand (zoals .ods)"
    if "word/document.xml" in names:
        return "een Word-document"
    return "een zipbestand"


def _check_sizes(workbook: zipfile.ZipFile) -> None:
    """Refuse by the sizes that the parts declare; whether they lie is seen later."""
    parts = workbook.infolist()
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise refused(TOO_LARGE)
    for part in parts:
        if part.file_size > max(_RATIO_COUNTS_FROM, MAX_RATIO * part.compress_size):
            raise refused(TOO_LARGE)
        if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise refused(DAMAGED)


def _unpack_parts(workbook: zipfile.ZipFile, folder: Path) -> dict[str, Path]:
    unpacked: dict[str, Path] = {}
    left = MAX_UNPACKED
    for number, part in enumerate(workbook.infolist()):
        name = part.filename.lower()
        if not name.endswith(_XML):
            continue
        target = folder / f"part{number}"
        with workbook.open(part) as source, target.open("wb") as copy:
            left -= _copy(source, copy, left)
        _check_xml(target)
        unpacked[name] = target
    return unpacked


def _copy(source: IO[bytes], copy: IO[bytes], limit: int) -> int:
    size = 0
    while chunk := source.read(_CHUNK):
        size += len(chunk)
        if size > limit:
            raise refused(TOO_LARGE)
        copy.write(chunk)
    return size


def _check_xml(part: Path) -> None:
    first = True
    for data in windows(part, 2):
        if b"<!" in data and _DECLARATION.search(data):
            raise refused(
                "Het Excelbestand bevat een declaratie (DOCTYPE of ENTITY) die daar "
                "niet hoort. Open het in Excel en sla het opnieuw op."
            )
        encoding = (
            _ENCODING.match(data.lstrip(b"\xef\xbb\xbf \r\n\t")) if first else None
        )
        if 0 in data or (encoding and encoding[1].lower() not in {b"utf-8", b"utf8"}):
            raise refused(DAMAGED)
        first = False
