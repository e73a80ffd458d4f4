"""Papers of a dossier: checked by what they are, scanned when there is a virus scanner,
and kept as they were given.

Source: domain 5.6 (the papers to hold), faults row 30 (names of files).
"""

import hashlib
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

import structlog
from django.conf import settings
from django.core.files.base import File
from django.utils import timezone
from django.utils.text import get_valid_filename

from membership.models import Dossier, Evidence, Person
from nvsi.errors import NotAllowed
from nvsi.scanner import ScannerAway, found_in

log = structlog.get_logger()

MOST_BYTES = 10_000_000
LONGEST_NAME = 150
PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SUFFIXES = {PDF: ".pdf", DOCX: ".docx", ODT: ".odt", PNG: ".png", JPEG: ".jpg"}
_ALL = {**SUFFIXES, XLSX: ".xlsx"}
_NAMES = {PDF: "PDF", DOCX: "Word-document (DOCX)", ODT: "ODT", PNG: "PNG"}
_NAMES |= {JPEG: "JPEG", XLSX: "Excel-bestand (XLSX)"}
_MAGIC = {b"%PDF-": PDF, b"\x89PNG\r\n\x1a\n": PNG, b"\xff\xd8\xff": JPEG}
# A paper of an office program is a zip; one that unpacks to more than this is a bomb.
_MOST_UNPACKED = 200_000_000
_LONGEST_MARK = 100


@dataclass(frozen=True)
class Checked:
    """A file that is what it says it is, under a name that is safe to give back."""

    content: bytes
    media_type: str
    sha256: str
    file_name: str


def check(
    file: "File[bytes]", allowed: Collection[str], *, field: str = "papers"
) -> Checked:
    """Read a file that somebody sent. Raises NotAllowed, at a field of the form, for
    one that is empty, too large or not of an allowed kind; and for one that the scanner
    finds something in, or cannot look at now."""
    content = _read(file, field)
    media_type = _media_type(content)
    if media_type is None or media_type not in allowed:
        *most, last = [_NAMES[kind] for kind in _ALL if kind in allowed]
        names = f"{', '.join(most)} of {last}" if most else last
        raise NotAllowed(
            f"Dit is geen {names}. Sla het stuk op als PDF en kies dat bestand.",
            field=field,
        )
    _scan(content, field)
    return _checked(content, media_type, file.name or "")


def own_pdf(content: bytes, name: str) -> Checked:
    """A paper that we made ourselves: nobody sent it, so there is nothing to check."""
    return _checked(content, PDF, name)


def _checked(content: bytes, media_type: str, name: str) -> Checked:
    sha256 = hashlib.sha256(content).hexdigest()
    return Checked(content, media_type, sha256, _safe_name(name, _ALL[media_type]))


def _scan(content: bytes, field: str) -> None:
    """Without a scanner there is nothing to do; one that is away lets nothing in."""
    if not settings.CLAMD_URL:
        return
    try:
        virus = found_in(content, settings.CLAMD_URL)
    except ScannerAway as error:
        log.warning("scanner_away", why=str(error))
        raise NotAllowed(
            "Wij kunnen dit bestand nu niet op virussen controleren. Probeer het over "
            f"een kwartier opnieuw, of mail het bureau: {settings.NVSI_EMAIL}.",
            field=field,
        ) from None
    if virus:
        log.warning("virus_found", virus=virus)
        raise NotAllowed(
            "In dit bestand zit een virus, of iets dat daarop lijkt. Wij hebben het "
            "niet bewaard. Maak het stuk opnieuw, of vraag het uw ICT-afdeling.",
            field=field,
        )


def add(dossier: Dossier, step: str, file: "File[bytes]", *, by: Person) -> Evidence:
    """Keep a paper of a step. Raises NotAllowed for what is no paper.

    The same bytes twice for one step are one paper.
    """
    return keep(dossier, step, check(file, SUFFIXES), by=by)


def keep(dossier: Dossier, step: str, checked: Checked, *, by: Person) -> Evidence:
    """Keep a paper of a step that was checked already; the same bytes are one paper."""
    standing = dossier.evidence.filter(kind=step, replaced_at=None)
    if known := standing.filter(sha256=checked.sha256).first():
        return known
    return Evidence.objects.create(
        dossier=dossier,
        kind=step,
        file_name=checked.file_name,
        media_type=checked.media_type,
        size=len(checked.content),
        sha256=checked.sha256,
        content=checked.content,
        by=by,
    )


def is_known(dossier: Dossier, step: str, file: "File[bytes]") -> bool:
    """Whether these bytes stand among the papers of a step already."""
    sha256 = hashlib.sha256(_read(file, "papers")).hexdigest()
    file.seek(0)
    return dossier.evidence.standing().filter(kind=step, sha256=sha256).exists()


def set_aside(paper: Evidence) -> None:
    """A paper that was replaced stays, as history."""
    paper.replaced_at = timezone.now()
    paper.save(update_fields=["replaced_at"])


def _read(file: "File[bytes]", field: str) -> bytes:
    content = file.read(MOST_BYTES + 1)
    if not content:
        raise NotAllowed("Dit bestand is leeg. Kies een ander bestand.", field=field)
    if len(content) > MOST_BYTES:
        raise NotAllowed(
            f"Dit bestand is groter dan {MOST_BYTES // 1_000_000} MB. Maak het "
            "kleiner, bijvoorbeeld door het als PDF op te slaan.",
            field=field,
        )
    return bytes(content)


def _media_type(content: bytes) -> str | None:
    """What a file is by its own bytes, its name says nothing; None for what is none of
    the kinds that we know."""
    for magic, media_type in _MAGIC.items():
        if content.startswith(magic):
            return media_type
    return _office_type(content) if content.startswith(b"PK") else None


def _office_type(content: bytes) -> str | None:
    """DOCX, XLSX or ODT, by what such a zip must hold; macros are refused."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > _MOST_UNPACKED:
                return None
            names = set(packed.namelist())
            if any(name.endswith("vbaProject.bin") for name in names):
                return None
            if {"[Content_Types].xml", "word/document.xml"} <= names:
                return DOCX
            if {"[Content_Types].xml", "xl/workbook.xml"} <= names:
                return XLSX
            if "mimetype" in names and "content.xml" in names:
                mark = packed.open("mimetype").read(_LONGEST_MARK)
                return ODT if mark.strip() == ODT.encode() else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return None
    return None


def _safe_name(name: str, suffix: str) -> str:
    """The last part of a name, without what a path or a header could trip over."""
    stem = PurePosixPath(name.replace("\\", "/")).stem[:LONGEST_NAME]
    printable = "".join(sign for sign in stem if sign.isprintable())
    try:
        return get_valid_filename(printable) + suffix
    except ValueError:  # SuspiciousFileOperation: nothing was left
        return f"stuk{suffix}"
