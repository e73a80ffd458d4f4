"""Destroy what a line names: papers and names go, facts and check sums stay.

What was agreed, with whom and for how long, and what happened in a datalek, stays for
good. A copy that somebody still has is known by its check sum. The database lets only
these values go, and only after two people decided (migration 0018).
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import BinaryField, Case, F, QuerySet, Value, When

from contracts.models import (
    Breach,
    BreachDescription,
    BreachEntry,
    Clearing,
    Offer,
    Scan,
    SealedDocument,
    Signature,
    SubmittedModel,
    TakeoverLetter,
)
from membership.models import DestructionLine
from membership.models.retention import Kept
from membership.retention.due import DESTROYED


def _offer(line: DestructionLine) -> int:
    """With its signatures, scans, letter, and the model that it was made of."""
    papers = {"offer": line.row_id}
    words(Scan.objects.filter(**papers), "file_name", "reason", content=b"")
    words(SubmittedModel.objects.filter(**papers), "file_name", "reason", content=b"")
    words(Signature.objects.filter(**papers), "name", "function")
    letters = TakeoverLetter.objects.filter(**papers)
    words(letters, "file_name", content=b"", docx=b"")
    SealedDocument.objects.filter(**papers).update(content=b"", trail={})
    return words(
        Offer.objects.filter(pk=line.row_id),
        *("document_name", "reason"),
        document=Case(
            When(document=None, then=F("document")),
            default=Value(b""),
            output_field=BinaryField(),
        ),
        filled=None,
    )


def _scan(line: DestructionLine) -> int:
    rows = Scan.objects.filter(pk=line.row_id)
    return words(rows, "file_name", "reason", content=b"")


def _model(line: DestructionLine) -> int:
    rows = SubmittedModel.objects.filter(pk=line.row_id)
    return words(rows, "file_name", "reason", content=b"")


def _clearing(line: DestructionLine) -> int:
    """That it was done, when and how, stays: the proof that was asked for."""
    rows = Clearing.objects.filter(pk=line.row_id)
    named = ("file_name", "signer_name", "signer_function")
    return words(rows, *named, content=b"")


def _breach(line: DestructionLine) -> int:
    """Nothing of what happened goes: only who called, whom to ask, and the letters in
    which that stands."""
    about = {"breach": line.row_id}
    words(BreachDescription.objects.filter(**about), "contact")
    entries = BreachEntry.objects.filter(**about)
    words(entries, "who", "file_name", content=b"")
    return words(Breach.objects.filter(pk=line.row_id), "caller", "discovered_by")


def words(rows: QuerySet[Any], *names: str, **more: Any) -> int:
    """Say 'vernietigd' in these fields, and leave what was empty; how many rows."""
    said = {
        name: Case(When(**{name: ""}, then=Value("")), default=Value(DESTROYED))
        for name in names
    }
    return rows.update(**said, **more)


DESTROY: Mapping[Kept, Callable[[DestructionLine], int]] = {
    Kept.OFFER: _offer,
    Kept.AGREEMENT: _offer,
    Kept.SCAN: _scan,
    Kept.MODEL: _model,
    Kept.CLEARING: _clearing,
    Kept.BREACH: _breach,
}
