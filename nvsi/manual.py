"""The Dutch manual as pages of the portal; docs/handleiding is its only text."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

# A table stays one where a narrow screen shows its cells under each other.
ROLES = {
    "table_open": "table",
    "thead_open": "rowgroup",
    "tbody_open": "rowgroup",
    "tr_open": "row",
    "th_open": "columnheader",
    "td_open": "cell",
}
SCALE = 2  # pixels of a picture per pixel of a page: sharp on every screen

FOLDER = settings.BASE_DIR / "docs" / "handleiding"
INDEX = "README"
STATIC = "../../static/"  # where a file to download lies, seen from the chapter
# A chapter has the name of its file; the index is at the address without a name.
CHAPTERS = (
    *("productenboek", "meesturen", "alv"),
    *("lid", "overeenkomsten", "datalek", "inbesteding", "contactpersoon"),
    *("uitvoerder", "bureau", "leden", "contracten", "besturen"),
)


@dataclass(frozen=True)
class Chapter:
    """A page of the manual: its title, and what stands under it as HTML.

    `contents` has the anchor and the words of each heading.
    """

    title: str
    body: SafeString
    contents: list[tuple[str, str]]


@require_safe
def manual(request: HttpRequest, chapter: str = "") -> HttpResponse:
    """For everyone, also before logging in: it holds nothing of anybody."""
    if chapter not in ("", *CHAPTERS):
        raise Http404
    context = {"chapter": read(chapter or INDEX), "is_index": not chapter}
    return render(request, "nvsi/manual.html", context)


@cache
def read(name: str) -> Chapter:
    """One file of the manual; links and pictures lead to where the portal has them."""
    markdown = MarkdownIt("commonmark").enable("table")
    tokens = markdown.parse((FOLDER / f"{name}.md").read_text(encoding="utf-8"))
    title, rest = tokens[1].content, tokens[3:]
    contents = []
    for token, following in zip(rest, [*rest[1:], None], strict=True):
        if token.type == "heading_open" and following:
            anchor = slugify(following.content)
            token.attrSet("id", anchor)
            token.attrSet("class", f"utrecht-heading-{token.tag[1:]}")
            contents.append((anchor, following.content))
        if token.type == "table_open":
            token.attrSet("class", "utrecht-table")
        if token.type in ROLES:
            token.attrSet("role", ROLES[token.type])
        for child in token.children or []:
            _lead_to_the_portal(child)
    _let_pictures_stand_alone(rest)
    markdown.add_render_rule("image", _figure)
    html = markdown.renderer.render(rest, markdown.options, {})
    return Chapter(title, mark_safe(html), contents)  # noqa: S308 - our own text


def _let_pictures_stand_alone(tokens: list[Token]) -> None:
    """A paragraph that is only a picture is a figure, and no paragraph."""
    for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        children = token.children or []
        if len(children) == 1 and children[0].type == "image":
            before.hidden = after.hidden = True


def _figure(
    renderer: RendererProtocol,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    env: EnvType,
) -> str:
    """A picture with the words under it, in the size in which it is sharp."""
    picture = tokens[index]
    name = str(picture.attrs["src"])
    width, height = _size_of(FOLDER / name)
    return format_html(
        '<figure class="screenshot"><img src="{}" alt="{}" width="{}" height="{}" '
        'loading="lazy"><figcaption>{}</figcaption></figure>',
        static(name.replace("beeld", "handleiding")),
        picture.content,
        width // SCALE,
        height // SCALE,
        picture.attrs.get("title", ""),
    )


def _size_of(picture: Path) -> tuple[int, int]:
    """Width and height in pixels, as a PNG says them in its first bytes."""
    width, height = struct.unpack(">II", picture.read_bytes()[16:24])
    return width, height


def _lead_to_the_portal(token: Token) -> None:
    if token.type != "link_open":
        return
    token.attrSet("class", "utrecht-link")
    to = str(token.attrs["href"])
    chapter, is_file, anchor = to.partition(".md")
    if is_file:
        token.attrSet("href", address_of(chapter) + anchor)
    if to.startswith(STATIC):
        token.attrSet("href", static(to.removeprefix(STATIC)))
        token.attrSet("download", "")


def address_of(chapter: str) -> str:
    if chapter == INDEX:
        return reverse("manual")
    return reverse("manual-chapter", args=[chapter])
