"""What the bank would say after a payment file: its statement, as camt.053. Pure.

The bank books the file as one amount, with every payment in the details.
"""

import datetime
from decimal import Decimal

from lxml import etree

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"
LEFT = Decimal("25000.00")  # what stays on the account


def bank_statement(
    payment_file: bytes, *, statement_id: str, booked_on: datetime.date
) -> bytes:
    """The statement of the day on which the bank paid a whole pain.001 file."""
    order = etree.fromstring(payment_file)
    total = Decimal(_text(order, ".//{*}GrpHdr/{*}CtrlSum"))
    root = etree.Element("Document", xmlns=NAMESPACE)
    message = _add(root, "BkToCstmrStmt")
    moment = f"{booked_on}T23:59:00"
    header = _add(message, "GrpHdr")
    _add(header, "MsgId", statement_id)
    _add(header, "CreDtTm", moment)
    statement = _add(message, "Stmt")
    _add(statement, "Id", statement_id)
    _add(statement, "CreDtTm", moment)
    account = _add(_add(statement, "Acct"), "Id")
    _add(account, "IBAN", _text(order, ".//{*}DbtrAcct/{*}Id/{*}IBAN"))
    _add_balance(statement, "OPBD", LEFT + total, booked_on)
    _add_balance(statement, "CLBD", LEFT, booked_on)
    _add_entry(statement, order, total, booked_on)
    return etree.tostring(
        root, xml_declaration=True, encoding="UTF-8", pretty_print=True
    )


def _add_entry(
    statement: etree._Element,
    order: etree._Element,
    total: Decimal,
    booked_on: datetime.date,
) -> None:
    entry = _add(statement, "Ntry")
    _add_amount(entry, f"{total:.2f}")
    _add(entry, "CdtDbtInd", "DBIT")
    _add(_add(entry, "Sts"), "Cd", "BOOK")
    _add(_add(entry, "BookgDt"), "Dt", booked_on.isoformat())
    _add(_add(entry, "ValDt"), "Dt", booked_on.isoformat())
    details = _add(entry, "NtryDtls")
    batch = _add(details, "Btch")
    _add(batch, "PmtInfId", _text(order, ".//{*}PmtInf/{*}PmtInfId"))
    _add(batch, "NbOfTxs", _text(order, ".//{*}GrpHdr/{*}NbOfTxs"))
    for payment in order.iterfind(".//{*}CdtTrfTxInf"):
        _add_payment(details, payment)


def _add_payment(details: etree._Element, payment: etree._Element) -> None:
    detail = _add(details, "TxDtls")
    _add(_add(detail, "Refs"), "EndToEndId", _text(payment, ".//{*}EndToEndId"))
    _add_amount(detail, _text(payment, ".//{*}InstdAmt"))
    _add(detail, "CdtDbtInd", "DBIT")
    parties = _add(detail, "RltdPties")
    _add(_add(_add(parties, "Cdtr"), "Pty"), "Nm", _text(payment, "{*}Cdtr/{*}Nm"))
    account = _add(_add(parties, "CdtrAcct"), "Id")
    _add(account, "IBAN", _text(payment, "{*}CdtrAcct/{*}Id/{*}IBAN"))
    _add(_add(detail, "RmtInf"), "Ustrd", _text(payment, ".//{*}Ustrd"))


def _add_balance(
    statement: etree._Element, code: str, amount: Decimal, day: datetime.date
) -> None:
    balance = _add(statement, "Bal")
    _add(_add(_add(balance, "Tp"), "CdOrPrtry"), "Cd", code)
    _add_amount(balance, f"{amount:.2f}")
    _add(balance, "CdtDbtInd", "CRDT")
    _add(_add(balance, "Dt"), "Dt", day.isoformat())


def _add_amount(parent: etree._Element, amount: str) -> None:
    _add(parent, "Amt", amount).set("Ccy", "EUR")


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    child = etree.SubElement(parent, name)
    child.text = text
    return child


def _text(node: etree._Element, path: str) -> str:
    return node.findtext(path) or ""
