"""What the bank says, and which payments it is about. Step 6 of the road."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from billing.admin.bank_reading import read_view
from billing.admin.matching import MATCH, UNDO
from billing.models import BankLine, BankStatement, Match
from membership.admin.recorded import FrozenAdmin
from membership.admin.verbs import VerbAdmin
from nvsi.admin.columns import list_url, yes_no
from nvsi.admin.filters import chosen
from nvsi.admin.pages import section
from nvsi.admin.tables import Table


class BankStatementAdmin(FrozenAdmin):
    heading = "Bank"
    change_list_template = "admin/billing/bankstatement/change_list.html"
    joined = ("read_by",)
    fieldsets = [
        section(None, "statement_id", "iban", "opening", "closing"),
        section("Ingelezen", "read_by", "read_at"),
    ]
    list_display = ["statement_id", "iban", "opening", "closing", "read_by", "read_at"]
    list_filter = ["read_at"]
    search_fields = ["statement_id", "iban"]
    search_help_text = "Zoek op afschrift of rekening."

    def get_urls(self) -> list[URLPattern]:
        read = self.admin_site.admin_view(self.read)
        own = [path("inlezen/", read, name="billing_bankstatement_read")]
        return own + super().get_urls()

    def read(self, request: HttpRequest) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts}
        return read_view(request, context)

    def tables(self, obj: BankStatement) -> list[Table]:
        return [
            Table(
                obj.lines.all(),
                (
                    *("reference", "booked_on", "counterparty_name"),
                    *("remittance", "amount"),
                ),
                all_at=list_url(BankLine, afschrift=obj.pk),
            )
        ]


class MatchedFilter(admin.SimpleListFilter):
    """The queue: what is not matched waits for a person."""

    title = "gekoppeld"
    parameter_name = "gekoppeld"

    def lookups(
        self, request: HttpRequest, model_admin: Any
    ) -> Iterable[tuple[str, str]]:
        return [("ja", "ja"), ("nee", "nee, wacht op een mens")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        wanted = {"ja": True, "nee": False}.get(self.value() or "")
        return queryset if wanted is None else queryset.filter(is_matched=wanted)


class BankLineAdmin(VerbAdmin):
    verbs = (MATCH, UNDO)
    joined = ("statement",)
    fieldsets = [
        section(None, "reference", "statement", "booked_on", "amount", "reversal"),
        section("Tegenpartij", "counterparty_name", "counterparty_iban"),
        section("Kenmerken", "end_to_end_id", "batch_id", "remittance", "matched"),
    ]
    list_display = [
        *("reference", "booked_on", "counterparty_name", "counterparty_iban"),
        *("remittance", "end_to_end_id", "amount", "matched"),
    ]
    list_filter = [
        *(MatchedFilter, "reversal", "booked_on"),
        chosen("statement", "bankafschrift", "afschrift"),
    ]
    search_fields = [
        *("reference", "end_to_end_id", "batch_id", "remittance"),
        *("counterparty_name", "counterparty_iban"),
    ]
    search_help_text = "Zoek op kenmerk, omschrijving, tegenpartij of IBAN."

    def get_queryset(self, request: HttpRequest) -> Any:
        matches = Match.objects.holding().filter(line=OuterRef("pk"))
        return super().get_queryset(request).annotate(is_matched=Exists(matches))

    @admin.display(description="gekoppeld")
    def matched(self, obj: Any) -> str:
        return yes_no(obj.is_matched)

    def tables(self, obj: BankLine) -> list[Table]:
        return [
            Table(
                obj.matches.select_related(
                    "payment", "settlement", "entry", "undoes__line"
                ),
                ("payment", "settlement", "undoes", "entry", "amount"),
            )
        ]


class MatchAdmin(FrozenAdmin):
    joined = ("line", "payment", "settlement", "entry", "undoes__line")
    fieldsets = [
        section(None, "line", "payment", "settlement", "amount", "entry", "undoes")
    ]
    list_display = ["line", "payment", "settlement", "amount", "entry"]
    search_fields = [
        *("line__reference", "payment__end_to_end_id"),
        *("settlement__organisation__code", "settlement__organisation__name"),
    ]
    search_help_text = "Zoek op bankreferentie, kenmerk of organisatie."
