"""Bank statements: what is read adds up, and what is hostile is not read."""

import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.paying.camt import (
    BankLine,
    BankStatement,
    StatementRefused,
    read_statements,
)

OWN = "NL91ABNA0417164300"
OTHER = "NL44RABO0123456789"
SPACE = "urn:iso:std:iso:20022:tech:xsd:camt.053.001."


def balance(code: str, amount: str, sign: str = "CRDT", currency: str = "EUR") -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>"
        f'<Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd>'
        "<Dt><Dt>2026-07-10</Dt></Dt></Bal>"
    )


def entry(
    amount: str,
    details: str = "",
    *,
    sign: str = "CRDT",
    status: str = "<Cd>BOOK</Cd>",
    booked: str = "<Dt>2026-07-10</Dt>",
    reference: str = "",
    extra: str = "",
    currency: str = "EUR",
) -> str:
    named = f"<AcctSvcrRef>{reference}</AcctSvcrRef>" if reference else ""
    return (
        f'<Ntry><Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{sign}</CdtDbtInd>'
        f"{extra}<Sts>{status}</Sts><BookgDt>{booked}</BookgDt>{named}"
        f"<NtryDtls>{details}</NtryDtls></Ntry>"
    )


def detail(amount: str = "", end_to_end_id: str = "", rest: str = "") -> str:
    part = f'<Amt Ccy="EUR">{amount}</Amt>' if amount else ""
    named = f"<EndToEndId>{end_to_end_id}</EndToEndId>" if end_to_end_id else ""
    return f"<TxDtls><Refs>{named}</Refs>{part}{rest}</TxDtls>"


def statement(*parts: str, number: str = "A1", account: str = "") -> str:
    place = account or f"<Id><IBAN>{OWN}</IBAN></Id><Ccy>EUR</Ccy>"
    return f"<Stmt><Id>{number}</Id><Acct>{place}</Acct>{''.join(parts)}</Stmt>"


def document(*statements: str, version: str = "08") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Document xmlns="{SPACE}{version}">'
        f"<BkToCstmrStmt><GrpHdr/>{''.join(statements)}</BkToCstmrStmt></Document>"
    ).encode()


def read(*entries: str, opening: str = "0.00", closing: str = "0.00") -> BankStatement:
    """Read one statement of version .08 with these entries and balances."""
    balances = (balance("OPBD", opening), balance("CLBD", closing))
    (one,) = read_statements(document(statement(*balances, *entries)))
    return one


VERSION_02 = document(
    statement(
        balance("OPBD", "1000.00"),
        balance("CLBD", "1250.25"),
        '<Ntry><Amt Ccy="EUR">250.25</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>'
        "<BookgDt><DtTm>2026-07-10T09:00:00+02:00</DtTm></BookgDt>"
        "<AcctSvcrRef>BANK-1</AcctSvcrRef><NtryDtls><TxDtls>"
        "<Refs><EndToEndId>2026-H1-0001</EndToEndId></Refs>"
        '<AmtDtls><TxAmt><Amt Ccy="EUR">250.25</Amt></TxAmt></AmtDtls>'
        "<RltdPties><Dbtr><Nm>Gemeente  Heideveld</Nm></Dbtr>"
        f"<DbtrAcct><Id><IBAN>{OTHER}</IBAN></Id></DbtrAcct></RltdPties>"
        "<RmtInf><Ustrd>Afrekening</Ustrd><Ustrd>2026-H1</Ustrd></RmtInf>"
        "</TxDtls></NtryDtls></Ntry>",
    ),
    version="02",
)
VERSION_08 = document(
    statement(
        balance("OPBD", "1000.00"),
        balance("CLBD", "1250.25"),
        entry(
            "250.25",
            detail(
                "250.25",
                "2026-H1-0001",
                "<RltdPties><Dbtr><Pty><Nm>Gemeente Heideveld</Nm></Pty></Dbtr>"
                f"<DbtrAcct><Id><IBAN>{OTHER}</IBAN></Id></DbtrAcct></RltdPties>"
                "<RmtInf><Ustrd>Afrekening 2026-H1</Ustrd></RmtInf>",
            ),
            reference="BANK-1",
        ),
    )
)


@pytest.mark.parametrize("content", [VERSION_02, VERSION_08])
def test_both_versions_give_the_same_statement(content: bytes) -> None:
    assert read_statements(content) == (
        BankStatement(
            statement_id="A1",
            iban=OWN,
            opening=Decimal("1000.00"),
            closing=Decimal("1250.25"),
            lines=(
                BankLine(
                    reference="BANK-1",
                    booked_on=date(2026, 7, 10),
                    amount=Decimal("250.25"),
                    end_to_end_id="2026-H1-0001",
                    counterparty_iban=OTHER,
                    counterparty_name="Gemeente Heideveld",
                    remittance="Afrekening 2026-H1",
                    reversal=False,
                ),
            ),
        ),
    )


