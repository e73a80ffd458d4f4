"""The innovatiekas as verbeterwensen see it: what is free, and how to move it.

The kas stands in the ledger, in an app above this one, which registers its functions
here. Each is called inside the transaction of the verb that decides; without a
registration nothing that costs the kas money can be decided. Amounts are euros.
"""

from decimal import Decimal
from typing import Protocol

from instruments.models import Instrument, Ontwikkelvoorstel
from membership.models import Person
from nvsi.errors import NotAllowed


class Cover(Protocol):
    """What the app of the ledger gives: a module or an object with these functions."""

    def free(self, instrument: Instrument) -> Decimal:
        """What is in the kas and not promised."""

    def reserve(self, voorstel: Ontwikkelvoorstel, by: Person) -> None:
        """Promise from_kas of a voorstel. Raises NotAllowed when it is not there."""

    def release(self, voorstel: Ontwikkelvoorstel, by: Person) -> None:
        """Give back what is still promised to a voorstel; nothing when nothing is."""

    def spend(self, voorstel: Ontwikkelvoorstel, amount: Decimal, by: Person) -> None:
        """Pay from what was promised, and give back what is left of it. Raises
        NotAllowed above what was promised."""


_covers: list[Cover] = []


def register(cover: Cover) -> None:
    """The last one that registers counts."""
    _covers[:] = [cover]


def free(instrument: Instrument) -> Decimal | None:
    """What is free in the kas; None while there is no kas."""
    return _covers[0].free(instrument) if _covers else None


def reserve(voorstel: Ontwikkelvoorstel, by: Person) -> None:
    if voorstel.from_kas:
        _kas().reserve(voorstel, by)


def release(voorstel: Ontwikkelvoorstel, by: Person) -> None:
    if voorstel.from_kas and voorstel.agreed_at is not None:
        _kas().release(voorstel, by)


def spend(voorstel: Ontwikkelvoorstel, amount: Decimal, by: Person) -> None:
    if voorstel.from_kas:
        _kas().spend(voorstel, amount, by)


def _kas() -> Cover:
    if not _covers:
        raise NotAllowed("Er is geen innovatiekas om dit uit te betalen.")
    return _covers[0]
