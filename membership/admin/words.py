"""How the history reads on the screen: its actions and facts in Dutch."""

import datetime
import re
from contextlib import suppress
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst

from membership.admin.history_words import ACTIONS, FACTS
from membership.models import HistoryEvent
from nvsi.admin.columns import yes_no
from nvsi.dutch import day

A_DAY = re.compile(r"\d{4}-\d\d-\d\d")
THE_SYSTEM = "automatisch"
MOST_NAMED = 12


def action_of(event: HistoryEvent) -> str:
    """A verb, or a status and what it became: 'vastgesteld > betaald'."""
    steps = event.action.split(">")
    named = _statuses(event.subject_type) if len(steps) > 1 else {}
    return " > ".join(named.get(step) or ACTIONS.get(step, step) for step in steps)


def _statuses(subject_type: str) -> dict[str, str]:
    """What the statuses of these records are called, as long as there are any."""
    try:
        model: Any = apps.get_model(subject_type)
        return dict(model.Status.choices)
    except (LookupError, AttributeError):
        return {}


def facts_of(event: HistoryEvent) -> list[tuple[str, str]]:
    return [
        (FACTS.get(name, name), _said(event, name, value))
        for name, value in event.facts.items()
    ]


def _said(event: HistoryEvent, name: str, value: Any) -> str:
    values = value if isinstance(value, list) else [value]
    if name == "fields":
        values = [_label(event.subject_type, field) for field in values]
    elif name == "list":
        values = [list_title(label) for label in values]
    elif isinstance(value, bool):
        values = [yes_no(value)]
    more = f" en nog {len(values) - MOST_NAMED}" if len(values) > MOST_NAMED else ""
    return ", ".join(_written(one) for one in values[:MOST_NAMED]) + more


def _written(value: Any) -> str:
    """A day as people write it, anything else as it is."""
    text = str(value)
    if A_DAY.fullmatch(text):
        with suppress(ValueError):
            return day(datetime.date.fromisoformat(text))
    return text


def _label(subject_type: str, field: str) -> str:
    """What a field is called on the screen, as long as there is such a field."""
    try:
        found: Any = apps.get_model(subject_type)._meta.get_field(field)
    except (LookupError, FieldDoesNotExist):
        return field
    return str(found.verbose_name)


def list_title(label: str) -> str:
    """What a list is called on the screen, as long as there is such a list."""
    try:
        return capfirst(str(apps.get_model(label)._meta.verbose_name_plural))
    except (LookupError, ValueError):
        return label


def subject_types() -> list[tuple[str, str]]:
    """Every kind of record with a page, as the history names it and as people do."""
    kinds = [
        (model._meta.label_lower, str(model._meta.verbose_name))
        for model in apps.get_models()
        if admin.site.is_registered(model)
    ]
    return sorted(kinds, key=lambda kind: kind[1])
