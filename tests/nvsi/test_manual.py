"""The manual: every chapter is a page, and everything it points at is there."""

import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from nvsi.manual import CHAPTERS, FOLDER, INDEX, address_of, read

EVERY = (INDEX, *CHAPTERS)


@pytest.mark.django_db
@pytest.mark.parametrize("chapter", EVERY)
def test_a_chapter_is_a_page_for_everyone(client: Client, chapter: str) -> None:
    page = client.get(address_of(chapter)).content.decode()
    assert page.count("<h1") == 1
    assert f"{read(chapter).title}</h1>" in page
    assert ".md" not in page


@pytest.mark.django_db
def test_what_is_no_chapter_is_not_found(client: Client) -> None:
    for name in ("README", "geheim", "uitvoerder.md"):
        assert client.get(f"{reverse('manual')}{name}/").status_code == 404


@pytest.mark.parametrize("chapter", EVERY)
def test_what_a_chapter_points_at_is_there(chapter: str) -> None:
    text = (FOLDER / f"{chapter}.md").read_text(encoding="utf-8")
    for alt, picture in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", text):
        assert alt, picture
        assert (FOLDER / picture).is_file(), picture
        assert finders.find(picture.replace("beeld", "handleiding")), picture
    for name in re.findall(r"(?<!!)\[[^\]]+\]\((\w+)\.md", text):
        assert name in EVERY


def test_every_chapter_can_be_found() -> None:
    index = (FOLDER / f"{INDEX}.md").read_text(encoding="utf-8")
    assert all(f"({name}.md)" in index for name in CHAPTERS)
    assert {path.stem for path in FOLDER.glob("*.md")} == set(EVERY)


def test_a_heading_can_be_linked_to() -> None:
    assert '<h2 id="inloggen" class="utrecht-heading-2">' in read("contactpersoon").body
