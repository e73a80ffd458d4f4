"""What the worker does with uploads: check them, and take in what was confirmed.

PostgreSQL says what waits. One is taken under a row lock and done in one transaction:
a worker that is killed leaves it as it was, and the next one begins anew.
"""

import datetime
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import structlog
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from billing.deliveries import mending
from billing.deliveries.imports import Delivered, import_hours
from billing.models import Upload
from billing.uploading import files as upload_files
from billing.uploading import outcomes, uploads
from billing.uploading.preview import Json, fingerprint_of, preview_of
from nvsi.errors import NotAllowed
from nvsi.outage import is_outage
from nvsi.refusals import TableRefused, refused

log = structlog.get_logger()

Status = Upload.Status
ATTEMPTS = 3
GAVE_UP = (
    "Het is drie keer niet gelukt dit bestand te lezen. Het bureau ziet dit ook. "
    "Verdeel de regels over meer bestanden, of mail het bureau."
)
BROKE_OFF = (
    "Er ging iets mis bij ons. Er is niets verwerkt. Probeer het opnieuw, of mail het "
    "bureau."
)


class _Changed(Exception):
    """What would be taken in is not what was confirmed."""


def work_on_next() -> bool:
    """Check or take in one upload that waits and that nobody else has.

    False when there is none.
    """
    pk = _begin(timezone.now())
    if pk is None:
        return False
    try:
        _work_on(pk)
    except Exception as error:
        if is_outage(error):
            _put_back(pk)
            raise  # it is still waiting when that is over
        log.exception("upload_failed", upload=pk)
        with transaction.atomic():
            upload = Upload.objects.select_for_update(of=("self",)).get(pk=pk)
            if upload.status in Upload.WAITING:
                outcomes.fail(upload, BROKE_OFF)
    return True


@transaction.atomic
def _begin(now: datetime.datetime) -> int | None:
    """Choose one and write down that it began, so that its page can say so."""
    waiting = Upload.objects.waiting().order_by("received_at", "pk")
    for upload in waiting.select_for_update(skip_locked=True, of=("self",)):
        if upload.attempts >= ATTEMPTS:
            outcomes.fail(upload, GAVE_UP)
            continue
        upload.attempts += 1
        upload.started_at = now
        upload.save(update_fields=["attempts", "started_at"])
        return upload.pk
    return None


def _put_back(pk: int) -> None:
    """What the file is no cause of does not count as an attempt at it."""
    Upload.objects.waiting().filter(pk=pk).update(attempts=F("attempts") - 1)


@transaction.atomic
def _work_on(pk: int) -> None:
    locked = Upload.objects.waiting().select_for_update(skip_locked=True, of=("self",))
    upload = locked.filter(pk=pk).select_related("instrument", "source").first()
    if upload is None:
        return
    try:
        if upload.status == Status.CHECKING:
            _check(upload)
        else:
            _take_in(upload)
    except TableRefused as error:
        outcomes.refuse(upload, error)
    except NotAllowed as error:
        outcomes.fail(upload, str(error))


def _check(upload: Upload) -> None:
    """A dry run: what the file would bring, or everything that is wrong with it."""
    with _whole(upload) as path:
        preview, _ = _import(upload, path, dry_run=True)
    outcomes.show(upload, preview)


def _take_in(upload: Upload) -> None:
    """Take in what was confirmed; when it would be something else now, ask again."""
    assert upload.confirmed_by, "the database says so"
    uploads.require_deliverer(upload.confirmed_by, upload.source)
    with upload_files.on_disk(upload) as path:
        try:
            preview, delivered = _import(upload, path, only=upload.fingerprint)
        except _Changed as changed:
            (preview,) = changed.args
            outcomes.ask_again(upload, preview)
        else:
            outcomes.finish(upload, preview, delivered)


def _import(
    upload: Upload, path: Path, *, dry_run: bool = False, only: str = ""
) -> tuple[Json, Delivered]:
    """The file into the books, and what it brings there.

    Raises TableRefused, after keeping the wrong rows, and _Changed when it is not what
    has the fingerprint `only`.
    """
    seen: list[Json] = []

    def look(delivered: Delivered) -> None:
        seen.append(preview_of(delivered))
        if only and fingerprint_of(seen[0]) != only:
            raise _Changed(seen[0])

    try:
        delivered = import_hours(
            path,
            file_name=upload.file_name,
            instrument=upload.instrument,
            today=timezone.localdate(),
            dry_run=dry_run,
            by=upload.confirmed_by or upload.received_by,
            look=look,
        )
    except TableRefused as error:
        rows = mending.refused_rows(path, upload.pk, error)
        upload.rows_count, upload.refused_csv = rows.rows_count, rows.csv
        raise
    return (seen[0] if seen else preview_of(delivered)), delivered


@contextmanager
def _whole(upload: Upload) -> Iterator[Path]:
    """The file; mended rows are first put back in the file that they came from."""
    with ExitStack() as stack:
        path = stack.enter_context(upload_files.on_disk(upload))
        belongs = mending.mends(path)
        if belongs is not None:
            original = _refused_upload(upload, belongs)
            before = stack.enter_context(upload_files.on_disk(original))
            rows = {row for row, _, _ in original.errors}
            path = stack.enter_context(mending.put_back(before, path, rows))
            upload_files.keep(upload, path)
            upload.mends = original
            upload.save(update_fields=["mends"])
        yield path


def _refused_upload(upload: Upload, pk: int) -> Upload:
    original = upload.source.uploads.filter(pk=pk, status=Status.REFUSED).first()
    if original is None or not upload_files.is_kept(original):
        raise refused(
            f"Dit zijn herstelde regels van aanlevering {pk}, en die hebben wij niet "
            "(meer). Lever het hele bestand opnieuw aan."
        )
    return original
