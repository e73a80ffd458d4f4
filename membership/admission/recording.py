"""Record the steps of a dossier: each is added, checked against the others, and kept.

Source: domain rules 27-30 and 40. The same order is held by the database (migration
dossiers).
"""

import datetime
import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from membership import history
from membership.admission import announcing, evidence
from membership.admission.steps import (
    OF_THE_BESTUUR,
    OF_THE_BUREAU,
    WITH_PAPER,
    Outcome,
    Step,
    conflict,
)
from membership.models import Dossier, DossierStep, Mandate, Note, Person, Role
from membership.models.dossiers import WORKERS
from nvsi.errors import NotAllowed, Stale

BURGEMEESTER = "burgemeester"


@dataclass(frozen=True)
class Recorded:
    """What somebody says of a step. See DossierStep for what each field means."""

    on: datetime.date
    until: datetime.date | None = None
    outcome: str = ""
    number: str = ""
    words: str = ""
    considerations: dict[str, str] = field(default_factory=dict)
    is_far_reaching: bool | None = None
    signer_name: str = ""
    signer_function: str = ""
    mandate: Mandate | None = None


def lock(dossier: Dossier) -> Dossier:
    """The dossier as it is now, with its steps, held until the transaction ends.

    Raises NotAllowed for one that has ended.
    """
    row = Dossier.objects.select_for_update(of=("self",)).get(pk=dossier.pk)
    if row.status != Dossier.Status.RUNNING:
        raise NotAllowed(
            f"Dossier {row.number} is {row.get_status_display()}. Er kan niets meer "
            "bij."
        )
    return Dossier.objects.with_steps().get(pk=row.pk)


def works_on(dossier: Dossier, person: Person) -> bool:
    """Somebody of the organisation, who records its own steps."""
    return dossier.organisation_id in person.organisations_as(*WORKERS)


def fingerprint(dossier: Dossier) -> str:
    """Of what stands in a dossier: who decides on it decides on what he saw."""
    papers = dossier.evidence.filter(replaced_at=None).order_by("pk")
    seen = (
        [row.pk for row in dossier.standing],
        list(papers.values_list("pk", flat=True)),
    )
    return hashlib.sha256(repr(seen).encode()).hexdigest()


def require_seen(dossier: Dossier, seen: str) -> None:
    """Raises Stale when a dossier is not any more what somebody looked at."""
    if fingerprint(dossier) != seen:
        raise Stale(
            "Dit dossier is veranderd sinds u het bekeek. Bekijk wat er nu staat."
        )


@transaction.atomic
def record(
    dossier: Dossier,
    step: Step,
    facts: Recorded,
    *,
    by: Person,
    papers: "Sequence[File[bytes]]" = (),
    without: Collection[int] = (),
    seen: int | None = None,
) -> DossierStep:
    """Record a step, or replace it while nobody checked it yet.

    `seen` is the step that `by` looked at when it was replaced, `without` the papers
    of it that are set aside. What the same person says twice counts once. Raises
    NotAllowed for a step that is not next, dates out of order, a missing paper or
    signer, and for who may not record it; Stale when a colleague was first.
    """
    dossier = lock(dossier)
    require_worker(dossier, step, by)
    earlier = dossier.standing_step(step)
    if earlier is not None and seen != earlier.pk:
        if _says_the_same(earlier, facts, papers, by):
            return earlier
        raise Stale(
            f"{earlier.by} heeft deze stap intussen vastgelegd. Bekijk eerst wat er "
            "staat."
        )
    if not dossier.position.may_record(step):
        raise NotAllowed(not_now(dossier, step))
    row = DossierStep(dossier=dossier, kind=step, by=by, **vars(facts))
    row.full_clean(exclude=["dossier"], validate_constraints=False)
    _require_facts(dossier, row)
    _replace(dossier, earlier, step)
    for old in dossier.evidence.standing().filter(kind=step, pk__in=without):
        evidence.set_aside(old)
    for paper in papers:
        evidence.add(dossier, step, paper, by=by)
    _require_paper(dossier, step)
    row.full_clean(exclude=["dossier"])
    row.save()
    facts_of_step = {"step": step.label, "on": row.on.isoformat()}
    action = "step replaced" if earlier else "step recorded"
    history.record(dossier, action, by, **facts_of_step)
    dossier.drafts.filter(kind=step).delete()
    announcing.step_was_taken(row)
    return row


@transaction.atomic
def add_note(
    dossier: Dossier, text: str, *, by: Person, is_internal: bool = False
) -> Note:
    """Say something in a dossier. Only the association can keep it to itself.

    What somebody says twice after each other is said once.
    """
    if not (by.is_association or works_on(dossier, by)):
        raise NotAllowed("U werkt niet voor deze organisatie.")
    Dossier.objects.select_for_update(of=("self",)).get(pk=dossier.pk)
    last = dossier.notes.last()
    if last is not None and (last.text, last.by_id) == (text, by.pk):
        return last
    note = Note(
        dossier=dossier, text=text, by=by, is_internal=is_internal and by.is_association
    )
    note.full_clean(exclude=["dossier"])
    note.save()
    announcing.note_was_added(note)
    return note


