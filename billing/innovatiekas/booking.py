"""How the kas stands in the books: one balanced entry for each move of its money.

The kas is a bestemmingsreserve: a part of the association's own capital that the ALV
set apart for an instrument. Contributions stay income and development stays a cost, so
the result of a year does not depend on the kas; what is put in and taken out divides
that result (resultaatbestemming).

    fill     9700 toevoeging aan          0700 kas, vrij        a part of the result is
                                                                set apart
    reserve  0700 kas, vrij               0710 kas, gereserveerd promised to a voorstel
    release  0710 kas, gereserveerd       0700 kas, vrij        cheaper, or withdrawn
    spend    4700 kosten                  1630 te betalen       the uitvoerder is owed
             0710 kas, gereserveerd       9710 onttrekking aan  and the kas covers it

Debit stands left, credit right. A reversed contribution is a fill below zero, on the
other sides. The bank account holds the money of all; no entry of the kas moves it. What
1630 owes is paid in the next payment file (billing.paying.orders). The database
compares each movement with its entry at the commit (migration innovatiekas_guards).
"""

import datetime
from decimal import Decimal
from typing import Any

from billing.ledger import Draft, Side, book
from billing.models import KasMovement
from contracts.models import Uitvoeringsopdracht
from instruments.models import Instrument, Ontwikkelvoorstel
from membership.models import Organisation, Person

FREE, RESERVED = "0700", "0710"
TO_PAY, COSTS = "1630", "4700"
INTO_KAS, FROM_KAS = "9700", "9710"
Kind = KasMovement.Kind


def sides_of(
    kind: str, amount: Decimal, uitvoerder: Organisation | None = None
) -> list[Side]:
    """What one movement is in the books, in euros; pure, and zero in sum."""
    sides = {
        Kind.FILL: [Side(INTO_KAS, None, amount), Side(FREE, None, -amount)],
        Kind.RESERVE: [Side(FREE, None, amount), Side(RESERVED, None, -amount)],
        Kind.RELEASE: [Side(RESERVED, None, amount), Side(FREE, None, -amount)],
        Kind.SPEND: [
            Side(COSTS, uitvoerder, amount),
            Side(TO_PAY, uitvoerder, -amount),
            Side(RESERVED, None, amount),
            Side(FROM_KAS, None, -amount),
        ],
    }
    return sides[Kind(kind)]


def move(
    instrument: Instrument,
    kind: str,
    amount: Decimal,
    *,
    description: str,
    booked_on: datetime.date,
    by: Person | None,
    **ground: Any,
) -> KasMovement:
    """Book a movement and tie it to its entry; ground is what it rests on.

    Inside the transaction of a verb that holds the instrument's lock and looked whether
    there is enough; the database looks once more.
    """
    uitvoerder = None
    if kind == Kind.SPEND:
        uitvoerder = _builder(ground["voorstel"]) or instrument.uitvoerder_on(booked_on)
    draft = Draft(description[:200], sides_of(kind, amount, uitvoerder))
    [entry] = book([draft], booked_on=booked_on, by=by)
    return KasMovement.objects.create(
        entry=entry, instrument=instrument, kind=kind, amount=amount, **ground
    )


def _builder(voorstel: Ontwikkelvoorstel) -> Organisation | None:
    """Who got the order: another may carry the instrument out by now."""
    orders = Uitvoeringsopdracht.objects.filter(ontwikkelvoorstel=voorstel)
    order = orders.defer("document").select_related("uitvoerder").first()
    return order.uitvoerder if order else None
