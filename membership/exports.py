"""Exports: ask for one, begin it, keep its file, and forget it after a week.

PostgreSQL is the queue. Several workers may look there: each begins an export under a
number of its own (`attempts`), and only who has the last number may go on with it.
"""

import datetime
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from membership import emails, history
from membership.models import Export, ExportPiece, Person
from nvsi.errors import NotAllowed

Status = Export.Status
ATTEMPTS = 3
DAYS_KEPT = 7
PIECE = 1 << 20
GAVE_UP = (
    "Het is drie keer niet gelukt dit bestand te maken. Kies een kleiner deel van de "
    "lijst, of meld het aan de beheerder."
)
BROKE_OFF = "Er ging iets mis bij ons. Probeer het opnieuw, of meld het de beheerder."
LONGEST_CHOICE = 300
LOOKED_AT = datetime.timedelta(minutes=1)


class TakenOver(Exception):
    """Another worker began this export anew: this one has to stop."""


@transaction.atomic
def ask(list_label: str, *, query: str, fmt: str, by: Person) -> Export:
    """Put a list in the queue, or give what this person already waits for."""
    if fmt not in Export.Format.values:
        raise NotAllowed("Kies XLSX of CSV.")
    same = by.exports.filter(list_label=list_label, query=query, format=fmt)
    moving = same.filter(status__in=[Status.QUEUED, Status.WORKING]).first()
    return moving or Export.objects.create(
        asked_by=by, list_label=list_label, query=query, format=fmt
    )


@transaction.atomic
def made_at_once(
    list_label: str, *, query: str, fmt: str, chosen: str, rows: int, by: Person
) -> Export:
    """Write down that somebody took a short list with him; its file is not kept."""
    export = Export.objects.create(
        asked_by=by,
        list_label=list_label,
        query=query,
        format=fmt,
        chosen=chosen[:LONGEST_CHOICE],
        status=Status.DONE,
        rows_count=rows,
        rows_done=rows,
        finished_at=timezone.now(),
    )
    _record(export)
    return export


@transaction.atomic
def begin(now: datetime.datetime) -> Export | None:
    """Begin the oldest that waits; what broke off too often is given up."""
    waiting = Export.objects.waiting(now).order_by("asked_at", "pk")
    for export in waiting.select_for_update(skip_locked=True, of=("self",)):
        if export.attempts >= ATTEMPTS:
            fail(export, GAVE_UP)
            continue
        export.status, export.seen_at = Status.WORKING, now
        export.attempts += 1
        export.rows_done = 0
        export.save(update_fields=["status", "seen_at", "attempts", "rows_done"])
        return export
    return None


def tell(export: Export, **facts: int | str) -> None:
    """Say how far it is. Raises TakenOver when it is another worker's by now."""
    told = _mine(export).update(seen_at=timezone.now(), **facts)
    if not told:
        raise TakenOver


@transaction.atomic
def keep(export: Export, path: Path, rows: int) -> None:
    """Keep the file for who asked, and record it. Raises TakenOver as tell does."""
    now = timezone.now()
    done = {"status": Status.DONE, "finished_at": now}
    if not _mine(export).update(rows_count=rows, rows_done=rows, **done):
        raise TakenOver
    with path.open("rb") as file:
        sequence = 0
        while content := file.read(PIECE):
            ExportPiece.objects.create(
                export=export, sequence=sequence, content=content
            )
            sequence += 1
    export.refresh_from_db()
    _record(export)
    _write_to_who_waited(export)


@transaction.atomic
def fail(export: Export, why: str) -> None:
    """Say that it will not be made, and why; what another worker has is left alone."""
    now = timezone.now()
    failed = {"status": Status.FAILED, "error": why[:300], "finished_at": now}
    if _mine(export).update(**failed):
        export.refresh_from_db()
        _write_to_who_waited(export)


def _write_to_who_waited(export: Export) -> None:
    """After a minute nobody looks at the page any more."""
    assert export.finished_at is not None
    if export.finished_at - export.asked_at < LOOKED_AT:
        return
    page = reverse("admin:membership_export_change", args=[export.pk])
    emails.queue(
        "export_ready",
        f"{export.pk}",
        export.asked_by,
        export=export,
        what=apps.get_model(export.list_label)._meta.verbose_name_plural,
        days=DAYS_KEPT,
        page=f"{settings.SITE_URL}{page}",
    )
    emails.send_soon()


def content_of(export: Export) -> Iterator[bytes]:
    """The bytes, a piece at a time."""
    sequences = export.pieces.order_by("sequence").values_list("sequence", flat=True)
    for sequence in list(sequences):
        yield bytes(export.pieces.get(sequence=sequence).content)


def kept_until(export: Export) -> datetime.datetime | None:
    """Until when the file is there; None when there is none to wait for."""
    if export.finished_at is None:
        return None
    return export.finished_at + datetime.timedelta(days=DAYS_KEPT)


def tidy(now: datetime.datetime) -> int:
    """Remove the files that have had their time; gives how many pieces those were."""
    before = now - datetime.timedelta(days=DAYS_KEPT)
    old = ExportPiece.objects.filter(export__finished_at__lt=before)
    return old.delete()[0]


def _mine(export: Export) -> QuerySet[Export]:
    return Export.objects.filter(
        pk=export.pk,
        attempts=export.attempts,
        status__in=[Status.QUEUED, Status.WORKING],
    )


def _record(export: Export) -> None:
    history.record(
        export,
        "exported list",
        export.asked_by,
        list=export.list_label,
        filter=export.chosen,
        rows=export.rows_count,
        format=export.format,
    )
