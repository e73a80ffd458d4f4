"""Write a letter, let a colleague release it, and correct one that was sent.

Four eyes: who wrote the last word of it does not release it.
"""

from django.core.files.base import File
from django.db import transaction

from membership import history
from membership.admission import evidence
from membership.letters.segments import targets
from membership.models import Letter, LetterAttachment, Person
from nvsi.errors import NotAllowed

Status = Letter.Status
ATTACHED = {evidence.PDF, evidence.DOCX, evidence.XLSX}
MOST_ATTACHMENTS = 10
_COPIED = (
    *("subject", "salutation", "summary", "body", "belongs_on", "membership_kinds"),
    *("organisation_kinds", "region", "province", "instrument", "role"),
)


@transaction.atomic
def offer(letter: Letter, *, by: Person) -> Letter:
    """Ask a colleague to release it. Raises NotAllowed when it would reach nobody."""
    letter = locked(letter, by)
    if not targets(letter):
        raise NotAllowed(
            "Deze brief gaat naar niemand. Kies anders voor wie de brief is."
        )
    history.move(letter, Status.OFFERED, by)
    return letter


@transaction.atomic
def take_back(letter: Letter, *, by: Person) -> Letter:
    """Make it a draft again, to change something."""
    letter = locked(letter, by)
    history.move(letter, Status.DRAFT, by)
    return letter


@transaction.atomic
def drop(letter: Letter, *, by: Person) -> Letter:
    """It is not sent after all; it stays to be read by the association."""
    letter = locked(letter, by)
    history.move(letter, Status.DROPPED, by)
    return letter


@transaction.atomic
def correct(letter: Letter, *, by: Person) -> Letter:
    """A new draft with the same words, that refers to what was sent."""
    letter = locked(letter, by)
    if not letter.is_sent:
        raise NotAllowed(f"{letter} is niet verzonden. Wijzig de brief zelf.")
    same = {name: getattr(letter, name) for name in _COPIED}
    fresh = Letter(**same, corrects=letter, written_by=by)
    fresh.full_clean()
    fresh.save()
    history.record(fresh, "added", by, corrects=letter.number)
    return fresh


@transaction.atomic
def attach(letter: Letter, file: "File[bytes]", *, by: Person) -> LetterAttachment:
    """Add a bijlage to a draft. Raises NotAllowed for what is no PDF, DOCX or XLSX."""
    letter = locked(letter, by)
    _require_draft(letter)
    if letter.attachments.count() >= MOST_ATTACHMENTS:
        raise NotAllowed(f"Een brief heeft ten hoogste {MOST_ATTACHMENTS} bijlagen.")
    checked = evidence.check(file, ATTACHED)
    if letter.attachments.filter(sha256=checked.sha256).exists():
        raise NotAllowed("Dit bestand is al een bijlage van deze brief.")
    attachment = LetterAttachment.objects.create(
        letter=letter,
        file_name=checked.file_name,
        media_type=checked.media_type,
        size=len(checked.content),
        sha256=checked.sha256,
        content=checked.content,
        by=by,
    )
    history.record(letter, "attached", by, file=attachment.file_name)
    return attachment


@transaction.atomic
def detach(attachment: LetterAttachment, *, by: Person) -> Letter:
    """Take a bijlage out of a draft; it was never sent."""
    letter = locked(attachment.letter, by)
    _require_draft(letter)
    history.record(letter, "detached", by, file=attachment.file_name)
    attachment.delete()
    return letter


def locked(letter: Letter, by: Person) -> Letter:
    """The letter as it is now, for who may work on it."""
    if not by.is_association:
        raise NotAllowed("Een ledenbrief is van het bureau.")
    return Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)


def _require_draft(letter: Letter) -> None:
    if letter.status != Status.DRAFT:
        raise NotAllowed(
            f"{letter} is {letter.get_status_display()}. Alleen van een concept "
            "wijzigt u de bijlagen."
        )
