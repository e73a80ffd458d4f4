"""The main menu: at most six words, and every page is under one of them."""

import re

import pytest
from django.test import Client

from membership.models import Organisation, Person
from tests.conftest import make_person

BAR = re.compile(r'aria-label="Hoofdmenu">(.*?)</nav>', re.DOTALL)
WORD = re.compile(r'<a href="([^"]*)"(?: aria-current="(\w+)")?>([^<]*)</a>')


def menu_of(person: Person, page: str = "/") -> dict[str, str]:
    """Each word with what it says of the page: page, true, or nothing."""
    client = Client()
    client.force_login(person)
    found = BAR.search(client.get(page).content.decode())
    assert found
    return {word: current for _, current, word in WORD.findall(found[1])}


GEMEENTE = ["Overzicht", "Afrekeningen", "Lidmaatschap", "Overeenkomsten"]
TOGETHER = ["Productenboek", "Vereniging"]


def test_the_words_are_those_of_for_whom_somebody_acts(
    heideveld: Organisation, lezer: Person, backoffice: Person, bureau: Person
) -> None:
    fg = make_person("Functionaris", "fg", heideveld)
    assert list(menu_of(lezer)) == [*GEMEENTE, *TOGETHER]
    assert "Afrekeningen" not in menu_of(fg)
    assert list(menu_of(backoffice)) == ["Overzicht", "Aanleveringen", "Vergoeding",
        "Overeenkomsten", "Datalekken", "Productenboek"]  # fmt: skip
    assert list(menu_of(bureau)) == ["Overzicht", *TOGETHER, "Beheer"]


@pytest.mark.parametrize(
    ("page", "word", "current"),
    [
        ("/", "Overzicht", "page"),
        ("/afrekeningen/", "Afrekeningen", "page"),
        ("/opzeggen/", "Lidmaatschap", "true"),
        ("/overeenkomsten/bijlagen/", "Overeenkomsten", "true"),
        ("/instrumenten/flexensie/inbesteding/", "Overeenkomsten", "true"),
        ("/instrumenten/flexensie/kaders/", "Productenboek", "true"),
        ("/routekaart/", "Productenboek", "true"),
        ("/vereniging/", "Vereniging", "page"),
        ("/alv/", "Vereniging", "true"),
        ("/brieven/", "Vereniging", "true"),
        ("/regios/", "Vereniging", "true"),
        ("/ledenregister/", "Vereniging", "true"),
    ],
)
def test_a_page_is_under_one_word(
    page: str, word: str, current: str, lezer: Person
) -> None:
    marked = {one: how for one, how in menu_of(lezer, page).items() if how}
    assert marked == {word: current}


def test_a_visitor_finds_the_way_in_on_a_public_page(
    client: Client, lezer: Person
) -> None:
    way_in = '<a class="band-link" href="/inloggen/">Inloggen</a>'
    assert way_in in client.get("/instrumenten/").content.decode()
    assert way_in not in client.get("/inloggen/").content.decode(), "he is there"
    client.force_login(lezer)
    assert way_in not in client.get("/instrumenten/").content.decode()
