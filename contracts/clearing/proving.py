"""Prove that data were given back or deleted: a statement, signed in the portal or not.

Source: AVG art. 28 lid 3 onder g; the article on ending in our own text (lid 5).
"""

import datetime
import hashlib

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from contracts.clearing import announcing
from contracts.clearing.choosing import require_standing
from contracts.clearing.statement import statement
from contracts.models import Clearing
from membership import history
from membership.admission import evidence
from membership.fresh_factor import Given
from membership.models import Person, Role
from nvsi.dutch import day
from nvsi.errors import NotAllowed, Stale

How = Clearing.How
BUREAU = (Role.Name.BUREAU, Role.Name.BESTUUR)


def may_sign(row: Clearing, person: Person) -> bool:
    """The uitvoerder that has the data; for the NVSI itself its bestuur."""
    if row.is_ours:
        return person.has_role(Role.Name.BESTUUR)
    return row.clears_id in person.organisations_as(Role.Name.UITVOERDER)


def may_hand_in(row: Clearing, person: Person) -> bool:
    """Who may sign, and the bureau for who has no account."""
    return may_sign(row, person) or person.has_role(*BUREAU)


@transaction.atomic
def sign(
    row: Clearing,
    *,
    done_on: datetime.date,
    words: str,
    kept: str,
    factor: Given | None,
    now: datetime.datetime,
    by: Person,
) -> Clearing:
    """Sign the statement in the portal, with a second factor of just now.

    Raises NotAllowed for who may not, without a choice, for a day that cannot be, and
    for a second factor that is not fresh; Stale when it is proven already.
    """
    row = _held(row)
    if not may_sign(row, by):
        raise NotAllowed(f"U tekent niet namens {row.processor}.")
    _require_ready(row, done_on, timezone.localdate(now))
    if factor is None or not factor.is_fresh(now):
        raise NotAllowed("Bevestig eerst opnieuw met uw app of passkey.")
    row.done_on, row.words, row.kept = done_on, words.strip(), kept.strip()
    row.signer_name, row.signer_function = by.name, by.function or _usual_function(row)
    made = statement(row, factor, now)
    row.file_name, row.content = f"{made.file_name}.pdf", made.content
    return _prove(row, How.PORTAL, now, by)


@transaction.atomic
def hand_in(
    row: Clearing,
    file: "File[bytes]",
    *,
    done_on: datetime.date,
    words: str,
    kept: str,
    signer_name: str,
    signer_function: str,
    now: datetime.datetime,
    by: Person,
) -> Clearing:
    """A statement that was signed on paper. Raises NotAllowed as `sign` does, and for
    a file that is no PDF."""
    row = _held(row)
    if not may_hand_in(row, by):
        raise NotAllowed("Een verklaring voegt het bureau toe, of wie tekent.")
    _require_ready(row, done_on, timezone.localdate(now))
    paper = evidence.check(file, (evidence.PDF,), field="file")
    row.done_on, row.words, row.kept = done_on, words.strip(), kept.strip()
    row.signer_name, row.signer_function = signer_name.strip(), signer_function.strip()
    row.file_name, row.content = paper.file_name, paper.content
    return _prove(row, How.PAPER, now, by)


def _prove(row: Clearing, how: How, now: datetime.datetime, by: Person) -> Clearing:
    row.how, row.proven_at, row.proven_by = how, now, by
    row.sha256 = hashlib.sha256(row.content).hexdigest()
    row.full_clean()
    row.save()
    assert row.done_on is not None
    history.record(row, "cleared", by, on=row.done_on.isoformat(), how=how.label)
    announcing.it_was_proven(row)
    return row


def _held(row: Clearing) -> Clearing:
    rows = Clearing.objects.listed().select_for_update(of=("self",))
    row = rows.get(pk=row.pk)
    if row.proven_at is not None:
        raise Stale("De verklaring is er intussen al.")
    require_standing(row)
    return row


def _require_ready(row: Clearing, done_on: datetime.date, today: datetime.date) -> None:
    if not row.choice:
        raise NotAllowed(f"{row.organisation} heeft nog niet gekozen.")
    if not row.ended_on < done_on <= today:
        raise NotAllowed(
            f"Kies een dag na het einde ({day(row.ended_on)}), en niet in de toekomst.",
            field="done_on",
        )


def _usual_function(row: Clearing) -> str:
    return "lid van het bestuur" if row.is_ours else "namens de uitvoerder"
