"""The first page of an uitvoerder: its last delivery."""

from dataclasses import dataclass

from django.urls import reverse

from billing.models import Import, Upload
from billing.uploading.listing import last_delivery
from billing.uploading.words import moment
from membership.models import Organisation, Person
from nvsi.dutch import counted, euro


@dataclass(frozen=True)
class UitvoerderHome:
    last: str
    last_url: str


def uitvoerder_home(user: Person, uitvoerder: Organisation) -> UitvoerderHome:
    """Empty for who does not deliver for it."""
    if uitvoerder.pk not in user.organisations_as("uitvoerder"):
        return UitvoerderHome("", "")
    last = last_delivery(uitvoerder)
    return UitvoerderHome(_told(last), _page_of(last))


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
