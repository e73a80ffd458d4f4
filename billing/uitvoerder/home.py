"""The first page of an uitvoerder: what is asked of it now, and its last delivery."""

import datetime
from dataclasses import dataclass

from django.urls import reverse

from billing.models import Import, Upload
from billing.statements.expected import expected
from billing.uploading.listing import last_delivery
from billing.uploading.words import moment
from instruments.selection import carried_out_by
from membership.models import Organisation, Person
from nvsi.dutch import counted, euro, listing


@dataclass(frozen=True)
class ToDo:
    """Something to do, where, and by when."""

    what: str
    url: str
    when: str


@dataclass(frozen=True)
class UitvoerderHome:
    todo: list[ToDo]
    last: str
    last_url: str


def uitvoerder_home(
    user: Person, uitvoerder: Organisation, *, today: datetime.date
) -> UitvoerderHome:
    """Empty for who does not carry an instrument out, or does not deliver for it."""
    if uitvoerder.pk not in user.organisations_as("uitvoerder"):
        return UitvoerderHome([], "", "")
    instruments = carried_out_by(uitvoerder, today)
    coming = expected(today)
    open_ = Upload.objects.visible_to(user).filter(source=uitvoerder).light()
    todo = [_to_finish(upload) for upload in open_.unfinished()]
    if instruments:
        names = listing([instrument.name for instrument in instruments])
        todo.append(
            ToDo(
                f"Lever de urenregels van {names} aan over de {coming.period}",
                reverse("upload-new"),
                f"vóór {coming.from_day}",
            )
        )
    last = last_delivery(uitvoerder)
    return UitvoerderHome(todo, _told(last), _page_of(last))


def _to_finish(upload: Upload) -> ToDo:
    words = {
        Upload.Status.READY: f"Bevestig uw aanlevering {upload.file_name}",
        Upload.Status.REFUSED: f"Herstel uw aanlevering {upload.file_name}",
        Upload.Status.FAILED: f"Probeer {upload.file_name} opnieuw",
    }
    return ToDo(
        words[Upload.Status(upload.status)],
        reverse("upload-detail", args=[upload.pk]),
        f"van {moment(upload.received_at)}",
    )


def _told(last: Import | None) -> str:
    if last is None:
        return ""
    who = last.delivered_by.name if last.delivered_by else "het bureau"
    lines = counted(last.lines_count, "nieuwe regel", "nieuwe regels")
    return (
        f"Op {moment(last.delivered_at)} door {who}: {last.file_name}, {lines}, "
        f"omzet {euro(last.omzet)}."
    )


def _page_of(last: Import | None) -> str:
    upload = Upload.objects.filter(delivery=last).first() if last else None
    return reverse("upload-detail", args=[upload.pk]) if upload else ""
