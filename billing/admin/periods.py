"""The half-year as one page: what was found, what it comes to, and the buttons."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from billing.admin.halfyear import HalfyearPage
from billing.admin.paying import EXPORT
from billing.admin.verbs import PREPARE
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
