"""The buttons of the road: prepare a half-year, approve a run, reverse a settlement."""

import hashlib
from typing import Any

from django import forms
from django.utils import timezone

from billing import road
from billing.admin.calculation import calculation, total
from billing.models import Period, RunStatus, Settlement, SettlementRun
from billing.settling.calculation import Amounts
from billing.settling.preview import Preview, preview
from billing.settling.settlements import APPROVERS, PREPARERS, lock, still_to_settle
from membership.admin.verbs import Done, Seen, Sure, Verb
from membership.models import Person
from nvsi.dutch import counted, euro
from nvsi.errors import NotAllowed, Stale

Answers = dict[str, Any]


def _prepare(period: Period, answers: Answers, by: Person) -> Done:
    lock(period.instrument)
    if answers["fingerprint"] != _before_preparing(period):
        raise Stale(
            f"Er zijn sinds u keek andere urenregels of percentages in {period}. "
            "De bedragen die u zag, kloppen niet meer."
        )
    run = road.prepare(
        period.instrument, period.halfyear, today=timezone.localdate(), by=by
    )
    return Done(f"{run} is opgesteld. Iemand anders stelt haar vast.", period)


def _before_preparing(period: Period) -> str:
    """What preparing would start from: what the lines come to, and what is settled."""
    approved = period.runs.filter(status=RunStatus.APPROVED).count()
    seen = f"{to_prepare(period).fingerprint}|{approved}"
    return hashlib.sha256(seen.encode()).hexdigest()


def to_prepare(period: Period) -> Preview:
    """What a run would hold if it were prepared now. Raises NotAllowed."""
    return still_to_settle(preview(period))


def _what_preparing_does(period: Period) -> tuple[str, list[str]]:
    if not period.halfyear.has_ended(timezone.localdate()):
        raise NotAllowed(
            f"Het halfjaar {period.halfyear} is nog niet voorbij. Opstellen kan vanaf "
            f"{period.halfyear.next().first_day:%d-%m-%Y}."
        )
    outcome = to_prepare(period)
    amounts = Amounts.total(holder.amounts for holder in outcome.holders)
    count = len(outcome.holders)
    return calculation(amounts, "de gemeenten"), [
        f"{counted(count, 'concept wordt', 'concepten worden')} gemaakt uit alle "
        f"urenregels van dit halfjaar, samen {euro(amounts.bruto_omzet)} omzet.",
        "Een concept dat er al is, wordt vervangen als er iets is veranderd.",
        "Wie opstelt, stelt niet vast: dat doet iemand anders.",
    ]


def _approve(run: SettlementRun, answers: Answers, by: Person) -> Done:
    """Of what was seen, and nothing else: it may have been prepared again since."""
    lock(run.period.instrument)
    run.refresh_from_db()
    if run.fingerprint != answers["fingerprint"]:
        raise Stale(f"{run} is opnieuw opgesteld terwijl u keek.")
    approved = road.approve(run, now=timezone.now(), by=by)
    count = counted(len(approved), "afrekening", "afrekeningen")
    return Done(f"{run} is vastgesteld: {count}.", run.period)


def _what_approving_does(run: SettlementRun) -> tuple[str, list[str]]:
    count = run.settlements.count()
    return calculation(total(run.settlements.all()), "de gemeenten"), [
        f"{counted(count, 'afrekening krijgt', 'afrekeningen krijgen')} een nummer en "
        f"{'wordt' if count == 1 else 'worden'} geboekt.",
        "Het halfjaar sluit: wat later komt, telt mee in een later halfjaar.",
        "De documenten worden gemaakt en zijn daarna voor de gemeenten te zien.",
        "Dit is niet ongedaan te maken; een fout wordt met een creditafrekening "
        "teruggedraaid.",
    ]


class Reason(Sure):
    reason = forms.CharField(
        label="Reden",
        max_length=200,
        help_text="Komt in de geschiedenis, en niet op het document.",
    )


def _reverse(settlement: Settlement, answers: Answers, by: Person) -> Done:
    mirror = road.reverse(
        settlement, reason=answers["reason"], now=timezone.now(), by=by
    )
    return Done(f"{settlement} is teruggedraaid met {mirror}.", mirror)


def _what_reversing_does(settlement: Settlement) -> tuple[str, list[str]]:
    return calculation(settlement, settlement.organisation.short_name), [
        "Er komt een creditafrekening met een eigen nummer, en een boeking die alles "
        "omdraait.",
        "De volgende ronde van dit halfjaar rekent opnieuw met deze organisatie af.",
        "Wat al is betaald, wordt daarmee verrekend.",
    ]


PREPARE = Verb(
    name="prepare",
    label="Opstellen",
    roles=PREPARERS,
    is_open=lambda period: period.halfyear.has_ended(timezone.localdate()),
    act=_prepare,
    shown=_what_preparing_does,
    form=Seen,
    initial=lambda period: {"fingerprint": _before_preparing(period)},
)
APPROVE = Verb(
    name="approve",
    label="Vaststellen",
    roles=APPROVERS,
    is_open=lambda run: run.status == RunStatus.DRAFT,
    act=_approve,
    shown=_what_approving_does,
    form=Seen,
    initial=lambda run: {"fingerprint": run.fingerprint},
)
REVERSE = Verb(
    name="reverse",
    label="Terugdraaien",
    roles=APPROVERS,
    is_open=lambda settlement: (
        settlement.kind == Settlement.Kind.SETTLEMENT
        and settlement.status in (Settlement.Status.APPROVED, Settlement.Status.PAID)
    ),
    act=_reverse,
    shown=_what_reversing_does,
    form=Reason,
)
