"""The uitvoeringsopdracht on paper, as the bestuur gives it."""

import datetime

from contracts.models import Uitvoeringsopdracht
from membership.papers.gathering import the_issuer
from membership.papers.pdf import as_pdf
from membership.papers.structure import (
    Facts,
    Heading,
    Paper,
    Paragraph,
    Row,
    paragraphs,
    text,
)
from nvsi.dutch import day, euro


def pdf(order: Uitvoeringsopdracht, *, dated: datetime.date) -> bytes:
    """The bytes that are kept with the order; the same for the same order."""
    return as_pdf(paper(order, dated=dated))


def paper(order: Uitvoeringsopdracht, *, dated: datetime.date) -> Paper:
    voorstel = order.ontwikkelvoorstel
    title = "Uitvoeringsopdracht"
    lead = (
        f"Het bestuur van de NVSI geeft {order.uitvoerder.formal_name} opdracht om "
        f"{order.instrument} verder te ontwikkelen zoals hieronder staat."
    )
    issuer = the_issuer()
    return Paper(
        title=title,
        sender=issuer.name,
        sender_lines=issuer.lines,
        addressee=(text(order.uitvoerder.formal_name),),
        reference=(
            ("Kenmerk", text(order.reference)),
            ("Datum", text(day(dated))),
            ("Verbeterwens", text(voorstel.wens.reference)),
        ),
        blocks=(
            Paragraph(text(lead), "lead"),
            Heading("Wat er komt"),
            *paragraphs(voorstel.text),
            Heading("Bedrag en dag"),
            Facts(_amounts(order)),
            Heading("Waar dit op berust"),
            Facts(_grounds(order)),
            Heading("Afspraken"),
            *paragraphs(order.agreed),
            Paragraph(
                text(
                    "De uitvoerder bevestigt deze opdracht in het portaal. De "
                    "regiegroep aanvaardt wat is opgeleverd. Het eindbedrag is nooit "
                    "hoger dan het bedrag van deze opdracht."
                )
            ),
            Paragraph(text(f"Gegeven door {order.given_by.name}, namens het bestuur.")),
        ),
        foot=f"{title} {order.reference}",
        file_name=f"{title} {order.reference}",
        dated=dated,
        is_ours=True,
    )


def _amounts(order: Uitvoeringsopdracht) -> tuple[Row, ...]:
    voorstel = order.ontwikkelvoorstel
    return (
        ("Bedrag", text(euro(order.amount))),
        ("Uit de innovatiekas", text(euro(voorstel.from_kas))),
        ("Ander geld", text(euro(voorstel.from_others))),
        ("Op te leveren", text(f"voor of op {day(order.deliver_by)}")),
    )


def _grounds(order: Uitvoeringsopdracht) -> tuple[Row, ...]:
    voorstel = order.ontwikkelvoorstel
    agreed_on = voorstel.agreed_on
    assert agreed_on is not None, "an order rests on a decision"
    rows: list[Row] = [("Akkoord van het bestuur", text(day(agreed_on)))]
    if voorstel.decision:
        found = text(voorstel.decision.reference)
        rows.append(("Besluit van de regiegroep", found))
    if voorstel.besluit:
        rows.append(("Besluit van de ALV", text(str(voorstel.besluit))))
    return tuple(rows)
