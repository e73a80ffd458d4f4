"""The papers that the portal makes of an ALV: oproeping, besluitenlijst and notulen.

Each is made once, at its moment, and kept as it was (AssemblyPaper).
"""

import datetime
from itertools import groupby

from django.conf import settings
from django.utils import timezone

from membership.admission.evidence import Checked, own_pdf
from membership.assembly.amounts import Amount, Overview, overview_of
from membership.letters.body import blocks_of
from membership.models import Assembly, Beslispunt, Notulen, Voorstel
from membership.papers.gathering import the_issuer
from membership.papers.pdf import as_pdf
from membership.papers.structure import (
    Block,
    Facts,
    Heading,
    Paper,
    Paragraph,
    Row,
    Strong,
    Table,
    Text,
    text,
)
from nvsi.dutch import day

ASKED = "De ALV wordt gevraagd in te stemmen met het volgende:"
STATUTES = (
    "Op deze vergadering wordt een wijziging van de statuten voorgesteld (artikel 42 "
    "van boek 2 van het Burgerlijk Wetboek)."
)


def oproeping_of(
    assembly: Assembly, dated: datetime.date, *, statutes: bool
) -> Checked:
    """The convocation: when and where, what the law wants said, and the agenda with
    every voorstel in full."""
    rows = assembly.voorstellen.standing().select_related("body", "of_member")
    voorstellen = list(rows.prefetch_related("beslispunten", "papers", "amounts"))
    blocks: list[Block] = [
        Paragraph(text("Het bestuur roept de leden op voor deze vergadering."), "lead"),
        Facts(where(assembly)),
        *([Paragraph(text(STATUTES), "notice")] if statutes else []),
        *blocks_of(assembly.note),
        Heading("Agenda"),
        Facts(tuple((v.label, text(v.title)) for v in voorstellen)),
        *(block for voorstel in voorstellen for block in _voorstel(voorstel)),
        Heading("Stemmen"),
        Paragraph(
            text(
                "Alleen leden stemmen. Kunt u niet komen? Geef dan in het portaal een "
                "volmacht."
            )
        ),
    ]
    return made("Oproeping", assembly, dated, blocks, addressee="Aan de leden")


def besluitenlijst_of(assembly: Assembly, dated: datetime.date) -> Checked:
    """What became of what the members were told, in the order of the agenda, with the
    outcome in a sentence."""
    rows = Beslispunt.objects.filter(voorstel__in=assembly.voorstellen.told())
    points = rows.select_related("voorstel", "besluit").order_by(
        "voorstel__position", "voorstel__letter", "number"
    )
    blocks: list[Block] = [Facts(where(assembly))]
    for voorstel, asked in groupby(points, lambda point: point.voorstel):
        blocks.append(Heading(str(voorstel)))
        if voorstel.is_withdrawn:
            blocks.append(Paragraph(text(f"Van de agenda: {voorstel.reason}")))
        else:
            blocks += [block for point in asked for block in _decision(point)]
    return made("Besluitenlijst", assembly, dated, blocks)


def notulen_of(notulen: Notulen, dated: datetime.date) -> Checked:
    """As a concept, or as they were adopted."""
    blocks: list[Block] = [Facts(where(notulen.assembly))]
    if notulen.adopted_in is None:
        words = "Dit is een concept. Een volgende ALV stelt de notulen vast."
        title = "Conceptnotulen"
    else:
        words = f"Vastgesteld in de ALV van {day(notulen.adopted_in.on)}."
        title = "Notulen"
    blocks += [Paragraph(text(words), "notice"), *blocks_of(notulen.text)]
    return made(title, notulen.assembly, dated, blocks)


def proposed_by(voorstel: Voorstel) -> str:
    """Who hands it in, in words."""
    return str(voorstel.of_member or voorstel.body or "het bestuur")


def amounts_in(voorstel: Voorstel) -> list[Amount]:
    """What it asks, line by line. One query, or none when they were fetched."""
    rows = voorstel.amounts.all()
    return [Amount(row.group, row.name, row.euros) for row in rows]


def _amounts(overview: Overview) -> list[Block]:
    """A table with its totals, where there is anything to add up."""
    if not overview.groups:
        return []
    rows: list[tuple[Text, ...]] = []
    for group in overview.groups:
        rows += [(text(Strong(group.name)), text(""))] if group.name else []
        rows += [(text(one.name), text(one.said)) for one in group.amounts]
        if overview.is_grouped:
            what = f"Totaal {group.name.lower()}".strip()
            rows.append((text(Strong(what)), text(Strong(group.said))))
    rows.append((text(Strong("Totaal")), text(Strong(overview.said))))
    heads = ("Waarvoor", "Bedrag")
    return [Heading("Bedragen", 3), Table(heads, tuple(rows), (3, 1), numbers=(1,))]


def where(assembly: Assembly) -> tuple[Row, ...]:
    """Which ALV, when, and where."""
    starts, ends = map(timezone.localtime, (assembly.starts_at, assembly.ends_at))
    rows = [
        ("Vergadering", assembly.title),
        ("Wanneer", f"{day(assembly.on)}, {starts:%H:%M} tot {ends:%H:%M} uur"),
        ("Plaats", assembly.place),
        ("Online", assembly.link),
    ]
    return tuple((name, text(words)) for name, words in rows if words)


def _voorstel(voorstel: Voorstel) -> list[Block]:
    """As seed 004 sets them: who, what is asked, and why."""
    papers = [paper.title for paper in voorstel.papers.all()]
    blocks: list[Block] = [
        Heading(str(voorstel)),
        Paragraph(
            text(f"{voorstel.get_kind_display()}, van {proposed_by(voorstel)}"), "small"
        ),
        Paragraph(text(ASKED), "intro"),
    ]
    for point in voorstel.beslispunten.all():
        blocks += _point(point)
    blocks += [Heading("Toelichting", 3), *blocks_of(voorstel.toelichting)]
    blocks += _amounts(overview_of(amounts_in(voorstel)))
    if papers:
        blocks.append(Paragraph(text(f"Stukken: {', '.join(papers)}"), "small"))
    return blocks


def _point(point: Beslispunt) -> list[Block]:
    """Its number before its first words; its points stay a list."""
    number = f"{point.number}. "
    first, *rest = blocks_of(point.text)
    if isinstance(first, Paragraph):
        return [Paragraph(text(number, *first.words)), *rest]
    return [Paragraph(text(number)), first, *rest]


def _decision(point: Beslispunt) -> list[Block]:
    known = f"Kenmerk: {point.besluit.reference}." if point.besluit else ""
    return [
        *_point(point),
        Paragraph(text(Strong(point.sentence), f" {known}" if known else "")),
    ]


def made(
    title: str,
    assembly: Assembly,
    dated: datetime.date,
    blocks: list[Block],
    addressee: str = "",
) -> Checked:
    """A paper of an ALV as a PDF, under the letterhead of the association."""
    number = f"ALV {assembly.year}-{assembly.number}"
    name = f"{title} ALV {assembly.on.isoformat()}"
    paper = Paper(
        title=f"{title}: {assembly.title}",
        sender=settings.NVSI_NAME,
        sender_lines=the_issuer().lines,
        addressee=(text(addressee),) if addressee else (),
        reference=(("Kenmerk", text(number)), ("Datum", text(day(dated)))),
        blocks=tuple(blocks),
        foot=f"{number} · {title}",
        file_name=name,
        dated=dated,
        is_ours=True,
    )
    return own_pdf(as_pdf(paper), f"{name}.pdf")
