"""Nonsense in every address and in every form: refused in words, and never an error.

Hypothesis chooses the page, and what is written in its address or filled in.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from lxml import html
from pytest_django import Settings

from billing.models import Period
from membership.models import Person
from tests.test_access_matrix import MATRIX, url_of

EXAMPLES = 60
NASTY = (
    *("", " ", "\x00", "a\x00b", "0", "-1", "1e999", "NaN", "9" * 40, "null", "[]"),
    *("2026-H3", "2026-H1", "2026-02-30", "31-12-9999", "x" * 5_000, "%", "%s", "{x}"),
    *("' OR 1=1 --", "<script>alert(1)</script>", "../../etc/passwd", "\u202e", "😀"),
    *("\r\nSet-Cookie: x=y", "//elders.example/", "javascript:alert(1)", "1,2", "²"),
)
# What our own addresses may carry, and what the lists of the admin read.
KNOWN = (
    *("q", "p", "o", "e", "all", "_facets", "_popup", "_to_field", "next", "regel"),
    *("pagina", "halfjaar", "verlopen", "id__exact", "pk__in", "period__id__exact"),
    *("app_label", "model_name", "field_name", "term", "_changelist_filters", "page"),
    *("organisation", "status__exact", "booked_on__gte", "closed_at__isempty"),
)
WORDS = st.one_of(st.sampled_from(NASTY), st.text(max_size=30))
UNHURRIED = examples(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],  # what is found is short enough
    suppress_health_check=list(HealthCheck),
)


@dataclass(frozen=True)
class Form:
    """A form on a page: where it goes, and its fields with what stands in them."""

    url: str
    fields: tuple[tuple[str, str, str], ...]


@pytest.fixture(autouse=True)
def quick_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(params=["lezer", "vreemde", "backoffice", "bureau", "bestuur"])
def somebody(everything: Period, request: pytest.FixtureRequest) -> Person:
    person = request.getfixturevalue(request.param)
    assert isinstance(person, Person)
    return person


def client_of(person: Person) -> Client:
    """Logged in anew: the form before may have ended the session."""
    cache.clear()
    client = Client()
    client.force_login(person)
    return client


def pages_of(person: Person) -> dict[str, Any]:
    """What this person can open, by address."""
    client = client_of(person)
    found = {url_of(name): client.get(url_of(name)) for name in MATRIX}
    for page in found.values():
        let_go(page)
    return {url: page for url, page in found.items() if page.status_code == 200}


def forms_of(pages: dict[str, Any]) -> list[Form]:
    """Every form that is sent, once."""
    forms = {
        _read(form, url)
        for url, page in pages.items()
        # A piece of a page may be empty: nothing looks like what is typed.
        if "html" in page.headers["Content-Type"] and page.content.strip()
        for form in html.fromstring(page.content).iter("form")
        if form.get("method", "").lower() == "post"
    }
    return sorted(forms, key=lambda form: (form.url, form.fields))


def _read(form: Any, url: str) -> Form:
    fields = (
        (field.get("name"), field.get("type", field.tag), str(field.get("value") or ""))
        for field in form.xpath(".//input | .//select | .//textarea | .//button")
        if field.get("name") and field.get("name") != "csrfmiddlewaretoken"
    )
    return Form(urljoin(url, form.get("action") or ""), tuple(fields))


def let_go(page: Any) -> None:
    """Close the file that is sent; page.close() would close the database as well."""
    for close in page._resource_closers:
        close()


def assert_calm(page: Any, sent: object) -> None:
    let_go(page)
    assert page.status_code < 500, sent
    if not page.streaming:
        assert b"Traceback (most" not in page.content, sent
        assert b"<script>alert(1)" not in page.content, sent


def test_nonsense_in_an_address_is_no_error(somebody: Person) -> None:
    addresses = sorted(pages_of(somebody))
    keys = st.one_of(st.sampled_from(KNOWN), st.text(max_size=12))

    @UNHURRIED
    @given(st.sampled_from(addresses), st.dictionaries(keys, WORDS, max_size=4))
    def ask(address: str, query: dict[str, str]) -> None:
        page = client_of(somebody).get(address.partition("?")[0], query)
        assert_calm(page, (address, query))

    ask()


def test_nonsense_in_a_form_is_no_error(somebody: Person) -> None:
    forms = forms_of(pages_of(somebody))
    assert forms

    @UNHURRIED
    @given(st.sampled_from(forms), st.data())
    def fill_in(form: Form, data: st.DataObject) -> None:
        sent: dict[str, Any] = {}
        for name, kind, value in form.fields:
            if kind == "file":
                content = data.draw(st.binary(max_size=60))
                sent[name] = SimpleUploadedFile("uren.csv", content)
            elif data.draw(st.integers(0, 3)):  # mostly nonsense
                sent[name] = data.draw(WORDS)
            else:
                sent[name] = value
        assert_calm(client_of(somebody).post(form.url, sent), (form.url, sent))

    fill_in()
