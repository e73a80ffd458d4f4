"""Inbesteding: the years, who decides, how the work was given, and an evidence file."""

import datetime
from collections.abc import Iterator
from decimal import Decimal

from django.core.files.base import ContentFile

from billing.demo.stage import BUREAU, Stage, shown
from contracts.inbesteding import recording
from contracts.inbesteding.evidence import freeze
from contracts.models import Activity, Award, ControlFact
from membership.models import AlvBesluit, Organisation, Person
from membership.papers.gathering import the_issuer
from membership.papers.pdf import as_pdf
from membership.papers.structure import Paper, Paragraph, text
from membership.people import person_by_email
from nvsi.dutch import day, listing, percent

AWARDED_ON = datetime.date(2026, 10, 1)
SINCE = datetime.date(2024, 1, 1)
GEMEENTE = "GM0014"
# Per year what was for members, and all; before the portal, so from the jaarrekening.
YEARS = {
    2023: ("1184250.00", "1402980.00"),
    2024: ("1502110.00", "1698400.00"),
    2025: ("1811390.00", "1979850.00"),
}
# The kind, what was found, and the paper that shows it.
FACTS = (
    (
        "representation",
        "Elk lid wijst een afgevaardigde aan voor de ALV, en heeft daar een stem. Eén "
        "afgevaardigde mag meer leden vertegenwoordigen.",
        "Uittreksel statuten, artikel 14",
    ),
    (
        "influence",
        "De ALV stelt het meerjarenplan, de begroting en de bijdragen vast, en benoemt "
        "het bestuur.",
        "Uittreksel statuten, artikel 16",
    ),
    (
        "vote",
        "De ALV stelde de bijdrage voor 2025 en 2026 vast.",
        "Besluitenlijst ALV 2025",
    ),
    (
        "interests",
        "De NVSI werkt zonder winst, en alleen voor haar leden en participanten.",
        "Uittreksel statuten, artikel 2",
    ),
    (
        "capital",
        "De NVSI heeft geen aandelen en geen leden met privékapitaal.",
        "Verklaring van het bestuur",
    ),
)


def show_inbesteding(stage: Stage) -> Iterator[str]:
    """Recorded by the bureau, and frozen for a gemeente."""
    bureau = person_by_email(BUREAU)
    for year, (controlling, total) in YEARS.items():
        row = Activity(
            instrument=stage.instrument,
            year=year,
            controlling=Decimal(controlling),
            total=Decimal(total),
            source=f"Jaarrekening {year} (verzonnen)",
        )
        recording.record_activity(row, file=None, by=bureau)
    for kind, summary, title in FACTS:
        _record(kind, summary, title, bureau)
    _give_the_work(stage, bureau)
    gemeente = Organisation.objects.get(code=GEMEENTE)
    made = freeze(gemeente, stage.instrument, awarded_on=AWARDED_ON, by=bureau)
    pct = percent(made.content["shares"][0]["pct"])
    years = listing([str(year) for year in YEARS])
    yield f"Van {years} samen was {pct} van de omzet voor leden."
    yield (
        f"{gemeente} heeft een bewijsdossier voor een gunning op {day(AWARDED_ON)}: "
        f"{made.number}."
    )
    file = stage.write(f"{made.number} verzonnen.pdf", bytes(made.pdf))
    yield f"Zie {shown(file)}."


def _record(kind: str, summary: str, title: str, by: Person) -> None:
    besluit = AlvBesluit.objects.order_by("-taken_on").first()
    row = ControlFact(
        kind=kind,
        summary=summary,
        starts_on=SINCE,
        besluit=besluit if kind == ControlFact.Kind.VOTE else None,
    )
    file = ContentFile(_paper(title, summary), name=f"{title} (verzonnen).pdf")
    recording.record_fact(row, file=file, by=by)


def _paper(title: str, words: str) -> bytes:
    issuer = the_issuer()
    paper = Paper(
        title=f"{title} (verzonnen)",
        sender=issuer.name,
        sender_lines=issuer.lines,
        addressee=(),
        reference=(),
        blocks=(Paragraph(text(words)),),
        foot="Voorbeeld bij de demo, verzonnen",
        file_name=title,
        dated=SINCE,
        is_ours=True,
        is_one_page=True,
    )
    return as_pdf(paper)


def _give_the_work(stage: Stage, by: Person) -> None:
    uitvoerder = stage.instrument.uitvoerder_on(AWARDED_ON)
    assert uitvoerder is not None, "the instrument of the demo has one"
    row = Award(
        instrument=stage.instrument,
        uitvoerder=uitvoerder,
        subject="Uitvoering Flexensie 2024-2027 (verzonnen)",
        procedure=Award.Procedure.SOCIAL,
        value=Decimal("5200000.00"),
        threshold=Decimal("750000.00"),
        tenderned="000000 (verzonnen)",
        announced_on=datetime.date(2023, 6, 1),
        awarded_on=datetime.date(2023, 11, 15),
        starts_on=SINCE,
        ends_on=datetime.date(2027, 12, 31),
    )
    recording.register_award(row, file=None, by=by)
