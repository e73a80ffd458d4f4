"""What somebody filled in half-way of a step, kept for himself or a colleague.

A draft is no fact: nothing of it is checked but that there is no BSN in it, and it is
gone once the step is recorded (membership.admission.recording).
"""

from collections.abc import Mapping

from django.db import transaction

from membership.admission.recording import require_open
from membership.admission.steps import Step
from membership.identifiers import validate_without_bsn
from membership.models import Dossier, Person, StepDraft
from nvsi.errors import Stale

LONGEST = 20_000


def draft_of(dossier: Dossier, step: Step) -> StepDraft | None:
    return dossier.drafts.filter(kind=step).select_related("by").first()


@transaction.atomic
def save(
    dossier: Dossier, step: Step, values: Mapping[str, str], *, seen: int, by: Person
) -> StepDraft:
    """Keep what stands in the fields of a form; `seen` is the version that was shown.

    Raises NotAllowed for a step that is not open or a text with a BSN
    (ValidationError), Stale when a colleague kept something meanwhile.
    """
    dossier = require_open(dossier, step, by)
    kept = {
        name: value[:LONGEST].replace("\x00", "")  # no text in the database has those
        for name, value in values.items()
        if value.strip()
    }
    for value in kept.values():
        validate_without_bsn(value)
    draft = draft_of(dossier, step)
    if draft is None:
        return StepDraft.objects.create(dossier=dossier, kind=step, values=kept, by=by)
    if (draft.values, draft.by_id) == (kept, by.pk):
        return draft
    if draft.version != seen:
        raise Stale(
            f"{draft.by} heeft deze stap intussen ook bewaard. Bekijk eerst wat er "
            "staat."
        )
    draft.values, draft.by, draft.version = kept, by, draft.version + 1
    draft.save()
    return draft
