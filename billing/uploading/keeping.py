"""How long the bytes of an upload are kept: while they are of use (AVG art. 5)."""

import datetime

from django.db.models import Exists, OuterRef

from billing.models import Upload, UploadPiece
from billing.uploading import uploads

Status = Upload.Status
# After it was taken in, to look something up; the lines themselves stay.
DAYS_AFTER_DONE = 7
# In which somebody mends or confirms what he sent.
DAYS_TO_ACT = 30


def tidy(now: datetime.datetime) -> int:
    """Remove the bytes that have had their time; gives of how many uploads.

    What waited for somebody all that time is withdrawn.
    """
    has_bytes = Exists(UploadPiece.objects.filter(upload=OuterRef("pk")))
    kept = Upload.objects.filter(has_bytes).exclude(status__in=Upload.WAITING)
    done = kept.filter(
        status=Status.DONE, finished_at__lt=_before(now, DAYS_AFTER_DONE)
    )
    left = kept.exclude(status=Status.DONE).filter(
        finished_at__lt=_before(now, DAYS_TO_ACT)
    )
    for upload in done:
        uploads.forget(upload)
    for upload in left:
        uploads.withdraw(upload, by=None)
    return len(done) + len(left)


def _before(now: datetime.datetime, days: int) -> datetime.datetime:
    return now - datetime.timedelta(days=days)
