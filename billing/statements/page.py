"""The page of one statement: its paper, and below each amount the work behind it.

From the frozen content alone, so that page and paper cannot differ.
"""

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from billing.statements.charts import Bars, Part, Share, divided, shares
from billing.statements.paper import Client, Paper, Work, paper_of
from billing.statements.paper import Part as PaperPart
from billing.statements.rows import AMOUNTS
from billing.statements.sums import Calculation
from nvsi.dutch import counted, euro, hours, short_day
from nvsi.halfyear import HalfYear

Content = Mapping[str, Any]

# A page with more lines than this shows the lines of an opdracht on a page of its own.
MOST_LINES = 250


@dataclass(frozen=True)
class LineRow:
    """One hour line; marks say in words what is special about it."""

    day: str
    name: str
    hours: str
    rate: str
    revenue: str
    premium: str
    premium_rate: str
    marks: Sequence[str]


@dataclass(frozen=True)
class Assignment:
    """An opdracht with its sums; `lines` is empty when they have their own page."""

    name: str
    work: Work
    count: str
    marks: Sequence[str]
    lines: Sequence[LineRow]


@dataclass(frozen=True)
class ClientWork:
    """An opdrachtgever with its opdrachten, and the marks of any of them."""

    client: Client
    assignments: Sequence[Assignment]
    marks: Sequence[str]


@dataclass(frozen=True)
class GemeentePart:
    """One gemeente: how its amount came about, and for whom was worked."""

    paper: PaperPart
    payout: str
    clients: Sequence[ClientWork]


@dataclass(frozen=True)
class Compared:
    """One gemeente beside the others, each amount with the head of its column."""

    name: str
    amounts: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Division:
    """Where the revenue went, as one bar and in whole percents."""

    bars: Bars
    shares: Sequence[Share]


@dataclass(frozen=True)
class StatementPage:
    paper: Paper
    parts: Sequence[GemeentePart]
    division: Division | None
    with_lines: bool
    total: Calculation
    heads: Sequence[str]
    shares: Sequence[Compared]

    @property
    def executor_amount(self) -> str:
        return self.total.executor[-1].amount

    @property
    def association_amount(self) -> str:
        return self.total.association[-1].amount


def page_of(content: Content) -> StatementPage:
    paper = paper_of(content)
    count = sum(len(gemeente["lines"]) for gemeente in content["gemeenten"])
    with_lines = count <= MOST_LINES
    return StatementPage(
        paper=paper,
        parts=[
            _part(part, gemeente, with_lines)
            for part, gemeente in zip(paper.parts, content["gemeenten"], strict=True)
        ],
        division=_division(content),
        with_lines=with_lines,
        heads=list(AMOUNTS.values()),
        shares=_compared(paper),
        total=(paper.overview or paper.parts[0]).calculation,
    )


def _compared(paper: Paper) -> list[Compared]:
    shares_of = paper.overview.shares if paper.overview else ()
    return [
        Compared(each.name, list(zip(AMOUNTS.values(), each.amounts, strict=True)))
        for each in shares_of
    ]


def lines_of_assignment(content: Content, opdracht: str) -> list[LineRow]:
    """The lines of one opdracht, over all gemeenten of the statement."""
    return [
        _line(line)
        for gemeente in content["gemeenten"]
        for line in gemeente["lines"]
        if line["opdracht_id"] == opdracht
    ]


def line_of(content: Content, regel_id: str) -> LineRow | None:
    """One line of the statement, by the uitvoerder's number; nothing when not in it."""
    for gemeente in content["gemeenten"]:
        for line in gemeente["lines"]:
            if line["regel_id"] == regel_id:
                return _line(line)
    return None


def _part(paper: PaperPart, gemeente: Content, with_lines: bool) -> GemeentePart:
    lines: dict[tuple[str, str], list[Content]] = defaultdict(list)
    for line in gemeente["lines"]:
        lines[line["opdracht_id"], line.get("opdrachtgever_kvk", "")].append(line)
    clients = zip(paper.clients, gemeente["opdrachtgevers"], strict=True)
    return GemeentePart(
        paper=paper,
        payout=euro(gemeente["uitkering_gemeente"]),
        clients=[
            _client(client, content, lines, with_lines) for client, content in clients
        ],
    )


def _client(
    client: Client,
    content: Content,
    lines: Mapping[tuple[str, str], list[Content]],
    with_lines: bool,
) -> ClientWork:
    both = zip(client.assignments, content["opdrachten"], strict=True)
    assignments = [
        _assignment(work, each, lines[each["opdracht_id"], content["kvk"]], with_lines)
        for work, each in both
    ]
    kinds = (_kinds(each) for each in content["opdrachten"])
    return ClientWork(client, assignments, sorted(set().union(*kinds)))


def _assignment(
    work: Work, content: Content, lines: Sequence[Content], with_lines: bool
) -> Assignment:
    return Assignment(
        name=content["opdracht_id"],
        work=work,
        count=counted(len(lines), "regel", "regels"),
        marks=[
            *(_late(period) for period in content["nagekomen"]),
            *(["correctie"] if content["correctie"] else []),
        ],
        lines=[_line(line) for line in lines] if with_lines else (),
    )


def _late(period: str) -> str:
    """nagekomen (2e helft 2025): short, for a badge in a table."""
    half = HalfYear.parse(period)
    return f"nagekomen ({half.half}e helft {half.year})"


def _kinds(assignment: Content) -> set[str]:
    kinds = {"nagekomen": assignment["nagekomen"], "correctie": assignment["correctie"]}
    return {kind for kind, present in kinds.items() if present}


def _line(line: Content) -> LineRow:
    marks = []
    if line["nagekomen"]:
        marks.append(_late(line["nagekomen"]))
    if line["corrigeert_regel_id"]:
        marks.append(f"correctie op {line['corrigeert_regel_id']}")
    return LineRow(
        day=short_day(datetime.date.fromisoformat(line["datum"])),
        name=line["regel_id"],
        hours=hours(line["uren"]),
        rate=euro(line["tarief"]),
        revenue=euro(line["omzet"]),
        premium=euro(line["premie"]),
        premium_rate=euro(line["premie_per_uur"]),
        marks=marks,
    )


def _division(content: Content) -> Division | None:
    """Nothing for a reversal, or when the holder gets less than nothing."""
    totals = {key: Decimal(amount) for key, amount in content["totals"].items()}
    parts = [
        Part("payout", "naar u", totals["uitkering_gemeente"]),
        Part("premium", "premies voor kandidaten", totals["premies"]),
        Part("fee", "uitvoerder", totals["uitkering_uitvoerder"]),
        Part("contribution", "NVSI", totals["bijdrage_nvsi"]),
    ]
    found = shares(parts)
    if not found:
        return None
    return Division(divided(parts), found)
