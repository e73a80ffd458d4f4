"""A college that was set aside turns out to be concerned after all: both stay."""

import datetime

from django.db import transaction

from contracts.breaches.recording import add_entry, hold
from contracts.breaches.rules import Kind
from contracts.models.breach_facts import BreachCollege, BreachEntry
from membership.models import Person
from nvsi.errors import NotAllowed


@transaction.atomic
def bring_back(
    college: BreachCollege, *, words: str, now: datetime.datetime, by: Person
) -> BreachEntry:
    """What it was told and decided before counts again, and so does its clock.

    Raises NotAllowed when it is concerned already, and without a reason.
    """
    known = hold(college.breach, by)
    found = known.of(college.organisation_id)
    assert found is not None
    if not found.standing.is_out:
        raise NotAllowed(f"{college.organisation} is al betrokken.")
    if not words.strip():
        raise NotAllowed("Schrijf waarom zij toch betrokken is.", field="words")
    return add_entry(
        known.breach, Kind.CONCERNED, college=college, at=now, words=words, now=now,
        by=by,
    )  # fmt: skip
