"""Every list as a file: at once when it is short, by the worker when it is long.

The buttons stand above each list (membership.admin.recorded). Each file that was made
is listed here, with who asked; the file itself is for him alone, and for a week.
"""

import tempfile
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.exceptions import NotRegistered
from django.contrib.admin.utils import unquote
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    StreamingHttpResponse,
)
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.views.decorators.http import require_POST, require_safe

from membership import export_work, exports
from membership.admin.recorded import FrozenAdmin, acting, list_page
from membership.admin.verbs import page_of
from membership.admin.words import list_title
from membership.models import Export, Person
from membership.tasks import write_exports
from nvsi.admin.columns import whole
from nvsi.admin.filters import chosen
from nvsi.admin.lists import Listed, listed
from nvsi.admin.pages import section
from nvsi.bell import ring
from nvsi.errors import NotAllowed

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CONTENT_TYPES = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8"}


class ExportAdmin(FrozenAdmin):
    change_form_template = "admin/membership/export/change_form.html"
    joined = ("asked_by",)
    fieldsets = [
        section(None, "list_name", "chosen", "format", "rows_count", "error"),
        section("Gevraagd", "asked_by", "asked_at", "finished_at"),
    ]
    list_display = [
        *("list_name", "chosen", "format", "rows_count", "status"),
        *("asked_by", "asked_at"),
    ]
    list_filter = ["status", "format", chosen("asked_by", "gevraagd door", "door")]
    search_fields = ["chosen", "list_label", "asked_by__name"]
    search_help_text = "Zoek op filter of op wie het vroeg."

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("vragen/", view(require_POST(self.ask)), name="membership_export_ask"),
            path(
                "<path:object_id>/bestand/",
                view(require_safe(self.file)),
                name="membership_export_file",
            ),
        ]
        return own + super().get_urls()

    def ask(self, request: HttpRequest) -> HttpResponse:
        """The list as it was filtered: a file, or the page that says how far it is."""
        name, query = request.POST.get("list", ""), request.POST.get("query", "")
        fmt, by = request.POST.get("format", ""), acting(request)
        shown = self._admin_of(name)
        try:
            found = listed(shown, by, query)
            count = found.count(settings.NVSI_EXPORT_AT_ONCE)
            if count <= settings.NVSI_EXPORT_AT_ONCE:
                return _at_once(found, name, query=query, fmt=fmt, by=by)
            export = exports.ask(name, query=query, fmt=fmt, by=by)
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
            return redirect(list_page(shown.model))
        ring(write_exports)
        return redirect(page_of(export))

    def file(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """To who asked, as long as it is kept; to everybody else it is not there."""
        key = unquote(object_id)
        if not (key.isascii() and key.isdecimal()):
            raise Http404
        own = Export.objects.visible_to(acting(request))
        export = get_object_or_404(own, pk=key, status=Export.Status.DONE)
        if not export.pieces.exists():
            raise Http404
        content = exports.content_of(export)
        name = _file_name(list_title(export.list_label), export.format)
        return _answer(StreamingHttpResponse(content), export.format, name)

    def beside_the_form(self, request: HttpRequest, obj: Export) -> dict[str, Any]:
        around = super().beside_the_form(request, obj)
        is_own = obj.asked_by == acting(request)
        around["export"] = {
            "is_own": is_own,
            "file": is_own and obj.pieces.exists() and obj,
            "until": exports.kept_until(obj),
            "done": whole(obj.rows_done),
            "count": "" if obj.rows_count is None else whole(obj.rows_count),
            "title": list_title(obj.list_label),
        }
        return around

    @admin.display(description="lijst", ordering="list_label")
    def list_name(self, obj: Export) -> str:
        return list_title(obj.list_label)

    def _admin_of(self, name: str) -> Any:
        try:
            return self.admin_site.get_model_admin(apps.get_model(name))
        except (LookupError, ValueError, NotRegistered):
            raise Http404 from None


def _at_once(
    found: Listed, name: str, *, query: str, fmt: str, by: Person
) -> HttpResponse:
    if fmt not in CONTENT_TYPES:
        raise NotAllowed("Kies XLSX of CSV.")
    export_work.require_room(fmt, found.count())
    with tempfile.TemporaryDirectory(prefix="nvsi-export-") as folder:
        file = Path(folder) / f"lijst.{fmt}"
        rows = found.write(file, fmt)
        exports.made_at_once(
            name, query=query, fmt=fmt, chosen=found.chosen, rows=rows, by=by
        )
        # What is open stays readable after its folder is gone.
        response = FileResponse(file.open("rb"))
    return _answer(response, fmt, _file_name(found.title, fmt))


def _answer(response: Any, fmt: str, name: str) -> HttpResponse:
    response["Content-Type"] = CONTENT_TYPES[fmt]
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    answer: HttpResponse = response
    return answer


def _file_name(title: str, fmt: str) -> str:
    """urenregels-2026-07-15.xlsx"""
    return f"{slugify(title)}-{timezone.localdate():%Y-%m-%d}.{fmt}"
