"""Another e-mail address of somebody: by the bureau, since it says who logs in."""

from django.db import transaction
from django.utils import timezone

from membership import emails, history
from membership.models import Person, Role
from membership.people import clean_email
from nvsi.errors import NotAllowed


@transaction.atomic
def change_address(person: Person, *, email: str, by: Person) -> Person:
    """The same person under another address; both addresses are told.

    Links that were sent to the old one die with it. Raises NotAllowed for who may not,
    and for an address that is none or of somebody else.
    """
    if why := _objection(person, by):
        raise NotAllowed(why)
    address = clean_email(email)
    if address is None:
        raise NotAllowed(f"'{email[:80]}' is geen e-mailadres.")
    if known := Person.objects.filter(email=address).first():
        raise NotAllowed(f"Dit adres is al van {known}.")
    person = Person.objects.select_for_update().get(pk=person.pk)
    before, person.email = person.email, address
    person.full_clean(exclude=["password"])
    person.save(update_fields=["email"])
    event = history.record(person, "changed", by, fields=["email"])
    now = timezone.localtime()
    for to in (before, address):
        emails.queue_to_address(
            "address_changed", str(event.pk), to, person=person, at=now
        )
    emails.send_soon()
    return person


def _objection(person: Person, by: Person) -> str | None:
    if not by.is_association:
        return "Een e-mailadres wijzigt het bureau."
    if person.pk == by.pk:
        return "Uw eigen e-mailadres laat u door een ander wijzigen."
    if person.is_association and not by.has_role(Role.Name.BESTUUR):
        return (
            "Het e-mailadres van iemand van de vereniging wijzigt iemand van het "
            "bestuur."
        )
    return None
