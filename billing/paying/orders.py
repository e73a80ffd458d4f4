"""What the uitvoerder gets for an order that was delivered and accepted.

The innovatiekas spent it: that movement is booked as a debt (1630), and paid like all
other dues. What an order costs beside the kas is not in these books.
"""

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum

from billing.innovatiekas.booking import TO_PAY
from billing.models import KasMovement, Match, Payment
from contracts.models import Uitvoeringsopdracht
from membership.models import Organisation
from nvsi.money import ZERO


def uitvoerder_of(movement: KasMovement) -> Organisation | None:
    """To whom it was booked as a debt."""
    owed = movement.entry.postings.filter(account__code=TO_PAY)
    posting = owed.select_related("organisation").first()
    return posting.organisation if posting else None


def order_of(movement: KasMovement) -> Uitvoeringsopdracht | None:
    rows = Uitvoeringsopdracht.objects.filter(ontwikkelvoorstel=movement.voorstel_id)
    return rows.defer("document").first()


def reference_of(movement: KasMovement) -> str:
    """UO-2026-0007; from before there were orders its boekstuk."""
    order = order_of(movement)
    return order.reference if order else f"KAS-{movement.entry.number}"


def paid_for(movement: KasMovement) -> Decimal:
    """Euros that were ordered at the bank and did not come back."""
    payments = Payment.objects.filter(movement=movement)
    came_back = Match.objects.filter(payment__movement=movement, amount__lt=0)
    return _sum(payments) + _sum(came_back)


def _sum(rows: QuerySet[Any]) -> Decimal:
    return Decimal(rows.aggregate(total=Sum("amount", default=ZERO))["total"])
