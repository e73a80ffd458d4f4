"""The payment file: valid, exact, ours, and nothing that a bank would refuse."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from stdnum import iban as iban_number

from billing.paying.sepa import NotPayable, Party, Transfer, credit_transfer

SPACE = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"}
SCHEMA = etree.XMLSchema(
    etree.fromstring(
        (files("sepaxml") / "schemas" / "pain.001.001.09.xsd").read_bytes()
    )
)
CREATED_AT = datetime(2026, 7, 9, 10, 30, tzinfo=UTC)
EXECUTE_ON = date(2026, 7, 10)
NVSI = Party("Nederlandse Vereniging", "NL91ABNA0417164300")
HEIDEVELD = Party("Gemeente Heideveld", "NL44 RABO 0123 4567 89", town="Heideveld")
TRANSFER = Transfer("2026-H1-0001", HEIDEVELD, Decimal("324.57"), "Afrekening 2026-H1")
SIGNS = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-?:().,'+ ")


def written(*transfers: Transfer, debtor: Party = NVSI) -> bytes:
    return credit_transfer("NVSI-2026-H1", CREATED_AT, EXECUTE_ON, debtor, transfers)


def texts(content: bytes, path: str) -> list[str]:
    found = etree.fromstring(content).iterfind(path, SPACE)
    return [node.text or "" for node in found]


def dutch_iban(bank: str, account: int) -> str:
    number = f"{bank}{account:010d}"
    return f"NL{iban_number.calc_check_digits(f'NL00{number}')}{number}"


amounts = st.integers(1, 99_999_999_999).map(lambda cents: Decimal(cents) / 100)
ibans = st.builds(
    dutch_iban, st.from_regex("[A-Z]{4}", fullmatch=True), st.integers(1, 10**10 - 1)
)
many = st.lists(st.tuples(ibans, amounts), min_size=1, max_size=20)


@given(many)
def test_every_file_is_valid_and_both_levels_count_and_sum_its_transfers(
    payments: list[tuple[str, Decimal]],
) -> None:
    transfers = [
        Transfer(f"T{number}", Party("Gemeente", iban), amount, "Afrekening")
        for number, (iban, amount) in enumerate(payments)
    ]
    content = written(*transfers)
    SCHEMA.assertValid(etree.fromstring(content))
    total = sum(amount for _, amount in payments)
    assert [Decimal(t) for t in texts(content, ".//p:CtrlSum")] == [total, total]
    assert texts(content, ".//p:NbOfTxs") == [str(len(payments))] * 2
    sums = [Decimal(t) for t in texts(content, ".//p:InstdAmt")]
    assert sums == [amount for _, amount in payments]


@given(st.text(), st.text(), st.text())
def test_any_name_town_and_remittance_gives_a_valid_file(
    name: str, town: str, remittance: str
) -> None:
    creditor = replace(HEIDEVELD, name=f"Gemeente {name}", town=f"Plaats {town}")
    transfer = replace(TRANSFER, creditor=creditor, remittance=f"Over {remittance}")
    content = written(transfer)
    SCHEMA.assertValid(etree.fromstring(content))
    for path, most in (("p:Cdtr/p:Nm", 70), ("p:TwnNm", 35), ("p:Ustrd", 140)):
        (text,) = texts(content, f".//{path}")
        assert len(text) <= most
        assert SIGNS.issuperset(text)


def test_the_same_input_gives_the_same_bytes() -> None:
    assert written(TRANSFER) == written(TRANSFER)


def test_the_file_carries_our_identifiers_moment_and_date() -> None:
    content = written(TRANSFER)
    assert texts(content, ".//p:MsgId") == ["NVSI-2026-H1"]
    assert texts(content, ".//p:PmtInfId") == ["NVSI-2026-H1"]
    assert texts(content, ".//p:EndToEndId") == ["2026-H1-0001"]
    assert texts(content, ".//p:CreDtTm") == ["2026-07-09T12:30:00"]
    assert texts(content, ".//p:ReqdExctnDt/p:Dt") == ["2026-07-10"]


def test_the_transfers_are_one_batch_of_sepa_payments_with_shared_charges() -> None:
    content = written(TRANSFER, replace(TRANSFER, end_to_end_id="2026-H1-0002"))
    assert texts(content, ".//p:BtchBookg") == ["true"]
    assert texts(content, ".//p:PmtMtd") == ["TRF"]
    assert texts(content, ".//p:SvcLvl/p:Cd") == ["SEPA"]
    assert texts(content, ".//p:ChrgBr") == ["SLEV"]
    assert len(texts(content, ".//p:PmtInf")) == 1


def test_the_bic_is_derived_from_the_iban() -> None:
    content = written(TRANSFER)
    assert texts(content, ".//p:DbtrAgt//p:BICFI") == ["ABNANL2A"]
    assert texts(content, ".//p:CdtrAgt//p:BICFI") == ["RABONL2U"]


def test_a_given_bic_is_used() -> None:
    creditor = replace(HEIDEVELD, bic="BNGHNL2G")
    content = written(replace(TRANSFER, creditor=creditor))
    assert texts(content, ".//p:CdtrAgt//p:BICFI") == ["BNGHNL2G"]


def test_an_unknown_bank_of_the_debtor_is_said_to_be_not_provided() -> None:
    content = written(TRANSFER, debtor=replace(NVSI, iban=dutch_iban("QQQQ", 1)))
    assert texts(content, ".//p:DbtrAgt//p:Othr/p:Id") == ["NOTPROVIDED"]


def test_an_unknown_bank_of_the_creditor_is_left_out() -> None:
    creditor = replace(HEIDEVELD, iban=dutch_iban("QQQQ", 1))
    content = written(replace(TRANSFER, creditor=creditor))
    assert texts(content, ".//p:CdtrAgt") == []


def test_an_address_is_town_and_country_without_a_type() -> None:
    (address,) = etree.fromstring(written(TRANSFER)).iterfind(".//p:PstlAdr", SPACE)
    named = [(etree.QName(node).localname, node.text) for node in address]
    assert named == [("TwnNm", "Heideveld"), ("Ctry", "NL")]


def test_without_a_town_there_is_no_address() -> None:
    creditor = replace(HEIDEVELD, town=None)
    content = written(replace(TRANSFER, creditor=creditor))
    assert texts(content, ".//p:PstlAdr") == []


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("Gemeente Súdwest-Fryslân", "Gemeente Sudwest-Fryslan"),
        ("Van den Berg & Zn", "Van den Berg + Zn"),
        ("’s‑Gravenhage", "'s-Gravenhage"),
        ("Køge/Weiß\tĲsselstein", "Koge/Weiss IJsselstein"),
        ("Werk[saam] {A} <b>", "Werk(saam) (A) .b."),
        ("  Twee\n regels  ", "Twee regels"),
    ],
)
def test_a_name_is_written_in_the_sepa_character_set(name: str, latin: str) -> None:
    content = written(replace(TRANSFER, creditor=replace(HEIDEVELD, name=name)))
    assert texts(content, ".//p:Cdtr/p:Nm") == [latin]


def test_a_long_name_and_remittance_are_cut_to_what_a_bank_takes() -> None:
    creditor = replace(HEIDEVELD, name="ß" * 69)
    content = written(replace(TRANSFER, creditor=creditor, remittance="x " * 100))
    assert texts(content, ".//p:Cdtr/p:Nm") == ["s" * 70]
    assert texts(content, ".//p:Ustrd") == [("x " * 70).strip()]


def test_the_smallest_and_the_largest_amount_are_exact() -> None:
    small = replace(TRANSFER, amount=Decimal("0.01"))
    large = replace(TRANSFER, end_to_end_id="L", amount=Decimal("999999999.99"))
    content = written(small, large)
    assert texts(content, ".//p:InstdAmt") == ["0.01", "999999999.99"]
    assert texts(content, ".//p:CtrlSum") == ["1000000000.00"] * 2


@pytest.mark.parametrize(
    "amount", ["0", "-1.00", "0.001", "1.005", "1000000000", "NaN", "Infinity", "1E+40"]
)
def test_an_amount_that_cannot_be_paid_is_refused(amount: str) -> None:
    with pytest.raises(NotPayable, match=r"2026-H1-0001: het bedrag"):
        written(replace(TRANSFER, amount=Decimal(amount)))


@pytest.mark.parametrize(
    "iban",
    ["", "NL91ABNA0417164301", "NL91ABNA041716430", "0417164300", "NL٩١ABNA0417164300"],
)
def test_a_wrong_iban_is_refused(iban: str) -> None:
    with pytest.raises(NotPayable, match="IBAN"):
        written(replace(TRANSFER, creditor=replace(HEIDEVELD, iban=iban)))


def test_an_iban_outside_sepa_is_refused() -> None:
    brazilian = replace(HEIDEVELD, iban="BR1800360305000010009795493C1")
    with pytest.raises(NotPayable, match="kan niet met SEPA"):
        written(replace(TRANSFER, creditor=brazilian))


def test_a_wrong_bic_is_refused() -> None:
    with pytest.raises(NotPayable, match="BIC"):
        written(replace(TRANSFER, creditor=replace(HEIDEVELD, bic="FOUT")))


@pytest.mark.parametrize("name", ["", "  ", "★", "..."])
def test_a_name_without_letters_is_refused(name: str) -> None:
    with pytest.raises(NotPayable, match="naam"):
        written(replace(TRANSFER, creditor=replace(HEIDEVELD, name=name)))


def test_an_address_without_a_country_is_refused() -> None:
    with pytest.raises(NotPayable, match="land"):
        written(TRANSFER, debtor=replace(NVSI, town="Utrecht", country="Nederland"))


def test_a_transfer_without_remittance_is_refused() -> None:
    with pytest.raises(NotPayable, match="omschrijving"):
        written(replace(TRANSFER, remittance=" \n"))


@pytest.mark.parametrize(
    "identifier", ["", "x" * 36, "/begin", "eind/", "a//b", " spatie", "é", "a\nb"]
)
def test_an_identifier_that_a_bank_would_change_is_refused(identifier: str) -> None:
    with pytest.raises(NotPayable, match="kenmerk"):
        written(replace(TRANSFER, end_to_end_id=identifier))
    with pytest.raises(NotPayable, match="kenmerk"):
        credit_transfer(identifier, CREATED_AT, EXECUTE_ON, NVSI, [TRANSFER])


def test_an_identifier_of_35_signs_is_taken() -> None:
    content = written(replace(TRANSFER, end_to_end_id="x" * 35))
    assert texts(content, ".//p:EndToEndId") == ["x" * 35]


def test_the_same_identifier_twice_is_refused() -> None:
    with pytest.raises(NotPayable, match="2026-H1-0001 komt 2 keer voor"):
        written(TRANSFER, TRANSFER)


def test_a_file_without_transfers_is_refused() -> None:
    with pytest.raises(NotPayable, match="geen enkele betaling"):
        written()
