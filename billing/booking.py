"""From an approved settlement to one balanced entry. Step 4 of the road.

The opdrachtgevers owe the gross revenue; the candidates, the gemeente and the
uitvoerder are owed theirs; both halves of the contribution are income of the NVSI.
Source: seed 002 (the money runs over the NVSI's account), domain rule 16 and 3.11a.
"""

import datetime
from collections.abc import Iterable
from decimal import Decimal

from billing.ledger import Draft, Side, book
from billing.models import Entry, Payment, Settlement
from membership.models import Organisation, Person

BANK = "1000"
OPDRACHTGEVERS = "1300"
PREMIES = "1600"
GEMEENTEN = "1610"
UITVOERDER = "1620"
ORDERS = "1630"
BIJDRAGE_GEMEENTE = "8000"
BIJDRAGE_UITVOERDER = "8010"


def postings_for(settlement: Settlement, uitvoerder: Organisation | None) -> list[Side]:
    """The sides of a settlement's entry, in euros; pure, and zero in sum.

    A negative result stands on the other side: then the gemeente owes it.
    """
    holder = settlement.organisation
    return [
        Side(OPDRACHTGEVERS, holder, settlement.bruto_omzet),
        Side(PREMIES, holder, -settlement.premies),
        Side(GEMEENTEN, holder, -settlement.uitkering_gemeente),
        Side(UITVOERDER, uitvoerder, -settlement.uitkering_uitvoerder),
        Side(BIJDRAGE_GEMEENTE, holder, -settlement.afdracht_gemeente),
        Side(BIJDRAGE_UITVOERDER, holder, -settlement.afdracht_uitvoerder),
    ]


def draft_for(settlement: Settlement, uitvoerder: Organisation | None) -> Draft:
    return Draft(
        description=f"{settlement} {settlement.period.halfyear} "
        f"{settlement.organisation}"[:200],
        sides=postings_for(settlement, uitvoerder),
        settlement=settlement,
    )


def uitvoerder_of(settlement: Settlement) -> Organisation | None:
    """Who carried the instrument out at the end of the settled half-year."""
    period = settlement.period
    return period.instrument.uitvoerder_on(period.halfyear.last_day)


def book_settlements(
    settlements: Iterable[Settlement], *, booked_on: datetime.date, by: Person
) -> list[Entry]:
    """One entry per settlement, reversals mirrored, in order of number."""
    settlements = list(settlements)
    if not settlements:
        return []
    uitvoerder = uitvoerder_of(settlements[0])
    return book(
        [draft_for(settlement, uitvoerder) for settlement in settlements],
        booked_on=booked_on,
        by=by,
    )


def book_payment(
    payment: Payment, amount: Decimal, *, booked_on: datetime.date, by: Person | None
) -> Entry:
    """Money left the account for a payment (amount above zero), or came back."""
    owed = GEMEENTEN if payment.settlement_id else UITVOERDER
    if payment.movement_id:
        owed = ORDERS
    what = f"Betaling {payment.end_to_end_id}"
    return _book_bank(what, owed, payment.organisation, amount, booked_on, by)


def book_receipt(
    settlement: Settlement,
    amount: Decimal,
    *,
    booked_on: datetime.date,
    by: Person | None,
) -> Entry:
    """A holder paid what it owed (amount below zero), or that is undone.

    A negative result stands as a debit among the debts to gemeenten; this credits it.
    """
    undone = ", ongedaan gemaakt" if amount > 0 else ""
    what = f"Ontvangst voor {settlement}{undone}"
    holder = settlement.organisation
    return _book_bank(what, GEMEENTEN, holder, amount, booked_on, by)


def _book_bank(
    what: str,
    owed: str,
    organisation: Organisation,
    amount: Decimal,
    booked_on: datetime.date,
    by: Person | None,
) -> Entry:
    sides = [Side(owed, organisation, amount), Side(BANK, None, -amount)]
    return book([Draft(what, sides)], booked_on=booked_on, by=by)[0]