def test_a_debit_is_negative_and_a_debit_balance_too() -> None:
    balances = (balance("OPBD", "1.00", "DBIT"), balance("CLBD", "3.50", "DBIT"))
    content = document(statement(*balances, entry("2.50", sign="DBIT")))
    (one,) = read_statements(content)
    assert (one.opening, one.closing) == (Decimal("-1.00"), Decimal("-3.50"))
    assert one.lines[0].amount == Decimal("-2.50")


def test_the_previous_closing_balance_serves_as_opening() -> None:
    balances = (balance("CLBD", "5.00"), balance("PRCD", "5.00"))
    (one,) = read_statements(document(statement(*balances)))
    assert one.opening == Decimal("5.00")
    assert one.lines == ()


cents = st.integers(-(10**12), 10**12)


@given(cents, st.lists(cents, max_size=8))
def test_any_statement_that_adds_up_is_read_to_the_cent(
    start: int, movements: list[int]
) -> None:
    def written(total: int) -> tuple[str, str]:
        return str(Decimal(abs(total)) / 100), "DBIT" if total < 0 else "CRDT"

    entries = []
    for movement in movements:
        amount, sign = written(movement)
        entries.append(entry(amount, sign=sign))
    opening = balance("OPBD", *written(start))
    closing = balance("CLBD", *written(start + sum(movements)))
    (one,) = read_statements(document(statement(opening, closing, *entries)))
    assert [line.amount * 100 for line in one.lines] == movements
    assert len({line.reference for line in one.lines}) == len(movements)
    one_off = balance("CLBD", *written(start + sum(movements) + 1))
    with pytest.raises(StatementRefused, match=r"het verschil is €\s0,01\."):
        read_statements(document(statement(opening, one_off, *entries)))


def test_a_batch_gives_a_line_per_detail_with_a_reference_of_its_own() -> None:
    parts = detail("10.00", "E1") + detail("20.50", "E2")
    one = read(entry("30.50", parts, reference="B"), closing="30.50")
    assert [(x.reference, x.amount, x.end_to_end_id) for x in one.lines] == [
        ("B", Decimal("10.00"), "E1"),
        ("B/2", Decimal("20.50"), "E2"),
    ]


def test_a_batch_of_debits_gives_negative_lines() -> None:
    parts = detail("10.00") + detail("20.50")
    one = read(entry("30.50", parts, sign="DBIT"), opening="30.50")
    assert [line.amount for line in one.lines] == [Decimal("-10.00"), Decimal("-20.50")]


def test_a_detail_of_the_other_sign_is_subtracted() -> None:
    fee = detail("0.50", rest="<CdtDbtInd>DBIT</CdtDbtInd>")
    one = read(entry("9.50", detail("10.00") + fee), closing="9.50")
    assert [line.amount for line in one.lines] == [Decimal("10.00"), Decimal("-0.50")]


def test_details_that_do_not_sum_to_their_entry_are_refused() -> None:
    parts = detail("10.00") + detail("20.00")
    with pytest.raises(StatementRefused, match=r"A1: de details .* is €\s1\.970,50\."):
        read(entry("2000.50", parts), closing="30.00")


def test_a_detail_of_a_batch_without_an_amount_is_refused() -> None:
    with pytest.raises(StatementRefused, match="geen bedrag"):
        read(entry("10.00", detail("10.00") + detail()), closing="10.00")


def test_a_single_detail_without_an_amount_in_euro_takes_that_of_its_entry() -> None:
    dollars = '<TxDtls><Amt Ccy="USD">11.00</Amt></TxDtls>'
    one = read(entry("10.00", dollars), entry("1.00", detail()), closing="11.00")
    assert [line.amount for line in one.lines] == [Decimal("10.00"), Decimal("1.00")]


def test_a_batch_without_details_keeps_the_id_of_our_payment_file() -> None:
    batch = "<Btch><PmtInfId>NVSI-2026-H1</PmtInfId><NbOfTxs>2</NbOfTxs></Btch>"
    one = read(entry("5.00", batch, sign="DBIT"), opening="5.00")
    assert one.lines[0].batch_id == "NVSI-2026-H1"
    assert one.lines[0].end_to_end_id is None


