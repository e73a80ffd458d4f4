"""The register of datalekken as a file, to show to the AP (AVG art. 33 lid 5).

What the law asks stands in it: the facts of each datalek, its consequences and what was
done about it; and beside that how each college stands.
"""

import datetime
from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone

from contracts.breaches.reading import Known, OfCollege
from contracts.breaches.shown import timeline
from contracts.breaches.words import measures_of, moment, said_of
from contracts.models.breach_facts import BreachEntry
from membership.papers.gathering import the_issuer
from membership.papers.pdf import as_pdf as print_paper
from membership.papers.structure import (
    Block,
    Facts,
    Heading,
    Paper,
    Paragraph,
    Table,
    text,
)
from nvsi.dutch import counted, day, listing
from nvsi.spreadsheet import Cell, Sheet, write_xlsx

_BREACHES = (
    *("Nummer", "Ontdekt", "Ontdekt door", "Gemeld", "Oplossing", "Soort"),
    *("Wat er is gebeurd", "Van wie", "Mensen", "Gegevens", "Records", "Gevolgen"),
    *("Maatregelen", "Stand", "Conclusie"),
)
_COLLEGES = (
    *("Nummer", "Organisatie", "Code", "Geïnformeerd", "Melden tot", "Besluit AP"),
    *("Op", "Door", "Meldingsnummer", "Reden", "Betrokkenen", "Toelichting"),
)
_COURSE = ("Nummer", "Wanneer", "Wat", "Toelichting", "Vastgelegd door")


def as_xlsx(found: Sequence[Known], today: datetime.date) -> bytes:
    """Three sheets: the datalekken, the colleges of each, and all that happened."""
    sheets = [
        Sheet("Datalekken", _BREACHES, [_breach(one) for one in found]),
        Sheet(
            "Colleges", _COLLEGES, [_of(o, one) for o in found for one in o.colleges]
        ),
        Sheet(
            "Verloop",
            _COURSE,
            [
                (one.breach.number, _naive(line.at), line.title, line.words, line.by)
                for one in found
                for line in timeline(one)
            ],
        ),
    ]
    return write_xlsx(sheets, created=today, title="Register van datalekken")


def as_pdf(found: Sequence[Known], today: datetime.date) -> bytes:
    """The same, to read: a chapter for each."""
    blocks: list[Block] = [Paragraph(text(_opening(found, today)), "lead")]
    for known in found:
        blocks += _chapter(known)
    paper = Paper(
        title="Register van datalekken",
        sender=settings.NVSI_NAME,
        sender_lines=the_issuer().lines,
        addressee=(),
        reference=(),
        blocks=tuple(blocks),
        foot=f"Register van datalekken · {day(today)}",
        file_name=f"Register van datalekken {today}",
        dated=today,
        is_ours=True,
    )
    return print_paper(paper)


def _opening(found: Sequence[Known], today: datetime.date) -> str:
    many = counted(len(found), "datalek", "datalekken")
    return (
        f"Alle inbreuken in verband met persoonsgegevens die bij de NVSI bekend zijn "
        f"op {day(today)}: {many} (artikel 33, vijfde lid, AVG)."
    )


def _chapter(known: Known) -> list[Block]:
    rows = [
        (
            "Ontdekt",
            f"{moment(known.breach.discovered_at)}, {known.breach.discovered_by}",
        ),
        ("Gemeld bij de NVSI", moment(known.breach.reported_at)),
        ("Oplossing", listing(known.instruments) if known.instruments else "geen"),
        *said_of(known),
        ("Stand", _state(known)),
    ]
    blocks: list[Block] = [
        Heading(f"Datalek {known.breach.number}"),
        Facts(tuple((name, text(words)) for name, words in rows)),
    ]
    if known.colleges:
        cells = [_told(one) for one in known.colleges]
        blocks.append(Heading("Colleges", 3))
        blocks.append(
            Table(
                ("Organisatie", "Geïnformeerd", "Melding aan de AP", "Betrokkenen"),
                tuple(tuple(text(cell) for cell in row) for row in cells),
                (3, 3, 4, 3),
            )
        )
    blocks.append(Heading("Verloop", 3))
    course = [
        (moment(line.at), " ".join(f"{line.title}. {line.words}".split()))
        for line in timeline(known)
    ]
    blocks.append(Facts(tuple((at, text(words)) for at, words in course)))
    return blocks


def _told(one: OfCollege) -> tuple[str, str, str, str]:
    name = f"{one.name} (niet betrokken)" if one.standing.is_out else one.name
    told = moment(one.standing.told_at) if one.standing.told_at else "nog niet"
    return name, told, _decided(one.decision), _decided(one.people)


def _decided(entry: BreachEntry | None) -> str:
    if entry is None:
        return "nog niet bekend"
    number = f", nummer {entry.number}" if entry.number else ""
    why = f": {entry.words}" if entry.words else ""
    return f"{entry.get_outcome_display()}, {moment(entry.at)}{number}{why}"


def _state(known: Known) -> str:
    end = known.conclusion
    if end is None:
        return str(known.stage.label)
    return f"{known.stage.label}, {end.get_outcome_display()}: {end.words}"


def _breach(known: Known) -> tuple[Cell, ...]:
    breach, description = known.breach, known.description
    return (
        breach.number,
        _naive(breach.discovered_at),
        breach.discovered_by,
        _naive(breach.reported_at),
        ", ".join(known.instruments),
        description.get_nature_display(),
        description.what,
        description.subjects,
        description.people_count,
        description.data_kinds,
        description.records_count,
        description.consequences,
        measures_of(known),
        str(known.stage.label),
        known.conclusion.words if known.conclusion else "",
    )


def _of(known: Known, one: OfCollege) -> tuple[Cell, ...]:
    decision, people, standing = one.decision, one.people, one.standing
    return (
        known.breach.number,
        one.name,
        one.row.organisation.code,
        _naive(standing.told_at) if standing.told_at else None,
        _naive(standing.until) if standing.until else None,
        decision.get_outcome_display() if decision else "",
        _naive(decision.at) if decision else None,
        decision.who if decision else "",
        decision.number if decision else "",
        decision.words if decision else "",
        people.get_outcome_display() if people else "",
        people.words if people else "",
    )


def _naive(at: datetime.datetime) -> datetime.datetime:
    """By the Dutch clock: a spreadsheet knows no zones."""
    return timezone.make_naive(at)
