"""Ask an organisation whether what we know of it holds: name, address, numbers."""

import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from membership import emails, history
from membership.models import HistoryEvent, Organisation, Person, Role
from nvsi.dutch import day
from nvsi.errors import NotAllowed

ASKED = "details asked"
# Who was asked is left alone for so long.
REST = datetime.timedelta(days=30)


@transaction.atomic
def ask_details(organisation: Organisation, *, today: datetime.date, by: Person) -> int:
    """Write to its contactpersonen, with what we know; gives how many.

    The account number is not in it: an e-mail is no place for that. Raises NotAllowed
    for who is not of the bureau, who was asked this month, and when there is nobody.
    """
    if not by.has_role(Role.Name.BUREAU):
        raise NotAllowed("Dit vraagt het bureau.")
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if (last := _last(organisation)) and last > today - REST:
        raise NotAllowed(f"Dit is al gevraagd op {day(last)}.")
    people = list(Person.objects.contacts_of([organisation], on=today))
    if not people:
        raise NotAllowed("De organisatie heeft geen contactpersoon.")
    emails.queue_all(
        "organisation_details",
        f"{organisation.pk}|{today}",
        people,
        organisation=organisation,
        known=_known(organisation),
        page=f"{settings.SITE_URL}{reverse('home')}",
    )
    history.record(organisation, ASKED, by)
    emails.send_soon()
    return len(people)


def _known(organisation: Organisation) -> list[tuple[str, str]]:
    town = f"{organisation.postcode} {organisation.town}".strip()
    facts = [
        ("Naam", organisation.name),
        ("Adres", organisation.address),
        ("Plaats", town),
        ("KvK-nummer", organisation.kvk_number),
    ]
    return [(label, fact or "weten wij niet") for label, fact in facts]


def _last(organisation: Organisation) -> datetime.date | None:
    events = HistoryEvent.objects.filter(
        subject_type="membership.organisation",
        subject_id=organisation.pk,
        action=ASKED,
    )
    last = events.order_by("at").last()
    return timezone.localdate(last.at) if last else None
