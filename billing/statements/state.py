"""How far a statement is, in words: what happened to it, and what happens next."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from django.utils import timezone

from billing.models import Settlement
from nvsi.dutch import day, euro, iban
from nvsi.money import ZERO


class Ordered(Protocol):
    """A payment that the bank was asked to make, and the last day on which it did."""

    iban: str
    ordered_at: datetime.datetime
    paid_on: datetime.date | None


@dataclass(frozen=True)
class State:
    """A few words for a list and a sentence for a page.

    The tone chooses a colour beside the words: done, waiting or quiet.
    """

    words: str
    tone: str
    sentence: str


def state_of(settlement: Settlement) -> State:
    """Of a settlement with its payments, in the order of asking the bank, as `ordered`,
    and what came in for it as `received` and `received_on` (see with_state)."""
    if settlement.kind == Settlement.Kind.REVERSAL:
        assert settlement.reverses, "a reversal names what it reverses"
        words = f"Draait {settlement.reverses.number} terug"
        return State(words, "quiet", "")
    if settlement.status == Settlement.Status.REVERSED:
        words = f"Teruggedraaid met {settlement.reversal.number}"
        return State(words, "quiet", "Deze afrekening geldt niet meer.")
    if settlement.uitkering_gemeente < 0:
        return _to_receive(settlement)
    if settlement.status == Settlement.Status.PAID:
        return _paid(_ordered(settlement))
    if settlement.uitkering_gemeente == 0:
        return State("Niets te betalen", "done", "Er is niets te betalen.")
    return _on_its_way(settlement)


def _ordered(settlement: Settlement) -> Sequence[Ordered]:
    found: Sequence[Ordered] = settlement.ordered  # type: ignore[attr-defined]
    return found


def _received(settlement: Settlement) -> tuple[Decimal, datetime.date | None]:
    received: Decimal | None = settlement.received  # type: ignore[attr-defined]
    on: datetime.date | None = settlement.received_on  # type: ignore[attr-defined]
    return received or ZERO, on


def _to_receive(settlement: Settlement) -> State:
    """The holder pays us; of it `received`, the last of it on `received_on`."""
    received, on = _received(settlement)
    if settlement.status == Settlement.Status.PAID:
        if on is None:
            return State("Betaald", "done", "Het bedrag is betaald.")
        words = f"Ontvangen op {day(on)}"
        return State(words, "done", f"{words}. Er staat niets meer open.")
    if on is not None:
        left = -settlement.uitkering_gemeente - received
        said = f"Wij ontvingen {euro(received)} van u."
        rest = f" Er staat nog {euro(left)} open." if left > 0 else ""
        return State("U betaalt aan de NVSI", "waiting", f"{said}{rest}")
    return State(
        "U betaalt aan de NVSI",
        "waiting",
        "Het bureau neemt contact met u op over de betaling. U hoeft nu niets te doen.",
    )


def _paid(payments: Sequence[Ordered]) -> State:
    paid = [(each.paid_on, each.iban) for each in payments if each.paid_on]
    if not paid:
        return State("Betaald", "done", "Het bedrag is betaald.")
    on, account = max(paid)
    words = f"Betaald op {day(on)}"
    return State(words, "done", f"{words}, op rekening {iban(account)}.")


def _on_its_way(settlement: Settlement) -> State:
    if payments := _ordered(settlement):
        last = payments[-1]
        return State(
            "Betaling onderweg",
            "waiting",
            f"De bank kreeg op {day(timezone.localdate(last.ordered_at))} de opdracht "
            f"om dit bedrag te betalen, op rekening {iban(last.iban)}.",
        )
    if not settlement.organisation.iban:
        return State(
            "Wacht op uw rekeningnummer",
            "waiting",
            "Wij hebben nog geen rekeningnummer van u. Zodra het er is, maken wij het "
            "bedrag over.",
        )
    return State(
        "Wordt uitbetaald",
        "waiting",
        "Wij maken dit bedrag over op rekening "
        f"{iban(settlement.organisation.iban)}. U hoeft niets te doen.",
    )
