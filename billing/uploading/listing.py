"""All that an uitvoerder delivered, in the portal and by command, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import F, Value
from django.utils import timezone

from billing.models import Import, Upload
from billing.uploading.words import moment, state_of
from membership.models import Organisation, Person
from nvsi.dutch import counted, euro

PER_PAGE = 25
UPLOAD, IMPORT = "u", "i"


@dataclass(frozen=True)
class Delivery:
    """One delivery as the list shows it; `upload_id` is None for one by command."""

    upload_id: int | None
    file_name: str
    at: str
    who: str
    words: str
    tone: str
    content: str
    revenue: str


def deliveries(user: Person, source: Organisation, page: str) -> "Page[Delivery]":
    """A page of them; a page that there is not gives the nearest."""
    uploads = Upload.objects.visible_to(user).filter(source=source)
    imports = Import.objects.visible_to(user).filter(source=source, upload=None)
    keys = (
        uploads.order_by()
        .values_list("received_at", Value(UPLOAD), "pk")
        .union(
            imports.order_by().values_list(F("delivered_at"), Value(IMPORT), "pk"),
            all=True,
        )
        .order_by("-received_at")
    )
    found = Paginator(keys, PER_PAGE).get_page(page)
    found.object_list = list(_read(list(found.object_list)))
    return found


def _read(keys: list[tuple[object, str, int]]) -> Iterable[Delivery]:
    upload_ids = [pk for _, kind, pk in keys if kind == UPLOAD]
    import_ids = [pk for _, kind, pk in keys if kind == IMPORT]
    uploads = Upload.objects.light().select_related("received_by").in_bulk(upload_ids)
    imports = Import.objects.select_related("delivered_by").in_bulk(import_ids)
    for _, kind, pk in keys:
        yield _of_upload(uploads[pk]) if kind == UPLOAD else _of_import(imports[pk])


def last_delivery(source: Organisation) -> Import | None:
    return source.imports.select_related("delivered_by").first()


def _of_upload(upload: Upload) -> Delivery:
    words, tone = state_of(upload)
    stopped = upload.status in (Upload.Status.REFUSED, Upload.Status.WITHDRAWN)
    preview = None if stopped else upload.preview
    count = preview["new"] if preview else 0
    return Delivery(
        upload_id=upload.pk,
        file_name=upload.file_name,
        at=moment(upload.received_at),
        who=upload.received_by.name,
        words=words,
        tone=tone,
        content=counted(count, "nieuwe regel", "nieuwe regels") if preview else "",
        revenue=euro(preview["omzet"]) if preview else "",
    )


def _of_import(delivery: Import) -> Delivery:
    return Delivery(
        upload_id=None,
        file_name=delivery.file_name,
        at=moment(timezone.localtime(delivery.delivered_at)),
        who=delivery.delivered_by.name if delivery.delivered_by else "het bureau",
        words="Verwerkt",
        tone="done",
        content=counted(delivery.lines_count, "nieuwe regel", "nieuwe regels"),
        revenue=euro(delivery.omzet),
    )
