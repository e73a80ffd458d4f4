"""Texts of agreements: written by the bureau, used from a date, filled in, printed.

What others need: `text_for` chooses the version, `values_for` knows the fields of an
organisation, `fill` puts both together (refuses a missing field by its name), `pdf`
prints it, with the trail of who signed when there is one. Keep `Filled.as_json()`
beside an offered document: from it the same words are printed again with the trail.
"""

import datetime
from collections.abc import Mapping, Sequence

from contracts.models import TextVersion
from contracts.texts.checking import missing, problems
from contracts.texts.choosing import text_for
from contracts.texts.filling import fill_in
from contracts.texts.printing import pdf
from contracts.texts.structure import Block, Filled, TrailEntry
from contracts.texts.values import values_for
from nvsi.dutch import day

__all__ = [
    "Filled",
    "TrailEntry",
    "fill",
    "missing",
    "pdf",
    "problems",
    "text_for",
    "values_for",
]


def fill(
    text: TextVersion,
    values: Mapping[str, str],
    *,
    dated: datetime.date,
    annexes: Mapping[str, Sequence[Block]] | None = None,
) -> Filled:
    """A version filled in. `dated` is the day of the document.

    Raises NotAllowed that names the field or the annex which is missing.
    """
    known = {"versie": f"versie {text.number}", "opgesteld": day(dated), **values}
    return fill_in(text.kind, text.body, known, dated=dated, annexes=annexes or {})
