"""How far a statement is, in words: what happened to it, and what happens next."""

from dataclasses import dataclass

from django.utils import timezone

from billing.models import Payment, Settlement
from nvsi.dutch import day, iban
from nvsi.money import ZERO


@dataclass(frozen=True)
class State:
    """A few words for a list and a sentence for a page.

    The tone chooses a colour beside the words: done, waiting or quiet.
    """

    words: str
    tone: str
    sentence: str


def state_of(settlement: Settlement) -> State:
    """Asks for the payments with their matches and lines, and for the reversal."""
    if settlement.kind == Settlement.Kind.REVERSAL:
        assert settlement.reverses, "a reversal names what it reverses"
        words = f"Draait {settlement.reverses.number} terug"
        return State(words, "quiet", "")
    if settlement.status == Settlement.Status.REVERSED:
        words = f"Teruggedraaid met {settlement.reversal.number}"
        return State(words, "quiet", "Deze afrekening geldt niet meer.")
    if settlement.status == Settlement.Status.PAID:
        return _paid(list(settlement.payments.all()))
    if settlement.uitkering_gemeente < 0:
        return State(
            "U betaalt aan de NVSI",
            "waiting",
            "Het bureau neemt contact met u op over de betaling. "
            "U hoeft nu niets te doen.",
        )
    if settlement.uitkering_gemeente == 0:
        return State("Niets te betalen", "done", "Er is niets te betalen.")
    return _on_its_way(settlement)


def _paid(payments: list[Payment]) -> State:
    paid = [
        (match.line.booked_on, payment)
        for payment in payments
        for match in payment.matches.all()
        if match.amount > ZERO
    ]
    if not paid:
        return State("Betaald", "done", "Het bedrag is betaald.")
    on, payment = max(paid, key=lambda each: each[0])
    words = f"Betaald op {day(on)}"
    return State(words, "done", f"{words}, op rekening {iban(payment.iban)}.")


def _on_its_way(settlement: Settlement) -> State:
    payments = list(settlement.payments.all())
    if payments:
        last = max(payments, key=lambda payment: payment.batch.exported_at)
        return State(
            "Betaling onderweg",
            "waiting",
            f"De bank kreeg op {_moment(last)} de opdracht om dit bedrag te betalen, "
            f"op rekening {iban(last.iban)}.",
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


def _moment(payment: Payment) -> str:
    return day(timezone.localdate(payment.batch.exported_at))
