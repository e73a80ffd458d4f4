"""The Dutch manual as pages of the portal; docs/handleiding is its only text."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

FOLDER = settings.BASE_DIR / "docs" / "handleiding"
INDEX = "README"
# A chapter has the name of its file; the index is at the address without a name.
CHAPTERS = ("contactpersoon", "uitvoerder", "bureau")


@dataclass(frozen=True)
class Chapter:
    """A page of the manual: its title, and what stands under it as HTML."""

    title: str
    body: SafeString


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
    for token, following in zip(rest, [*rest[1:], None], strict=True):
        if token.type == "heading_open" and following:
            token.attrSet("id", slugify(following.content))
            token.attrSet("class", f"utrecht-heading-{token.tag[1:]}")
        if token.type == "table_open":
            token.attrSet("class", "utrecht-table")
        for child in token.children or []:
            _lead_to_the_portal(child)
    html = markdown.renderer.render(rest, markdown.options, {})
    return Chapter(title, mark_safe(html))  # noqa: S308 - our own text


def _lead_to_the_portal(token: Token) -> None:
    if token.type == "image":
        token.attrSet("class", "screenshot")
        token.attrSet("loading", "lazy")
        token.attrSet(
            "src", static(str(token.attrs["src"]).replace("beeld", "handleiding"))
        )
    if token.type == "link_open":
        token.attrSet("class", "utrecht-link")
        chapter, is_file, anchor = str(token.attrs["href"]).partition(".md")
        if is_file:
            token.attrSet("href", address_of(chapter) + anchor)


def address_of(chapter: str) -> str:
    if chapter == INDEX:
        return reverse("manual")
    return reverse("manual-chapter", args=[chapter])
