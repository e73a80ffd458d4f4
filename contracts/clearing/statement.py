"""The statement that data were given back or deleted, as a PDF of our own."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from contracts.models import Clearing
from contracts.models.signatures import Signature
from membership.fresh_factor import Given
from membership.papers.gathering import the_issuer
from membership.papers.pdf import as_pdf
from membership.papers.structure import Facts, Heading, Paper, Paragraph, text
from nvsi.dutch import day


@dataclass(frozen=True)
class Made:
    """The PDF, and its name without an ending."""

    content: bytes
    file_name: str


def statement(row: Clearing, factor: Given, now: datetime.datetime) -> Made:
    """As it is signed in the portal at this moment."""
    paper = paper_of(row, factor, now)
    return Made(as_pdf(paper), paper.file_name)


def paper_of(row: Clearing, factor: Given, now: datetime.datetime) -> Paper:
    today = timezone.localdate(now)
    title = "Verklaring over persoonsgegevens na afloop"
    whom = row.organisation.formal_name
    is_returned = row.choice == Clearing.Choice.RETURN
    did = "teruggegeven en daarna gewist" if is_returned else "gewist"
    return Paper(
        title=title,
        sender=settings.NVSI_NAME,
        sender_lines=the_issuer().lines,
        addressee=(text(f"{whom[:1].upper()}{whom[1:]}"),),
        reference=(("Datum", text(day(today))),),
        blocks=(
            Paragraph(
                text(
                    f"{row.processor} verklaart dat de persoonsgegevens van "
                    f"{whom} zijn {did} (artikel 28, derde lid, onder g, AVG)."
                ),
                "lead",
            ),
            Heading("Wat er is gedaan"),
            Facts(tuple((name, text(words)) for name, words in _about(row))),
            Heading("Getekend"),
            Facts(
                tuple((name, text(words)) for name, words in _signed(row, factor, now))
            ),
        ),
        foot=title,
        file_name=f"Verklaring gegevens {row.organisation.short_name} {row.processor}"[
            :120
        ],
        dated=today,
        is_ours=True,
        is_one_page=True,
    )


def _about(row: Clearing) -> list[tuple[str, str]]:
    assert row.done_on is not None
    agreement = f"{row.agreement._meta.verbose_name}, laatste dag {day(row.ended_on)}"
    return [
        ("Overeenkomst", agreement),
        ("Oplossing", str(row.instrument or "alle")),
        ("Van wie", row.organisation.formal_name),
        ("Wie de gegevens had", row.processor),
        ("Keuze van de verwerkingsverantwoordelijke", row.get_choice_display()),
        ("Gedaan op", day(row.done_on)),
        ("Wat er is gedaan", row.words),
        ("Wat de wet laat bewaren", row.kept or "niets"),
    ]


def _signed(
    row: Clearing, factor: Given, now: datetime.datetime
) -> list[tuple[str, str]]:
    here = timezone.localtime(now)
    return [
        ("Naam", row.signer_name),
        ("Functie", row.signer_function),
        ("Getekend op", f"{day(here.date())} om {here:%H:%M} uur, in het portaal"),
        ("Tweede stap", str(Signature.Factor(factor.kind).label)),
    ]
