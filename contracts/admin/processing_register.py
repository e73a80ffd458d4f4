"""The register of processing of the NVSI, for the bureau: a page and two files."""

import datetime

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from contracts.annexes.register import register_on
from contracts.annexes.register_files import as_pdf, as_xlsx
from membership.admin.recorded import FrozenAdmin
from membership.admission.evidence import PDF, XLSX
from nvsi.dutch import counted, day

FILES = {"pdf": (as_pdf, PDF), "xlsx": (as_xlsx, XLSX)}


class RegisterPages(FrozenAdmin):
    """Beside the annexes, of which it is made."""

    change_list_template = "admin/contracts/annexversion/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path(
                "register/",
                view(require_safe(self.register)),
                name="contracts_annexversion_register",
            ),
            *(
                path(
                    f"register.{fmt}",
                    view(require_safe(self.register_file)),
                    {"fmt": fmt},
                    name=f"contracts_annexversion_register-{fmt}",
                )
                for fmt in FILES
            ),
        ]
        return own + super().get_urls()

    def register(self, request: HttpRequest) -> HttpResponse:
        """For whom the NVSI processes today, and what."""
        today = self._today(request)
        rows = register_on(today)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": "Register van verwerkingen",
            "day": day(today),
            "rows": rows,
            "count": counted(len(rows), "regel", "regels"),
            "without": [
                row for row in rows if row.version is None and row.ended_on is None
            ],
        }
        page = "admin/contracts/annexversion/register.html"
        return TemplateResponse(request, page, context)

    def register_file(self, request: HttpRequest, fmt: str) -> HttpResponse:
        today = self._today(request)
        write, media_type = FILES[fmt]
        response = HttpResponse(
            write(register_on(today), today), content_type=media_type
        )
        name = f"verwerkingsregister-{today}.{fmt}"
        disposition = content_disposition_header(True, name)
        response["Content-Disposition"] = disposition or "attachment"
        return response

    def _today(self, request: HttpRequest) -> datetime.date:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return timezone.localdate()
