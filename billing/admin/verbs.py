"""The buttons of the road: prepare a half-year, approve a run, reverse a settlement."""

from typing import Any

from django import forms
from django.utils import timezone

from billing import road
from billing.admin.calculation import calculation, total
from billing.models import Period, RunStatus, Settlement, SettlementRun
from billing.settlements import APPROVERS, PREPARERS, lock
from membership.admin.verbs import Done, Verb
from membership.models import Person
from nvsi.errors import NotAllowed

Answers = dict[str, Any]


def _prepare(period: Period, _answers: Answers, by: Person) -> Done:
    run = road.prepare(
        period.instrument, period.halfyear, today=timezone.localdate(), by=by
    )
    return Done(f"{run} is opgesteld. Iemand anders stelt haar vast.", run)


def _what_preparing_does(period: Period) -> tuple[str, list[str]]:
    return "", [
        "De concepten worden berekend uit alle urenregels van dit halfjaar.",
        "Een concept dat er al is, wordt vervangen als er iets is veranderd.",
        "Wie opstelt, stelt niet vast: dat doet iemand anders.",
    ]


class Seen(forms.Form):
    """What somebody looked at when he decided."""

    fingerprint = forms.CharField(widget=forms.HiddenInput)


def _approve(run: SettlementRun, answers: Answers, by: Person) -> Done:
    """Of what was seen, and nothing else: it may have been prepared again since."""
    lock(run.period.instrument)
    run.refresh_from_db()
    if run.fingerprint != answers["fingerprint"]:
        raise NotAllowed(
            f"{run} is opnieuw opgesteld terwijl u keek. Bekijk haar nog eens."
        )
    approved = road.approve(run, now=timezone.now(), by=by)
    return Done(f"{run} is vastgesteld: {len(approved)} afrekeningen.", run)


def _what_approving_does(run: SettlementRun) -> tuple[str, list[str]]:
    return calculation(total(run.settlements.all()), "de gemeenten"), [
        f"{run.settlements.count()} afrekeningen krijgen een nummer en worden geboekt.",
        "Het halfjaar sluit: wat later komt, telt mee in een later halfjaar.",
        "De documenten worden gemaakt en zijn daarna voor de gemeenten te zien.",
        "Dit is niet ongedaan te maken; een fout wordt met een creditafrekening "
        "teruggedraaid.",
    ]


class Reason(forms.Form):
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
