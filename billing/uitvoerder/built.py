"""What an uitvoerder gets for orders that were accepted, and how far that is."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from billing.innovatiekas.booking import TO_PAY
from billing.models import KasMovement, Payment
from billing.paying.orders import order_of
from billing.uitvoerder.fees import state_of
from contracts.models import Uitvoeringsopdracht
from instruments.models import Verbeterwens
from instruments.wishes.beside import Beside, tellers
from membership.models import Organisation
from nvsi.dutch import euro
from nvsi.money import ZERO


@dataclass(frozen=True)
class Built:
    """One order; it is None when it was given before the portal kept orders."""

    title: str
    reference: str
    order: Uitvoeringsopdracht | None
    on: datetime.date
    amount: str
    words: str
    tone: str


def built_by(uitvoerder: Organisation) -> list[Built]:
    """All that is owed or was paid to it from an innovatiekas, the newest first."""
    spent = KasMovement.objects.filter(
        kind=KasMovement.Kind.SPEND,
        entry__postings__account__code=TO_PAY,
        entry__postings__organisation=uitvoerder,
    )
    return [_built(one, uitvoerder) for one in spent.with_ground().order_by("-pk")]


def _built(movement: KasMovement, uitvoerder: Organisation) -> Built:
    assert movement.voorstel is not None, "what was spent rests on a voorstel"
    order = order_of(movement)
    words, tone = state_of(_payments(movement), uitvoerder)
    return Built(
        title=movement.voorstel.wens.title,
        reference=order.reference if order else f"boekstuk {movement.entry.number}",
        order=order,
        on=movement.entry.booked_on,
        amount=euro(movement.amount),
        words=words,
        tone=tone,
    )


def _payments(movement: KasMovement) -> list[Payment]:
    """In force: what came back is ordered again."""
    rows = movement.payments.prefetch_related("matches__line").order_by("pk")
    return [one for one in rows if not any(m.amount < 0 for m in one.matches.all())]


def paid_for_wens(wens: Verbeterwens) -> Iterator[Beside]:
    """That the bank paid the uitvoerder for what was built. Two queries."""
    for payment in Payment.objects.filter(
        movement__voorstel__wens=wens
    ).prefetch_related("matches__line"):
        matches = payment.matches.all()
        if sum((match.amount for match in matches), ZERO) == payment.amount:
            on = max(match.line.booked_on for match in matches)
            yield Beside(on, f"Aan de uitvoerder betaald: {euro(payment.amount)}")


def register() -> None:
    """Let the pages of verbeterwensen tell that their order was paid."""
    if paid_for_wens not in tellers:
        tellers.append(paid_for_wens)