def may_work_on(dossier: Dossier, step: Step, person: Person) -> bool:
    """The organisation records its own steps; the bureau may do it from its papers."""
    if step in OF_THE_BESTUUR:
        return False
    if person.has_role(Role.Name.BUREAU, Role.Name.BESTUUR):
        return True
    return step not in OF_THE_BUREAU and works_on(dossier, person)


def require_open(dossier: Dossier, step: Step, by: Person) -> Dossier:
    """The dossier, held, in which `by` may record this step now. Raises NotAllowed."""
    dossier = lock(dossier)
    require_worker(dossier, step, by)
    if not dossier.position.may_record(step):
        raise NotAllowed(not_now(dossier, step))
    return dossier


def require_worker(dossier: Dossier, step: Step, by: Person) -> None:
    if step in OF_THE_BESTUUR:
        raise NotAllowed("Toelaten doet het bestuur, met de knop Toelaten.")
    if not may_work_on(dossier, step, by):
        who = "het bureau" if step in OF_THE_BUREAU else "iemand van de organisatie"
        raise NotAllowed(f"{by} mag deze stap niet vastleggen. Dat doet {who}.")


def _says_the_same(
    earlier: DossierStep,
    facts: Recorded,
    papers: "Iterable[File[bytes]]",
    by: Person,
) -> bool:
    """Whether a form came twice: what stands is what it says, with its papers."""
    said = {name: getattr(earlier, name) for name in vars(facts)}
    known = all(evidence.is_known(earlier.dossier, earlier.kind, p) for p in papers)
    return earlier.by_id == by.pk and said == vars(facts) and known


def not_now(dossier: Dossier, step: Step) -> str:
    where = dossier.position
    if where.is_checked:
        return "Het bureau heeft dit dossier gecontroleerd. De stappen liggen nu vast."
    if where.next is None:
        return "Alle stappen van dit dossier zijn gedaan."
    return f"Eerst komt de stap '{where.next.label}', daarna '{step.label}'."


def _replace(dossier: Dossier, earlier: DossierStep | None, step: Step) -> None:
    """Set aside what this step replaces, and a judgement whose ground is gone."""
    gone = [earlier.pk] if earlier else []
    if step == Step.WEIGHED:
        gone += [row.pk for row in dossier.standing if row.kind == Step.JUDGED]
    DossierStep.objects.filter(pk__in=gone).update(replaced_at=timezone.now())


def set_aside(dossier: Dossier, steps: Collection[Step], *, by: Person) -> None:
    """Steps whose ground is gone: they stay as history, and are asked again."""
    rows = [row for row in dossier.standing if row.kind in steps]
    if rows:
        keys = [row.pk for row in rows]
        DossierStep.objects.filter(pk__in=keys).update(replaced_at=timezone.now())
        history.record(dossier, "step set aside", by, step=rows[0].get_kind_display())


def _require_paper(dossier: Dossier, step: Step) -> None:
    papers = dossier.evidence.filter(kind=step, replaced_at=None)
    if step in WITH_PAPER and not papers.exists():
        raise NotAllowed(
            f"Voeg het stuk toe bij de stap '{step.label}'. Zonder dat stuk kan later "
            "niemand aantonen dat het zo is besloten.",
            field="papers",
        )


def _require_facts(dossier: Dossier, row: DossierStep) -> None:
    """Its dates fit with the other steps, and so do its signer and the wishes."""
    others = [other for other in dossier.standing if other.kind != row.kind]
    if problem := conflict(row, others, today=timezone.localdate()):
        raise NotAllowed(problem, field="on")
    if row.kind == Step.APPLIED:
        _require_signer(dossier, row)
    if row.kind in (Step.HEARD, Step.ANSWERED):
        _require_wishes(dossier, row)


def _require_signer(dossier: Dossier, row: DossierStep) -> None:
    """The burgemeester signs for a college, or who holds a mandate (domain rule 30)."""
    mandate: Any = row.mandate
    if mandate is not None:
        in_force = Mandate.objects.active_on(row.on).filter(
            pk=mandate.pk,
            organisation=dossier.organisation_id,
            purpose__in=[Mandate.Purpose.ALL, Mandate.Purpose.MEMBERSHIP],
        )
        if not in_force.exists():
            raise NotAllowed(
                f"Het mandaat van {mandate.name} geldt niet voor deze aanmelding op "
                f"{row.on:%d-%m-%Y}. Kijk in het mandaatregister.",
                field="mandate",
            )
        return
    is_college = dossier.procedure.value == "college"
    if is_college and row.signer_function.strip().casefold() != BURGEMEESTER:
        raise NotAllowed(
            "De burgemeester tekent de aanmelding, of iemand met een mandaat. Kies het "
            "mandaat, of leg het eerst vast in het mandaatregister.",
            field="mandate",
        )


def _require_wishes(dossier: Dossier, row: DossierStep) -> None:
    wishes = dossier.wishes.standing()
    if row.kind == Step.HEARD and (row.outcome == Outcome.GIVEN) != wishes.exists():
        raise NotAllowed(
            "Leg eerst elke wens en bedenking vast: van wie, en wat."
            if row.outcome == Outcome.GIVEN
            else "Er zijn wensen of bedenkingen vastgelegd. Kies 'gegeven'.",
            field="outcome",
        )
    if row.kind == Step.ANSWERED and wishes.filter(answer="").exists():
        raise NotAllowed("Beantwoord eerst elke wens en bedenking.")
