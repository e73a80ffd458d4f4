"""The kaders of an instrument and what gemeenten do beside them, as CSV.

A row for each common value that holds, with "NVSI" as organisation, and one for each
own value beside it.
"""

from collections.abc import Iterable, Iterator, Sequence

from instruments.models import LocalNorm
from instruments.norms.shown import Shown, weighed
from instruments.norms.values import STATES, Said, in_words
from nvsi.spreadsheet import Cell, write_csv

HEADER = (
    *("Kader", "Naam", "Code organisatie", "Organisatie", "Waarde", "Stand"),
    *("Vanaf", "Berust op", "Datum daarvan", "Toelichting of reden", "Link"),
)


def as_csv(norms: Sequence[Shown], own: Iterable[LocalNorm]) -> bytes:
    return write_csv(HEADER, [*_common(norms), *_own(norms, own)])


def _common(norms: Sequence[Shown]) -> Iterator[tuple[Cell, ...]]:
    for one in norms:
        if one.now is None:
            continue
        row = one.now.row
        yield (
            *(one.norm.code, one.norm.name, "NVSI", "Alle leden samen"),
            *(one.now.said, "", row.starts_on),
            *(row.rests_on.reference, row.rests_on.taken_on),
            *(row.explanation, ""),
        )


def _own(
    norms: Sequence[Shown], own: Iterable[LocalNorm]
) -> Iterator[tuple[Cell, ...]]:
    common = {one.norm.pk: one.now for one in norms}
    for row in own:
        now = common.get(row.norm_id)
        yield (
            *(row.norm.code, row.norm.name),
            *(row.organisation.code, row.organisation.name),
            in_words(row.norm.kind, Said.of(row)),
            STATES[weighed(now.row, row)] if now else "",
            row.starts_on,
            *(row.get_basis_display(), row.basis_on, row.reason, row.link),
        )
