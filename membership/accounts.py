"""Another account of an organisation: written down, and told to who prepares and pays.

Who changed an account does not pay to it first (billing.paying.new_accounts):
so it takes two people to lead money somewhere else, and more who know of it.
"""

import datetime

from membership import emails, history
from membership.models import Organisation, Person, Role

CHANGED = "iban changed"
TOLD = (Role.Name.BUREAU, Role.Name.PENNINGMEESTER)


def record_iban_change(
    organisation: Organisation, *, before: str, today: datetime.date, by: Person
) -> None:
    """Record that `by` changed the IBAN, which is saved, and queue the e-mails."""
    event = history.record(
        organisation, CHANGED, by, before=before, after=organisation.iban
    )
    emails.queue_all(
        CHANGED.replace(" ", "_"),
        str(event.pk),
        Person.objects.with_role(*TOLD, on=today),
        organisation=organisation,
        before=before,
        by=by,
    )
