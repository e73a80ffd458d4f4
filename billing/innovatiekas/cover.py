"""Promise money of the kas to a voorstel, pay with it, or give it back.

Asked by the verbs of verbeterwensen, in their transaction; they say who may. Each waits
for the others of its instrument, and looks before it books.
"""

from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from billing.innovatiekas.balance import Kind, balance, balance_of
from billing.innovatiekas.booking import move
from billing.innovatiekas.shares import fill
from billing.models import KasMovement
from billing.settling.settlements import lock
from instruments.models import Instrument, Ontwikkelvoorstel
from membership import history
from membership.models import Person
from nvsi.dutch import euro
from nvsi.errors import NotAllowed


def free(instrument: Instrument) -> Decimal:
    """What may still be promised, in euros."""
    return balance(instrument).free


@transaction.atomic
def reserve(voorstel: Ontwikkelvoorstel, by: Person | None) -> None:
    """Promise what the voorstel asks of the kas; nothing when it asks nothing.

    Raises NotAllowed before it is decided, or when not so much is free.
    """
    instrument = _locked(voorstel)
    voorstel.refresh_from_db()
    if not voorstel.is_decided:
        raise NotAllowed(
            f"Over {voorstel} is nog niet besloten. Uit de innovatiekas gaat niets "
            "zonder besluit."
        )
    amount = voorstel.from_kas
    if not amount:
        return
    there = free(instrument)
    if amount > there:
        raise NotAllowed(
            f"In de innovatiekas van {instrument} is {euro(there)} vrij, en dit "
            f"voorstel vraagt {euro(amount)}. Wacht tot er meer in de kas is, of zoek "
            "andere dekking."
        )
    if voorstel.kas_movements.exists():
        raise NotAllowed(f"Voor {voorstel} is al gereserveerd.")
    _move(voorstel, Kind.RESERVE, amount, "Reservering", by)


@transaction.atomic
def spend(voorstel: Ontwikkelvoorstel, amount: Decimal, by: Person | None) -> None:
    """Pay with what was promised, in euros; what is left of it is free again.

    The uitvoerder gets no more from the kas than was promised. Raises NotAllowed when
    it is more, below zero, or when the voorstel was ended.
    """
    _locked(voorstel)
    voorstel.refresh_from_db()
    promised = balance_of(voorstel).reserved
    if not promised and not amount:
        return
    if not 0 <= amount <= promised or not voorstel.is_decided:
        raise NotAllowed(
            f"Voor {voorstel} is {euro(promised)} gereserveerd in de innovatiekas. "
            f"Daar kan geen {euro(amount)} van worden betaald."
        )
    if amount:
        _move(voorstel, Kind.SPEND, amount, "Besteding", by)
    _give_back(voorstel, promised - amount, by)


@transaction.atomic
def release(voorstel: Ontwikkelvoorstel, by: Person | None) -> None:
    """Give back what was promised and not spent; nothing when there is nothing."""
    _locked(voorstel)
    _give_back(voorstel, balance_of(voorstel).reserved, by)


def _give_back(voorstel: Ontwikkelvoorstel, amount: Decimal, by: Person | None) -> None:
    if not amount:
        return
    _move(voorstel, Kind.RELEASE, amount, "Vrijval", by)
    # What could not be taken back before, goes back now.
    fill(voorstel.wens.instrument, booked_on=timezone.localdate(), by=by)


def _locked(voorstel: Ontwikkelvoorstel) -> Instrument:
    instrument = voorstel.wens.instrument
    lock(instrument)
    return instrument


def _move(
    voorstel: Ontwikkelvoorstel,
    kind: KasMovement.Kind,
    amount: Decimal,
    what: str,
    by: Person | None,
) -> None:
    movement = move(
        voorstel.wens.instrument,
        kind,
        amount,
        description=f"{what} innovatiekas {voorstel.wens.instrument}: "
        f"{voorstel.wens.reference}, voorstel {voorstel.version}",
        booked_on=timezone.localdate(),
        by=by,
        voorstel=voorstel,
    )
    history.record(movement, f"kas {kind}", by, amount=str(amount))
