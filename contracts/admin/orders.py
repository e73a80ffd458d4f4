"""Uitvoeringsopdrachten for the bureau: to look at, and when one is late."""

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from contracts.models import Uitvoeringsopdracht
from contracts.orders.running import withdrawal_of
from membership.admin.recorded import FrozenAdmin
from nvsi.admin.pages import section
from nvsi.dutch import day


class UitvoeringsopdrachtAdmin(FrozenAdmin):
    heading = "Uitvoeringsopdrachten"
    joined = ("instrument", "uitvoerder", "given_by", "ontwikkelvoorstel__wens")
    fieldsets = [
        section(None, "reference", "uitvoerder", "ontwikkelvoorstel", "paper"),
        section("Ingetrokken", "withdrawn"),
        section("Geld", "amount", "final_amount", "final_from_kas"),
        section("Gegeven", "given_by", "given_at", "factor", "deliver_by", "agreed"),
        section("Uitvoering", "confirmed_by", "confirmed_at", "delivered_on"),
        section("Aanvaard", "accepted_by", "accepted_at", "document_sha256"),
    ]
    list_display = ["reference", "uitvoerder", "amount", "deliver_by", "delivered_on"]
    list_filter = ["instrument"]
    search_fields = ["reference"]
    search_help_text = "Zoek op kenmerk."

    @admin.display(description="door het bestuur")
    def withdrawn(self, obj: Uitvoeringsopdracht) -> str:
        step = withdrawal_of(obj)
        return f"{day(timezone.localdate(step.at))}: {step.words}" if step else "nee"

    @admin.display(description="document")
    def paper(self, obj: Uitvoeringsopdracht) -> SafeString:
        url = reverse("order-document", args=[obj.reference])
        return format_html('<a href="{}">Download de opdracht (PDF)</a>', url)
