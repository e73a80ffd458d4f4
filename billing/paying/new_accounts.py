"""Accounts that somebody changed, and to which nothing was paid yet.

Who pays sees them, and is another than who changed them: that is the second pair of
eyes on an account. After the first payment to it an account is an old one.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from billing.models import Payment
from membership.accounts import CHANGED
from membership.models import HistoryEvent, Organisation, Person
from nvsi.dutch import iban, short_day


@dataclass(frozen=True)
class NewAccount:
    """An organisation with its account, and the last change of that."""

    organisation: Organisation
    change: HistoryEvent

    @property
    def changed_by(self) -> Person | None:
        return self.change.by

    @property
    def told(self) -> str:
        """Who changed it, and when."""
        who = self.change.by.name if self.change.by else "de beheerder"
        on = short_day(timezone.localdate(self.change.at))
        return f"gewijzigd door {who} op {on}"

    def __str__(self) -> str:
        account = iban(self.organisation.iban)
        return f"{self.organisation.code} {account} ({self.told})"


def new_accounts(organisations: Iterable[Organisation]) -> list[NewAccount]:
    """Of these organisations those with a new account, in the order given."""
    organisations = [one for one in organisations if one.iban]
    changes = {
        event.subject_id: event
        for event in HistoryEvent.objects.filter(
            subject_type=Organisation._meta.label_lower,
            subject_id__in=[one.pk for one in organisations],
            action=CHANGED,
        )
        .select_related("by")
        .order_by("pk")
    }
    paid = set(
        Payment.objects.filter(organisation__in=changes).values_list(
            "organisation", "iban"
        )
    )
    return [
        NewAccount(one, changes[one.pk])
        for one in organisations
        if one.pk in changes and (one.pk, one.iban) not in paid
    ]
