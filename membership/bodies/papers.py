"""Papers of a meeting: PDF, checked and scanned as every other paper.

Before the meeting a paper belongs to a point of the agenda or to the whole; afterwards
only the verslag is added.
"""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from membership import history
from membership.admission.evidence import PDF, check
from membership.bodies.meeting import is_over
from membership.bodies.who import require_may_act
from membership.models import AgendaItem, BodyMeeting, BodyPaper, Person
from nvsi.errors import NotAllowed

if TYPE_CHECKING:
    from django.core.files.base import File

Kind = BodyPaper.Kind


@transaction.atomic
def add(
    meeting: BodyMeeting,
    file: "File[bytes]",
    *,
    title: str,
    kind: str,
    item: AgendaItem | None,
    by: Person,
) -> BodyPaper:
    """Keep a paper of a meeting.

    Raises NotAllowed for who does not act for the body, for what is no PDF or holds a
    virus, for a meeting that was called off, for a verslag before it was held, and for
    another paper afterwards; ValidationError for the same file twice.
    """
    require_may_act(meeting.body, by, timezone.localdate())
    _require_in_time(meeting, kind)
    checked = check(file, {PDF}, field="file")
    paper = BodyPaper(
        meeting=meeting,
        item=item if kind == Kind.STUK else None,
        kind=kind,
        title=title.strip(),
        file_name=checked.file_name,
        size=len(checked.content),
        sha256=checked.sha256,
        content=checked.content,
        by=by,
    )
    paper.full_clean()
    paper.save()
    history.record(meeting, "paper added", by, file=paper.title)
    return paper


@transaction.atomic
def withdraw(paper: BodyPaper, *, by: Person) -> BodyPaper:
    """Nobody reads it from now on; that it was there stays. Raises NotAllowed for who
    does not act for the body, and when it was withdrawn already."""
    require_may_act(paper.meeting.body, by, timezone.localdate())
    paper = BodyPaper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if paper.withdrawn_at is not None:
        raise NotAllowed("Dit stuk is al ingetrokken.")
    paper.withdrawn_at = timezone.now()
    paper.save(update_fields=["withdrawn_at"])
    history.record(paper.meeting, "paper withdrawn", by, file=paper.title)
    return paper


def _require_in_time(meeting: BodyMeeting, kind: str) -> None:
    if meeting.is_cancelled:
        raise NotAllowed("Deze vergadering gaat niet door.")
    over = is_over(meeting, timezone.now())
    if kind == Kind.VERSLAG and not over:
        raise NotAllowed("Een verslag komt er na de vergadering.", field="kind")
    if kind == Kind.STUK and over:
        raise NotAllowed(
            "De vergadering is geweest. Alleen het verslag kan er nog bij.",
            field="kind",
        )
