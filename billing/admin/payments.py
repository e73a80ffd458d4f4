"""What was ordered from the bank. Step 6 of the road.

The file itself is given out by a verb, which checks and records it.
"""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db.models import DecimalField, Sum, Value
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from billing.admin.finding import HalfyearFilter, NumberedAdmin, by_halfyear
from billing.models import Payment, PaymentBatch
from billing.paying.payments import EXPORTERS, hand_out
from membership.admin.recorded import FrozenAdmin, acting
from membership.admin.verbs import page_of
from nvsi.admin.columns import list_url
from nvsi.admin.filters import chosen
from nvsi.admin.pages import section
from nvsi.admin.tables import Table
from nvsi.dutch import euro
from nvsi.errors import NotAllowed
from nvsi.money import ZERO

EUROS = DecimalField(max_digits=12, decimal_places=2)


class PaymentBatchAdmin(FrozenAdmin):
    heading = "Betalen"
    joined = ("period__instrument", "exported_by")
    deferred = ("xml",)
    fieldsets = [
        section(None, "message_id", "period", "sequence", "payments_count", "total"),
        section("Export", "exported_by", "exported_at", "sha256"),
    ]
    list_display = [
        *("message_id", "period__halfyear", "exported_by", "exported_at"),
        *("payments_count", "total"),
    ]
    list_filter = [HalfyearFilter, "period__instrument"]
    search_fields = ["message_id"]
    search_help_text = "Zoek op bericht, zoals het in het bankbestand staat."

    def get_urls(self) -> list[URLPattern]:
        download = self.admin_site.admin_view(require_POST(self.download))
        name = "billing_paymentbatch_download"
        own = [path("<path:object_id>/download/", download, name=name)]
        return own + super().get_urls()

    def download(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The file, to who may export it: not to who approved the half-year."""
        batch = self.get_object(request, unquote(object_id))
        if batch is None:
            raise Http404
        try:
            xml = hand_out(batch, by=acting(request))
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
            return redirect(page_of(batch))
        response = HttpResponse(xml, content_type="application/xml")
        name = f"{batch.message_id}.xml"
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        response["Cache-Control"] = "private, no-store"
        return response

    def beside_the_form(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        may = acting(request).has_role(*EXPORTERS)
        return {**super().beside_the_form(request, obj), "may_download": may}

    def tables(self, obj: PaymentBatch) -> list[Table]:
        return [
            Table(
                obj.payments.select_related("organisation", "settlement"),
                ("end_to_end_id", "organisation", "settlement", "iban", "amount"),
                all_at=list_url(Payment, bestand=obj.pk),
            )
        ]


class PaymentAdmin(NumberedAdmin):
    settlement_path = "settlement__"
    joined = (
        *("organisation", "settlement", "batch__period__instrument"),
        *("movement__entry",),
    )
    deferred = ("batch__xml",)
    in_files = {"paid": "paid"}
    fieldsets = [
        section(
            *(None, "end_to_end_id", "organisation", "settlement", "movement"),
            "batch",
        ),
        section("Bedrag", "iban", "amount", "paid"),
    ]
    list_display = [
        *("end_to_end_id", "organisation", "settlement", "batch__period__halfyear"),
        *("iban", "amount", "paid"),
    ]
    list_filter = [
        by_halfyear("batch__period"),
        chosen("batch", "betaalbestand", "bestand"),
        chosen("organisation", "organisatie"),
    ]
    search_fields = [
        "end_to_end_id",
        "iban",
        "organisation__code",
        "organisation__name",
    ]
    search_help_text = "Zoek op nummer, kenmerk, IBAN of organisatie."

    def get_queryset(self, request: HttpRequest) -> Any:
        paid = Coalesce(Sum("matches__amount"), Value(ZERO), output_field=EUROS)
        return super().get_queryset(request).annotate(paid=paid)

    @admin.display(description="volgens de bank betaald", ordering="paid")
    def paid(self, obj: Any) -> str:
        return euro(obj.paid)

    def tables(self, obj: Payment) -> list[Table]:
        return [
            Table(
                obj.matches.select_related("line", "entry"),
                ("line", "line__booked_on", "entry", "amount"),
            )
        ]
