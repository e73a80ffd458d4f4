"""Four half-years as the portal shows them: paid, credited, under way and below zero.

Told by the verbs themselves, for tests of pages and for looking at them.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from billing.booking import book_settlements
from billing.models import BankLine, BankStatement, Payment, Period, Settlement
from billing.paying.matching import match
from billing.paying.payments import export
from billing.settling import reversal, settlements
from billing.statements import documents
from contracts.agreements import conclude
from contracts.models import Verwerkersovereenkomst
from instruments.models import Instrument
from membership.models import (
    Membership,
    Organisation,
    Person,
    Region,
    RegionMember,
    Role,
)
from nvsi.halfyear import HalfYear
from tests.billing.deliveries import take_in

SINCE = datetime.date(2018, 1, 1)
CLIENTS = (
    ("Groen & Zn.", "87654321", "15.05"),
    ("Bakkerij Köster", "12345678", "14.75"),
    ("Zorg; Welzijn BV", "23456789", "16.20"),
    ("Stichting Thuis in de Buurt", "34567890", "15.60"),
)
RABO, ING = "NL44RABO0123456789", "NL20INGB0001234567"

Cells = dict[str, str]


@dataclass
class Story:
    """Who and what there is, once it was told."""

    folder: Path
    flexensie: Instrument
    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)

    def number_of(self, name: str, period: str, kind: str = "settlement") -> str:
        """The number of the last statement of an organisation over a half-year."""
        settlement = Settlement.objects.filter(
            organisation=self.organisations[name],
            period__halfyear=HalfYear.parse(period),
            kind=kind,
        ).latest("pk")
        assert settlement.number
        return settlement.number


def tell(folder: Path) -> Story:
    """All of it: about a second of work, and the documents besides."""
    story = Story(folder, Instrument.objects.get(slug="flexensie"))
    add_organisations(story)
    add_people(story)
    for period, size in (("2024-H2", 3), ("2025-H1", 5), ("2025-H2", 6)):
        deliver(story, period, lines(story, HalfYear.parse(period), size))
        settle(story, period)
        pay(story, period)
    last = HalfYear.parse("2026-H1")
    deliver(story, "2026-H1", [*lines(story, last, 8), *late(), *below_zero()])
    settle(story, "2026-H1")
    credit(story, "2026-H1")
    order(story, "2026-H1")
    return story


def add_organisations(story: Story) -> None:
    heideveld = gemeente(story, "GM9001", "Heideveld", RABO)
    waterkant = gemeente(story, "GM9002", "Waterkant", "")
    rijkhoven = gemeente(story, "GM9011", "Rijkhoven", "")
    duindorp = gemeente(story, "GM9012", "Duindorp", ING)
    nieuwland = gemeente(story, "GM9013", "Nieuwland", "")
    gemeente(story, "GM9003", "Noorderhage", "", member=False)
    together = Organisation.objects.create(
        code="werkkracht",
        kind="samenwerkingsverband",
        name="Werkkracht Rivierenland",
        short_name="Werkkracht",
        iban=ING,
    )
    story.organisations["Werkkracht"] = together
    agree(story, heideveld, [heideveld])
    agree(story, together, [waterkant, rijkhoven], pct="27.5")
    agree(story, duindorp, [duindorp])
    agree(story, nieuwland, [nieuwland])
    region = Region.objects.create(
        type="arbeidsmarktregio", code="XX", name="Rivierenland"
    )
    RegionMember.objects.create(region=region, organisation=heideveld)
    Organisation.objects.filter(code="flexensie").update(iban=ING)


def gemeente(
    story: Story, code: str, name: str, iban: str, *, member: bool = True
) -> Organisation:
    organisation = Organisation.objects.create(
        code=code, kind="gemeente", name=name, short_name=name, iban=iban
    )
    story.organisations[name] = organisation
    if member:
        Membership.objects.create(
            organisation=organisation,
            kind="lid",
            collegebesluit_on=SINCE,
            starts_on=SINCE,
        )
    return organisation


def agree(
    story: Story, holder: Organisation, parts: list[Organisation], pct: str = "30"
) -> None:
    for part in parts:
        Verwerkersovereenkomst.objects.create(organisation=part, starts_on=SINCE)
    conclude(
        holder,
        story.flexensie,
        gemeenten=parts,
        signed_on=SINCE,
        starts_on=SINCE,
        ends_on=None,
        vergoeding_pct=Decimal(pct),
        by=None,
    )


def add_people(story: Story) -> None:
    for name, role in (
        ("Bureau", "bureau"),
        ("Penningmeester", "penningmeester"),
        ("Bestuur", "bestuur"),
    ):
        person(story, name, role)
    for name, place in (
        ("A. Jansen", "Heideveld"),
        ("J. de Wit", "Heideveld"),
        ("K. Bos", "Werkkracht"),
        ("D. Smit", "Duindorp"),
        ("N. Visser", "Nieuwland"),
        ("V. Mulder", "Noorderhage"),
    ):
        person(story, name, "contactpersoon", place)
    give_role(story, "K. Bos", "contactpersoon", "Duindorp")


def person(story: Story, name: str, role: str, place: str = "") -> None:
    address = name.lower().replace(" ", "").replace(".", "-")
    story.people[name] = Person.objects.create_user(f"{address}@nvsi.example", name)
    give_role(story, name, role, place)


def give_role(story: Story, name: str, role: str, place: str) -> None:
    Role.objects.create(
        person=story.people[name],
        organisation=story.organisations.get(place),
        name=role,
        starts_on=SINCE,
    )


def lines(story: Story, period: HalfYear, size: int) -> Iterator[Cells]:
    """Lines of a half-year for Heideveld and, fewer, for the two of Werkkracht."""
    for code, jobs in (("GM9001", size), ("GM9002", 2), ("GM9011", 1)):
        for job in range(jobs):
            client, kvk, rate = CLIENTS[job % len(CLIENTS)]
            for week in range(0, 24, 2):
                on = period.first_day + datetime.timedelta(days=7 * week + job)
                yield {
                    "regel_id": f"{period}-{code}-{job}-{week:02}",
                    "gemeente_code": code,
                    "opdracht_id": f"OP{period.code % 1000}{job:02}",
                    "opdrachtgever_naam": client,
                    "opdrachtgever_kvk": kvk,
                    "kandidaat_ref": f"K{job}",
                    "datum": f"{on}",
                    "uren": f"{24 + 3 * ((job + week) % 5)}.50",
                    "tarief": rate,
                    "premie_per_uur": "2.00",
                }


def late() -> Iterator[Cells]:
    """Of a half-year that was closed already, and a correction of such a line."""
    client, kvk, rate = CLIENTS[1]
    usual = {
        "gemeente_code": "GM9001",
        "opdracht_id": "OP00051",
        "opdrachtgever_naam": client,
        "opdrachtgever_kvk": kvk,
        "kandidaat_ref": "K51",
        "datum": "2025-12-19",
        "tarief": rate,
        "premie_per_uur": "2.00",
    }
    yield {**usual, "regel_id": "L1", "uren": "32.00"}
    corrects = {"corrigeert_regel_id": "2025-H2-GM9001-1-00", "opdracht_id": "OP25201"}
    yield {**usual, "regel_id": "L2", "uren": "-7.50", **corrects}


def below_zero() -> Iterator[Cells]:
    """Duindorp: premiums that are nearly the rate."""
    yield {
        "regel_id": "D1",
        "gemeente_code": "GM9012",
        "opdracht_id": "OPD1",
        "opdrachtgever_naam": "Kwekerij Oost",
        "opdrachtgever_kvk": "45678901",
        "kandidaat_ref": "KD",
        "datum": "2026-03-09",
        "uren": "40.00",
        "tarief": "15.00",
        "premie_per_uur": "14.00",
    }


def deliver(story: Story, period: str, rows: Iterator[Cells] | list[Cells]) -> None:
    take_in(
        story.folder,
        [_invoiced(row) for row in rows],
        file_name=f"uren-{period}.csv",
        today=_after(period),
    )


def _invoiced(row: Mapping[str, str]) -> Cells:
    return {"factuurnummer": "F1", "factuurdatum": row["datum"], **row}


def settle(story: Story, period: str) -> None:
    """Prepare, approve, book and make the documents."""
    today = _after(period)
    run = settlements.prepare(
        story.flexensie, HalfYear.parse(period), today=today, by=story.people["Bureau"]
    )
    by = story.people["Penningmeester"]
    approved = settlements.approve(run, now=_at(today), by=by)
    book_settlements(approved, booked_on=today, by=by)
    documents.request(approved)
    make_documents()


def make_documents() -> None:
    while documents.make_waiting():
        pass


def credit(story: Story, period: str) -> None:
    """Werkkracht is credited, and settled again."""
    by = story.people["Penningmeester"]
    wrong = Settlement.objects.in_force().get(
        organisation=story.organisations["Werkkracht"],
        period__halfyear=HalfYear.parse(period),
    )
    today = _after(period)
    mirror = reversal.reverse(wrong, reason="tarief klopte niet", now=_at(today), by=by)
    book_settlements([mirror], booked_on=today, by=by)
    documents.request([mirror])
    settle(story, period)


def order(story: Story, period: str) -> list[Payment]:
    batch = export(
        _period(story, period), now=_at(_after(period)), by=story.people["Bestuur"]
    ).batch
    return list(batch.payments.all())


def pay(story: Story, period: str) -> None:
    """The bank did what was ordered, four days later."""
    statement = BankStatement.objects.create(
        iban="NL91ABNA0417164300",
        statement_id=f"S-{period}",
        opening=Decimal("0.00"),
        closing=Decimal("0.00"),
    )
    for payment in order(story, period):
        line = BankLine.objects.create(
            statement=statement,
            reference=payment.end_to_end_id,
            booked_on=_after(period) + datetime.timedelta(days=4),
            amount=-payment.amount,
            end_to_end_id=payment.end_to_end_id,
            counterparty_iban=payment.iban,
        )
        match(line, [payment], by=story.people["Bestuur"])


def _period(story: Story, period: str) -> Period:
    return Period.objects.get(
        instrument=story.flexensie, halfyear=HalfYear.parse(period)
    )


def _after(period: str) -> datetime.date:
    """The 20th of the month after a half-year."""
    return HalfYear.parse(period).next().first_day.replace(day=20)


def _at(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(
        day, datetime.time(10, 12), ZoneInfo("Europe/Amsterdam")
    )
