"""Reads bank statements: ISO 20022 camt.053, versions .02 to .08 and alike.

The namespace of the version is ignored; names are looked up by themselves. What is
read must add up, or nothing is read: the details of a batch to their entry, and the
opening balance plus the lines to the closing balance. The file comes from outside:
no DTD, no entities, no network, no more than 20 MB.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from lxml import etree

from nvsi.dutch import euro
from nvsi.errors import NotAllowed
from nvsi.money import CENT, ZERO

MOST_MEGABYTES = 20
OPENING = ("OPBD", "PRCD")  # the opening balance, or else the previous closing one


class StatementRefused(NotAllowed, ValueError):
    """A file that cannot be trusted; its text is a Dutch sentence for the user."""


@dataclass(frozen=True)
class BankLine:
    """One booking in euros: credit positive, debit negative.

    `reference` is the bank's, or else a hash of the content; it is unique within its
    statement, and the same when that statement is read again. `batch_id` is the
    PmtInfId of a payment file that the bank booked as one amount. `reversal` marks
    what was returned or booked back; the sign is that of this booking.
    """

    reference: str
    booked_on: date
    amount: Decimal
    end_to_end_id: str | None
    counterparty_iban: str | None
    counterparty_name: str
    remittance: str
    reversal: bool
    batch_id: str | None = None


@dataclass(frozen=True)
class BankStatement:
    """One statement of one account in euros; opening + lines = closing."""

    statement_id: str
    iban: str
    opening: Decimal
    closing: Decimal
    lines: tuple[BankLine, ...]


def read_statements(content: bytes) -> tuple[BankStatement, ...]:
    """Read every statement of a camt.053 file, in the order of the file.

    Raises StatementRefused when the file is not such a file, not in euros, or does
    not add up.
    """
    root = _parse(content)
    message = root.find("{*}BkToCstmrStmt")
    if etree.QName(root).localname != "Document" or message is None:
        raise StatementRefused("Dit is geen bankafschrift in de vorm camt.053.")
    statements = tuple(_statement(node) for node in message.iterfind("{*}Stmt"))
    if not statements:
        raise StatementRefused("In dit bestand staat geen enkel afschrift.")
    names = Counter((one.iban, one.statement_id) for one in statements)
    for (_, statement_id), count in names.items():
        if count > 1:
            raise StatementRefused(f"Afschrift {statement_id} staat {count} keer erin.")
    return statements


def _parse(content: bytes) -> etree._Element:
    if len(content) > MOST_MEGABYTES * 1024 * 1024:
        raise StatementRefused(f"Het bestand is groter dan {MOST_MEGABYTES} MB.")
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise StatementRefused("Dit is geen leesbaar XML-bestand.") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise StatementRefused("Het bestand heeft een DTD; die hoort er niet in.")
    return root


def _statement(node: etree._Element) -> BankStatement:
    statement_id, iban = _text(node, "Id"), _text(node, "Acct/Id/IBAN")
    if not statement_id or not iban:
        raise StatementRefused("Een afschrift heeft geen nummer of geen IBAN.")
    try:
        if _text(node, "Acct/Ccy") not in {"", "EUR"}:
            raise StatementRefused("de rekening is niet in euro.")
        opening, closing = _balance(node, OPENING), _balance(node, ("CLBD",))
        booked = (entry for entry in node.iterfind("{*}Ntry") if _is_booked(entry))
        lines = tuple(line for entry in booked for line in _lines(entry, iban))
        _check_balance(opening, lines, closing)
    except StatementRefused as refusal:
        raise StatementRefused(f"Afschrift {statement_id}: {refusal}") from refusal
    named = tuple(_with_reference(lines, statement_id))
    return BankStatement(statement_id, iban, opening, closing, named)


def _check_balance(
    opening: Decimal, lines: Iterable[BankLine], closing: Decimal
) -> None:
    expected = opening + sum((line.amount for line in lines), ZERO)
    if expected != closing:
        raise StatementRefused(
            f"beginsaldo en boekingen geven samen {euro(expected)}, het eindsaldo is"
            f" {euro(closing)}; het verschil is {euro(closing - expected)}."
        )


def _balance(node: etree._Element, codes: tuple[str, ...]) -> Decimal:
    for code in codes:
        for balance in node.iterfind("{*}Bal"):
            if _text(balance, "Tp/CdOrPrtry/Cd") == code:
                return _signed(balance, _amount(balance, "Amt"))
    raise StatementRefused(f"het saldo {' of '.join(codes)} ontbreekt.")


def _is_booked(entry: etree._Element) -> bool:
    return "BOOK" in (_text(entry, "Sts"), _text(entry, "Sts/Cd"))


def _lines(entry: etree._Element, own_iban: str) -> Iterator[BankLine]:
    """Give one line per detail of the entry, or one where the bank gives no detail."""
    amount = _signed(entry, _amount(entry, "Amt"))
    details = entry.findall("{*}NtryDtls/{*}TxDtls")
    if not details:
        yield _line(entry, entry, amount, own_iban)
        return
    amounts = [_detail_amount(detail, amount, len(details)) for detail in details]
    total = sum(amounts, ZERO)
    if total != amount:
        raise StatementRefused(
            f"de details van een boeking van {euro(amount)} geven samen"
            f" {euro(total)}; het verschil is {euro(amount - total)}."
        )
    for detail, part in zip(details, amounts, strict=True):
        yield _line(entry, detail, part, own_iban)


def _detail_amount(
    detail: etree._Element, entry_amount: Decimal, count: int
) -> Decimal:
    """Give the detail's part of the entry in euros, with its sign."""
    for path in ("Amt", "AmtDtls/TxAmt/Amt"):
        found = _find(detail, path)
        if found is not None and (count > 1 or found.get("Ccy") == "EUR"):
            positive = _amount(detail, path)
            if _find(detail, "CdtDbtInd") is not None:
                return _signed(detail, positive)
            return positive.copy_sign(entry_amount)
    if count > 1:
        raise StatementRefused("een detail van een verzamelboeking heeft geen bedrag.")
    return entry_amount


