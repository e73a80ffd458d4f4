"""The letter beside the e-mail: that an agreement moves to the NVSI, on paper.

Source: seed 002 (what changes, and what stays as it is).
"""

import datetime
import hashlib
import zipfile
from io import BytesIO

from django.conf import settings

from contracts.models import ExistingAgreement, Offer, TakeoverLetter, TakeoverRun
from membership.letters.paper import addressee_of
from membership.papers.docx import as_docx
from membership.papers.gathering import the_issuer
from membership.papers.pdf import as_pdf
from membership.papers.structure import (
    Facts,
    Heading,
    Listing,
    Paper,
    Paragraph,
    Strong,
    text,
)
from nvsi.dutch import day, percent

_TO_DO = (
    "Lees de overeenkomst in het portaal.",
    "Laat haar tekenen door wie een mandaat heeft, in het portaal of op papier.",
    "Niet akkoord? Wijs haar af in het portaal, met de reden.",
)


def make(
    offer: Offer, row: ExistingAgreement, run: TakeoverRun, dated: datetime.date
) -> TakeoverLetter:
    """Print it, and keep it with the offer that it is about; also to adapt. Once."""
    paper = letter(offer, row, dated)
    content = as_pdf(paper)
    return TakeoverLetter.objects.create(
        offer=offer,
        run=run,
        file_name=f"{paper.file_name}.pdf".replace("/", "-"),
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        docx=as_docx(paper),
    )


def letter(offer: Offer, row: ExistingAgreement, dated: datetime.date) -> Paper:
    """As it goes out on a day. The price and the terms stay as they are."""
    title = f"Uw overeenkomst voor {row.instrument} gaat verder bij de NVSI"
    until = day(offer.answer_by) if offer.answer_by else ""
    return Paper(
        title=title,
        sender=settings.NVSI_NAME,
        sender_lines=the_issuer().lines,
        addressee=tuple(
            text(line) for line in addressee_of(row.organisation).splitlines()
        ),
        reference=(
            ("Kenmerk", text(offer.reference)),
            ("Datum", text(day(dated))),
        ),
        blocks=(
            Paragraph(
                text(
                    f"Uw overeenkomst voor {row.instrument} eindigt op "
                    f"{day(row.ends_on)}. De NVSI biedt u aan om haar zonder "
                    "onderbreking voort te zetten, tegen dezelfde prijs."
                ),
                "lead",
            ),
            Paragraph(
                text("Wij vragen u te tekenen ", Strong(f"uiterlijk {until}"), "."),
                "notice",
            ),
            Heading("Wat er verandert, en wat niet"),
            Facts(tuple((n, text(said)) for n, said in _changes(offer, row) if said)),
            Heading("Wat u nu doet"),
            Listing(tuple(text(item) for item in _TO_DO), is_numbered=True),
            Paragraph(
                text(
                    f"U vindt de overeenkomst op {settings.SITE_URL}, onder "
                    f"Overeenkomsten. Vragen? Mail het bureau: {settings.NVSI_EMAIL}."
                )
            ),
            Paragraph(text("Met vriendelijke groet,"), "intro"),
            Paragraph(text(settings.NVSI_NAME)),
        ),
        foot=f"{offer.reference} · {row.instrument}",
        file_name=f"{offer.reference} {row.organisation.short_name}"[:120],
        dated=dated,
        is_ours=True,
        is_one_page=True,
    )


def _changes(offer: Offer, row: ExistingAgreement) -> list[tuple[str, str]]:
    uitvoerder = row.uitvoerder.formal_name
    return [
        ("Nu", f"met {uitvoerder}, tot en met {day(row.ends_on)}"),
        ("Daarna", f"met de NVSI, vanaf {day(row.follows_on)}"),
        ("Vergoeding", f"{percent(row.vergoeding_pct)} van de bruto-omzet, zoals nu"),
        ("Opslag bureaukosten", offer.bureaukosten),
        ("Bijzondere afspraken", row.terms),
        ("Uitvoering", f"{uitvoerder} blijft het werk doen"),
        ("Kenmerk van het aanbod", offer.reference),
    ]


def as_zip(run: TakeoverRun, fmt: str = "pdf") -> bytes:
    """All letters of one run as they were made, printed (pdf) or to adapt (docx); the
    same bytes each time. Empty without any: those of long ago have no DOCX, and what
    had its time has nothing."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for one in run.letters.order_by("offer__reference"):
            content = bytes(one.content if fmt == "pdf" else one.docx)
            name = f"{one.file_name.removesuffix('.pdf')}.{fmt}"
            if content:
                entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
                archive.writestr(entry, content)
        is_empty = not archive.namelist()
    return b"" if is_empty else packed.getvalue()