def test_only_booked_entries_count() -> None:
    pending = entry("7.00", status="<Cd>PDNG</Cd>")
    one = read(pending, entry("1.00", status="BOOK"), closing="1.00")
    assert [line.amount for line in one.lines] == [Decimal("1.00")]


@pytest.mark.parametrize(
    ("details", "extra"),
    [
        (detail(), "<RvslInd>true</RvslInd>"),
        (detail(rest="<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>"), ""),
    ],
)
def test_a_returned_payment_is_a_reversal(details: str, extra: str) -> None:
    one = read(entry("1.00", details, extra=extra), closing="1.00")
    assert one.lines[0].reversal
    assert one.lines[0].amount == Decimal("1.00")


def parties(debtor: str, creditor: str) -> str:
    named = "".join(
        f"<{role}><Pty><Nm>{iban[4:8]}</Nm></Pty></{role}>"
        f"<{role}Acct><Id><IBAN>{iban}</IBAN></Id></{role}Acct>"
        for role, iban in (("Dbtr", debtor), ("Cdtr", creditor))
        if iban
    )
    return detail(rest=f"<RltdPties>{named}</RltdPties>")


@pytest.mark.parametrize(
    ("debtor", "creditor"), [(OTHER, OWN), (OWN, OTHER), (OTHER, ""), ("", OTHER)]
)
def test_the_counterparty_is_the_other_side_whatever_the_roles(
    debtor: str, creditor: str
) -> None:
    one = read(entry("1.00", parties(debtor, creditor)), closing="1.00")
    assert one.lines[0].counterparty_iban == OTHER
    assert one.lines[0].counterparty_name == "RABO"


@pytest.mark.parametrize(("sign", "name"), [("CRDT", "RABO"), ("DBIT", "INGB")])
def test_between_two_strangers_the_sign_says_who_the_counterparty_is(
    sign: str, name: str
) -> None:
    strangers = parties(OTHER, "NL20INGB0001234567")
    amounts = {"CRDT": ("0.00", "1.00"), "DBIT": ("1.00", "0.00")}[sign]
    one = read(
        entry("1.00", strangers, sign=sign), opening=amounts[0], closing=amounts[1]
    )
    assert one.lines[0].counterparty_name == name


def test_a_line_without_parties_has_an_empty_counterparty() -> None:
    one = read(entry("1.00", parties(OWN, "")), closing="1.00")
    assert one.lines[0].counterparty_iban is None
    assert one.lines[0].counterparty_name == ""


@pytest.mark.parametrize(
    ("rest", "expected"),
    [
        (
            "<RmtInf><Ustrd>vrij</Ustrd><Strd><CdtrRefInf><Ref>RF18</Ref></CdtrRefInf>"
            "</Strd></RmtInf>",
            "RF18 vrij",
        ),
        ("<AddtlTxInf>van de bank</AddtlTxInf>", "van de bank"),
        ("", "bij de boeking"),
    ],
)
def test_the_remittance_is_the_best_that_the_bank_gives(
    rest: str, expected: str
) -> None:
    written = entry("1.00", detail(rest=rest)).replace(
        "</Ntry>", "<AddtlNtryInf>bij de boeking</AddtlNtryInf></Ntry>"
    )
    assert read(written, closing="1.00").lines[0].remittance == expected


def test_an_end_to_end_id_that_is_not_provided_is_none() -> None:
    one = read(entry("1.00", detail("1.00", "NOTPROVIDED")), closing="1.00")
    assert one.lines[0].end_to_end_id is None


def test_lines_without_a_reference_get_a_stable_one_each() -> None:
    same = (entry("1.00"), entry("1.00"), entry("2.00"))
    first, second = read(*same, closing="4.00"), read(*same, closing="4.00")
    assert first == second
    references = [line.reference for line in first.lines]
    assert references[1] == f"{references[0]}/2"
    assert len(references[0]) == 64
    assert references[2] not in references[:2]


def test_a_file_may_hold_several_statements() -> None:
    balances = (balance("OPBD", "1.00"), balance("CLBD", "1.00"))
    both = (statement(*balances, number="A1"), statement(*balances, number="A2"))
    names = [one.statement_id for one in read_statements(document(*both))]
    assert names == ["A1", "A2"]


def test_the_same_statement_twice_in_a_file_is_refused() -> None:
    one = statement(balance("OPBD", "1.00"), balance("CLBD", "1.00"))
    with pytest.raises(StatementRefused, match="Afschrift A1 staat 2 keer"):
        read_statements(document(one, one))


