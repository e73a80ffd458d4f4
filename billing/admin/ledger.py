"""The books: accounts, entries and postings. Step 4 of the road.

From a total down to the line that made it, each by one link: the balance of an account
on a day, its postings up to that day, the entry, the settlement or the payment, and the
hour lines of that settlement.
"""

import datetime
from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import DateField, DecimalField, F, Q, Sum, Value, Window
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html

from billing.admin.finding import NumberedAdmin, by_halfyear
from billing.models import Entry, Posting
from membership.admin.recorded import FrozenAdmin
from nvsi.admin.columns import NOTHING, link, list_url, side
from nvsi.admin.days import SeenOnFilter, day_in, until
from nvsi.admin.filters import chosen
from nvsi.admin.pages import section
from nvsi.admin.tables import Table
from nvsi.dutch import day, euro
from nvsi.money import ZERO

EUROS = DecimalField(max_digits=14, decimal_places=2)
BALANCE = F("postings__debit") - F("postings__credit")
ACCOUNT = "account__id__exact"


class AccountAdmin(FrozenAdmin):
    """The trial balance on any day: debit is credit, or the books are broken."""

    change_list_template = "admin/billing/account/change_list.html"
    in_files = {"debits": "debits", "credits": "credits", "balance": "balance"}
    totals = ("debits", "credits", "balance")
    fieldsets = [section(None, "code", "name", "kind", "debits", "credits", "balance")]
    list_display = ["code", "name", "kind", "debits", "credits", "balance"]
    list_filter = ["kind", SeenOnFilter]
    search_fields = ["code", "name"]
    search_help_text = "Zoek op nummer of naam."

    def get_queryset(self, request: HttpRequest) -> Any:
        on = _day_of(request)
        booked = Q(postings__entry__booked_on__lte=on)
        return (
            super()
            .get_queryset(request)
            .annotate(
                on_day=Value(on, output_field=DateField()),
                debits=_sum("postings__debit", booked),
                credits=_sum("postings__credit", booked),
                balance=_sum(BALANCE, booked),
            )
        )

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """With the day above it, and what all accounts come to on that day."""
        on = _day_of(request)
        sums = Posting.objects.filter(entry__booked_on__lte=on).aggregate(
            debits=Coalesce(Sum("debit"), ZERO), credits=Coalesce(Sum("credit"), ZERO)
        )
        context = {
            "on": on,
            "is_no_day": request.GET.get("op") and day_in(request, "op") is None,
            "debits": euro(sums["debits"]),
            "credits": euro(sums["credits"]),
            "balance": euro(sums["debits"] - sums["credits"]),
            "is_balanced": sums["debits"] == sums["credits"],
        }
        return super().changelist_view(request, {**context, **(extra_context or {})})

    @admin.display(description="debet", ordering="debits")
    def debits(self, obj: Any) -> str:
        return side(obj.debits)

    @admin.display(description="credit", ordering="credits")
    def credits(self, obj: Any) -> str:
        return side(obj.credits)

    @admin.display(description="saldo (debet boven nul)", ordering="balance")
    def balance(self, obj: Any) -> str:
        """With a link to the postings that it is made of."""
        url = _postings_url(obj)
        return format_html('<a href="{}">{}</a>', url, euro(obj.balance))

    def tables(self, obj: Any) -> list[Table]:
        rows = obj.postings.filter(entry__booked_on__lte=obj.on_day)
        return [
            Table(
                rows.select_related("entry", "organisation").order_by(
                    "-entry__booked_on", "-id"
                ),
                (
                    *("entry__booked_on", "entry", "organisation"),
                    *("debit", "credit"),
                ),
                all_at=_postings_url(obj),
                title=f"Laatste boekingsregels, tot en met {day(obj.on_day)}",
            )
        ]


def _day_of(request: HttpRequest) -> datetime.date:
    return day_in(request, "op") or timezone.localdate()


def _sum(what: Any, booked: Q) -> Any:
    return Coalesce(Sum(what, filter=booked), Value(ZERO), output_field=EUROS)


def _postings_url(account: Any) -> str:
    return list_url(Posting, **{ACCOUNT: account.pk, "tot": account.on_day})


class EntryAdmin(NumberedAdmin):
    heading = "Grootboek"
    settlement_path = "settlement__"
    joined = ("settlement", "booked_by", "match__payment")
    fieldsets = [
        section(None, "number", "booked_on", "description", "settlement", "payment"),
        section("Vastlegging", "booked_by", "booked_at", "previous_sha256", "sha256"),
    ]
    list_display = [
        *("number", "booked_on", "description", "settlement", "payment", "booked_by"),
    ]
    list_filter = [
        by_halfyear("settlement__period"),
        ("settlement", admin.EmptyFieldListFilter),
        "booked_on",
    ]
    search_fields = ["=number", "description"]
    search_help_text = "Zoek op boekstuk, afrekening (2026-0147) of omschrijving."

    @admin.display(description="betaling")
    def payment(self, obj: Entry) -> str:
        """What the bank paid, when that is what was booked."""
        match = getattr(obj, "match", None)
        return link(match.payment) if match else NOTHING

    def tables(self, obj: Entry) -> list[Table]:
        return [
            Table(
                obj.postings.select_related("account", "organisation"),
                ("account", "organisation", "debit", "credit"),
            )
        ]


class PostingAdmin(NumberedAdmin):
    """Of one account: in order of the day, each with the balance that it led to."""

    change_list_template = "admin/billing/posting/change_list.html"
    settlement_path = "entry__settlement__"
    ordering = ["-id"]
    joined = ("entry__settlement", "account", "organisation")
    in_files = {"running": "running"}
    fieldsets = [
        section(None, "entry", "entry__booked_on", "account", "organisation"),
        section("Bedrag", "debit", "credit"),
        section("Waarover", "entry__description", "entry__settlement"),
    ]
    list_display = [
        *("account", "entry", "entry__booked_on"),
        *("organisation", "debit", "credit"),
    ]
    list_filter = [
        by_halfyear("entry__settlement__period"),
        until("entry__booked_on"),
        "account",
        chosen("organisation", "organisatie"),
    ]
    search_fields = ["organisation__code", "organisation__name", "=entry__number"]
    search_help_text = "Zoek op organisatie, boekstuk of afrekening (2026-0147)."

    def list_columns(self, request: HttpRequest) -> Sequence[Any]:
        if ACCOUNT not in request.GET:
            return self.list_display
        return (
            *("entry__booked_on", "entry", "entry__settlement", "organisation"),
            *("debit", "credit", "running"),
        )

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request)
        if ACCOUNT not in request.GET:
            return rows
        so_far = Window(
            Sum(F("debit") - F("credit")),
            partition_by=F("account"),
            order_by=["entry__booked_on", "id"],
            output_field=EUROS,
        )
        return rows.annotate(running=so_far)

    def get_ordering(self, request: HttpRequest) -> Any:
        is_of_one = ACCOUNT in request.GET
        return ["-entry__booked_on", "-id"] if is_of_one else self.ordering

    @admin.display(description="saldo daarna")
    def running(self, obj: Any) -> str:
        """Of what the list holds: of one organisation when that is chosen too."""
        return euro(obj.running)
