"""What the vote on a beslispunt leads to: a decision of the ALV, or none.

Called when a vote is closed. A decision has an identity, such as ALV-2026-06-12-3.2, to
which contributions, tariffs and the innovatiekas point.
"""

from django.db import transaction

from membership import history
from membership.assembly import origins
from membership.models import AlvBesluit, Beslispunt, Person
from nvsi.errors import NotAllowed

Outcome = Beslispunt.Outcome


@transaction.atomic
def adopt(beslispunt: Beslispunt, outcome: str, by: Person) -> AlvBesluit:
    """Make the decision of a beslispunt that got its majority, as it was put to the
    vote. `outcome` is the sentence with the figures of the vote.

    Raises NotAllowed when it was decided before, or is not before the members.
    """
    row = _locked(beslispunt)
    assembly = row.voorstel.assembly
    besluit = AlvBesluit(
        reference=f"ALV-{assembly.on.isoformat()}-{row.label}",
        subject=row.voorstel.title,
        taken_on=assembly.on,
        text=row.text,
    )
    besluit.full_clean()
    besluit.save()
    _settle(row, Outcome.AANGENOMEN, outcome, besluit)
    history.record(besluit, "adopted", by, sentence=outcome)
    origins.was_decided(row, by)
    return besluit


@transaction.atomic
def reject(beslispunt: Beslispunt, outcome: str, by: Person) -> Beslispunt:
    """It got no majority. As adopt."""
    return _end(beslispunt, Outcome.VERWORPEN, outcome, by)


@transaction.atomic
def leave_open(beslispunt: Beslispunt, outcome: str, by: Person) -> Beslispunt:
    """There was no quorum: the members decided nothing, for or against. As adopt."""
    return _end(beslispunt, Outcome.GEEN, outcome, by)


def _end(beslispunt: Beslispunt, ending: str, outcome: str, by: Person) -> Beslispunt:
    row = _locked(beslispunt)
    _settle(row, ending, outcome, None)
    action = "rejected" if ending == Outcome.VERWORPEN else "no decision"
    history.record(row.voorstel, action, by, number=row.label, sentence=outcome)
    origins.was_decided(row, by)
    return row


def _locked(beslispunt: Beslispunt) -> Beslispunt:
    rows = Beslispunt.objects.select_related("voorstel__assembly")
    row = rows.select_for_update(of=("self",)).get(pk=beslispunt.pk)
    if not row.is_open:
        raise NotAllowed(f"Over {row} is al besloten: {row.get_outcome_display()}.")
    if row.voorstel.is_withdrawn:
        raise NotAllowed(f"Het voorstel {row.voorstel} is ingetrokken.")
    if not row.voorstel.assembly.is_convened:
        raise NotAllowed("Besluiten kan alleen in een ALV die bijeengeroepen is.")
    return row


def _settle(
    row: Beslispunt, outcome: str, sentence: str, besluit: AlvBesluit | None
) -> None:
    row.outcome, row.sentence, row.besluit = outcome, sentence, besluit
    row.save(update_fields=["outcome", "sentence", "besluit"])
