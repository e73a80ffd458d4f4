"""The list of a month: made by itself, decided on line by line.

What is kept longer is decided by one person; to destroy something takes two.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from membership import history
from membership.models import (
    DestructionLine,
    DestructionList,
    Person,
    RetentionTerm,
    Role,
)
from membership.models.retention import Kept
from membership.retention.destroying import DESTROY
from membership.retention.due import DUE, Due
from nvsi.errors import NotAllowed
from nvsi.locks import one_at_a_time

DECIDERS = (Role.Name.BUREAU, Role.Name.BESTUUR)
Decision = DestructionLine.Decision
# What is kept longer comes back on the list after so long.
KEPT_FOR = datetime.timedelta(days=365)
WORK = "destruction list"
# What somebody chose to destroy, and another has to choose too.
PROPOSED, _WAITS = "proposed", "voorgesteld om te vernietigen"


@dataclass(frozen=True)
class Decided:
    """What somebody chose for one line."""

    decision: str
    reason: str = ""


@transaction.atomic
def propose(today: datetime.date) -> DestructionList | None:
    """Add what has had its time to the list of this month; None when there is nothing.

    Nothing is destroyed by it. Safe to repeat.
    """
    one_at_a_time(WORK)
    known, gone = _known(today), _gone()
    lines = [
        _line(term, due, term.ended_before(today))
        for term in RetentionTerm.objects.all()
        for due in DUE[Kept(term.kind)](term.ended_before(today))
        if (key := (term.kind, due.row_id)) not in known
        and not (key in gone and due.ended_on <= gone[key])
    ]
    if not lines:
        return None
    month = today.replace(day=1)
    made, is_new = DestructionList.objects.get_or_create(month=month)
    if is_new:
        history.record(made, "listed", None)
    for line in lines:
        line.list = made
    DestructionLine.objects.bulk_create(lines)
    return made


def _known(today: datetime.date) -> set[tuple[str, int]]:
    """What waits already, or was kept longer less than a year ago."""
    lines = DestructionLine.objects.all()
    kept = lines.filter(decision=Decision.KEEP, decided_at__date__gt=today - KEPT_FOR)
    return set((lines.open() | kept).values_list("kind", "row_id"))


def _gone() -> dict[tuple[str, int], datetime.date]:
    """What was destroyed, and when it had ended then: a datalek may be opened again,
    and what came with that has a term of its own."""
    lines = DestructionLine.objects.filter(decision=Decision.DESTROY).exclude(row_id=0)
    return {
        (kind, row_id): ended_on
        for kind, row_id, ended_on in lines.order_by("ended_on").values_list(
            "kind", "row_id", "ended_on"
        )
    }


def _line(term: RetentionTerm, due: Due, before: datetime.date) -> DestructionLine:
    return DestructionLine(
        kind=term.kind,
        row_id=due.row_id,
        subject=due.subject,
        count=due.count,
        ended_on=due.ended_on,
        before_on=before,
        ground=f"{term.ground} ({term.in_words})"[:300],
    )


@transaction.atomic
def decide(
    made: DestructionList,
    choices: Mapping[int, Decided],
    *,
    by: Person,
) -> dict[str, int]:
    """Destroy or keep longer what was chosen, by the key of its line; the rest waits.

    Who chooses to destroy first, proposes it; another who chooses the same destroys it.
    What is no longer due (somebody got a role again) is not destroyed but lapses.
    Gives how many lines had which decision, PROPOSED among them. Raises NotAllowed for
    who may not, and for what is kept without a reason.
    """
    if not by.has_role(*DECIDERS):
        raise NotAllowed(f"{by} besluit niet over vernietigen. Dat doet het bureau.")
    one_at_a_time(WORK)
    counts: dict[str, int] = {}
    for line in made.lines.open().filter(pk__in=choices).select_for_update():
        chosen = choices[line.pk]
        decision = _decide(line, chosen, by=by)
        counts[decision] = counts.get(decision, 0) + 1
    if counts:
        words = {in_words(name): count for name, count in counts.items()}
        said = [f"{count} {word}" for word, count in sorted(words.items())]
        history.record(made, "decided", by, lines=said)
    return counts


def in_words(decision: str) -> str:
    """What happened to a line: 'vernietigd', or that it waits for another."""
    return _WAITS if decision == PROPOSED else str(Decision(decision).label)


def _decide(line: DestructionLine, chosen: Decided, *, by: Person) -> str:
    if chosen.decision == Decision.KEEP and not chosen.reason.strip():
        raise NotAllowed(f"Geef de reden om dit langer te bewaren: {line.subject}.")
    destroys = chosen.decision == Decision.DESTROY
    line.decision = chosen.decision
    if destroys and not _is_due(line):
        line.decision, destroys = Decision.LAPSED, False
    if destroys and line.proposed_by_id in (None, by.pk):
        DestructionLine.objects.filter(pk=line.pk).update(proposed_by=by)
        return PROPOSED
    line.reason, line.decided_by = chosen.reason, by
    line.decided_at = timezone.now()
    line.full_clean()
    line.save()
    if destroys:
        DESTROY[Kept(line.kind)](line)
    return line.decision


def _is_due(line: DestructionLine) -> bool:
    found = DUE[Kept(line.kind)](line.before_on)
    return any(due.row_id == line.row_id for due in found)
