"""The way of one dossier as people read it: each step, and what stands of it."""

from collections import defaultdict
from dataclasses import dataclass

from membership.admission.steps import Step
from membership.models import Dossier, DossierStep, Evidence


@dataclass(frozen=True)
class Taken:
    """One step of the way. state is done, now or later; papers have no bytes read."""

    step: Step
    state: str
    row: DossierStep | None
    papers: list[Evidence]


def timeline(dossier: Dossier) -> list[Taken]:
    """All steps to membership, in order. One query for the papers."""
    papers: dict[str, list[Evidence]] = defaultdict(list)
    for paper in dossier.evidence.filter(replaced_at=None).defer("content"):
        papers[paper.kind].append(paper)
    where, runs = dossier.position, dossier.status == Dossier.Status.RUNNING
    return [
        Taken(
            step,
            _state(done=step in where.done, now=runs and step == where.next),
            dossier.standing_step(step) if step in where.done else None,
            papers[step],
        )
        for step in where.steps
    ]


def _state(*, done: bool, now: bool) -> str:
    if done:
        return "done"
    return "now" if now else "later"
