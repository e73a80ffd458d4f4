"""Worked examples that a treasurer can read and check: see examples/*.toml.

Each file tells what was agreed, which lines came when, and what must come out of it.
The lines are written to a CSV file and go the whole road: import, prepare, approve,
book and document. In a table the columns stand two or more spaces apart, and a dash
is an empty cell.
"""

import datetime
import json
import re
import tomllib
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from billing import road
from billing.models import Entry, Line, Period, Settlement, Statement
from billing.reports import halfyear_as_json
from billing.statements import documents
from contracts.agreements import change_terms, conclude
from contracts.models import Terms, Verwerkersovereenkomst
from instruments.models import ContributionRate, Instrument
from membership.models import AlvBesluit, Organisation, Person
from nvsi.halfyear import HalfYear
from tests.billing.deliveries import USUAL_CELLS, take_in

FOLDER = Path(__file__).parent / "examples"
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SINCE = datetime.date(2018, 1, 1)

Example = dict[str, Any]
Rows = list[dict[str, str]]


def read(path: Path) -> Example:
    return tomllib.loads(path.read_text())


def cells(line: str) -> list[str]:
    found = re.split(r" {2,}", line.strip())
    return ["" if cell == "-" else cell for cell in found]


def table(text: str) -> Rows:
    """The rows of a table, by the names in its first line."""
    header, *rows = map(cells, text.strip("\n").splitlines())
    return [dict(zip(header, row, strict=True)) for row in rows]


def columns(text: str) -> list[dict[str, str]]:
    """A table that is read from top to bottom: a column per gemeente, then totaal."""
    header, *rows = map(cells, text.strip("\n").splitlines())
    found = [{"gemeente_code": name} for name in header]
    for name, *values in rows:
        for column, value in zip(found, values, strict=True):
            column[name] = value
    return found


def organisation(code_and_name: str) -> Organisation:
    """Find or make one, written as 'GM9001 Heideveld', with the AVG's agreement."""
    code, name = code_and_name.split(" ", 1)
    kind = "gemeente" if code.startswith("GM") else "samenwerkingsverband"
    found, is_new = Organisation.objects.get_or_create(
        code=code, defaults={"name": name, "short_name": name, "kind": kind}
    )
    if is_new:
        Verwerkersovereenkomst.objects.create(organisation=found, starts_on=SINCE)
    return found


def agree(instrument: Instrument, agreements: Iterable[Example]) -> None:
    for facts in agreements:
        (_, first), *later = facts["vergoeding_pct"].items()
        agreement = conclude(
            organisation(facts["holder"]),
            instrument,
            gemeenten=map(organisation, facts["gemeenten"]),
            signed_on=facts["starts_on"],
            starts_on=facts["starts_on"],
            ends_on=facts.get("ends_on"),
            vergoeding_pct=Decimal(first),
            by=None,
        )
        for halfyear, pct in later:
            change_terms(
                agreement,
                from_halfyear=HalfYear.parse(halfyear),
                vergoeding_pct=Decimal(pct),
                by=None,
            )


def decide(instrument: Instrument, contributions: Rows) -> None:
    """Have the ALV decide; the first row must be what the migrations bring."""
    (known,) = instrument.contribution_rates.all()
    first, *later = contributions
    assert first == {
        "from": str(known.from_halfyear),
        "gemeente": str(known.gemeente_pct),
        "uitvoerder": str(known.uitvoerder_pct),
        "besluit": known.besluit.reference,
    }
    for row in later:
        ContributionRate.objects.create(
            instrument=instrument,
            from_halfyear=HalfYear.parse(row["from"]),
            gemeente_pct=Decimal(row["gemeente"]),
            uitvoerder_pct=Decimal(row["uitvoerder"]),
            besluit=AlvBesluit.objects.create(
                reference=row["besluit"], subject=row["besluit"]
            ),
        )


