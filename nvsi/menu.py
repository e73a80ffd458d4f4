"""`{% menu %}` in a template: the words of the main menu, at most six for anybody.

A page belongs to the first word whose addresses fit, so that every page is under one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import template
from django.urls import reverse

register = template.Library()


@dataclass(frozen=True)
class Word:
    """A word of the menu, its own page, and the pages that are under it."""

    word: str
    page: str
    under: str

    @property
    def url(self) -> str:
        return reverse(self.page)

    def current(self, path: str) -> str:
        """What aria-current says: on its own page, under it, or neither."""
        if path == self.url:
            return "page"
        return "true" if re.match(self.under, path) else ""


OVERVIEW = Word("Overzicht", "home", r"/$")
MONEY = Word("Afrekeningen", "statement-list", r"/afrekeningen/")
MEMBERSHIP = Word("Lidmaatschap", "membership", r"/(lidmaatschap|opzeggen)/")
AGREEMENTS = Word(
    "Overeenkomsten",
    "agreement-list",
    r"/(overeenkomsten|opdrachten)/|/instrumenten/[^/]+/inbesteding/",
)
PRODUCTS = Word(
    "Productenboek", "instrument-list", r"/(instrumenten|verbeterwensen|routekaart)/"
)
ASSOCIATION = Word(
    "Vereniging",
    "association",
    r"/(vereniging|alv|organen|brieven|raadpleging|regios|ledenregister)/",
)
DELIVERIES = Word("Aanleveringen", "upload-list", r"/aanleveringen/")
FEE = Word("Vergoeding", "fee-list", r"/vergoeding/")
BREACHES = Word("Datalekken", "breach-list", r"/datalekken/")
ADMIN = Word("Beheer", "admin:index", r"/beheer/")


@register.inclusion_tag("nvsi/_bar.html", takes_context=True)
def menu(context: dict[str, Any]) -> dict[str, Any]:
    """The menu of who looks, with the word that the page is under."""
    path = context["request"].path
    rows = []
    under_one = False
    for word in words_of(context):
        current = "" if under_one else word.current(path)
        under_one = under_one or bool(current)
        rows.append((word, current))
    return {"rows": rows}


def words_of(context: dict[str, Any]) -> Iterator[Word]:
    """By for whom somebody acts: a gemeente, an uitvoerder, or the association."""
    organisation = context.get("acting_for")
    is_gemeente = organisation is not None and organisation.kind != "uitvoerder"
    yield OVERVIEW
    if is_gemeente:
        if context.get("sees_money"):
            yield MONEY
        yield from (MEMBERSHIP, AGREEMENTS)
    elif context.get("delivers"):
        yield from (DELIVERIES, FEE, AGREEMENTS, BREACHES)
    yield PRODUCTS
    if is_gemeente or context["user"].is_staff:
        yield ASSOCIATION
    if context["user"].is_staff:
        yield ADMIN
