"""Whom a party wants to be called after a datalek, from a day to a day.

By our text a change holds from the moment that it is told: nobody has to consent.
"""

import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from contracts.models import BreachContact
from membership import history
from membership.models import Organisation, Person


def contacts_of(
    organisation: Organisation | None, on: datetime.date
) -> QuerySet[BreachContact]:
    """Who is called on a day, the latest first; None stands for the NVSI itself."""
    running = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    rows = BreachContact.objects.filter(running, starts_on__lte=on)
    return rows.filter(organisation=organisation).order_by("-starts_on", "-pk")


@transaction.atomic
def name_contact(
    organisation: Organisation,
    *,
    function: str,
    email: str,
    telephone: str,
    today: datetime.date,
    by: Person,
) -> BreachContact:
    """From today this one is called, in the place of who was before.

    What was written down today is corrected; what is older ended yesterday and stays.
    The same once more changes nothing.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    running = list(contacts_of(organisation, today))
    facts = {"function": function, "email": email, "telephone": telephone}
    latest = running[0] if running else None
    if latest and all(getattr(latest, name) == said for name, said in facts.items()):
        return latest
    row = next((one for one in running if one.starts_on == today), None)
    row = row or BreachContact(organisation=organisation, starts_on=today)
    for name, said in facts.items():
        setattr(row, name, said)
    row.full_clean()
    row.save()
    for older in running:
        if older.pk != row.pk:
            _end(older, today)
    history.record(row, "given", by)
    return row


def _end(contact: BreachContact, today: datetime.date) -> None:
    yesterday = today - datetime.timedelta(days=1)
    contact.ends_on = max(contact.starts_on, yesterday)
    contact.save(update_fields=["ends_on"])
