"""The manual: every chapter is a page, and everything it points at is there."""

import re
from functools import cache
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from nvsi.manual import CHAPTERS, FOLDER, INDEX, STATIC, address_of, read

EVERY = (INDEX, *CHAPTERS)
ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
APPS = ("membership", "instruments", "contracts", "billing", "nvsi")
MOST_BYTES = 2_500_000

PICTURE = re.compile(r'!\[([^\]]*)\]\((\S+?)(?: "([^"]*)")?\)')
BOLD = re.compile(r"\*\*([^*]+)\*\*")
FROM_A_PAGE = re.compile(r'url "manual-chapter" "(\w+)" %\}#([\w-]+)"')


@pytest.mark.django_db
@pytest.mark.parametrize("chapter", EVERY)
def test_a_chapter_is_a_page_for_everyone(client: Client, chapter: str) -> None:
    page = client.get(address_of(chapter)).content.decode()
    assert page.count("<h1") == 1
    assert f"{read(chapter).title}</h1>" in page
    assert ".md" not in page
    assert all(f'href="#{anchor}"' in page for anchor in anchors(chapter))


@pytest.mark.django_db
def test_what_is_no_chapter_is_not_found(client: Client) -> None:
    for name in ("README", "geheim", "uitvoerder.md"):
        assert client.get(f"{reverse('manual')}{name}/").status_code == 404


@pytest.mark.parametrize("chapter", EVERY)
def test_a_picture_is_there_with_words_for_who_sees_none(chapter: str) -> None:
    for alt, picture, caption in PICTURE.findall(text_of(chapter)):
        assert alt, picture
        assert caption, picture
        assert (FOLDER / picture).is_file(), picture
        assert finders.find(picture.replace("beeld", "handleiding")), picture


@pytest.mark.parametrize("chapter", EVERY)
def test_a_link_leads_to_a_heading_or_a_file_that_is_there(chapter: str) -> None:
    for link in re.findall(r"(?<!!)\[[^\]]+\]\(([^)]+)\)", text_of(chapter)):
        name, is_chapter, anchor = link.partition("#")[0].partition(".md")
        anchor = link.partition("#")[2]
        if not link.startswith(STATIC):
            assert is_chapter or not name, link
            assert not anchor or anchor in anchors(name or chapter), link
        else:
            assert finders.find(link.removeprefix(STATIC)), link


def test_pages_of_the_portal_lead_to_headings_that_are_there() -> None:
    found = set()
    for path in TEMPLATES.rglob("*.html"):
        for chapter, anchor in FROM_A_PAGE.findall(path.read_text(encoding="utf-8")):
            assert chapter in CHAPTERS, path
            assert anchor in anchors(chapter), path
            found.add(chapter)
    assert found == set(CHAPTERS)


def test_every_picture_is_used_and_all_together_are_light() -> None:
    used = {p for name in EVERY for _, p, _ in PICTURE.findall(text_of(name))}
    files = list((FOLDER / "beeld").iterdir())
    assert {f"beeld/{path.name}" for path in files} == used
    assert sum(path.stat().st_size for path in files) < MOST_BYTES


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_what_is_quoted_stands_on_a_page(chapter: str) -> None:
    """A button, heading or column in bold is called so in a template or in the code."""
    quoted = {" ".join(words.split()) for words in BOLD.findall(text_of(chapter))}
    assert quoted
    assert not {words for words in quoted if not stands_on_a_page(words)}


def text_of(chapter: str) -> str:
    return (FOLDER / f"{chapter}.md").read_text(encoding="utf-8")


def anchors(chapter: str) -> set[str]:
    return {anchor for anchor, _ in read(chapter).contents}


@cache
def source() -> str:
    """Everything from which a page is made, but for the manual and the tests."""
    apps = [ROOT / name for name in (*APPS, "templates")]
    paths = [p for app in apps for p in app.rglob("*") if p.suffix in (".html", ".py")]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def stands_on_a_page(words: str) -> bool:
    """As a whole: between the marks of a tag or of a string, in either case."""
    whole = rf"""[>"'}}]\s*{re.escape(words)}[?:]?\s*[<"'{{]"""
    return re.search(whole, source(), re.IGNORECASE) is not None


def test_every_chapter_can_be_found() -> None:
    index = (FOLDER / f"{INDEX}.md").read_text(encoding="utf-8")
    assert all(f"({name}.md)" in index for name in CHAPTERS)
    assert {path.stem for path in FOLDER.glob("*.md")} == set(EVERY)


def test_a_quote_that_is_nowhere_is_seen() -> None:
    assert stands_on_a_page("Bestand controleren")
    assert not stands_on_a_page("Bestand verscheuren")


def test_a_picture_is_as_large_as_it_is_sharp() -> None:
    body = read("contactpersoon").body
    width = re.search(r'overzicht[^>]*png" alt="[^"]+" width="(\d+)"', body)
    assert width
    assert 600 < int(width[1]) < 800


def test_a_heading_can_be_linked_to() -> None:
    assert '<h2 id="inloggen" class="utrecht-heading-2">' in read("contactpersoon").body
