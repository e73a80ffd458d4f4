"""From a notice that a member hands in to one that the bureau confirmed.

In the portal a notice is in writing: an ondertekenaar signs with his login, anybody
else of the organisation adds the letter that was signed. The day on which it was handed
in is the day of receipt, however late the bureau looks. Source: BW 2 art. 36.
"""

import datetime

from django.core.files.base import File
from django.db import transaction

from membership import history
from membership.admission import evidence
from membership.leaving import announcing
from membership.leaving.notices import give_notice, lock, require_no_end, works_for
from membership.leaving.rules import LID, Ground, last_day, objection
from membership.models import Membership, Notice, Person, Role, SubmittedNotice
from nvsi.errors import NotAllowed, Stale

# What a letter that was signed on paper comes in as.
LETTERS = (evidence.PDF, evidence.PNG, evidence.JPEG)
_WHY = "Leg uit waarom uw organisatie redelijkerwijs geen lid kan blijven."


@transaction.atomic
def submit(
    membership: Membership,
    *,
    ground: Ground,
    burdened_on: datetime.date | None,
    reason: str,
    letter: "File[bytes] | None",
    seen: datetime.date,
    today: datetime.date,
    by: Person,
) -> SubmittedNotice:
    """Hand in a notice, and tell both sides. Twice is once.

    `seen` is the last day that was shown. Raises NotAllowed for who may not do it, a
    ground that does not hold, and without a signed letter; Stale when the last day is
    another by now, or a colleague was first.
    """
    row = lock(membership)
    _require_may(row, by)
    if waiting := row.submitted_notices.waiting().first():
        if waiting.by_id == by.pk and waiting.ground == ground:
            return waiting
        raise Stale(f"{waiting.by} heeft intussen al een opzegging ingediend.")
    _require_ground(ground, burdened_on, reason, today)
    if last_day(today, ground) != seen:
        raise Stale("Het is intussen een andere dag, en dus een andere laatste dag.")
    submitted = SubmittedNotice(
        membership=row,
        ground=ground,
        burdened_on=burdened_on if ground == Ground.BURDENED else None,
        reason=reason,
        ends_on=seen,
        submitted_on=today,
        is_signed_here=may_sign(row, by),
        by=by,
        **_letter(row, letter, by),
    )
    submitted.full_clean()
    submitted.save()
    days = {"received": f"{today}", "ends_on": f"{seen}"}
    history.record(submitted, "notice submitted", by, **days)
    announcing.notice_was_submitted(submitted)
    return submitted


@transaction.atomic
def confirm(submitted: SubmittedNotice, *, today: datetime.date, by: Person) -> Notice:
    """Write down the notice, as received on the day it was handed in.

    Raises NotAllowed for one that was answered already, and for who may not do it.
    """
    submitted = _held(submitted, by)
    notice = give_notice(
        submitted.membership,
        ground=Ground(submitted.ground),
        received_on=submitted.submitted_on,
        burdened_on=submitted.burdened_on,
        reason=submitted.reason,
        today=today,
        by=by,
    )
    submitted.notice = notice
    submitted.save(update_fields=["notice"])
    history.move(submitted, SubmittedNotice.Status.CONFIRMED, by)
    return notice


@transaction.atomic
def turn_back(submitted: SubmittedNotice, *, answer: str, by: Person) -> None:
    """It is no notice: say why. Nothing ends. Raises NotAllowed without a reason."""
    submitted = _held(submitted, by)
    if not answer.strip():
        raise NotAllowed("Schrijf waarom; de organisatie leest het.")
    submitted.answer = answer
    submitted.full_clean(exclude=["membership", "by"], validate_constraints=False)
    submitted.save(update_fields=["answer"])
    history.move(submitted, SubmittedNotice.Status.TURNED_BACK, by)
    announcing.notice_was_turned_back(submitted, by)


def may_sign(membership: Membership, person: Person) -> bool:
    """Whether this person signs for the organisation with his login alone."""
    signs = person.organisations_as(Role.Name.ONDERTEKENAAR)
    return membership.organisation_id in signs


def _require_may(row: Membership, by: Person) -> None:
    if not works_for(row, by):
        raise NotAllowed("U werkt niet voor deze organisatie.")
    if row.kind != LID:
        raise NotAllowed("Alleen een lid zegt op; een ander stopt.")
    require_no_end(row)


def _require_ground(
    ground: Ground, burdened_on: datetime.date | None, reason: str, today: datetime.date
) -> None:
    if why := objection(today, ground, burdened_on):
        raise NotAllowed(why, field="burdened_on")
    if ground == Ground.UNREASONABLE and not reason.strip():
        raise NotAllowed(_WHY, field="reason")


def _letter(
    row: Membership, letter: "File[bytes] | None", by: Person
) -> dict[str, object]:
    """The letter as it is kept; an ondertekenaar needs none."""
    if letter is None:
        if may_sign(row, by):
            return {}
        raise NotAllowed(
            "Voeg de brief toe die de burgemeester, of iemand met een mandaat, heeft "
            "ondertekend.",
            field="letter",
        )
    paper = evidence.check(letter, LETTERS, field="letter")
    return {
        "file_name": paper.file_name,
        "media_type": paper.media_type,
        "sha256": paper.sha256,
        "content": paper.content,
    }


def _held(submitted: SubmittedNotice, by: Person) -> SubmittedNotice:
    """As it is now, held, for who may answer it."""
    if not by.is_association:
        raise NotAllowed("Over een opzegging beslist het bureau.")
    rows = SubmittedNotice.objects.without_letter().select_for_update(of=("self",))
    row = rows.get(pk=submitted.pk)
    if row.status != SubmittedNotice.Status.WAITING:
        raise NotAllowed(f"Deze opzegging is al {row.get_status_display()}.")
    return row
