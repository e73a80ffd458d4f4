"""Fields as the admin shows them: amounts, days and half-years as the Dutch write them.

Words of nvsi.dutch, and a link where a field points at another record.
"""

import datetime
import json
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.utils import get_fields_from_path
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import conditional_escape, format_html

from nvsi import dutch
from nvsi.fields import HalfYearField

NOTHING = "–"

Column = Callable[[Any], str]


def is_field(model: type[models.Model], path: str) -> bool:
    """Whether a path (of __) leads to a field; a method or a property does not."""
    try:
        get_fields_from_path(model, path)
    except FieldDoesNotExist:
        return False
    return True


@cache
def column(
    model: type[models.Model], path: str, *, linked: bool = True, sortable: bool = True
) -> Column:
    """Show the field at a path, with its own label, and sorted by it.

    Not linked is what is a link already: the first column of a list.
    """
    fields = get_fields_from_path(model, path)
    field: Any = fields[-1]
    names = [step.name for step in fields]
    write = writer(field) if linked or not field.is_relation else str

    def show(row: Any) -> str:
        for name in names:
            row = getattr(row, name, None)
        return NOTHING if row is None or row == "" else write(row)

    # The name becomes a CSS class: what is a number stands to the right.
    show.__name__ = f"{'number' if is_number(field) else 'text'}-{path}"
    ordering = path if sortable else None
    return admin.display(description=field.verbose_name, ordering=ordering)(show)


def is_number(field: Any) -> bool:
    numeric = isinstance(field, models.DecimalField | models.IntegerField)
    return numeric and not isinstance(field, HalfYearField)


def writer(field: Any) -> Callable[[Any], str]:
    """What writes the values of a field."""
    if isinstance(field, ArrayField):
        return ", ".join
    if field.choices:
        return tag(field) if field.name in {"status", "state"} else label(field)
    if field.name in _BY_NAME:
        return _BY_NAME[field.name]
    for end, write in _BY_END.items():
        if field.name.endswith(end):
            return write
    return next((write for kind, write in _BY_KIND if isinstance(field, kind)), str)


def label(field: Any) -> Callable[[Any], str]:
    words = dict(field.flatchoices)
    return lambda value: str(words.get(value, value))


def tag(field: Any) -> Callable[[Any], str]:
    """A status: a word first, and a colour beside it."""
    words = label(field)
    return lambda value: format_html(
        '<span class="tag tag-{}">{}</span>', value, words(value)
    )


def moment(at: datetime.datetime) -> str:
    """9 mrt 2026 14:05, by the Dutch clock."""
    here = timezone.localtime(at)
    return f"{dutch.short_day(here.date())} {here:%H:%M}"


def yes_no(value: bool) -> str:
    return "ja" if value else "nee"


def whole(count: int) -> str:
    """12.345"""
    return f"{count:,}".replace(",", ".")


def side(amount: Decimal) -> str:
    """Debit or credit: what is not there is left empty, as in any ledger."""
    return dutch.euro(amount) if amount else ""


def code(text: str) -> str:
    return format_html("<code>{}</code>", text)


def as_json(value: Any) -> str:
    return format_html("<pre>{}</pre>", json.dumps(value, ensure_ascii=False, indent=1))


def link(row: models.Model, text: str = "") -> str:
    """A record, with a link to its own page; what has none in Beheer only in words."""
    meta, words = row._meta, text or str(row)
    try:
        url = reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[row.pk])
    except NoReverseMatch:
        return conditional_escape(words)
    return format_html('<a href="{}">{}</a>', url, words)


def list_url(model: type[models.Model], **query: Any) -> str:
    """Where the list of these records stands, filtered."""
    return _url(model, "changelist", query)


def add_url(model: type[models.Model], **query: Any) -> str:
    """Where such a record is added, with some of it filled in."""
    return _url(model, "add", query)


def _url(model: type[models.Model], page: str, query: dict[str, Any]) -> str:
    meta = model._meta
    url = reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}")
    return f"{url}?{urlencode(query)}"


_BY_NAME: dict[str, Callable[[Any], str]] = {
    "uren": dutch.hours,
    "year": str,
    "award_year": str,
    "debit": side,
    "credit": side,
    "iban": dutch.iban,
    "counterparty_iban": dutch.iban,
    "fingerprint": code,
    "pct": dutch.percent,
}

_BY_END: dict[str, Callable[[Any], str]] = {"_pct": dutch.percent, "sha256": code}

_BY_KIND: tuple[tuple[type[Any], Callable[[Any], str]], ...] = (
    (HalfYearField, str),
    (models.BooleanField, yes_no),
    (models.DecimalField, dutch.euro),
    (models.DateTimeField, moment),
    (models.DateField, dutch.short_day),
    (models.ForeignKey, link),
    (models.IntegerField, whole),
    (models.JSONField, as_json),
)
