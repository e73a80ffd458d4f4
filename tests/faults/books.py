"""What the tests put in the books: gemeenten, hour lines, a settled half-year."""

import csv
import datetime
import random
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management import call_command
from stdnum import iban

from billing import booking
from billing.deliveries.hours import COLUMNS
from billing.deliveries.imports import Delivered, import_hours
from billing.models import SettlementRun
from billing.settling import settlements
from billing.statements import documents
from contracts.agreements import conclude
from contracts.models import Verwerkersovereenkomst
from instruments.models import Instrument
from membership.models import Organisation, Person
from tests.billing.settled import H1, NOW, SINCE, TODAY
from tests.conftest import make_person
from tests.faults.cluster import Database

FIELDS = (*COLUMNS.required, *COLUMNS.optional)
COLLEAGUES = ("bureau", "penningmeester", "bestuur")
Row = dict[str, str]


@dataclass(frozen=True)
class Books:
    """How many gemeenten there are, and how many lines each has in a file."""

    gemeenten: int
    lines_each: int

    @property
    def codes(self) -> list[str]:
        return [f"GM{9100 + number}" for number in range(self.gemeenten)]


def account_number(number: int) -> str:
    """A Dutch account that passes every check and is nobody's."""
    bban = f"TEST{number:010d}"
    return f"NL{iban.calc_check_digits(f'NL00{bban}')}{bban}"


def migrate() -> None:
    call_command("migrate", verbosity=0)


def make_colleagues() -> None:
    """One of each role of the association, since 2018."""
    for role in COLLEAGUES:
        make_person(role.capitalize(), role)


def pay_uitvoerder() -> None:
    """Let the uitvoerder have an account."""
    Organisation.objects.filter(code="flexensie").update(iban=account_number(1))


def found(books: Books) -> None:
    """Let the gemeenten and the colleagues be there."""
    make_colleagues()
    pay_uitvoerder()
    for code in books.codes:
        make_gemeente(code)


def make_gemeente(code: str, vergoeding_pct: str = "30") -> Organisation:
    """A gemeente with both agreements since 2018."""
    number = int(code[2:])
    gemeente = Organisation.objects.create(
        code=code,
        kind="gemeente",
        name=f"Gemeente {number}",
        short_name=f"Plaats {number}",
        town=f"Plaats {number}",
        iban=account_number(number),
    )
    Verwerkersovereenkomst.objects.create(organisation=gemeente, starts_on=SINCE)
    agree(gemeente, [gemeente], vergoeding_pct)
    return gemeente


def agree(
    holder: Organisation, gemeenten: Sequence[Organisation], vergoeding_pct: str
) -> None:
    """A gebruiksovereenkomst since 2018."""
    conclude(
        holder,
        flexensie(),
        gemeenten=gemeenten,
        signed_on=SINCE,
        starts_on=SINCE,
        ends_on=None,
        vergoeding_pct=Decimal(vergoeding_pct),
        by=None,
    )


def make_samenwerkingsverband(code: str, codes: Sequence[str]) -> Organisation:
    """A body that holds the agreement of gemeenten, which have none of their own."""
    holder = Organisation.objects.create(
        code=code,
        kind="samenwerkingsverband",
        name=f"Samenwerkingsverband {code}",
        short_name=code,
        iban=account_number(int(codes[0][2:])),
    )
    Verwerkersovereenkomst.objects.create(organisation=holder, starts_on=SINCE)
    gemeenten = Organisation.objects.bulk_create(
        Organisation(code=one, kind="gemeente", name=one, short_name=one)
        for one in codes
    )
    agree(holder, gemeenten, "22.50")
    return holder


def flexensie() -> Instrument:
    return Instrument.objects.get(slug="flexensie")


def some_gemeente() -> Organisation:
    return Organisation.objects.gemeenten().earliest("code")


def colleague(role: str) -> Person:
    return Person.objects.get(email=f"{role}@nvsi.example")


