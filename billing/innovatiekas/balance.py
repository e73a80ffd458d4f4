"""What is in a kas, in euros: free, promised, and what was put in and spent so far."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet, Sum

from billing.models import KasMovement
from instruments.models import Instrument, Ontwikkelvoorstel
from nvsi.money import ZERO

Kind = KasMovement.Kind


@dataclass(frozen=True)
class Balance:
    """Sums of all movements: what is in the kas is free or reserved."""

    filled: Decimal = ZERO
    reserved_ever: Decimal = ZERO
    spent: Decimal = ZERO
    released: Decimal = ZERO

    @property
    def free(self) -> Decimal:
        return self.filled - self.reserved_ever + self.released

    @property
    def reserved(self) -> Decimal:
        return self.reserved_ever - self.spent - self.released

    @property
    def total(self) -> Decimal:
        return self.free + self.reserved


def balance(instrument: Instrument) -> Balance:
    """Of the kas of an instrument, now. One query."""
    return _sums(KasMovement.objects.filter(instrument=instrument))


def balance_of(voorstel: Ontwikkelvoorstel) -> Balance:
    """Of what one voorstel moved; its `reserved` is what may still be spent."""
    return _sums(KasMovement.objects.filter(voorstel=voorstel))


def _sums(movements: QuerySet[KasMovement]) -> Balance:
    sums = dict(movements.order_by().values_list("kind").annotate(total=Sum("amount")))
    return Balance(
        filled=sums.get(Kind.FILL, ZERO),
        reserved_ever=sums.get(Kind.RESERVE, ZERO),
        spent=sums.get(Kind.SPEND, ZERO),
        released=sums.get(Kind.RELEASE, ZERO),
    )
