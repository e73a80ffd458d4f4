"""The payment file: a SEPA credit transfer, ISO 20022 pain.001.001.09.

One batch, one date, euros. `sepaxml` writes the tree; this module guards what goes
in and gives the file our own identifiers, so that the same input gives the same
bytes. Sources: EPC132-08 (customer-to-PSP implementation guidelines: lengths,
identifiers, service level) and EPC217-08 (characters). An address is left out or
structured (town and country), as is required from November 2026.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from importlib.resources import files
from zoneinfo import ZoneInfo

from lxml import etree
from schwifty import BIC, IBAN
from schwifty.exceptions import SchwiftyException
from sepaxml import SepaTransfer  # type: ignore[import-untyped]  # has no types
from stdnum import iban as iban_number
from stdnum.exceptions import ValidationError

from nvsi.errors import NotAllowed
from nvsi.money import CENT, ZERO

SCHEMA = "pain.001.001.09"
MOST = Decimal("999999999.99")  # euros in one SEPA credit transfer
NAME_LENGTH = 70
REMITTANCE_LENGTH = 140
TOWN_LENGTH = 35
DUTCH_TIME = ZoneInfo("Europe/Amsterdam")

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
_ALLOWED = frozenset(_LETTERS + "/-?:().,'+ ")
# What has no accent to lose, but a usual way to write it with the signs allowed.
_SPELLED = str.maketrans(
    {"&": "+", "€": "EUR", "_": "-", "~": "-", "–": "-", "—": "-", "‑": "-"}
    | {"‘": "'", "’": "'", "`": "'", "´": "'", '"': "'", "“": "'", "”": "'"}
    | {"[": "(", "{": "(", "]": ")", "}": ")", ";": ",", "|": "/", "\\": "/"}
    | {"⁄": "/", "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o"}
    | {"Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th"}
    | {"ł": "l", "Ł": "L", "ħ": "h", "Ħ": "H", "ı": "i"}
)


class NotPayable(NotAllowed, ValueError):
    """A payment that no bank would take; its text is a Dutch sentence for the user."""


@dataclass(frozen=True)
class Party:
    """Who pays or is paid; `name` is the account holder's, as the bank checks it.

    Without `bic` it is derived from the IBAN; without `town` no address is given.
    """

    name: str
    iban: str
    bic: str | None = None
    town: str | None = None
    country: str = "NL"


@dataclass(frozen=True)
class Transfer:
    """One payment of `amount` euros; `end_to_end_id` returns on the bank statement.

    `remittance` is what the creditor reads; it is cut at 140 characters, so put
    the reference first.
    """

    end_to_end_id: str
    creditor: Party
    amount: Decimal
    remittance: str


def credit_transfer(
    message_id: str,
    created_at: datetime,
    execute_on: date,
    debtor: Party,
    transfers: Sequence[Transfer],
) -> bytes:
    """Write the file that tells the bank to pay `transfers` as one batch.

    The same input gives the same bytes. `message_id` also names the batch (PmtInfId)
    and returns on the bank statement. `created_at` must be aware. Raises NotPayable.
    """
    assert created_at.tzinfo is not None, "a moment has a time zone"
    _check_identifiers(message_id, transfers)
    writer = SepaTransfer(_account(debtor), schema=SCHEMA, clean=False)
    for transfer in transfers:
        writer.add_payment(_payment(transfer, execute_on))
    written: bytes = writer.export(validate=False)  # validated below, once finished
    document = etree.fromstring(written)
    _give_identity(document, message_id, created_at)
    _provide_agent(document)
    _check_totals(document, transfers)
    _schema().assertValid(document)
    return etree.tostring(
        document, xml_declaration=True, encoding="UTF-8", pretty_print=True
    )


def _check_identifiers(message_id: str, transfers: Sequence[Transfer]) -> None:
    if not transfers:
        raise NotPayable("Er is geen enkele betaling voor dit betaalbestand.")
    ids = [transfer.end_to_end_id for transfer in transfers]
    for identifier in (message_id, *ids):
        if not _is_identifier(identifier):
            raise NotPayable(
                f"Het kenmerk {identifier!r} is niet bruikbaar: neem 1 tot en met 35"
                " letters, cijfers of leestekens, zonder schuine streep of spatie"
                " aan het begin of eind en zonder dubbele schuine streep."
            )
    for identifier, count in Counter(ids).items():
        if count > 1:
            raise NotPayable(f"Het kenmerk {identifier} komt {count} keer voor.")


def _is_identifier(text: str) -> bool:
    return (
        1 <= len(text) <= 35
        and _ALLOWED.issuperset(text)
        and text.strip("/ ") == text
        and "//" not in text
    )


def _account(debtor: Party) -> dict[str, object]:
    who = "De betaler"
    return {**_party(debtor, who), "batch": True, "currency": "EUR"}


def _payment(transfer: Transfer, execute_on: date) -> dict[str, object]:
    who = f"Betaling {transfer.end_to_end_id}"
    remittance = _latin(transfer.remittance, REMITTANCE_LENGTH)
    if not remittance:
        raise NotPayable(f"{who}: de omschrijving ontbreekt.")
    return {
        **_party(transfer.creditor, who),
        "amount": _whole_cents(transfer.amount, who),
        "description": remittance,
        "endtoend_id": transfer.end_to_end_id,
        "execution_date": execute_on,
    }


def _whole_cents(amount: Decimal, who: str) -> int:
    shown = str(amount).replace(".", ",")
    if not amount.is_finite() or not 0 < amount <= MOST:
        raise NotPayable(
            f"{who}: het bedrag {shown} kan niet worden betaald;"
            " het moet meer dan nul en minder dan een miljard euro zijn."
        )
    if amount != amount.quantize(CENT):
        raise NotPayable(f"{who}: het bedrag {shown} is niet in hele centen.")
    return int(amount * 100)


def _party(party: Party, who: str) -> dict[str, object]:
    name = _latin(party.name, NAME_LENGTH)
    if not set(_LETTERS) & set(name):
        raise NotPayable(f"{who}: de naam {party.name!r} is niet bruikbaar.")
    iban = _iban(party.iban, who)
    facts: dict[str, object] = {"name": name, "IBAN": str(iban)}
    if bic := _bic(party, iban, who):
        facts["BIC"] = bic
    if party.town:
        facts["address"] = _address(party.town, party.country, who)
    return facts


def _iban(number: str, who: str) -> IBAN:
    try:
        iban = IBAN(iban_number.validate(number))
    except (ValidationError, SchwiftyException) as error:
        raise NotPayable(f"{who}: de IBAN {number!r} klopt niet.") from error
    if not iban.in_sepa_zone:
        raise NotPayable(f"{who}: naar de IBAN {number!r} kan niet met SEPA.")
    return iban


def _bic(party: Party, iban: IBAN, who: str) -> str | None:
    try:
        bic = BIC(party.bic) if party.bic else iban.bic
    except SchwiftyException as error:
        raise NotPayable(f"{who}: de BIC {party.bic!r} klopt niet.") from error
    return str(bic) if bic else None


def _address(town: str, country: str, who: str) -> dict[str, str]:
    name = _latin(town, TOWN_LENGTH)
    if not name or not re.fullmatch("[A-Z]{2}", country):
        raise NotPayable(f"{who}: de plaats of het land van het adres klopt niet.")
    return {"town": name, "country": country}


def _latin(text: str, length: int) -> str:
    """Write in the SEPA character set; a full stop for what cannot be written."""
    plain = unicodedata.normalize("NFKD", " ".join(text.split()).translate(_SPELLED))
    visible = (c for c in plain if unicodedata.category(c) not in {"Mn", "Cc", "Cf"})
    return "".join(c if c in _ALLOWED else "." for c in visible)[:length].strip()


def _give_identity(
    document: etree._Element, message_id: str, created_at: datetime
) -> None:
    """Replace the random identifiers and the clock of sepaxml by ours."""
    moment = created_at.astimezone(DUTCH_TIME).strftime("%Y-%m-%dT%H:%M:%S")
    _one(document, "GrpHdr/MsgId").text = message_id
    _one(document, "GrpHdr/CreDtTm").text = moment
    _one(document, "PmtInf/PmtInfId").text = message_id


def _provide_agent(document: etree._Element) -> None:
    """Say that the debtor's bank is not provided, where its BIC is unknown."""
    agent = _one(document, "PmtInf/DbtrAgt/FinInstnId")
    if len(agent) == 0:
        space = etree.QName(document).namespace
        other = etree.SubElement(agent, f"{{{space}}}Othr")
        etree.SubElement(other, f"{{{space}}}Id").text = "NOTPROVIDED"


def _check_totals(document: etree._Element, transfers: Sequence[Transfer]) -> None:
    total = sum((transfer.amount for transfer in transfers), ZERO)
    for level in ("GrpHdr", "PmtInf"):
        count = _one(document, f"{level}/NbOfTxs").text
        control = _one(document, f"{level}/CtrlSum").text
        assert count == str(len(transfers)), "the file counts every transfer"
        assert Decimal(control or "NaN") == total, "the file sums every transfer"


def _one(document: etree._Element, path: str) -> etree._Element:
    steps = "/".join(f"{{*}}{step}" for step in path.split("/"))
    (found,) = document.findall(f"{{*}}CstmrCdtTrfInitn/{steps}")
    return found


def _schema() -> etree.XMLSchema:
    source = files("sepaxml") / "schemas" / f"{SCHEMA}.xsd"
    return etree.XMLSchema(etree.fromstring(source.read_bytes()))
