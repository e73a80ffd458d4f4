"""What the demo is told with: the same every time, plausible, and plainly invented."""

import csv
import datetime
from collections import Counter, defaultdict
from decimal import Decimal
from zoneinfo import ZoneInfo

from billing.deliveries.hours import COLUMNS
from billing.demo.bank import bank_statement
from billing.demo.corrections import forgotten_hours, late_hours, taken_back
from billing.demo.hours import (
    HEADER,
    LOWEST,
    Gemeente,
    HourLine,
    delivery,
    hours_of,
)
from billing.demo.members import JOINT_IBAN, PEOPLE, UITVOERDER_IBAN
from billing.demo.mistakes import SLIPS, delivery_with_slips
from billing.demo.portal import FORGOTTEN, FORGOTTEN_TOO
from billing.demo.stage import FILES
from billing.paying.camt import read_statements
from billing.paying.sepa import Party, Transfer, credit_transfer
from membership.identifiers import validate_iban
from nvsi.halfyear import HalfYear

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
# The most premium a kandidaat may be paid in a year (domain rule 2).
MOST_PREMIUM = {2025: 3263, 2026: 3398}


def rows(name: str) -> list[dict[str, str]]:
    with (FILES / name).open(newline="") as file:
        return list(csv.DictReader(file))


def gemeenten() -> list[Gemeente]:
    return [
        Gemeente(row["cbs_code"], int(row["inwoners"])) for row in rows("gemeenten.csv")
    ]


def all_lines() -> list[HourLine]:
    return [line for halfyear in LOWEST for line in hours_of(halfyear, gemeenten())]


def test_the_hours_are_the_same_every_time() -> None:
    lines = hours_of(HalfYear(2026, 1), gemeenten())
    assert lines == hours_of(HalfYear(2026, 1), gemeenten())
    assert 1000 < len(lines) < 2000


def test_the_hours_have_the_columns_of_a_delivery() -> None:
    assert (*COLUMNS.required, *COLUMNS.optional) == HEADER


def test_the_hours_lie_in_their_own_half_year() -> None:
    for halfyear in LOWEST:
        for line in hours_of(halfyear, gemeenten()):
            assert HalfYear.of(line.datum) == halfyear
            assert line.tarief >= LOWEST[halfyear]
            assert line.uren % Decimal("0.25") == 0


def test_every_opdrachtgever_says_that_it_is_invented() -> None:
    assert all("(verzonnen)" in line.opdrachtgever_naam for line in all_lines())


def test_no_kandidaat_earns_more_premium_than_may_be_paid() -> None:
    earned: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    for line in all_lines():
        year = line.datum.year
        earned[line.kandidaat_ref, year] += line.uren * line.premie_per_uur
    assert all(amount <= MOST_PREMIUM[year] for (_, year), amount in earned.items())


def test_what_is_taken_back_names_the_line_and_comes_to_nothing() -> None:
    lines = hours_of(HalfYear(2025, 2), gemeenten()[:3])
    credited = {line.corrigeert_regel_id: line for line in taken_back(lines)}
    assert credited.keys() == {line.regel_id for line in lines}
    assert all(line.uren + credited[line.regel_id].uren == 0 for line in lines)


def test_every_line_has_a_regel_id_of_its_own() -> None:
    first = hours_of(HalfYear(2025, 2), gemeenten())
    ids = [line.regel_id for line in (*all_lines(), *taken_back(first))]
    ids += [line.regel_id for line in late_hours(["GM0014", "GM0758"])]
    ids += [line.regel_id for line in forgotten_hours(FORGOTTEN, "V")]
    ids += [line.regel_id for line in forgotten_hours(FORGOTTEN_TOO, "N")]
    assert Counter(ids).most_common(1)[0][1] == 1


def test_a_file_with_slips_is_right_but_for_those() -> None:
    lines = forgotten_hours(FORGOTTEN, "V")
    text = delivery_with_slips(lines).decode("utf-8-sig").splitlines()
    wrong = list(csv.DictReader(text, delimiter=";"))
    right = list(
        csv.DictReader(delivery(lines).decode("utf-8-sig").splitlines(), delimiter=";")
    )
    differing = {
        place: column
        for place, (row, other) in enumerate(zip(wrong, right, strict=True))
        for column in HEADER
        if row[column] != other[column]
    }
    assert differing == {place: column for place, (column, _) in SLIPS.items()}


def test_the_gemeenten_are_some_forty_of_all_provinces() -> None:
    known = rows("gemeenten.csv")
    assert len(known) == 44
    assert len({row["provincie"] for row in known}) == 12


def test_the_accounts_fit_their_check_digits_and_are_of_no_bank() -> None:
    ibans = [row["iban"] for row in rows("agreements.csv")]
    for iban in (*ibans, JOINT_IBAN, UITVOERDER_IBAN):
        validate_iban(iban)
        assert iban[4:8] == "DEMO"


def test_nobody_can_get_an_e_mail() -> None:
    emails = [row["contact_email"] for row in rows("agreements.csv")]
    emails += [person[0] for person in PEOPLE]
    assert all(email.endswith(".example") for email in emails)


def test_the_bank_statement_says_what_the_payment_file_ordered() -> None:
    day = datetime.date(2026, 7, 16)
    now = datetime.datetime(2026, 7, 15, 10, tzinfo=AMSTERDAM)
    payee = Party("gemeente Súdwest-Fryslân", "NL58DEMO0000002900")
    transfers = [
        Transfer("2026-0001", payee, Decimal("12.34"), "Afrekening"),
        Transfer("2026-0002", payee, Decimal("0.66"), "Afrekening"),
    ]
    ours = Party("NVSI", "NL91ABNA0417164300")
    order = credit_transfer("NVSI-1", now, day, ours, transfers)
    (read,) = read_statements(bank_statement(order, statement_id="A1", booked_on=day))
    assert read.opening - read.closing == Decimal("13.00")
    assert [(line.end_to_end_id, line.amount) for line in read.lines] == [
        ("2026-0001", Decimal("-12.34")),
        ("2026-0002", Decimal("-0.66")),
    ]
