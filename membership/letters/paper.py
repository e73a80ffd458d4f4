"""A letter on the paper of the NVSI, as one organisation gets it."""

import datetime

from django.conf import settings
from django.utils import timezone

from membership.letters.body import blocks_of
from membership.models import Letter, Organisation
from membership.papers.gathering import the_issuer
from membership.papers.pdf import as_pdf
from membership.papers.structure import (
    Block,
    Heading,
    Listing,
    Paper,
    Paragraph,
    paragraphs,
    text,
)
from nvsi.dutch import day

_READERS = {"gemeente": "t.a.v. het college en de raad"}


def addressee_of(organisation: Organisation) -> str:
    """How it stands on the envelope, a line each."""
    place = f"{organisation.postcode}  {organisation.town}".strip()
    name = organisation.formal_name
    lines = (
        f"{name[:1].upper()}{name[1:]}",
        _READERS.get(organisation.kind, "t.a.v. het bestuur"),
        organisation.address,
        place,
    )
    return "\n".join(line for line in lines if line)


def pdf_of(letter: Letter, addressee: str) -> bytes:
    """The letter as it is; of a draft with the day of today, and without number."""
    return as_pdf(paper_of(letter, addressee, dated=letter.sent_on))


def paper_of(letter: Letter, addressee: str, *, dated: datetime.date | None) -> Paper:
    dated = dated or timezone.localdate()
    names = [str(one) for one in letter.attachments.defer("content")]
    return Paper(
        title=letter.subject,
        sender=settings.NVSI_NAME,
        sender_lines=the_issuer().lines,
        addressee=tuple(text(line) for line in addressee.splitlines()),
        reference=(
            ("Kenmerk", text(letter.number)),
            ("Datum", text(day(dated))),
            ("Bijlagen", text(str(len(names)) if names else "geen")),
        ),
        blocks=(
            *_correction(letter),
            Heading("Samenvatting"),
            *paragraphs(letter.summary, "quote"),
            Paragraph(text(letter.salutation)),
            *blocks_of(letter.body),
            Paragraph(text("Met vriendelijke groet,"), "intro"),
            Paragraph(text(settings.NVSI_NAME)),
            *_attachments(names),
        ),
        foot=f"{letter.number} · {letter.subject}",
        file_name=f"{letter.number.replace('/', '-')} {letter.subject}"[:120],
        dated=dated,
        is_ours=True,
    )


def _correction(letter: Letter) -> tuple[Block, ...]:
    if letter.corrects is None:
        return ()
    words = f"Deze brief verbetert {corrected(letter)}."
    return (Paragraph(text(words), "notice"),)


def corrected(letter: Letter) -> str:
    """Which letter it corrects: 'Lbr 26/001 van 9 maart 2026'."""
    before = letter.corrects
    if before is None or before.sent_on is None:
        return ""
    return f"{before.number} van {day(before.sent_on)}"


def _attachments(names: list[str]) -> tuple[Block, ...]:
    if not names:
        return ()
    return Heading("Bijlagen", 3), Listing(tuple(text(name) for name in names))
