"""What a delivered file is, told from its first bytes and never from its name."""

import mmap
from pathlib import Path

from nvsi.refusals import refused

MAX_CSV = 2_000_000_000
MAX_XLSX = 50_000_000
_HEAD = 4_096

_UTF = (  # the longer marks first: UTF-16 LE begins like UTF-32 LE
    (b"\xff\xfe\0\0", "UTF-32"),
    (b"\0\0\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_OTHERS = (
    (b"%PDF", "een PDF"),
    (b"{\\rtf", "een tekstdocument (RTF)"),
    (b"\x1f\x8b", "een ingepakt bestand (gzip)"),
    (b"7z\xbc\xaf", "een ingepakt bestand (7-Zip)"),
    (b"Rar!", "een ingepakt bestand (RAR)"),
    (b"\x89PNG", "een afbeelding"),
    (b"\xff\xd8\xff", "een afbeelding"),
    (b"GIF8", "een afbeelding"),
    (b"<!doctype", "een webpagina (HTML)"),
    (b"<html", "een webpagina (HTML)"),
    (b"<?xml", "een XML-bestand"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TEXT = bytes(range(32, 256)) + b"\t\n\r\f\x1a\0"


def is_zip(path: Path) -> bool:
    """Whether to unpack it or to read it as text; raises TableRefused for the rest."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head.removeprefix(b"\xef\xbb\xbf").strip():
        raise refused("Het bestand is leeg.")
    if head.startswith((b"PK\3\4", b"PK\5\6")):
        _check_size(size, MAX_XLSX)
        return True
    if head.startswith(_OLE):
        raise refused(_ole(path))
    _check_size(size, MAX_CSV)
    _check_text(head)
    return False


def _check_size(size: int, limit: int) -> None:
    if size > limit:
        raise refused(
            f"Het bestand is te groot: {size // 1_000_000} MB. Het mag hoogstens "
            f"{limit // 1_000_000} MB zijn. Verdeel de regels over meer bestanden"
            f"{' of lever ze aan als CSV' if limit == MAX_XLSX else ''}."
        )


def _ole(path: Path) -> str:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as m:
        if m.find(_ENCRYPTED) >= 0:
            return (
                "Dit Excelbestand heeft een wachtwoord. Haal het wachtwoord weg en "
                "lever het bestand opnieuw aan."
            )
    return (
        "Dit is een oud Office-bestand (zoals .xls). Sla het op als Excelwerkmap "
        "(.xlsx) of als CSV."
    )


def _check_text(head: bytes) -> None:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    other = next((name for mark, name in _OTHERS if start.startswith(mark.lower())), "")
    utf = next((name for mark, name in _UTF if head.startswith(mark)), None)
    if utf or (not other and head.count(0) * 4 > len(head)):
        raise refused(
            f"Dit bestand is opgeslagen als {utf or 'UTF-16'}. Sla het op als UTF-8. "
            "In Excel: Opslaan als, CSV UTF-8 (door scheidingstekens gescheiden)."
        )
    if not other and len(head.translate(None, _TEXT)) > max(8, len(head) // 20):
        other = "geen tekst"
    if other:
        raise refused(
            f"Dit is {other}, geen tabel. Lever een CSV-bestand of een Excelwerkmap "
            "(.xlsx) aan."
        )
