"""Dossiers for tests: opened, and taken step by step as people do."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.files.base import ContentFile, File
from django.utils import timezone

from membership.admission import dossiers, recording
from membership.admission.recording import Recorded
from membership.admission.steps import OF_THE_BUREAU, WITH_PAPER, Step
from membership.models import Dossier, DossierStep, Membership, Organisation, Person

PAPER = b"%PDF-1.7\n%%EOF\n"
# The days on which a gemeente takes its steps, before the day of today.
DAYS_AGO: dict[Step, int] = {
    Step.WEIGHED: 130,
    Step.JUDGED: 125,
    Step.PROPOSED: 120,
    Step.DRAFTED: 110,
    Step.SENT: 100,
    Step.HEARD: 50,
    Step.ANSWERED: 40,
    Step.DECIDED: 30,
    Step.INFORMED: 25,
    Step.APPLIED: 20,
    Step.CHECKED: 10,
}


def day_of(step: Step) -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=DAYS_AGO[step])


def paper(content: bytes = PAPER, name: str = "besluit.pdf") -> "File[bytes]":
    return ContentFile(content, name=name)


def said(step: Step, **changes: Any) -> Recorded:
    """What a gemeente says of a step when nothing is wrong with it."""
    facts: dict[str, Any] = {"on": day_of(step)}
    if step == Step.WEIGHED:
        facts |= {"outcome": "voorhang", "is_far_reaching": True}
    elif step == Step.JUDGED:
        facts |= {"outcome": "accepted"}
    elif step == Step.SENT:
        facts |= {"until": day_of(Step.HEARD) - datetime.timedelta(days=1)}
    elif step == Step.HEARD:
        facts |= {"outcome": "none"}
    elif step == Step.DECIDED:
        facts |= {"number": "2026/114"}
    elif step == Step.APPLIED:
        facts |= {"signer_name": "M. de Boer", "signer_function": "burgemeester"}
    return Recorded(**{**facts, **changes})


def take(
    dossier: Dossier, step: Step, *, by: Person, bureau: Person, **changes: Any
) -> DossierStep:
    """Record a step: by the organisation, or by the bureau when it is the bureau's."""
    papers = [paper()] if step in WITH_PAPER else []
    who = bureau if step in OF_THE_BUREAU else by
    facts = said(step, **changes)
    return recording.record(dossier, step, facts, by=who, papers=papers)


def take_all(
    dossier: Dossier, steps: Iterable[Step], *, by: Person, bureau: Person
) -> None:
    for step in steps:
        take(dossier, step, by=by, bureau=bureau)


VOORHANG = (
    *(Step.WEIGHED, Step.PROPOSED, Step.DRAFTED, Step.SENT, Step.HEARD),
    *(Step.DECIDED, Step.APPLIED, Step.CHECKED),
)


def make_lid(
    organisation: Organisation, *, by: Person, bureau: Person, bestuur: Person
) -> Membership:
    """The whole voorhang, with nothing said by the raad, up to the admission."""
    dossier = dossiers.open_dossier(organisation, "lid", by=bureau)
    take_all(dossier, VOORHANG, by=by, bureau=bureau)
    return dossiers.admit(dossier, starts_on=timezone.localdate(), by=bestuur)
