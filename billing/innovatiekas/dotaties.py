"""A dotatie bij besluit: what the ALV puts into the kas at once; with four eyes."""

from django.db import transaction
from django.utils import timezone

from billing.innovatiekas.booking import Kind, move
from billing.innovatiekas.shares import fill
from billing.models import KasDotatie, KasMovement
from billing.settling.settlements import lock, require_role
from membership import history
from membership.models import Person, Role
from nvsi.errors import NotAllowed

CONFIRMERS = (Role.Name.PENNINGMEESTER, Role.Name.BESTUUR)
Status = KasDotatie.Status


@transaction.atomic
def confirm(dotatie: KasDotatie, *, by: Person) -> KasMovement:
    """Book a dotatie that another person recorded.

    Raises NotAllowed for who recorded it, without a role for it, when it was decided
    before, or when its besluit has no day or one to come.
    """
    require_role(by, CONFIRMERS, "een dotatie aan de innovatiekas boeken")
    today = timezone.localdate()
    lock(dotatie.instrument)
    _decide(dotatie, Status.CONFIRMED, by)
    taken_on = dotatie.besluit.taken_on
    if taken_on is None or taken_on > today:
        raise NotAllowed(
            f"Van {dotatie.besluit.reference} staat nog geen datum vast, of een datum "
            "die nog komt. Vul die eerst in bij het ALV-besluit."
        )
    movement = move(
        dotatie.instrument,
        Kind.FILL,
        dotatie.amount,
        description=f"Dotatie innovatiekas {dotatie.instrument} bij "
        f"{dotatie.besluit.reference}",
        booked_on=today,
        by=by,
        dotatie=dotatie,
    )
    # What could not be taken back before, goes back now.
    fill(dotatie.instrument, booked_on=today, by=by)
    return movement


@transaction.atomic
def refuse(dotatie: KasDotatie, *, reason: str, by: Person) -> None:
    """Leave it out of the books, with a reason. Raises NotAllowed as confirm does."""
    require_role(by, CONFIRMERS, "een dotatie aan de innovatiekas weigeren")
    if not reason.strip():
        raise NotAllowed("Geef de reden.", field="reason")
    _decide(dotatie, Status.REFUSED, by, reason=reason)


def _decide(dotatie: KasDotatie, to: str, by: Person, **facts: str) -> None:
    row = KasDotatie.objects.select_for_update(of=("self",)).get(pk=dotatie.pk)
    if row.status != Status.PROPOSED:
        raise NotAllowed(f"{row} is al bekeken: {row.get_status_display()}.")
    if row.proposed_by_id == by.pk:
        raise NotAllowed(
            "U legde deze dotatie zelf vast. Vraag een ander om haar te bekijken."
        )
    row.status, row.decided_by, row.decided_at = to, by, timezone.now()
    row.save(update_fields=["status", "decided_by", "decided_at"])
    history.record(row, f"{Status.PROPOSED}>{to}", by, **facts)
    dotatie.refresh_from_db()