def _line(
    entry: etree._Element, detail: etree._Element, amount: Decimal, own_iban: str
) -> BankLine:
    iban, name = _counterparty(detail, own_iban, amount)
    return BankLine(
        reference=_provided(detail, "Refs/AcctSvcrRef")
        or _provided(entry, "AcctSvcrRef")
        or "",
        booked_on=_booked_on(entry),
        amount=amount,
        end_to_end_id=_provided(detail, "Refs/EndToEndId"),
        counterparty_iban=iban or None,
        counterparty_name=name,
        remittance=_remittance(entry, detail),
        reversal=_is_reversal(entry, detail),
        batch_id=_provided(detail, "Refs/PmtInfId")
        or _provided(entry, "NtryDtls/Btch/PmtInfId"),
    )


def _is_reversal(entry: etree._Element, detail: etree._Element) -> bool:
    booked_back = _text(entry, "RvslInd") in {"true", "1"}
    return booked_back or _find(detail, "RtrInf") is not None


def _counterparty(
    detail: etree._Element, own_iban: str, amount: Decimal
) -> tuple[str, str]:
    """Give IBAN and name of the other side.

    Of a returned payment some banks keep the roles of the original and others turn
    them; so the role that fits the sign comes first, and our own account never.
    """
    roles = ("Dbtr", "Cdtr") if amount > 0 else ("Cdtr", "Dbtr")
    for party in (f"RltdPties/{role}" for role in roles):
        iban = _text(detail, f"{party}Acct/Id/IBAN")
        name = _text(detail, f"{party}/Nm") or _text(detail, f"{party}/Pty/Nm")
        if iban != own_iban and (iban or name):
            return iban, name
    return "", ""


def _remittance(entry: etree._Element, detail: etree._Element) -> str:
    structured = detail.iterfind("{*}RmtInf/{*}Strd/{*}CdtrRefInf/{*}Ref")
    free = detail.iterfind("{*}RmtInf/{*}Ustrd")
    texts = [_clean(node.text) for node in (*structured, *free)]
    given = " ".join(text for text in texts if text)
    return given or _text(detail, "AddtlTxInf") or _text(entry, "AddtlNtryInf")


def _booked_on(entry: etree._Element) -> date:
    written = _text(entry, "BookgDt/Dt") or _text(entry, "BookgDt/DtTm")
    day = written[:10]  # what may follow is a time or a time zone
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", day):
            raise ValueError(day)
        return date.fromisoformat(day)
    except ValueError as error:
        raise StatementRefused(f"de boekdatum {written!r} klopt niet.") from error


def _amount(node: etree._Element, path: str) -> Decimal:
    found = _find(node, path)
    text = "" if found is None else _clean(found.text)
    if found is None or not re.fullmatch(r"[0-9]{1,13}(\.[0-9]{1,5})?", text):
        raise StatementRefused(f"het bedrag {text!r} klopt niet.")
    if found.get("Ccy") != "EUR":
        raise StatementRefused(f"het bedrag {text} is niet in euro.")
    amount = Decimal(text)
    if amount != amount.quantize(CENT):
        raise StatementRefused(f"het bedrag {text} is niet in hele centen.")
    return amount.quantize(CENT)


def _signed(node: etree._Element, amount: Decimal) -> Decimal:
    match _text(node, "CdtDbtInd"):
        case "CRDT":
            return amount
        case "DBIT":
            return ZERO - amount
        case other:
            raise StatementRefused(f"{other!r} is niet bij of af (CRDT of DBIT).")


def _with_reference(lines: Iterable[BankLine], statement: str) -> Iterator[BankLine]:
    """Make every reference unique; a batch shares that of its entry."""
    seen: Counter[str] = Counter()
    for line in lines:
        reference = line.reference or _fingerprint(line, statement)
        seen[reference] += 1
        turn = seen[reference]
        yield replace(line, reference=f"{reference}/{turn}" if turn > 1 else reference)


def _fingerprint(line: BankLine, statement_id: str) -> str:
    content = (
        statement_id,
        line.booked_on.isoformat(),
        str(line.amount),
        line.end_to_end_id or "",
        line.counterparty_iban or "",
        line.counterparty_name,
        line.remittance,
    )
    return hashlib.sha256("\x1f".join(content).encode()).hexdigest()


def _provided(node: etree._Element, path: str) -> str | None:
    text = _text(node, path)
    return text if text not in {"", "NOTPROVIDED"} else None


def _find(node: etree._Element, path: str) -> etree._Element | None:
    return node.find("/".join(f"{{*}}{step}" for step in path.split("/")))


def _text(node: etree._Element, path: str) -> str:
    found = _find(node, path)
    return "" if found is None else _clean(found.text)


def _clean(text: str | None) -> str:
    return " ".join((text or "").split())
