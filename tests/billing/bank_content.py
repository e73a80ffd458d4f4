"""What the bank says, as camt.053: for tests of what was paid and came back."""

import re
from decimal import Decimal

from django.conf import settings

from billing.models import Payment, Settlement
from billing.paying.bank import Matched, read_bank_statement


def read(*entries: str, number: str = "A1") -> Matched:
    """Read a statement with these entries, as the command line does."""
    return read_bank_statement(bank_statement(*entries, number=number), by=None)


def status(name: str) -> str:
    """Of the settlement in force of the holder with this short name."""
    return Settlement.objects.in_force().get(organisation__short_name=name).status


def debit(amount: Decimal | str, *, details: str = "", batch: str = "") -> str:
    """An entry of a bank statement: money left the account."""
    named = f"<Btch><PmtInfId>{batch}</PmtInfId></Btch>" if batch else ""
    return _entry("DBIT", amount, named + details)


def credit(amount: Decimal | str, *, details: str = "", returned: bool = False) -> str:
    """An entry of a bank statement: money came in, or came back."""
    return _entry("CRDT", amount, details, returned=returned)


def paid(payment: Payment, amount: Decimal | str | None = None) -> str:
    """The bank paid this payment, or a part of it."""
    part = payment.amount if amount is None else amount
    return debit(part, details=detail(payment.end_to_end_id, payment.iban))


def came_back(payment: Payment) -> str:
    """The bank of the receiver returned this payment."""
    details = detail(payment.end_to_end_id, payment.iban, role="Dbtr")
    return credit(payment.amount, details=details, returned=True)


def detail(end_to_end_id: str, iban: str, role: str = "Cdtr") -> str:
    return (
        f"<TxDtls><Refs><EndToEndId>{end_to_end_id}</EndToEndId></Refs><RltdPties>"
        f"<{role}Acct><Id><IBAN>{iban}</IBAN></Id></{role}Acct></RltdPties></TxDtls>"
    )


def bank_statement(
    *entries: str, number: str = "2026-07-16", iban: str = "", closing: str = ""
) -> bytes:
    """A camt.053 file with one statement that adds up, unless told otherwise."""
    account = iban or settings.NVSI_IBAN
    total = sum((_signed(entry) for entry in entries), Decimal(0))
    end = closing or str(1_000_000 + total)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">'
        f"<BkToCstmrStmt><GrpHdr/><Stmt><Id>{number}</Id>"
        f"<Acct><Id><IBAN>{account}</IBAN></Id></Acct>"
        f"{_balance('OPBD', '1000000.00')}{_balance('CLBD', end)}"
        f"{''.join(entries)}</Stmt></BkToCstmrStmt></Document>"
    ).encode()


def _entry(
    sign: str, amount: Decimal | str, details: str, *, returned: bool = False
) -> str:
    reversal = "<RvslInd>true</RvslInd>" if returned else ""
    return (
        f'<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd>{reversal}'
        "<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-07-16</Dt></BookgDt>"
        f"<NtryDtls>{details}</NtryDtls></Ntry>"
    )


def _signed(entry: str) -> Decimal:
    found = re.search('Ccy="EUR">([0-9.]+)<', entry)
    assert found, "an entry has an amount"
    return Decimal(found[1]) * (-1 if "DBIT" in entry else 1)


def _balance(code: str, amount: str) -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
        "<Dt><Dt>2026-07-16</Dt></Dt></Bal>"
    )
