"""A text as it would look: with examples in its fields and the annexes of today."""

import datetime
from collections.abc import Sequence

from contracts.annexes.blocks import blocks_of
from contracts.models import AnnexVersion, TextVersion
from contracts.texts.fields import examples
from contracts.texts.filling import fill_in
from contracts.texts.printing import pdf
from contracts.texts.required import ANNEXES
from contracts.texts.structure import Block, paragraph
from nvsi.dutch import day

_EXAMPLE = "Hier staat wat het bureau bij Bijlagen heeft vastgelegd."


def preview(text: TextVersion, *, today: datetime.date) -> bytes:
    """The PDF, with every passage that can be in it. Raises NotAllowed as fill does."""
    known = {
        **examples(text.kind),
        "kenmerk": "VOORBEELD",
        "versie": f"versie {text.number}",
        "opgesteld": day(today),
    }
    return pdf(
        fill_in(text.kind, text.body, known, dated=today, annexes=_annexes(today))
    )


def _annexes(today: datetime.date) -> dict[str, Sequence[Block]]:
    """Of the version that is used now, else a sentence in each."""
    version = AnnexVersion.objects.used_on(today).whole().last()
    found = {name: [paragraph(_EXAMPLE)] for name in ANNEXES}
    return {**found, **(blocks_of(version) if version else {})}
