"""The books: accounts, entries and postings. Step 4 of the road."""

from typing import Any

from django.contrib import admin
from django.db.models import DecimalField, F, Sum, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest

from billing.admin.finding import NumberedAdmin, by_halfyear
from billing.models import Account, Entry, Posting
from membership.admin.recorded import FrozenAdmin
from nvsi.admin.columns import list_url
from nvsi.admin.filters import chosen
from nvsi.admin.pages import section
from nvsi.admin.tables import Table
from nvsi.dutch import euro
from nvsi.money import ZERO

EUROS = DecimalField(max_digits=14, decimal_places=2)


class AccountAdmin(FrozenAdmin):
    fieldsets = [section(None, "code", "name", "kind", "balance")]
    list_display = ["code", "name", "kind", "balance"]
    list_filter = ["kind"]
    search_fields = ["code", "name"]
    search_help_text = "Zoek op nummer of naam."

    def get_queryset(self, request: HttpRequest) -> Any:
        debit_less_credit = Sum(F("postings__debit") - F("postings__credit"))
        balance = Coalesce(debit_less_credit, Value(ZERO), output_field=EUROS)
        return super().get_queryset(request).annotate(balance=balance)

    @admin.display(description="saldo (debet boven nul)", ordering="balance")
    def balance(self, obj: Any) -> str:
        return euro(obj.balance)

    def tables(self, obj: Account) -> list[Table]:
        return [
            Table(
                obj.postings.select_related("entry", "organisation").order_by("-id"),
                (
                    *("entry", "entry__booked_on", "organisation"),
                    *("debit", "credit"),
                ),
                all_at=list_url(Posting, account__id__exact=obj.pk),
                title="Laatste boekingsregels",
            )
        ]


class EntryAdmin(NumberedAdmin):
    settlement_path = "settlement__"
    joined = ("settlement", "booked_by")
    fieldsets = [
        section(None, "number", "booked_on", "description", "settlement"),
        section("Vastlegging", "booked_by", "booked_at", "previous_sha256", "sha256"),
    ]
    list_display = ["number", "booked_on", "description", "settlement", "booked_by"]
    list_filter = [by_halfyear("settlement__period"), "booked_on"]
    search_fields = ["=number", "description"]
    search_help_text = "Zoek op boekstuk, afrekening (2026-0147) of omschrijving."

    def tables(self, obj: Entry) -> list[Table]:
        return [
            Table(
                obj.postings.select_related("account", "organisation"),
                ("account", "organisation", "debit", "credit"),
            )
        ]


class PostingAdmin(NumberedAdmin):
    settlement_path = "entry__settlement__"
    ordering = ["-id"]
    joined = ("entry", "account", "organisation")
    fieldsets = [
        section(None, "entry", "entry__booked_on", "account", "organisation"),
        section("Bedrag", "debit", "credit"),
    ]
    list_display = [
        *("account", "entry", "entry__booked_on"),
        *("organisation", "debit", "credit"),
    ]
    list_filter = [
        by_halfyear("entry__settlement__period"),
        "account",
        chosen("organisation", "organisatie"),
    ]
    search_fields = ["organisation__code", "organisation__name", "=entry__number"]
    search_help_text = "Zoek op organisatie, boekstuk of afrekening (2026-0147)."
