"""Checks on the innovatiekas: again from contributions, decisions and the books."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from django.db.models import Prefetch

from billing.innovatiekas.balance import balance
from billing.innovatiekas.booking import FREE, FROM_KAS, INTO_KAS, RESERVED, sides_of
from billing.innovatiekas.shares import dues
from billing.models import KasMovement, Posting
from instruments.models import Instrument
from nvsi.dutch import euro
from nvsi.money import ZERO

OF_THE_KAS = (FREE, RESERVED, INTO_KAS, FROM_KAS)
Kind = KasMovement.Kind


def check_kas() -> Iterator[str | int]:
    """Each movement is booked, has its ground, and found the money that it moved.

    What the contributions of a half-year brought is their share; more only while what
    has to go back was promised or spent.
    """
    postings = Posting.objects.select_related("account").order_by("pk")
    movements = list(
        KasMovement.objects.with_ground()
        .prefetch_related(Prefetch("entry__postings", postings))
        .order_by("entry__number")
    )
    yield len(movements)
    for movement in movements:
        yield from _check_entry(movement)
        yield from _check_ground(movement)
    yield from _check_balances(movements)
    yield from _check_others()
    for instrument in Instrument.objects.order_by("pk"):
        yield from _check_shares(instrument)


def _check_entry(movement: KasMovement) -> Iterator[str]:
    booked = [
        (posting.account.code, posting.debit - posting.credit)
        for posting in movement.entry.postings.all()
    ]
    expected = sides_of(movement.kind, movement.amount)
    if booked != [(side.account, side.amount) for side in expected]:
        yield f"Innovatiekas: {movement} is anders geboekt dan {_words(movement)}."


def _check_ground(movement: KasMovement) -> Iterator[str]:
    expected = movement.amount
    if movement.dotatie is not None:
        expected = movement.dotatie.amount
    elif movement.voorstel is not None and movement.kind == Kind.RESERVE:
        expected = movement.voorstel.from_kas
    if movement.amount != expected:
        yield (
            f"Innovatiekas: {movement} is {euro(movement.amount)}, besloten is "
            f"{euro(expected)}."
        )


def _check_balances(movements: Iterable[KasMovement]) -> Iterator[str]:
    """In the order in which they were booked, no balance was ever below zero."""
    there: dict[tuple[str, int | None], Decimal] = defaultdict(lambda: ZERO)
    for movement in movements:
        free = ("vrij", movement.instrument_id)
        promised = ("gereserveerd", movement.voorstel_id)
        amount = movement.amount
        if movement.kind in (Kind.FILL, Kind.RELEASE):
            there[free] += amount
        if movement.kind == Kind.RESERVE:
            there[free] -= amount
            there[promised] += amount
        if movement.kind in (Kind.SPEND, Kind.RELEASE):
            there[promised] -= amount
        for what, left in ((free[0], there[free]), (promised[0], there[promised])):
            if left < 0:
                yield (f"Innovatiekas: na {movement} is wat {what} is, {euro(left)}.")


def _check_others() -> Iterator[str]:
    """Nothing else is booked on the accounts of the kas."""
    others = Posting.objects.filter(
        account__code__in=OF_THE_KAS, entry__kas_movement=None
    )
    numbers = others.order_by("entry__number").values_list("entry__number", flat=True)
    for number in dict.fromkeys(numbers):
        yield f"Innovatiekas: boekstuk {number} is van de kas, zonder beweging."


def _check_shares(instrument: Instrument) -> Iterator[str]:
    free = None
    for due in dues(instrument):
        if not due.difference:
            continue
        free = balance(instrument).free if free is None else free
        if due.difference > 0 or free > 0:
            yield (
                f"Innovatiekas: {due.period} bracht {euro(due.booked)}, en hoort "
                f"{euro(due.target)} te brengen."
            )


def _words(movement: KasMovement) -> str:
    return f"{movement.get_kind_display()} van {euro(movement.amount)}"
