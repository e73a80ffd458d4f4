"""The one door through which a verbeterwens takes a step.

It locks the wens, looks whether the step may follow and whether this person may take
it, writes what the regiegroep decides in its list of decisions, and tells who follows.
"""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from instruments.models import Verbeterwens, VerbeterwensStep
from instruments.steering.groups import regiegroep_of
from instruments.wishes import announcing
from instruments.wishes.stages import DECISIONS, Party, Step, next_steps, party_for
from instruments.wishes.who import parties_of
from membership import history
from membership.bodies.deciding import decide
from membership.models import Person
from membership.models.bodies import BodyDecision
from nvsi.dutch import euro
from nvsi.errors import NotAllowed, Stale


@transaction.atomic
def take(
    wens: Verbeterwens, kind: Step, *, words: str, by: Person, **facts: Any
) -> VerbeterwensStep:
    """Add one step, today. words is the reason that the followers read.

    Raises Stale when the wens is somewhere else by now, NotAllowed when somebody else
    takes this step, and ValidationError when a fact of it is missing.
    """
    today = timezone.localdate()
    last = locked(wens)
    party = _require(wens, kind, last, by, today)
    decision = _decide(wens, kind, party, words, by, today, facts)
    step = VerbeterwensStep(
        wens=wens,
        kind=kind,
        on=today,
        for_party=party,
        words=words.strip(),
        decision=decision,
        by=by,
        **facts,
    )
    step.full_clean()
    step.save()
    history.record(wens, f"{last or 'handed in'}>{kind}", by, reason=step.words)
    announcing.step_was_taken(wens, step)
    return step


def locked(wens: Verbeterwens) -> str:
    """Hold the wens; gives its last step, '' when it was only handed in."""
    Verbeterwens.objects.select_for_update().get(pk=wens.pk)
    last = wens.last_step
    return last.kind if last else ""


def _require(
    wens: Verbeterwens, kind: Step, last: str, by: Person, today: datetime.date
) -> Party:
    voorstel = wens.voorstel
    needs_alv = voorstel is None or voorstel.needs_alv
    if kind not in next_steps(last, needs_alv=needs_alv):
        raise Stale(
            f"Deze stap kan nu niet: {wens.reference} is intussen verder of gestopt. "
            "Bekijk de wens opnieuw."
        )
    party = party_for(kind, last)
    if party not in parties_of(by, wens, today):
        raise NotAllowed(f"Deze stap is voor {party.label}.")
    return party


def _decide(
    wens: Verbeterwens,
    kind: Step,
    party: Party,
    words: str,
    by: Person,
    today: datetime.date,
    facts: Mapping[str, Any],
) -> BodyDecision | None:
    """What the regiegroep decides gets a number in its list of decisions."""
    body = regiegroep_of(wens.instrument)
    if kind not in DECISIONS or party != Party.LEADING or body is None:
        return None
    return decide(
        body,
        text=f"{wens}: {kind.label}{_what(kind, facts)}.",
        reason=words,
        taken_on=today,
        meeting=None,
        by=by,
    )


def _what(kind: Step, facts: Mapping[str, Any]) -> str:
    """Which place, or for how much: without it a decision says too little."""
    if kind == Step.PRIORITISED:
        return f", plaats {facts['rank']}"
    return f", voor {euro(facts['voorstel'].amount)}" if kind == Step.PROPOSED else ""
