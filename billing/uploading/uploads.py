"""What a person does with a file of hour lines: send, confirm or withdraw it.

Step 1 of the road, in the portal. Nothing comes in the books here: the worker checks
what was sent (billing.uploading.work), somebody looks, and only what was confirmed is
taken in. Every verb may be given twice, and does its work once.
"""

import datetime
from pathlib import Path

from django.db import transaction

from billing.models import Upload
from billing.uploading import files as upload_files
from instruments.models import Instrument
from membership import history
from membership.models import Organisation, Person, Role
from nvsi.errors import NotAllowed, Stale
from nvsi.locks import one_at_a_time

Status = Upload.Status
LONGEST_NAME = 200


def require_deliverer(by: Person, source: Organisation) -> None:
    """Raises NotAllowed unless this person delivers for this uitvoerder today."""
    if not by.is_active or source.pk not in by.organisations_as(Role.Name.UITVOERDER):
        raise NotAllowed(
            f"{by.email} mag geen urenregels aanleveren voor {source}. Dat kan iemand "
            "met de rol uitvoerder van die organisatie."
        )


@transaction.atomic
def receive(
    path: Path,
    *,
    file_name: str,
    instrument: Instrument,
    source: Organisation,
    today: datetime.date,
    by: Person,
) -> Upload:
    """Keep a file to be checked. The same file gives the same upload.

    A file that was refused, or that failed, is checked again: agreements may have
    changed since. Raises NotAllowed for who does not deliver for this uitvoerder, and
    when it does not carry out the instrument today.
    """
    require_deliverer(by, source)
    if instrument.uitvoerder_on(today) != source:
        raise NotAllowed(
            f"{source} is nu niet de uitvoerder van {instrument}. Mail het bureau als "
            "dat niet klopt."
        )
    sha256 = upload_files.sha256_of(path)
    one_at_a_time(f"upload {sha256}")
    known = source.uploads.filter(sha256=sha256).exclude(status=Status.WITHDRAWN)
    upload = known.select_for_update().first()
    if upload is None:
        upload = Upload.objects.create(
            instrument=instrument,
            source=source,
            file_name=file_name[:LONGEST_NAME],
            sha256=sha256,
            size=path.stat().st_size,
            received_by=by,
        )
        history.record(upload, "received", by, size=upload.size)
        upload_files.keep(upload, path)
    elif upload.status in (Status.REFUSED, Status.FAILED):
        if not upload_files.is_kept(upload):
            upload_files.keep(upload, path)
        check_again(upload, by=by)
    return upload


@transaction.atomic
def check_again(upload: Upload, *, by: Person) -> None:
    """Have the worker check a file once more; what waits already stays as it is."""
    upload = _locked(upload, by)
    if upload.status in Upload.WAITING:
        return
    if not upload_files.is_kept(upload):
        raise NotAllowed(
            f"Wij hebben {upload} niet meer. Lever het bestand opnieuw aan."
        )
    history.move(upload, Status.CHECKING, by)
    _let_begin(upload)


@transaction.atomic
def confirm(
    upload: Upload, *, fingerprint: str, now: datetime.datetime, by: Person
) -> None:
    """Have the worker take in what was seen; confirming twice is confirming once.

    Raises Stale when what was seen is not what would be taken in now.
    """
    upload = _locked(upload, by)
    if upload.fingerprint != fingerprint:
        raise Stale(
            "De controle van dit bestand is intussen opnieuw gedaan. Bekijk de nieuwe "
            "uitkomst en bevestig daarna."
        )
    if upload.status in (Status.CONFIRMED, Status.DONE):
        return
    upload.confirmed_by, upload.confirmed_at = by, now
    upload.save(update_fields=["confirmed_by", "confirmed_at"])
    history.move(upload, Status.CONFIRMED, by, fingerprint=fingerprint)
    _let_begin(upload)


@transaction.atomic
def withdraw(upload: Upload, *, by: Person | None) -> None:
    """Take back a file that is not in the books: its bytes are removed.

    `by` is None when it waited too long. Raises NotAllowed for what a worker is busy
    with, and for what is in the books.
    """
    upload = _locked(upload, by)
    if upload.status == Status.WITHDRAWN:
        return
    if upload.status in Upload.WAITING:
        raise NotAllowed(
            f"Wij zijn nog bezig met {upload}. Wacht tot dat klaar is; daarna kunt u "
            "het intrekken, als het nog niet is verwerkt."
        )
    history.move(upload, Status.WITHDRAWN, by)
    forget(upload)


def forget(upload: Upload) -> None:
    """Remove the bytes and what is told of single rows; the sums stay."""
    upload_files.forget(upload)
    upload.errors, upload.refused_csv = [], None
    upload.save(update_fields=["errors", "refused_csv"])


def _locked(upload: Upload, by: Person | None) -> Upload:
    """The row as it is now; nobody else changes it until this is done.

    What a worker has is not waited for: that may take a minute.
    """
    if by is not None:
        require_deliverer(by, upload.source)
    upload = Upload.objects.get(pk=upload.pk)
    if upload.status in Upload.WAITING:
        return upload
    return Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)


def _let_begin(upload: Upload) -> None:
    """The worker has not tried yet what waits from now on."""
    upload.attempts, upload.started_at, upload.finished_at = 0, None, None
    upload.changes, upload.failure = [], ""
    upload.save(
        update_fields=["attempts", "started_at", "finished_at", "changes", "failure"]
    )
