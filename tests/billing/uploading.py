"""Uploads for tests: sent by the back office, and worked on as the worker does."""

import datetime
from collections.abc import Iterable
from pathlib import Path

from django.utils import timezone

from billing.models import Upload
from billing.uploading import uploads
from billing.uploading import work as upload_work
from instruments.models import Instrument
from membership.models import Organisation, Person
from tests.billing.deliveries import Cells, as_csv

# Hours of the second half of 2025 and before: never in the future of a test.
EARLIER = {"datum": "2025-09-08", "factuurdatum": "2025-09-15"}


def send(
    folder: Path,
    content: Iterable[Cells] | str | bytes,
    by: Person,
    *,
    file_name: str = "uren.csv",
    today: datetime.date | None = None,
) -> Upload:
    """Receive rows, a text or bytes as a file of flexensie's uitvoerder."""
    if not isinstance(content, str | bytes):
        content = as_csv(content)
    path = folder / "sent"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return uploads.receive(
        path,
        file_name=file_name,
        instrument=Instrument.objects.get(slug="flexensie"),
        source=Organisation.objects.get(code="flexensie"),
        today=today or timezone.localdate(),
        by=by,
    )


def work(upload: Upload) -> Upload:
    """All that waits is worked on; gives the upload as it is then."""
    while upload_work.work_on_next():
        pass
    return Upload.objects.get(pk=upload.pk)


def checked(folder: Path, content: Iterable[Cells] | str | bytes, by: Person) -> Upload:
    return work(send(folder, content, by))


def confirm(upload: Upload, by: Person) -> Upload:
    uploads.confirm(upload, fingerprint=upload.fingerprint, now=timezone.now(), by=by)
    return work(upload)
