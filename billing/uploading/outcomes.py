"""How the work on an upload ends: shown, asked again, finished, refused or failed.

Each writes down what the page tells, moves the status, and tells by e-mail what
somebody who closed the page should know.
"""

from django.utils import timezone

from billing.deliveries.imports import Delivered
from billing.models import Upload
from billing.uploading.changes import changes
from billing.uploading.preview import Json, fingerprint_of
from membership import emails, history
from nvsi.dutch import counted, euro, hours
from nvsi.refusals import TableRefused

Status = Upload.Status
# What the database lets stand with the status from before, and with that after.
FOUND = (
    *("preview", "fingerprint", "changes", "rows_count"),
    *("errors", "errors_count", "refused_csv", "failure"),
)
ENDED = ("delivery", "confirmed_by", "confirmed_at", "finished_at")


def show(upload: Upload, preview: Json) -> None:
    """Checked and right: somebody is asked to confirm, if there is anything new."""
    _keep_preview(upload, preview)
    _move(upload, Status.READY if preview["new"] else Status.DONE)


def ask_again(upload: Upload, preview: Json) -> None:
    """What was confirmed is not what it would be now: say so, and ask once more."""
    upload.changes = changes(upload.preview or {}, preview)
    upload.confirmed_by = upload.confirmed_at = None
    show(upload, preview)
    if upload.status == Status.READY:
        _tell(upload, "delivery_refused")


def finish(upload: Upload, preview: Json, delivered: Delivered) -> None:
    """It is in the books. The same file may have come in by another way meanwhile."""
    if not delivered.same_file:
        upload.delivery = delivered.delivery
    _keep_preview(upload, preview)
    _move(upload, Status.DONE)
    _tell(upload, "delivery_done")


def refuse(upload: Upload, error: TableRefused) -> None:
    """Something in it is wrong; nothing of it is in the books."""
    upload.errors = [[e.row, e.column, e.message] for e in error.errors]
    upload.errors_count = error.count
    upload.confirmed_by = upload.confirmed_at = None
    _move(upload, Status.REFUSED)
    _tell(upload, "delivery_refused")


def fail(upload: Upload, failure: str) -> None:
    """It is not the file's fault, or nobody can tell; it may be tried again."""
    upload.failure = failure[:300]
    upload.confirmed_by = upload.confirmed_at = None
    _move(upload, Status.FAILED)
    _tell(upload, "delivery_refused")


def _keep_preview(upload: Upload, preview: Json) -> None:
    upload.preview, upload.fingerprint = preview, fingerprint_of(preview)
    upload.rows_count = preview["rows"]
    upload.errors, upload.errors_count, upload.refused_csv = [], 0, None


def _move(upload: Upload, to: Upload.Status) -> None:
    """What was found, the status, and what only the new status may have."""
    upload.finished_at = timezone.now()
    upload.save(update_fields=FOUND)
    history.move(upload, to, None)
    upload.save(update_fields=ENDED)


def _tell(upload: Upload, event: str) -> None:
    """Who delivered, and who confirmed when that is somebody else."""
    preview = upload.preview or {}
    people = {upload.received_by, upload.confirmed_by} - {None}
    emails.queue_all(
        event,
        f"{upload.pk}|{upload.finished_at:%Y-%m-%dT%H:%M:%S.%f}",
        [person for person in people if person],
        upload=upload,
        lines=counted(preview.get("new", 0), "nieuwe regel", "nieuwe regels"),
        hours=hours(preview.get("uren", "0")),
        revenue=euro(preview.get("omzet", "0")),
        errors=counted(upload.errors_count, "fout", "fouten"),
    )
