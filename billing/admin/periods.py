"""The half-year as one page: what was found, what it comes to, and the buttons."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path

from billing.admin.halfyear import HalfyearPage
from billing.admin.paying import EXPORT
from billing.admin.verbs import PREPARE
from billing.figures.watching import limit_of, signals
from billing.models import Period
from membership.admin.recorded import acting
from membership.admin.verbs import VerbAdmin
from nvsi.admin.pages import section
from nvsi.admin.tables import Table


class PeriodAdmin(VerbAdmin):
    heading = "Aanleveren"
    verbs = (PREPARE, EXPORT)
    joined = ("instrument",)
    fieldsets = [section(None, "halfyear", "instrument", "closed_at")]
    list_display = ["halfyear", "instrument", "closed_at"]
    list_filter = ["instrument", ("closed_at", admin.EmptyFieldListFilter)]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.signals)
        own = path("<path:object_id>/signalen/", view, name="billing_period_signals")
        return [own, *super().get_urls()]

    def signals(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """What the regiegroep looks at after a half-year."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "title": f"Signalen over {obj}",
            "opts": self.opts,
            "period": obj,
            "signals": signals(obj),
            "limit": limit_of(obj),
        }
        name = "admin/billing/period/signals.html"
        return TemplateResponse(request, name, context)

    def beside_the_form(self, request: HttpRequest, obj: Period) -> dict[str, Any]:
        page = HalfyearPage(obj, acting(request))
        return {**super().beside_the_form(request, obj), "page": page, "buttons": []}

    def tables(self, obj: Period) -> list[Table]:
        return [
            Table(
                obj.runs.select_related("prepared_by", "approved_by"),
                ("sequence", "status", "prepared_by", "approved_by", "approved_at"),
            ),
            Table(
                obj.batches.select_related("exported_by").defer("xml"),
                ("message_id", "exported_by", "exported_at", "payments_count", "total"),
            ),
        ]
