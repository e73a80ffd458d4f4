"""Tell the people of both that a gemeente goes into another: recorded, or withdrawn."""

from collections.abc import Sequence

from django.utils import timezone

from membership import emails
from membership.models import Dissolution, Organisation, Person
from membership.models.dossiers import WORKERS
from nvsi.dutch import day


def recorded(row: Dissolution) -> None:
    """What is known, what does not happen by itself, and what we do with them."""
    gone, successor, starts_on = _facts(row)
    of_old = [
        f"Volgens onze gegevens gaat {gone.formal_name} op {starts_on} op in "
        f"{successor.formal_name}.",
        "Er verandert niets vanzelf: niet uw lidmaatschap, niet uw overeenkomsten en "
        "niet wie wij schrijven. Het bureau bespreekt met u wat er met elk daarvan "
        "gebeurt.",
        f"Werk tot {starts_on} wordt gewoon afgerekend met {gone.formal_name}.",
    ]
    of_new = [
        of_old[0],
        "Wat die gemeente met ons afsprak, gaat niet vanzelf op u over. Het bureau "
        "bespreekt met u wat u overneemt.",
    ]
    _tell(row, "recorded", gone, of_old)
    _tell(row, "recorded", successor, of_new)


def withdrawn(row: Dissolution) -> None:
    """That it does not go on, or was a mistake of ours."""
    gone, successor, starts_on = _facts(row)
    said = [
        f"Wij schreven u dat {gone.formal_name} op {starts_on} opgaat in "
        f"{successor.formal_name}. Dat is ingetrokken: alles blijft zoals het was."
    ]
    for organisation in (gone, successor):
        _tell(row, "withdrawn", organisation, said)


def _facts(row: Dissolution) -> tuple[Organisation, Organisation, str]:
    redivision = row.redivision
    return row.organisation, redivision.successor, day(redivision.starts_on)


def _tell(
    row: Dissolution, what: str, organisation: Organisation, sentences: Sequence[str]
) -> None:
    roles = organisation.roles.active_on(timezone.localdate()).filter(name__in=WORKERS)
    emails.queue_all(
        "redivision_told",
        f"{row.pk}|{what}|{organisation.pk}",
        Person.objects.filter(is_active=True, pk__in=roles.values("person")),
        organisation=organisation,
        sentences=sentences,
    )
    emails.send_soon()
