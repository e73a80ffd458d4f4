"""What of the road of the money waits for a person. One function for each kind.

Each gives only what this person may do: who prepared is not asked to approve.
"""

import datetime
from collections.abc import Iterator

from django.db.models import Exists, Max, OuterRef
from django.urls import reverse

from billing.admin.matching import MATCH
from billing.admin.paying import EXPORT, TRY_AGAIN
from billing.admin.questions import ANSWER
from billing.admin.verbs import APPROVE, PREPARE
from billing.models import (
    BankLine,
    Line,
    Payment,
    Period,
    Question,
    RunStatus,
    Settlement,
    SettlementRun,
    Statement,
    Upload,
)
from billing.paying.dues import Due, open_dues, periods_with_dues
from membership.admin.verbs import page_of, verb_url
from membership.models import Person
from nvsi.admin.columns import list_url
from nvsi.admin.worklist import Waiting, on_day
from nvsi.dutch import counted, euro
from nvsi.money import ZERO

MOST = 10
# Days after a payment file within which the bank should have told of it.
BANK_DAYS = 4
READ = "admin:billing_bankstatement_read"


def halfyears_to_prepare(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """Over, with lines, and without a run; or with a reversed settlement."""
    if not person.has_role(*PREPARE.roles):
        return
    periods = Period.objects.select_related("instrument").exclude(
        runs__status=RunStatus.DRAFT, runs__forced=False
    )
    lines = Line.objects.filter(period=OuterRef("pk"))
    for period in periods.filter(Exists(lines), closed_at=None):
        if period.halfyear.has_ended(today):
            since = period.halfyear.next().first_day
            url = verb_url(period, PREPARE)
            yield Waiting(since, "Halfjaar opstellen", str(period), PREPARE.label, url)
    again = Settlement.objects.in_force().filter(
        period=OuterRef("period"), organisation=OuterRef("organisation")
    )
    reversed_ = Settlement.objects.filter(status=Settlement.Status.REVERSED)
    open_again = reversed_.filter(~Exists(again), period__in=periods)
    for period in periods.filter(settlements__in=open_again).distinct():
        on = open_again.filter(period=period).aggregate(
            on=Max("reversal__approved_on")
        )["on"]
        about = f"{period}, na een creditafrekening"
        url = verb_url(period, PREPARE)
        yield Waiting(on or today, "Opnieuw opstellen", about, PREPARE.label, url)


def runs_to_approve(person: Person, today: datetime.date) -> Iterator[Waiting]:
    if not person.has_role(*APPROVE.roles):
        return
    drafts = SettlementRun.objects.filter(status=RunStatus.DRAFT, forced=False)
    for run in drafts.select_related("period__instrument"):
        if run.prepared_by_id != person.pk:
            url = verb_url(run, APPROVE)
            about = f"{run}; zie ook de controles van het halfjaar"
            since = on_day(run.prepared_at)
            yield Waiting(since, "Concepten vaststellen", about, APPROVE.label, url)


def halfyears_to_pay(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """What is due of approved half-years: to order, to receive, or without IBAN."""
    if not person.has_role(*EXPORT.roles):
        return
    periods = periods_with_dues().annotate(approved_at=Max("runs__approved_at"))
    for period in periods:
        dues = open_dues(period)
        since = on_day(period.approved_at)
        yield from _to_order(period, dues, person, since)
        for due in dues:
            if due.amount < 0 and due.organisation:
                about = f"{due.organisation}, {euro(-due.amount)} over {period}"
                act, url = "Bekijken", page_of(period)
                yield Waiting(since, "Nog te ontvangen", about, act, url)
            elif due.organisation and not due.is_payable:
                about = f"{due.organisation}, {euro(due.amount)} over {period}"
                act, url = "IBAN invullen", page_of(due.organisation)
                yield Waiting(since, "Niet betaalbaar zonder IBAN", about, act, url)


def _to_order(
    period: Period, dues: list[Due], person: Person, since: datetime.date
) -> Iterator[Waiting]:
    payable = [due for due in dues if due.is_payable]
    if payable and not period.runs.filter(approved_by=person).exists():
        total = euro(sum((due.amount for due in payable), ZERO))
        count = counted(len(payable), "betaling", "betalingen")
        about = f"{period}: {count}, samen {total}"
        url = verb_url(period, EXPORT)
        yield Waiting(since, "Betaalbestand maken", about, EXPORT.label, url)


def failed_statements(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """One button tries them all."""
    if not person.has_role(*TRY_AGAIN.roles):
        return
    failed = Statement.objects.filter(state=Statement.State.FAILED)
    rows = list(failed.only("settlement").select_related("settlement"))
    if rows:
        since = min(row.settlement.approved_on or today for row in rows)
        about = counted(len(rows), "document", "documenten")
        url = verb_url(rows[0], TRY_AGAIN)
        yield Waiting(since, "Documenten mislukt", about, TRY_AGAIN.label, url)


def unmatched_bank_lines(person: Person, today: datetime.date) -> Iterator[Waiting]:
    if not person.has_role(*MATCH.roles):
        return
    lines = BankLine.objects.unmatched().order_by("booked_on", "pk")
    for line in lines[:MOST]:
        name = line.counterparty_name or "zonder tegenpartij"
        about = f"{euro(line.amount)}, {name}"
        url = verb_url(line, MATCH)
        yield Waiting(line.booked_on, "Bankregel koppelen", about, MATCH.label, url)
    rest = lines[MOST:].count()
    if rest:
        about = counted(rest, "andere bankregel", "andere bankregels")
        url = list_url(BankLine, gekoppeld="nee")
        since = lines[MOST].booked_on
        yield Waiting(since, "Bankregel koppelen", about, "Bekijken", url)


def payments_without_the_bank(
    person: Person, today: datetime.date
) -> Iterator[Waiting]:
    """Ordered days ago, and the bank has not told of it."""
    if not person.has_role(*MATCH.roles):
        return
    waiting = Payment.objects.filter(
        matches=None,
        batch__exported_at__date__lte=today - datetime.timedelta(days=BANK_DAYS),
    )
    rows = waiting.values_list("batch__exported_at", "batch__message_id").order_by()
    for at, message in sorted(set(rows)):
        about = f"{message}: nog niet op een bankafschrift"
        act, url = "Bankafschrift inlezen", reverse(READ)
        yield Waiting(on_day(at), "Wacht op de bank", about, act, url)


def open_questions(person: Person, today: datetime.date) -> Iterator[Waiting]:
    if not person.has_role(*ANSWER.roles):
        return
    rows = Question.objects.open().select_related("settlement__organisation")
    for question in rows.longest_first()[:MOST]:
        settlement = question.settlement
        about = f"{settlement.organisation} over {settlement}"
        since = on_day(question.last_at)
        url = verb_url(question, ANSWER)
        yield Waiting(since, "Vraag beantwoorden", about, ANSWER.label, url)


def stranded_uploads(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """Refused or failed, and not mended since: the uitvoerder may need help."""
    if not person.has_role(*PREPARE.roles):
        return
    stranded = Upload.objects.light().filter(
        status__in=[Upload.Status.REFUSED, Upload.Status.FAILED], mended_by=None
    )
    for upload in stranded.select_related("source").order_by("received_at")[:MOST]:
        about = f"{upload.file_name} van {upload.source.short_name}"
        what = f"Aanlevering {upload.get_status_display()}"
        since, url = on_day(upload.received_at), page_of(upload)
        yield Waiting(since, what, about, "Bekijken", url)


PROVIDERS = (
    halfyears_to_prepare,
    runs_to_approve,
    halfyears_to_pay,
    failed_statements,
    unmatched_bank_lines,
    payments_without_the_bank,
    open_questions,
    stranded_uploads,
)
