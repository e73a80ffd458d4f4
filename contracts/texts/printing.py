"""An agreement on paper: PDF/A-3a and PDF/UA-1, the same bytes for the same content."""

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from contracts.texts.structure import Block, Filled, TrailEntry, facts, paragraph
from membership.papers.gathering import the_issuer
from nvsi.paper import Enclosure, print_pdf

_SIGNED = "Ondertekend. Het bewijs van ondertekening staat achter deze overeenkomst."


def pdf(
    filled: Filled,
    *,
    trail: Sequence[TrailEntry] = (),
    attachments: Sequence[Enclosure] = (),
) -> bytes:
    """The document. With a trail, who signed stands in it and on a page behind it.

    The attachments go into the file itself, each under its own name.
    """
    return print_pdf(
        as_html(filled, trail=trail), dated=filled.dated, enclosures=attachments
    )


def as_html(filled: Filled, *, trail: Sequence[TrailEntry] = ()) -> str:
    """The page that is printed; apart, so that it can be looked at in a browser."""
    paper = {
        "title": filled.title,
        "document": f"{filled.title} ({filled.reference[0][1]})",
        "sender": settings.NVSI_NAME,
        "sender_lines": the_issuer().lines,
        "reference": filled.reference,
        "blocks": list(_blocks(filled, trail)),
        "foot": filled.foot,
    }
    context = {
        "paper": paper,
        "dated": filled.dated.isoformat(),
        "trail": trail,
        "check_at": f"{settings.SITE_URL}{reverse('check-document')}",
    }
    return render_to_string("documents/agreement.html", context)


def _blocks(filled: Filled, trail: Sequence[TrailEntry]) -> Iterator[Block]:
    """Once it is signed, who did so stands where there was room to sign."""
    for block in filled.blocks:
        if trail and block["kind"] == "signature":
            yield paragraph(_SIGNED)
            yield facts(
                (one.party, f"{one.name}, {one.function}, op {one.signed}")
                for one in trail
            )
        else:
            yield block
