"""Write a next version of a text, and publish it from a day.

Four eyes: who changed it last does not publish it. What is not complete stays a draft.
"""

import datetime
import hashlib

from django.db import transaction

from contracts.models import TextVersion
from contracts.texts.checking import problems
from membership import history
from membership.models import Person
from nvsi.dutch import day
from nvsi.errors import NotAllowed, Stale


@transaction.atomic
def start(text: TextVersion, *, note: str, by: Person) -> TextVersion:
    """A draft with the same words as a version, to change."""
    _require_ours(by)
    versions = TextVersion.objects.filter(kind=text.kind, instrument=text.instrument)
    numbers = list(
        versions.select_for_update(of=("self",)).values_list("number", flat=True)
    )
    if versions.filter(published_at__isnull=True).exists():
        raise NotAllowed("Er is al een concept van deze tekst. Werk daarin verder.")
    draft = TextVersion(
        kind=text.kind,
        instrument=text.instrument,
        number=max(numbers) + 1,
        body=text.body,
        note=note,
        written_by=by,
    )
    draft.full_clean()
    draft.save()
    history.record(draft, "added", by)
    return draft


def fingerprint(text: TextVersion) -> str:
    """What somebody reads who publishes it."""
    return hashlib.sha256(f"{text.note}\n{text.body}".encode()).hexdigest()


@transaction.atomic
def publish(
    text: TextVersion,
    *,
    used_from: datetime.date,
    seen: str,
    now: datetime.datetime,
    today: datetime.date,
    by: Person,
) -> TextVersion:
    """From then on it stands, and is used for what is drawn up from that day.

    Raises NotAllowed for who wrote it, for a text that lacks something, and for a day
    that is over; Stale when it is not any more what was seen.
    """
    _require_ours(by)
    text = TextVersion.objects.select_for_update(of=("self",)).get(pk=text.pk)
    if text.is_published:
        raise NotAllowed(f"{text} is al vastgesteld.")
    if text.written_by_id in (None, by.pk):
        raise NotAllowed("U wijzigde deze tekst als laatste. Een collega stelt vast.")
    if fingerprint(text) != seen:
        raise Stale("De tekst is intussen veranderd.")
    if found := problems(text.kind, text.body):
        raise NotAllowed(f"De tekst is niet compleet. {found[0]}")
    if used_from < today:
        raise NotAllowed(f"Kies {day(today)} of een latere dag.", field="used_from")
    text.used_from, text.published_at, text.published_by = used_from, now, by
    text.full_clean()
    text.save()
    history.record(text, "published", by, starts_on=f"{used_from}")
    return text


def _require_ours(by: Person) -> None:
    if not by.is_association:
        raise NotAllowed("De teksten zijn van het bureau.")