DOLLARS = f"<Id><IBAN>{OWN}</IBAN></Id><Ccy>USD</Ccy>"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "leesbaar"),
        (b"PK\x03\x04", "leesbaar"),
        (b"\x00" * 10, "leesbaar"),
        (b"<Document><BkToCstmrStmt>", "leesbaar"),
        (b'<?xml version="1.0" encoding="geen"?><Document/>', "leesbaar"),
        (b"<Document><BkToCstmrAcctRpt/></Document>", "camt.053"),
        (b"<Other><BkToCstmrStmt/></Other>", "camt.053"),
        (document(), "geen enkel afschrift"),
        (document(statement(number="")), "geen nummer"),
        (document(statement(account="<Id><Othr/></Id>")), "geen IBAN"),
        (document(statement(account=DOLLARS)), "niet in euro"),
        (document(statement(balance("CLBD", "1.00"))), "OPBD of PRCD ontbreekt"),
        (document(statement(balance("OPBD", "1.00"))), "CLBD ontbreekt"),
        (document(statement(balance("OPBD", "1.00", "PLUS"))), "CRDT of DBIT"),
        (document(statement(balance("OPBD", "1", currency="USD"))), "niet in euro"),
        (
            document(
                statement("<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp></Bal>")
            ),
            "bedrag ''",
        ),
    ],
)
def test_what_is_not_a_statement_in_euros_is_refused(
    content: bytes, reason: str
) -> None:
    with pytest.raises(StatementRefused, match=reason):
        read_statements(content)


@pytest.mark.parametrize(
    "amount", ["", "-1.00", "1,00", "1e3", "NaN", "1.005", "9" * 14, "١.00"]
)
def test_a_wrong_amount_is_refused(amount: str) -> None:
    with pytest.raises(StatementRefused, match="Afschrift A1: het bedrag"):
        read(entry(amount))


def test_an_entry_in_another_currency_is_refused() -> None:
    with pytest.raises(StatementRefused, match="niet in euro"):
        read(entry("1.00", currency="USD"), closing="1.00")


@pytest.mark.parametrize("booked", ["", "<Dt>2026-02-30</Dt>", "<Dt>2026-W01-1</Dt>"])
def test_a_wrong_booking_date_is_refused(booked: str) -> None:
    with pytest.raises(StatementRefused, match="boekdatum"):
        read(entry("1.00", booked=booked), closing="1.00")


def test_an_amount_with_more_zeros_is_read() -> None:
    amount = read(entry("1.00000"), closing="1").lines[0].amount
    assert str(amount) == "1.00"


def with_dtd(dtd: str, text: str = "") -> bytes:
    whole = document(statement(balance("OPBD", "1.00"), balance("CLBD", "1.00")))
    head, body = whole.decode().split("?>", 1)
    body = body.replace("<GrpHdr/>", f"<GrpHdr>{text}</GrpHdr>")
    return f"{head}?><!DOCTYPE Document [{dtd}]>{body}".encode()


LAUGHS = '<!ENTITY l0 "ha">' + "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12)
)


@pytest.mark.parametrize("text", ["&l11;", '<MsgId x="&l11;"/>'])
def test_a_billion_laughs_is_refused_at_once(text: str) -> None:
    started = time.monotonic()
    with pytest.raises(StatementRefused):
        read_statements(with_dtd(LAUGHS, text))
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_external_entity_is_refused_and_not_read(encoding: str) -> None:
    content = with_dtd('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;").decode()
    with pytest.raises(StatementRefused, match="DTD"):
        read_statements(content.replace("UTF-8", encoding).encode(encoding))


@pytest.mark.parametrize(
    "dtd", ["<!DOCTYPE Document>", '<!DOCTYPE Document SYSTEM "http://example.org/x">']
)
def test_a_dtd_of_any_kind_is_refused(dtd: str) -> None:
    content = VERSION_08.replace(b"?>", f"?>{dtd}".encode(), 1)
    with pytest.raises(StatementRefused, match="DTD"):
        read_statements(content)


def test_a_file_of_50_megabytes_is_refused_before_it_is_parsed() -> None:
    started = time.monotonic()
    with pytest.raises(StatementRefused, match="groter dan 20 MB"):
        read_statements(b"<" * 50 * 1024 * 1024)
    assert time.monotonic() - started < 1


def test_a_file_nested_too_deep_is_refused() -> None:
    with pytest.raises(StatementRefused, match="leesbaar"):
        read_statements(b"<a>" * 1_000 + b"</a>" * 1_000)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    with pytest.raises(StatementRefused):
        read_statements(content)