class Road:
    """Takes the steps of one example, and looks at what each comes to."""

    def __init__(
        self, instrument: Instrument, preparer: Person, approver: Person, folder: Path
    ) -> None:
        self.instrument, self.folder = instrument, folder
        self.preparer, self.approver = preparer, approver
        self.today = SINCE
        self.seen = 0

    @property
    def now(self) -> datetime.datetime:
        return datetime.datetime.combine(self.today, datetime.time(12), AMSTERDAM)

    def take(self, step: Example) -> None:
        self.today = step["on"]
        if "lines" in step:
            self.deliver(table(step["lines"]))
        if "price" in step:
            self.mend_price(**step["price"])
        if "reverse" in step:
            self.reverse(**step["reverse"])
        if "settle" in step:
            self.settle(step)
        self.check_postings(step.get("postings"))

    def deliver(self, rows: Rows) -> None:
        delivered = [
            {**USUAL_CELLS, **row, "factuurdatum": row["datum"]} for row in rows
        ]
        take_in(self.folder, delivered, today=self.today)
        for row in rows:
            line = Line.objects.get(regel_id=row["regel_id"])
            shown = {
                "omzet": str(line.omzet),
                "premie": str(line.premie),
                "period": str(line.period.halfyear),
            }
            assert shown.items() <= row.items(), row["regel_id"]

    def mend_price(self, holder: str, halfyear: str, vergoeding_pct: str) -> None:
        """What the bureau does in the admin when a price was recorded wrongly."""
        terms = Terms.objects.get(
            agreement__organisation__code=holder,
            from_halfyear=HalfYear.parse(halfyear),
        )
        terms.vergoeding_pct = Decimal(vergoeding_pct)
        terms.save()

    def reverse(self, number: str, credit: str, reason: str) -> None:
        year, sequence = map(int, number.split("-"))
        settlement = Settlement.objects.get(number_year=year, number_sequence=sequence)
        mirror = road.reverse(settlement, reason=reason, now=self.now, by=self.approver)
        assert mirror.number == credit

    def settle(self, step: Example) -> None:
        run = road.prepare(
            self.instrument,
            HalfYear.parse(step["settle"]),
            today=self.today,
            by=self.preparer,
        )
        draft = halfyear_as_json(run.period)
        road.approve(run, now=self.now, by=self.approver)
        period = Period.objects.get(pk=run.period_id)
        content = halfyear_as_json(period)
        assert (draft["status"], content["status"]) == ("draft", "approved")
        assert draft["fingerprint"] == content["fingerprint"]
        self.check_amounts(content, columns(step["amounts"]))
        if "rates" in step:
            self.check_rates(content, table(step["rates"]))
        if "nagekomen" in step:
            self.check_marks(period, step["nagekomen"])

    def check_amounts(self, content: Example, expected: list[dict[str, str]]) -> None:
        *gemeenten, total = expected
        total = {k: v for k, v in total.items() if k not in ("gemeente_code", "number")}
        names = ("gemeente_code", "number", *total)
        assert [{k: g[k] for k in names} for g in content["gemeenten"]] == gemeenten
        assert content["totals"] == total

    def check_rates(self, content: Example, expected: Rows) -> None:
        names = ("kind", "pct", "base", "amount", "since")
        shown = [
            {"gemeente_code": g["gemeente_code"]} | {name: r[name] for name in names}
            for g in content["gemeenten"]
            for r in g["rates"]
        ]
        assert shown == expected

    def check_marks(self, period: Period, expected: dict[str, str]) -> None:
        """The statements say which lines were worked in an earlier half-year."""
        while documents.make_waiting():
            pass
        statements = Statement.objects.filter(settlement__period=period)
        marks = {
            line["regel_id"]: line["nagekomen"]
            for statement in statements
            for gemeente in json.loads(bytes(statement.json or b""))["gemeenten"]
            for line in gemeente["lines"]
        }
        assert {regel: mark for regel, mark in marks.items() if mark} == expected

    def check_postings(self, expected: str | None) -> None:
        """What this step put in the books, entry by entry; each of them balanced."""
        entries = Entry.objects.filter(number__gt=self.seen).order_by("number")
        shown = [
            {
                "number": (entry.settlement and entry.settlement.number) or "",
                "account": str(posting.account),
                "organisation": posting.organisation.code,  # type: ignore[union-attr]
                "debit": str(posting.debit or ""),
                "credit": str(posting.credit or ""),
            }
            for entry in entries
            for posting in entry.postings.select_related("account", "organisation")
        ]
        assert shown == (table(expected) if expected else [])
        self.seen += len(entries)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda p: p.stem)
def test_the_example_comes_out_to_the_cent(
    path: Path,
    flexensie: Instrument,
    bureau: Person,
    penningmeester: Person,
    tmp_path: Path,
) -> None:
    example = read(path)
    decide(flexensie, table(example["contributions"]))
    agree(flexensie, example["agreements"])
    walk = Road(flexensie, bureau, penningmeester, tmp_path)
    for step in example["steps"]:
        walk.take(step)


def test_every_example_says_what_it_shows() -> None:
    examples = list(map(read, FOLDER.glob("*.toml")))
    titles = {example["title"] for example in examples}
    assert len(titles) == len(examples) >= 14
    assert all(len(example["explanation"].split()) >= 15 for example in examples)
