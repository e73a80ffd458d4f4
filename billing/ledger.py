"""Write entries in the books: balanced, numbered without gaps, chained. A leaf.

Each entry carries the sha256 of the one before, so that a change behind the triggers
breaks the chain at the first entry it touches.
"""

import datetime
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from billing.content import canonical
from billing.models.ledger import Account, Entry, Posting
from billing.models.settlements import Settlement
from membership.models import Organisation, Person
from nvsi.locks import one_at_a_time
from nvsi.money import ZERO

NO_ENTRY_YET = "0" * 64


@dataclass(frozen=True)
class Side:
    """Euros on one account: debit above zero, credit below."""

    account: str
    organisation: Organisation | None
    amount: Decimal


@dataclass(frozen=True)
class Draft:
    """An entry that is not booked yet."""

    description: str
    sides: Sequence[Side]
    settlement: Settlement | None = None

    def __post_init__(self) -> None:
        assert sum((s.amount for s in self.sides), ZERO) == 0, "debit is credit"


def entry_sha256(
    previous: str, number: int, booked_on: datetime.date, draft: Draft
) -> str:
    """The chain's link: what the entry says, and the link before it."""
    content = {
        "previous": previous,
        "number": number,
        "booked_on": booked_on.isoformat(),
        "description": draft.description,
        "settlement": draft.settlement.number if draft.settlement else None,
        "postings": [
            [
                s.account,
                s.organisation.code if s.organisation else "",
                f"{s.amount:.2f}",
            ]
            for s in draft.sides
            if s.amount
        ],
    }
    return hashlib.sha256(canonical(content)).hexdigest()


@transaction.atomic
def book(
    drafts: Iterable[Draft], *, booked_on: datetime.date, by: Person | None
) -> list[Entry]:
    """Book entries at the end of the chain; others wait until this transaction ends."""
    one_at_a_time("journal")
    last = Entry.objects.order_by("-number").values_list("number", "sha256").first()
    number, previous = last or (0, NO_ENTRY_YET)
    drafts, entries = list(drafts), []
    for draft in drafts:
        number += 1
        link = entry_sha256(previous, number, booked_on, draft)
        entries.append(
            Entry(
                number=number,
                booked_on=booked_on,
                description=draft.description,
                settlement=draft.settlement,
                booked_by=by,
                previous_sha256=previous,
                sha256=link,
            )
        )
        previous = link
    entries = Entry.objects.bulk_create(entries)
    _write_postings(entries, drafts)
    return entries


def _write_postings(entries: Iterable[Entry], drafts: Iterable[Draft]) -> None:
    accounts = {account.code: account for account in Account.objects.all()}
    Posting.objects.bulk_create(
        Posting(
            entry=entry,
            account=accounts[side.account],
            organisation=side.organisation,
            debit=max(side.amount, ZERO),
            credit=max(-side.amount, ZERO),
        )
        for entry, draft in zip(entries, drafts, strict=True)
        for side in draft.sides
        if side.amount
    )


def balances(on: datetime.date) -> dict[str, Decimal]:
    """Per account code the euros at the end of a day, debit above zero."""
    rows = (
        Posting.objects.filter(entry__booked_on__lte=on)
        .order_by()
        .values_list("account__code")
        .annotate(debit=Sum("debit"), credit=Sum("credit"))
    )
    return {code: debit - credit for code, debit, credit in rows}
