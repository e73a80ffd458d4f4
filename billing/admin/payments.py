"""What was ordered from the bank. Step 6 of the road.

The file itself is not given out here: that is a verb, which checks and records it.
"""

from typing import Any

from django.contrib import admin
from django.db.models import DecimalField, Sum, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from billing.admin.finding import HalfyearFilter, NumberedAdmin, by_halfyear
from billing.models import Payment, PaymentBatch
from membership.admin.recorded import FrozenAdmin
from nvsi.admin.columns import list_url
from nvsi.admin.filters import chosen
from nvsi.admin.pages import section
from nvsi.admin.tables import Table
from nvsi.dutch import euro
from nvsi.money import ZERO

EUROS = DecimalField(max_digits=12, decimal_places=2)


class PaymentBatchAdmin(FrozenAdmin):
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
    joined = ("organisation", "settlement", "batch__period__instrument")
    deferred = ("batch__xml",)
    fieldsets = [
        section(None, "end_to_end_id", "organisation", "settlement", "batch"),
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
