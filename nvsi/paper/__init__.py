"""Prints the HTML of our own templates as a PDF to keep: PDF/A-3a and PDF/UA-1.

The same HTML gives the same bytes, in any process and folder: dates come from the
caller, letters only from our own fonts, and nothing else is read. What a printed text
asks to fetch stops the printing, because a frozen paper may not miss a part.
"""

import datetime
import os
import threading
import unicodedata
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from importlib import resources
from io import BytesIO
from pathlib import Path

import structlog
from django.conf import settings
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]  # has no types
from weasyprint import CSS, HTML, Attachment  # type: ignore[import-untyped]  # idem
from weasyprint.text.fonts import (  # type: ignore[import-untyped]  # idem
    FontConfiguration,
)
from weasyprint.urls import (  # type: ignore[import-untyped]  # idem
    FatalURLFetchingError,
    URLFetcher,
    URLFetcherResponse,
)

from nvsi.paper.marks import add_marks, ends_clearly

# As npm's @fontsource/source-sans-3 calls them; document.css names the same four.
FONT_FILES = (
    "source-sans-3-latin-400-normal.woff2",
    "source-sans-3-latin-600-normal.woff2",
    "source-sans-3-latin-ext-400-normal.woff2",
    "source-sans-3-latin-ext-600-normal.woff2",
)
# What stands for a character that our fonts do not have, such as an emoji.
_UNPRINTABLE = "?"

log = structlog.get_logger(__name__)
# Pango's font map is one per process, and not made for two threads at once.
_one_at_a_time = threading.Lock()


class PaperError(RuntimeError):
    """The paper asks for something from outside; it is not printed."""


@dataclass(frozen=True)
class Enclosure:
    """A file inside the PDF: usually the same data for a machine.

    `relationship` says what it is to the paper, in the words of PDF/A-3: Data, Source,
    Supplement.
    """

    name: str
    data: bytes
    description: str
    relationship: str = "Data"


@dataclass
class Colours:
    """What our colours mean, as WeasyPrint wants it: sRGB, always the same bytes.

    Its own class has the profile written anew by a library, which differs each time.
    """

    content: bytes
    name: str = "sRGB"
    components: tuple[str, ...] = ("r", "g", "b")
    pdf_reference: bytes | None = None


class OurFontsOnly(URLFetcher):  # type: ignore[misc]  # idem
    """Serves our fonts by name; no other file, and never the network."""

    def __init__(self, fonts: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=(), fail_on_errors=True)
        self._fonts = {f"font:{name}": font for name, font in fonts.items()}
        self.refused = False

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """The bytes of one of our fonts; anything else is logged and refused."""
        font = self._fonts.get(url)
        if font is None:
            self.refused = True
            log.warning("paper_fetch_refused", scheme=url.partition(":")[0][:10])
            raise ValueError("a paper fetches nothing")
        return URLFetcherResponse(url, font)


@dataclass(frozen=True)
class _Press:
    """What takes long to make, and is the same for every paper of a process."""

    fetcher: OurFontsOnly
    fonts: FontConfiguration
    style: CSS
    colours: Mapping[str, Colours]
    characters: frozenset[str]


def print_pdf(
    html: str, *, dated: datetime.date, enclosures: Sequence[Enclosure] = ()
) -> bytes:
    """The PDF of a page of HTML, with the enclosures attached to it.

    `dated` becomes the date of the file. Raises PaperError when the HTML asks for a
    picture, a style sheet or an attachment.
    """
    moment = datetime.datetime.combine(dated, datetime.time(), datetime.UTC)
    with _one_at_a_time:
        press = _press(os.getpid())
        press.fetcher.refused = False
        paper, spare = _printable(html, press), 0
        while True:
            files = [_attached(one, moment, press) for one in enclosures]
            pdf = _printed(paper, files, spare, press)
            if ends_clearly(pdf):
                return pdf
            spare += 1


def _printed(html: str, files: list[Attachment], spare: int, press: _Press) -> bytes:
    pdf: bytes = b""
    with suppress(FatalURLFetchingError):
        pdf = HTML(string=html, url_fetcher=press.fetcher).write_pdf(
            stylesheets=[press.style],
            font_config=press.fonts,
            color_profiles=dict(press.colours),
            output_intent="--paper",
            pdf_variant="pdf/a-3a",
            attachments=files,
            finisher=partial(add_marks, spare=spare),
        )
    # WeasyPrint goes on without some pictures that it could not get; we do not.
    if press.fetcher.refused:
        raise PaperError("Dit document vraagt om iets van buiten.")
    return pdf


@cache
def _press(pid: int) -> _Press:
    """Made once per process: a forked child may not share its parent's fonts."""
    folder: Path = settings.BASE_DIR / "static" / "vendor" / "fonts"
    letters = {name: (folder / name).read_bytes() for name in FONT_FILES}
    fetcher, fonts = OurFontsOnly(letters), FontConfiguration()
    sheet: Path = settings.BASE_DIR / "templates" / "documents" / "document.css"
    css = sheet.read_text(encoding="utf-8")
    srgb = resources.files("weasyprint.pdf") / "sRGB2014.icc"
    return _Press(
        fetcher,
        fonts,
        CSS(string=css, url_fetcher=fetcher, font_config=fonts),
        {"--paper": Colours(srgb.read_bytes())},
        frozenset(c for font in letters.values() for c in _characters(font)),
    )


def _characters(font: bytes) -> list[str]:
    """What a font can print; an accent on its own is left to other fonts."""
    with TTFont(BytesIO(font)) as opened:
        characters = map(chr, opened.getBestCmap())
        return [c for c in characters if not unicodedata.combining(c)]


def _printable(html: str, press: _Press) -> str:
    """Only characters that we have: else the machine's own fonts would fill in."""
    composed = unicodedata.normalize("NFC", html)
    missing = set(composed) - press.characters - set("\t\r\n")
    return composed.translate(dict.fromkeys(map(ord, missing), _UNPRINTABLE))


def _attached(
    enclosure: Enclosure, moment: datetime.datetime, press: _Press
) -> Attachment:
    return Attachment(
        string=enclosure.data,
        name=enclosure.name,
        description=enclosure.description,
        relationship=enclosure.relationship,
        created=moment,
        modified=moment,
        url_fetcher=press.fetcher,
    )
