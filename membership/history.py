"""Record what was done, and move a status through its one door.

Source: BIO2 8.15.01, domain rule 40.
"""

from typing import Any, Protocol

from django.db import models, transaction

from membership.models import HistoryEvent, Person
from nvsi.errors import NotAllowed


class HasStatus(Protocol):
    """A row with a status and the table of moves that it allows."""

    NEXT: dict[str, tuple[str, ...]]
    pk: Any
    status: str


def record(
    subject: models.Model, action: str, by: Person | None, **facts: Any
) -> HistoryEvent:
    """Add one event. `by` is None for the scheduled run. Facts hold no secrets."""
    return HistoryEvent.objects.create(
        by=by,
        action=action,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        subject=str(subject)[:200],
        facts=facts,
    )


@transaction.atomic
def move(subject: Any, to: str, by: Person | None, **facts: Any) -> None:
    """Change a status: locks the row, checks its NEXT table, saves and records.

    Raises NotAllowed when the row cannot go there from where it is now.
    """
    model = type(subject)
    current = model._default_manager.select_for_update(of=("self",)).get(pk=subject.pk)
    if to not in current.NEXT[current.status]:
        raise NotAllowed(
            f"{subject} is {current.get_status_display()} en kan niet "
            f"{model.Status(to).label} worden."
        )
    model._default_manager.filter(pk=subject.pk).update(status=to)
    record(subject, f"{current.status}>{to}", by, **facts)
    subject.status = to
