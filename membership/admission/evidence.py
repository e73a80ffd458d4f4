"""Papers of a dossier: checked by what they are, and kept as they were given.

Source: domain 5.6 (the papers to hold), faults row 30 (names of files).
"""

import hashlib
import zipfile
from io import BytesIO
from pathlib import PurePosixPath

from django.core.files.base import File
from django.utils import timezone
from django.utils.text import get_valid_filename

from membership.models import Dossier, Evidence, Person
from nvsi.errors import NotAllowed

MOST_BYTES = 10_000_000
LONGEST_NAME = 150
PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
SUFFIXES = {PDF: ".pdf", DOCX: ".docx", ODT: ".odt", PNG: ".png", JPEG: ".jpg"}
_MAGIC = {b"%PDF-": PDF, b"\x89PNG\r\n\x1a\n": PNG, b"\xff\xd8\xff": JPEG}
# A paper of an office program is a zip; one that unpacks to more than this is a bomb.
_MOST_UNPACKED = 200_000_000
_LONGEST_MARK = 100


def add(dossier: Dossier, step: str, file: "File[bytes]", *, by: Person) -> Evidence:
    """Keep a paper of a step. Raises NotAllowed for what is no paper.

    The same bytes twice for one step are one paper.
    """
    content = _read(file)
    sha256 = hashlib.sha256(content).hexdigest()
    standing = dossier.evidence.filter(kind=step, replaced_at=None)
    if known := standing.filter(sha256=sha256).first():
        return known
    media_type = _media_type(content)
    return Evidence.objects.create(
        dossier=dossier,
        kind=step,
        file_name=_safe_name(file.name or "", SUFFIXES[media_type]),
        media_type=media_type,
        size=len(content),
        sha256=sha256,
        content=content,
        by=by,
    )


def is_known(dossier: Dossier, step: str, file: "File[bytes]") -> bool:
    """Whether these bytes stand among the papers of a step already."""
    sha256 = hashlib.sha256(_read(file)).hexdigest()
    file.seek(0)
    return dossier.evidence.standing().filter(kind=step, sha256=sha256).exists()


def set_aside(paper: Evidence) -> None:
    """A paper that was replaced stays, as history."""
    paper.replaced_at = timezone.now()
    paper.save(update_fields=["replaced_at"])


def _read(file: "File[bytes]") -> bytes:
    content = file.read(MOST_BYTES + 1)
    if not content:
        raise NotAllowed("Dit bestand is leeg. Kies een ander bestand.", field="papers")
    if len(content) > MOST_BYTES:
        raise NotAllowed(
            f"Dit bestand is groter dan {MOST_BYTES // 1_000_000} MB. Maak het "
            "kleiner, bijvoorbeeld door het als PDF op te slaan.",
            field="papers",
        )
    return bytes(content)


def _media_type(content: bytes) -> str:
    """What a file is by its own bytes; its name says nothing."""
    for magic, media_type in _MAGIC.items():
        if content.startswith(magic):
            return media_type
    if content.startswith(b"PK") and (found := _office_type(content)):
        return found
    raise NotAllowed(
        "Dit is geen PDF, Word-document (DOCX), ODT, PNG of JPEG. Sla het stuk op als "
        "PDF en kies dat bestand.",
        field="papers",
    )


def _office_type(content: bytes) -> str | None:
    """DOCX or ODT, by what such a zip must hold; macros are refused."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            if sum(part.file_size for part in packed.infolist()) > _MOST_UNPACKED:
                return None
            names = set(packed.namelist())
            if any(name.endswith("vbaProject.bin") for name in names):
                return None
            if {"[Content_Types].xml", "word/document.xml"} <= names:
                return DOCX
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
