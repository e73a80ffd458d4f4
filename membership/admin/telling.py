"""Who did what and when, of one record, in sentences: the last first.

Two sources are told as one story. Verbs and forms write a HistoryEvent: who and which
act. Triggers keep every version of reference data (pghistory): what it was and what it
became, also when something else than the portal wrote it.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from membership.admin.words import THE_SYSTEM, action_of, facts_of
from membership.models import HistoryEvent, Person
from nvsi.admin.columns import moment, writer

EMPTY = "leeg"
# A version and the act that made it: the version is as old as its transaction.
TOGETHER = datetime.timedelta(seconds=5)
# What is said of the fields of a change, when their values are not known.
NAMED_FIELDS = "fields"


@dataclass(frozen=True)
class Change:
    """One field: what it was, and what it became."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """One act, ready for the screen."""

    at: str
    sentence: str
    facts: list[tuple[str, str]]
    changes: list[Change]


@dataclass(frozen=True)
class Version:
    """What a trigger saw: when, by whom as far as it is known, and what changed."""

    at: datetime.datetime
    by: Person | None
    is_new: bool
    changes: list[Change]


def story_of(model: type[models.Model], key: int, most: int) -> list[Told]:
    """The last acts on a record, at most so many; in four queries at most."""
    events = HistoryEvent.objects.filter(
        subject_type=model._meta.label_lower, subject_id=key
    )
    acts = list(events.select_related("by")[:most])
    versions = _versions(model, key, most)
    told = [(act.at, act.pk, _tell(act, _belonging(act, versions))) for act in acts]
    # What belonged to an act was taken out: these were written by something else.
    told += [(v.at, 0, _tell_version(v)) for v in versions if v.is_new or v.changes]
    told.sort(key=lambda one: one[:2], reverse=True)
    return [one for *_, one in told[:most]]


def _belonging(act: HistoryEvent, versions: list[Version]) -> list[Change]:
    """The changes that this act made; its versions are told with it."""
    changes: list[Change] = []
    for version in [*versions]:
        is_its = version.by == act.by and version.at <= act.at <= version.at + TOGETHER
        if is_its:
            changes += version.changes
            versions.remove(version)
    return changes


def _tell(act: HistoryEvent, changes: list[Change]) -> Told:
    facts = facts_of(act)
    if changes:
        facts = [
            fact
            for name, fact in zip(act.facts, facts, strict=True)
            if name not in (NAMED_FIELDS, "before", "after")
        ]
    return Told(moment(act.at), sentence_of(act), facts, changes)


def sentence_of(act: HistoryEvent) -> str:
    """Vastgesteld door Penningmeester. Status van concept naar vastgesteld, door …"""
    by = f"door {act.by.name}" if act.by else THE_SYSTEM
    before, arrow, after = action_of(act).partition(" > ")
    if arrow:
        return f"Status van {before} naar {after}, {by}."
    return f"{before[:1].upper()}{before[1:]}, {by}."


def _tell_version(version: Version) -> Told:
    by = f"door {version.by.name}" if version.by else "niet in dit beheer"
    what = "Toegevoegd" if version.is_new else "Gewijzigd"
    return Told(moment(version.at), f"{what}, {by}.", [], version.changes)


def _versions(model: type[models.Model], key: int, most: int) -> list[Version]:
    """What the triggers kept of a record, the last first."""
    kept = _kept_of(model)
    if kept is None:
        return []
    rows = kept._default_manager.filter(pgh_obj=key).order_by("-pgh_id")
    found = list(rows.select_related("pgh_context")[: most + 1])
    people = Person.objects.in_bulk({by for by in map(_by, found) if by})
    # The one before the last that is told is only there to compare with.
    before: list[Any] = [*found[1:], None]
    pairs = zip(found[:most], before, strict=False)
    return [
        Version(
            row.pgh_created_at,
            people.get(_by(row) or 0),
            row.pgh_label == "insert",
            list(_changes(model, old, row)) if old else [],
        )
        for row, old in pairs
    ]


@cache
def _kept_of(model: type[models.Model]) -> Any:
    """The table of versions of a kind of record, when there is one."""
    return next(
        (
            m
            for m in apps.get_models()
            if getattr(m, "pgh_tracked_model", None) is model
        ),
        None,
    )


def _by(row: Any) -> int | None:
    context = row.pgh_context
    found = context.metadata.get("user") if context else None
    return int(found) if found else None


def _changes(model: type[models.Model], old: Any, new: Any) -> Iterator[Change]:
    kept = {field.name for field in new._meta.concrete_fields}
    for field in model._meta.concrete_fields:
        if field.name not in kept:
            continue
        before, after = getattr(old, field.attname), getattr(new, field.attname)
        if before != after:
            label = str(field.verbose_name)
            yield Change(label, _said(field, old), _said(field, new))


def _said(field: Any, row: Any) -> str:
    value = getattr(row, field.name)
    if value is None or value == "":
        return EMPTY
    return str(value) if field.is_relation else writer(field)(value)
