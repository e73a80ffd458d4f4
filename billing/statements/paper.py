"""Turns the frozen content of a statement into what its paper shows, ready to print.

Every amount, date and sentence is written out once, here and in `statement_sums` and
`statement_words`; the template only places them.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from billing.statements import words
from billing.statements.sums import Calculation, calculation, overview
from billing.statements.words import Content, Sentence, full_name, is_reversal
from nvsi.dutch import day, euro, half_year, hours, iban, listing, span
from nvsi.halfyear import HalfYear

# A longer list of opdrachten may go on at the next page: else it leaves a large gap.
_ON_ONE_PAGE = 12


@dataclass(frozen=True)
class Work:
    """A line of the specification: of an opdracht, an opdrachtgever or the total."""

    name: str
    hours: str
    revenue: str
    premium: str
    worked: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Client:
    """An opdrachtgever: its own sums first, then its opdrachten."""

    sums: Work
    assignments: Sequence[Work]

    @property
    def whole(self) -> bool:
        """Whether it is short enough to keep on one page."""
        return len(self.assignments) <= _ON_ONE_PAGE


@dataclass(frozen=True)
class Part:
    """One gemeente: how its amount came about, and the work behind it."""

    name: str
    calculation: Calculation
    clients: Sequence[Client]
    total: Work
    late: bool
    corrected: bool


@dataclass(frozen=True)
class Share:
    """One gemeente in the table that compares the gemeenten of a statement."""

    name: str
    amounts: Sequence[str]


@dataclass(frozen=True)
class Overview:
    """What stands before the parts when there are several; the last share is all."""

    calculation: Calculation
    shares: Sequence[Share]


@dataclass(frozen=True)
class Paper:
    """All that the template places."""

    title: str
    document: str
    number: str
    period: str
    result: Sentence
    next_steps: Sequence[str]
    interim: str
    sender: str
    sender_lines: Sequence[str]
    addressee: Sequence[str]
    reference: Sequence[tuple[str, str]]
    fingerprint: str
    executor: str
    overview: Overview | None
    parts: Sequence[Part]


def paper_of(content: Content) -> Paper:
    """The paper of one statement; nothing on it comes from anywhere else."""
    issuer, gemeenten = content["issuer"], content["gemeenten"]
    holder = words.holder(content)
    return Paper(
        title=words.title(content),
        document=words.document_name(content),
        number=content["number"],
        period=words.period(content),
        result=words.result(content),
        next_steps=words.next_steps(content),
        interim=words.interim(content),
        sender=issuer["name"],
        sender_lines=_sender_lines(issuer),
        addressee=[_capital(holder), *content["organisation"]["address"]],
        reference=_reference(content),
        fingerprint=content["fingerprint"],
        executor=content["uitvoerder"]["name"],
        overview=_overview(content, holder) if len(gemeenten) > 1 else None,
        parts=[_part(g, content) for g in gemeenten],
    )


def _sender_lines(issuer: Mapping[str, str]) -> list[str]:
    """Where the association is found; what is not known is left out."""
    lines = [
        issuer["town"],
        issuer["email"],
        f"KvK {issuer['kvk']}" if issuer["kvk"] else "",
        f"IBAN {iban(issuer['iban'])}" if issuer["iban"] else "",
    ]
    return [line for line in lines if line]


def _reference(content: Content) -> list[tuple[str, str]]:
    rows = [
        ("Kenmerk", content["number"]),
        ("Datum", day(datetime.date.fromisoformat(content["date"]))),
        ("Periode", words.period(content)),
        ("Oplossing", content["instrument_name"]),
    ]
    if is_reversal(content):
        rows.insert(1, ("Hoort bij", f"afrekening {content['refers_to']}"))
    return rows


def _overview(content: Content, holder: str) -> Overview:
    gemeenten, totals = content["gemeenten"], content["totals"]
    reversal = is_reversal(content)
    return Overview(
        overview(totals, gemeenten, holder, reversal=reversal),
        [*(_share(g["name"], g) for g in gemeenten), _share("Samen", totals)],
    )


def _share(name: str, sums: Mapping[str, Any]) -> Share:
    keys = ("bruto_omzet", "premies", "vergoeding", "afdracht_gemeente")
    return Share(name, [euro(sums[key]) for key in (*keys, "uitkering_gemeente")])


def _part(gemeente: Mapping[str, Any], content: Content) -> Part:
    name = full_name("gemeente", gemeente["name"])
    work = [o for c in gemeente["opdrachtgevers"] for o in c["opdrachten"]]
    return Part(
        name=_capital(name),
        calculation=calculation(gemeente, name, reversal=is_reversal(content)),
        clients=[_client(client) for client in gemeente["opdrachtgevers"]],
        total=_work("Totaal", gemeente, "bruto_omzet", "premies"),
        late=any(o["nagekomen"] for o in work),
        corrected=any(o["correctie"] for o in work),
    )


def _client(client: Mapping[str, Any]) -> Client:
    kvk = f"KvK {client['kvk']}" if client["kvk"] else ""
    return Client(
        _work(client["naam"], client, remark=kvk),
        [_assignment(assignment) for assignment in client["opdrachten"]],
    )


def _assignment(assignment: Mapping[str, Any]) -> Work:
    first, last = (datetime.date.fromisoformat(assignment[k]) for k in ("van", "tot"))
    remarks = ["correctie"] if assignment["correctie"] else []
    if assignment["nagekomen"]:
        halves = [half_year(HalfYear.parse(p)) for p in assignment["nagekomen"]]
        remarks.insert(0, f"nagekomen ({listing(halves)})")
    name = assignment["opdracht_id"]
    remark = ", ".join(remarks)
    return _work(name, assignment, worked=span(first, last), remark=remark)


def _work(
    name: str,
    sums: Mapping[str, Any],
    revenue: str = "omzet",
    premium: str = "premie",
    **other: str,
) -> Work:
    amounts = (euro(sums[revenue]), euro(sums[premium]))
    return Work(name, hours(sums["uren"]), *amounts, **other)


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
