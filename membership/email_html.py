"""The HTML of an e-mail, made of its text, so that each text is written once.

A blank line ends a part. A line of its own before an address of the portal becomes a
button; lines that begin with '- ' a list; a first line that asks something a heading.
Nothing else becomes a link: neither a name nor a file can bring one in.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.template.loader import render_to_string

WITHOUT_LABEL = "Open het portaal"
_COLOUR = re.compile(r"--nvsi-([a-z-]+): (#[0-9a-f]{3,6});")


@dataclass(frozen=True)
class Piece:
    """Words; with an address when they are a link."""

    words: str
    href: str = ""


@dataclass(frozen=True)
class Part:
    """A paragraph, a list or a button; which one says what it has."""

    heading: str = ""
    lines: Sequence[Sequence[Piece]] = ()
    items: Sequence[Sequence[Piece]] = ()
    label: str = ""
    url: str = ""


def html_of(subject: str, body: str) -> str:
    """The whole e-mail as HTML: everything in it is escaped."""
    context = {
        "subject": subject,
        "parts": parts_of(body),
        "look": colours(),
        "nvsi_name": settings.NVSI_NAME,
    }
    return render_to_string("emails/base.html", context)


def parts_of(body: str) -> list[Part]:
    return [_part(text.splitlines()) for text in re.split(r"\n\s*\n", body.strip())]


@cache
def colours() -> dict[str, str]:
    """The colours of the portal by name, from its one style sheet."""
    style = (settings.BASE_DIR / "static" / "nvsi.css").read_text(encoding="utf-8")
    return {
        name.replace("-", "_"): colour
        for name, colour in reversed(_COLOUR.findall(style))
    }


def _part(lines: Sequence[str]) -> Part:
    *before, last = lines
    if re.fullmatch(rf"{re.escape(settings.SITE_URL)}/\S*", last) and len(lines) < 3:
        label = before[0].rstrip(": ") if before else WITHOUT_LABEL
        return Part(label=label, url=last)
    if all(line.startswith("- ") for line in lines):
        return Part(items=[pieces_of(line.removeprefix("- ")) for line in lines])
    heading = lines[0] if len(lines) > 1 and lines[0].endswith("?") else ""
    rest = lines[1:] if heading else lines
    return Part(heading=heading, lines=[pieces_of(line) for line in rest])


def pieces_of(line: str) -> list[Piece]:
    """A line with our own addresses as links."""
    own = rf"({re.escape(settings.SITE_URL)}/[^\s)]*|{re.escape(settings.NVSI_EMAIL)})"
    return [
        Piece(words, _href(words) if at % 2 else "")
        for at, words in enumerate(re.split(own, line))
        if words
    ]


def _href(words: str) -> str:
    return f"mailto:{words}" if words == settings.NVSI_EMAIL else words
