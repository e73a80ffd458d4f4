"""Write a next version of a factsheet, and publish it. By the bureau or the bestuur."""

import hashlib

from django.db import transaction
from django.utils import timezone

from instruments.models import Factsheet
from instruments.models.factsheets import ANSWERS
from membership import history
from membership.models import Person, Role
from nvsi.errors import NotAllowed, Stale

WRITERS = (Role.Name.BUREAU.value, Role.Name.BESTUUR.value)
SAID = ("phase", "binding", *ANSWERS)


@transaction.atomic
def start(factsheet: Factsheet, *, note: str, by: Person) -> Factsheet:
    """A draft with the same answers as a version, to change.

    Raises NotAllowed when there is a draft already.
    """
    _require_writer(by)
    versions = Factsheet.objects.filter(instrument=factsheet.instrument)
    held = list(versions.select_for_update(of=("self",)))
    if any(not one.is_published for one in held):
        raise NotAllowed("Er is al een concept van deze factsheet. Werk daarin verder.")
    draft = Factsheet(
        instrument=factsheet.instrument,
        number=max(one.number for one in held) + 1,
        note=note,
        written_by=by,
        **{name: getattr(factsheet, name) for name in SAID},
    )
    draft.full_clean()
    draft.save()
    history.record(draft, "added", by)
    return draft


def fingerprint(factsheet: Factsheet) -> str:
    """What somebody reads who publishes it."""
    said = [getattr(factsheet, name) for name in ("note", *SAID)]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()


def unanswered(factsheet: Factsheet) -> list[str]:
    """The questions without an answer, as they stand on the page."""
    fields = Factsheet._meta
    return [
        str(fields.get_field(name).verbose_name)  # type: ignore[union-attr]
        for name in ANSWERS
        if not getattr(factsheet, name).strip()
    ]


@transaction.atomic
def publish(factsheet: Factsheet, *, seen: str, by: Person) -> Factsheet:
    """From now on this is what the world reads, and it stands.

    Raises NotAllowed for an open question, and Stale when it is not any more what was
    seen.
    """
    _require_writer(by)
    rows = Factsheet.objects.select_related("instrument", "written_by")
    row = rows.select_for_update(of=("self",)).get(pk=factsheet.pk)
    if row.is_published:
        raise NotAllowed(f"{row} is al gepubliceerd.")
    if fingerprint(row) != seen:
        raise Stale("De factsheet is intussen veranderd.")
    if missing := unanswered(row):
        raise NotAllowed(f"Er is nog geen antwoord op: {', '.join(missing)}")
    row.published_at, row.published_by = timezone.now(), by
    row.full_clean()
    row.save()
    history.record(row, "published", by)
    return row


def _require_writer(by: Person) -> None:
    if not by.has_role(*WRITERS):
        raise NotAllowed("Het productenboek is van het bureau.")
