"""The buttons of paying: order payments, try documents again."""

import hashlib
from collections.abc import Iterable
from typing import Any

from django.db.models import DecimalField, F
from django.template.loader import render_to_string
from django.utils import timezone

from billing import road
from billing.models import Period, RunStatus, Statement
from billing.paying.dues import Due, open_dues
from billing.paying.new_accounts import new_accounts
from billing.paying.payments import EXPORTERS, export
from billing.settling.settlements import APPROVERS, lock
from membership.admin.verbs import Done, Seen, Verb
from membership.models import Person
from nvsi.admin.columns import NOTHING, moment
from nvsi.dutch import counted, euro, iban
from nvsi.errors import Stale
from nvsi.money import ZERO

Answers = dict[str, Any]

EUROS = DecimalField(max_digits=12, decimal_places=2)
AMOUNT = F("amount")


def _export(period: Period, answers: Answers, by: Person) -> Done:
    lock(period.instrument)
    dues = open_dues(period)
    payable = any(due.is_payable for due in dues)
    if payable and answers["fingerprint"] != _fingerprint(dues):
        raise Stale(f"Wat over {period} te betalen is, is veranderd sinds u keek.")
    outcome = export(period, now=timezone.now(), by=by)
    batch = outcome.batch
    said = (
        f"{counted(batch.payments_count, 'betaling', 'betalingen')}, samen "
        f"{euro(batch.total)}."
    )
    if outcome.was_exported_before:
        return Done(
            "Er is niets nieuws te betalen. Dit is hetzelfde bestand dat "
            f"{batch.exported_by.name} maakte op {moment(batch.exported_at)}: {said}",
            batch,
        )
    return Done(f"Het betaalbestand is gemaakt: {said} Download het hieronder.", batch)


def _fingerprint(dues: Iterable[Due]) -> str:
    seen = "|".join(f"{due.organisation} {due.amount}" for due in dues)
    return hashlib.sha256(seen.encode()).hexdigest()


def _what_exporting_does(period: Period) -> tuple[str, list[str]]:
    dues = open_dues(period)
    payable = [due for due in dues if due.is_payable]
    total = sum((due.amount for due in payable), ZERO)
    if not payable:
        return due_table(dues), [
            "Er is niets nieuws te betalen. U krijgt het laatste betaalbestand nog "
            "eens, precies zoals het was."
        ]
    left = [due for due in dues if not due.is_payable]
    more = [
        f"{counted(len(left), 'post blijft', 'posten blijven')} buiten het bestand; "
        "in de tabel staat waarom."
    ]
    return due_table(dues), [
        f"Er komt één betaalbestand (SEPA) met "
        f"{counted(len(payable), 'betaling', 'betalingen')}, samen {euro(total)}.",
        *(more if left else []),
        "U downloadt het bestand en biedt het aan bij de bank. Wat erin staat, geldt "
        "als opdracht: het komt niet in een volgend bestand.",
        "Wie vaststelde, voert niet uit: dat doet iemand anders.",
    ]


def due_table(dues: Iterable[Due]) -> str:
    """What is still to be paid or received: what cannot be paid, and what account is
    new, with who changed it."""
    dues = list(dues)
    holders = [due.organisation for due in dues if due.organisation and due.is_payable]
    fresh = {one.organisation.pk: one for one in new_accounts(holders)}
    rows = [
        {
            "who": due.organisation or "de uitvoerder",
            "number": due.number or NOTHING,
            "iban": iban(due.organisation.iban) if due.organisation else "",
            "amount": euro(due.amount),
            "why": _why_not(due),
            "new": due.organisation and fresh.get(due.organisation.pk),
        }
        for due in dues
    ]
    return render_to_string("admin/billing/dues.html", {"rows": rows})


def _why_not(due: Due) -> str:
    if due.is_payable:
        return ""
    if due.amount < 0:
        return "te ontvangen"
    return "geen IBAN" if due.organisation else "uitvoerder niet bekend"


def _try_again(statement: Statement, _answers: Answers, by: Person) -> Done:
    again = road.make_failed_statements(by=by)
    count = counted(again, "mislukt document staat", "mislukte documenten staan")
    return Done(f"{count} weer in de wachtrij.", statement)


def _what_trying_does(_statement: Statement) -> tuple[str, list[str]]:
    failed = Statement.objects.filter(state=Statement.State.FAILED).count()
    return "", [
        f"{counted(failed, 'mislukt document gaat', 'mislukte documenten gaan')} weer "
        "in de wachtrij en wordt opnieuw gemaakt."
    ]


EXPORT = Verb(
    name="export",
    label="Betaalbestand maken",
    roles=EXPORTERS,
    is_open=lambda period: period.runs.filter(status=RunStatus.APPROVED).exists(),
    act=_export,
    shown=_what_exporting_does,
    form=Seen,
    initial=lambda period: {"fingerprint": _fingerprint(open_dues(period))},
)
TRY_AGAIN = Verb(
    name="try-again",
    label="Opnieuw proberen",
    roles=APPROVERS,
    is_open=lambda statement: statement.state == Statement.State.FAILED,
    act=_try_again,
    shown=_what_trying_does,
)
