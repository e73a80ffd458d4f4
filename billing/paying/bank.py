"""Read what the bank says: each line is kept once, and what is ours is matched.

Source: camt.053 (billing.paying.camt), domain 3.11a. What is matched stands in
billing.paying.matching.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from billing.models import BankLine, BankStatement
from billing.paying import camt
from billing.paying.matching import (
    MATCHERS,
    hold_payments_back,
    is_return,
    mark_paid_by,
    match_by_itself,
)
from billing.settling.settlements import require_role
from membership import history
from membership.models import Person
from nvsi.errors import NotAllowed


@dataclass(frozen=True)
class Matched:
    """What a file came to: how many lines are new, matched, known, left to a person.

    returned names the payments among the last that came back. Once a settlement is
    paid it cannot go back: a person reverses it, and matches the line after that.
    """

    stored: int
    matched: int
    known: int
    unmatched: int
    returned: tuple[str, ...] = ()


@transaction.atomic
def read_bank_statement(content: bytes, *, by: Person | None) -> Matched:
    """Keep every line of a camt.053 file once; match and book what is ours.

    `by` is None for the command line. Raises NotAllowed, and keeps nothing, when the
    file cannot be trusted, is not of the NVSI's account, or says something else than
    the same statement said before.
    """
    if by is not None:
        require_role(by, MATCHERS, "een bankafschrift inlezen")
    statements = camt.read_statements(content)
    _require_own_account(statements)
    hold_payments_back()
    known, new = 0, list[BankLine]()
    for statement in statements:
        if (before := _read_before(statement)) is not None:
            known += before.lines.count()
        else:
            new += _store(statement, by)
    left = [line for line in new if not match_by_itself(line, by=by)]
    mark_paid_by(new)
    return Matched(
        stored=len(new),
        matched=len(new) - len(left),
        known=known,
        unmatched=len(left),
        returned=tuple(line.end_to_end_id for line in left if is_return(line)),
    )


def _require_own_account(statements: Iterable[camt.BankStatement]) -> None:
    own = settings.NVSI_IBAN.replace(" ", "")
    for statement in statements:
        if statement.iban != own:
            raise NotAllowed(
                f"Afschrift {statement.statement_id} is van rekening {statement.iban}, "
                f"niet van die van de vereniging ({own})."
            )


def _read_before(statement: camt.BankStatement) -> BankStatement | None:
    before = BankStatement.objects.filter(
        iban=statement.iban, statement_id=statement.statement_id
    ).first()
    if before is None:
        return None
    said = {
        (line.reference, line.booked_on, line.amount) for line in _moving(statement)
    }
    kept = set(before.lines.values_list("reference", "booked_on", "amount"))
    balances = (statement.opening, statement.closing)
    if said != kept or balances != (before.opening, before.closing):
        raise NotAllowed(
            f"Afschrift {statement.statement_id} is al ingelezen, met een andere "
            "inhoud. Vraag de bank welk afschrift het goede is."
        )
    return before


def _moving(statement: camt.BankStatement) -> list[camt.BankLine]:
    """Without the notices of € 0,00 that some banks put between the bookings."""
    return [line for line in statement.lines if line.amount]


def _store(statement: camt.BankStatement, by: Person | None) -> list[BankLine]:
    row = BankStatement(
        iban=statement.iban,
        statement_id=statement.statement_id,
        opening=statement.opening,
        closing=statement.closing,
        read_by=by,
    )
    _require_fits(row, statement.statement_id)
    row.save()
    lines = [_line(row, line) for line in _moving(statement)]
    history.record(row, "read", by, lines=len(lines))
    return BankLine.objects.bulk_create(lines)


def _line(statement: BankStatement, line: camt.BankLine) -> BankLine:
    row = BankLine(
        statement=statement,
        reference=line.reference,
        booked_on=line.booked_on,
        amount=line.amount,
        reversal=line.reversal,
        end_to_end_id=line.end_to_end_id or "",
        batch_id=line.batch_id or "",
        counterparty_name=line.counterparty_name[:140],
        counterparty_iban=line.counterparty_iban or "",
        remittance=line.remittance[:200],
    )
    _require_fits(row, statement.statement_id)
    return row


def _require_fits(row: BankStatement | BankLine, statement_id: str) -> None:
    try:
        row.clean_fields(exclude=["statement", "read_by"])
    except ValidationError as error:
        why = " ".join(error.messages)
        raise NotAllowed(f"Afschrift {statement_id[:35]}: {why}") from error
