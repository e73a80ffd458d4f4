"""How far a half-year is: five steps, and how much of the documents and payments."""

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar

from django.db.models import Count, Max, Q
from django.urls import reverse

from billing.models import (
    Import,
    Line,
    Payment,
    Period,
    RunStatus,
    SettlementRun,
    Statement,
)
from nvsi.admin.columns import list_url, moment, whole
from nvsi.dutch import counted, day

BY_ITSELF = "automatisch"


@dataclass(frozen=True)
class Step:
    """One step of the half-year; `state` is done, now, wrong or later."""

    title: str
    state: str
    text: str
    url: str = ""

    WORDS: ClassVar[dict[str, str]] = {
        "done": "klaar",
        "now": "nu",
        "wrong": "let op",
        "later": "later",
    }

    @property
    def word(self) -> str:
        return self.WORDS[self.state]


@dataclass(frozen=True)
class Progress:
    """How much of something is done, and how much went wrong."""

    title: str
    done: int
    count: int
    failed: int
    url: str

    @property
    def is_busy(self) -> bool:
        return self.done + self.failed < self.count

    @property
    def text(self) -> str:
        said = f"{whole(self.done)} van {whole(self.count)}"
        return f"{said}, {whole(self.failed)} mislukt" if self.failed else said


class Steps:
    """The steps of a half-year with its last run, if there is one."""

    def __init__(
        self, period: Period, run: SettlementRun | None, *, is_payable: bool
    ) -> None:
        self.period, self.run, self.is_payable = period, run, is_payable
        self.read_url = reverse("admin:billing_bankstatement_read")

    @property
    def is_draft(self) -> bool:
        return self.run is not None and self.run.status == RunStatus.DRAFT

    @property
    def is_approved(self) -> bool:
        return self.run is not None and not self.is_draft

    def all(self) -> list[Step]:
        return [
            self._delivered(),
            self._prepared(),
            self._approved(),
            self._documents(),
            self._paid(),
        ]

    def _delivered(self) -> Step:
        lines = Line.objects.filter(period=self.period)
        found = lines.aggregate(
            count=Count("*"), files=Count("delivery", distinct=True)
        )
        url = list_url(Line, halfjaar=self.period.halfyear)
        if not found["count"]:
            return Step("Uren ontvangen", "now", "Nog geen regels.", url)
        last = Import.objects.filter(
            pk__in=lines.order_by().values("delivery").distinct()
        ).aggregate(last=Max("delivered_at"))["last"]
        files = counted(found["files"], "aanlevering", "aanleveringen")
        text = f"{whole(found['count'])} regels in {files}, laatst op {moment(last)}."
        return Step("Uren ontvangen", "done", text, url)

    def _prepared(self) -> Step:
        if self.run is None:
            ends = f"Kan vanaf {day(self.period.halfyear.next().first_day)}."
            return Step("Opgesteld", "later", ends)
        by = self.run.prepared_by.name if self.run.prepared_by else BY_ITSELF
        text = f"{by}, {moment(self.run.prepared_at)}."
        return Step("Opgesteld", "done", text)

    def _approved(self) -> Step:
        if self.run is None:
            return Step("Vastgesteld", "later", "Door iemand anders dan wie opstelt.")
        if self.run.approved_by and self.run.approved_at:
            text = f"{self.run.approved_by.name}, {moment(self.run.approved_at)}."
            return Step("Vastgesteld", "done", text)
        return Step("Vastgesteld", "now", "Wacht op penningmeester of bestuur.")

    def _documents(self) -> Step:
        documents = self.documents
        if not documents.count:
            return Step("Documenten", "later", "Worden na het vaststellen gemaakt.")
        state = "now" if documents.is_busy else "done"
        if documents.failed:
            state = "wrong"
        return Step("Documenten", state, f"{documents.text}.", documents.url)

    def _paid(self) -> Step:
        payments = self.payments
        if self.is_payable and self.is_approved:
            return Step("Betaald", "now", "Er is nog een betaalbestand te maken.")
        if not payments.count:
            text = "Niets te betalen." if self.is_approved else "Na het vaststellen."
            return Step("Betaald", "done" if self.is_approved else "later", text)
        state = "now" if payments.is_busy else "done"
        return Step("Betaald", state, f"{payments.text}.", payments.url)

    @property
    def progress(self) -> list[Progress]:
        return [one for one in (self.documents, self.payments) if one.count]

    @cached_property
    def documents(self) -> Progress:
        state = Statement.State
        found = Statement.objects.filter(settlement__period=self.period).aggregate(
            count=Count("*"),
            done=Count("pk", filter=Q(state=state.DONE)),
            failed=Count("pk", filter=Q(state=state.FAILED)),
        )
        url = list_url(Statement, halfjaar=self.period.halfyear)
        return Progress("Documenten gemaakt", url=url, **found)

    @cached_property
    def payments(self) -> Progress:
        """Those of which the bank paid something that did not come back."""
        rows = Payment.objects.filter(batch__period=self.period)
        paid = rows.filter(matches__amount__gt=0).exclude(matches__amount__lt=0)
        url = list_url(Payment, halfjaar=self.period.halfyear)
        done = paid.distinct().count()
        return Progress("Betalingen bij de bank", done, rows.count(), 0, url)