def row_of(regel_id: str, code: str, **cells: str) -> Row:
    """One hour line of March 2026, with other cells where they are given."""
    usual = {
        "regel_id": regel_id,
        "gemeente_code": code,
        "opdracht_id": "O1",
        "opdrachtgever_naam": "Bakkerij De Korenaar",
        "opdrachtgever_kvk": "12345678",
        "kandidaat_ref": "K1",
        "datum": "2026-03-09",
        "uren": "32",
        "tarief": "14.75",
        "premie_per_uur": "2.00",
        "factuurnummer": "F1",
        "factuurdatum": "2026-04-01",
        "corrigeert_regel_id": "",
    }
    return usual | cells


def rows_of(books: Books, prefix: str = "R", seed: int = 1) -> list[Row]:
    """Lines for every gemeente in 2026-H1: the same for the same seed."""
    chance = random.Random(seed)
    return [
        row_of(
            f"{prefix}-{code}-{number}",
            code,
            opdracht_id=f"O{number % 3}",
            opdrachtgever_naam=f"Werkgever {number % 3}",
            uren=f"{chance.randrange(1, 160) / 4:.2f}",
            tarief=chance.choice(["12.35", "14.75", "15.05", "19.99"]),
            premie_per_uur=chance.choice(["0", "1.85", "2.00"]),
            datum=f"2026-0{chance.randrange(1, 7)}-{chance.randrange(10, 29)}",
        )
        for code in books.codes
        for number in range(books.lines_each)
    ]


def write_file(path: Path, rows: Sequence[Row]) -> Path:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, FIELDS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def deliver(path: Path, today: datetime.date = TODAY) -> Delivered:
    return import_hours(path, file_name=path.name, instrument=flexensie(), today=today)


def prepare_h1() -> SettlementRun:
    return settlements.prepare(flexensie(), H1, today=TODAY, by=colleague("bureau"))


def approve_quietly(run: SettlementRun) -> None:
    """Approve, book, and ask for the statements, but ring no bell."""
    by = colleague("penningmeester")
    approved = settlements.approve(run, now=NOW, by=by)
    booking.book_settlements(approved, booked_on=TODAY, by=by)
    documents.request(approved)


def make_all_statements() -> None:
    while documents.make_waiting():
        pass


def made(database: Database) -> dict[int, tuple[str, ...]]:
    """The statements that are done, by number, with their check sums."""
    rows = database.ask(
        "SELECT s.number_sequence, d.json_sha256, d.pdf_sha256, d.xlsx_sha256 "
        "FROM billing_statement d JOIN billing_settlement s ON s.id = d.settlement_id "
        "WHERE d.state = 'done'"
    )
    return {number: tuple(digests) for number, *digests in rows}


def counts(database: Database) -> dict[str, Any]:
    """What there is of everything that a settlement makes."""
    tables = {
        "runs": "billing_settlementrun",
        "settlements": "billing_settlement",
        "entries": "billing_entry",
        "statements": "billing_statement",
        "emails": "membership_email",
        "unsent": "membership_email WHERE state <> 'sent'",
    }
    return {
        name: database.value(f"SELECT count(*) FROM {table}")
        for name, table in tables.items()
    }


def run_of_h1(database: Database) -> list[tuple[Any, ...]]:
    """What is prepared of 2026-H1: the run, how often, and with how many e-mails."""
    return database.ask(
        "SELECT r.sequence, r.status, r.fingerprint, count(s.id), "
        "sum(s.bruto_omzet), sum(s.uitkering_gemeente), "
        "(SELECT count(*) FROM membership_historyevent WHERE action = 'prepared'), "
        "(SELECT count(*) FROM membership_email) "
        "FROM billing_settlementrun r JOIN billing_period p ON p.id = r.period_id "
        "LEFT JOIN billing_settlement s ON s.run_id = r.id "
        "WHERE p.halfyear = 20261 GROUP BY r.id ORDER BY r.sequence"
    )
