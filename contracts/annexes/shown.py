"""The annexes as the pages of the portal show them."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from contracts.annexes.choosing import (
    before,
    before_for,
    held_off,
    who_must_say_yes,
)
from contracts.annexes.consenting import last_day, may_answer
from contracts.annexes.difference import SORTS, differences, said
from contracts.annexes.parties import readers_of
from contracts.annexes.register import Row, register_on, versions_in
from contracts.models import AnnexVersion, Consent
from membership.models import Organisation, Person, Role


@dataclass(frozen=True)
class Described:
    """A processing with its facts, for reading."""

    name: str
    facts: Sequence[tuple[str, str]]


def holding(organisation: Organisation, today: datetime.date) -> list[AnnexVersion]:
    """The version of each instrument that holds for an organisation today."""
    return _in_force(register_on(today, of=organisation))


def in_register(organisation: Organisation, today: datetime.date) -> dict[str, Any]:
    """What holds for it, and what ended while we still have its data."""
    rows = register_on(today, of=organisation)
    to_clear = [row for row in rows if row.ended_on]
    return {"holds": _in_force(rows), "to_clear": to_clear}


def asked_of(organisation: Organisation, today: datetime.date) -> dict[str, Any]:
    """What waits for an answer, and all that was asked before."""
    rows = list(
        Consent.objects.filter(organisation=organisation)
        .select_related("version__instrument", "answered_by")
        .order_by("-version__asked_at", "-pk")
    )
    waiting = [row for row in rows if is_open(row, today) and not row.answer]
    return {"waiting": waiting, "earlier": [r for r in rows if r not in waiting]}


def is_open(consent: Consent, today: datetime.date) -> bool:
    """Whether the organisation itself can still answer."""
    last = last_day(consent, for_bureau=False)
    return consent.version.withdrawn_at is None and last is not None and today <= last


def of_version(
    version: AnnexVersion, today: datetime.date, asked: Organisation | None = None
) -> dict[str, Any]:
    """All of it, and what is different from the one before; for who was asked, from
    the one that holds for it."""
    earlier = before_for(version, asked) if asked else before(version)
    return {
        "version": version,
        "earlier": earlier,
        "changes": differences(earlier, version) if earlier else [],
        "processings": [_described(row) for row in version.processings.all()],
        "is_used": version.used_from is not None and version.used_from <= today,
    }


def of_consent(
    consent: Consent | None, person: Person, today: datetime.date
) -> dict[str, Any]:
    """What an organisation answered, and what this person may do about it."""
    if consent is None:
        return {"consent": None}
    version, key = consent.version, consent.organisation_id
    people = readers_of([consent.organisation], today)
    return {
        "consent": consent,
        "is_held_off": version.pk in held_off(consent.organisation, version.instrument),
        "needs_yes": key in who_must_say_yes(version, [key]),
        "is_open": is_open(consent, today),
        "may_answer": may_answer(consent, person),
        "signers": [
            one
            for one in people.get(consent.organisation_id, [])
            if consent.organisation_id in one.organisations_as(Role.Name.ONDERTEKENAAR)
        ],
    }


def answered(consent: Consent | None) -> dict[str, str]:
    """What the form begins with."""
    if consent is None:
        return {}
    return {"answer": consent.answer, "reason": consent.reason}


def _described(row: Any) -> Described:
    facts = SORTS["processings"].facts
    return Described(
        row.name, [(label, said(getattr(row, name))) for name, label in facts.items()]
    )


def _in_force(rows: Sequence[Row]) -> list[AnnexVersion]:
    return versions_in([row for row in rows if row.ended_on is None])
