"""Take in a file of agreements with the uitvoerder itself: all of it, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from contracts.models import ExistingAgreement
from contracts.takeover_cells import one_of, read_percentage
from instruments.models import Instrument
from membership import history
from membership.models import Organisation, Person
from nvsi.cells import RowCells, optional, read_date, read_words, refuse_any
from nvsi.locks import one_at_a_time
from nvsi.tables import Columns, open_table

COLUMNS = Columns(
    required=(
        *("organisatie_code", "instrument", "uitvoerder_code"),
        *("einddatum", "vergoeding_pct"),
    ),
    optional=("gemeente_codes", "afspraken"),
)
EMPTY = dict.fromkeys(COLUMNS.optional, "")


@dataclass(frozen=True)
class Existing:
    """How many were new, and how many stood there already."""

    new: int
    known: int


@transaction.atomic
def import_existing(path: Path, *, by: Person | None = None) -> Existing:
    """Twice is once. Raises TableRefused with every wrong row: what cannot be read, is
    not known, or has no gemeenten where it should."""
    with open_table(path, COLUMNS) as table:
        one_at_a_time("import_existing")
        errors = list(table.misshapen())
        codes = {one.code: one for one in Organisation.objects.all()}
        slugs = {one.slug: one for one in Instrument.objects.all()}
        found = [
            row
            for number, texts in table.rows()
            if (
                row := _read(RowCells(number, {**EMPTY, **texts}, errors), codes, slugs)
            )
            is not None
        ]
        refuse_any(errors)
    new = [_save(row, gemeenten, by) for row, gemeenten in found]
    return Existing(sum(new), len(new) - sum(new))


def _read(
    cells: RowCells,
    codes: Mapping[str, Organisation],
    slugs: Mapping[str, Instrument],
) -> tuple[ExistingAgreement, list[Organisation]] | None:
    organisation = cells.read(
        "organisatie_code", one_of(codes, str.upper, "geen bekende organisatie")
    )
    instrument = cells.read(
        "instrument", one_of(slugs, str.lower, "geen bekend instrument")
    )
    uitvoerder = cells.read(
        "uitvoerder_code", one_of(codes, str, "geen bekende uitvoerder")
    )
    ends_on = cells.read("einddatum", read_date)
    pct = cells.read("vergoeding_pct", read_percentage)
    terms = cells.read("afspraken", optional(read_words(2_000))) or ""
    gemeenten = _gemeenten(cells, organisation, codes)
    known = (organisation, instrument, uitvoerder, ends_on, pct)
    if cells.wrong or any(one is None for one in known):
        return None
    assert organisation is not None
    assert instrument is not None
    assert uitvoerder is not None
    assert ends_on is not None
    assert pct is not None
    return ExistingAgreement(
        organisation=organisation,
        instrument=instrument,
        uitvoerder=uitvoerder,
        ends_on=ends_on,
        vergoeding_pct=pct,
        terms=terms,
    ), gemeenten


def _gemeenten(
    cells: RowCells,
    organisation: Organisation | None,
    codes: Mapping[str, Organisation],
) -> list[Organisation]:
    """Of a samenwerkingsverband: their codes, with spaces between them."""
    given = cells.texts["gemeente_codes"].upper().split()
    if strange := [code for code in given if code not in codes]:
        cells.refuse("gemeente_codes", f"{strange[0][:20]} is geen bekende gemeente")
    if organisation and organisation.kind == Organisation.Kind.SAMENWERKINGSVERBAND:
        if not given:
            cells.refuse("gemeente_codes", "ontbreekt; noem de gemeenten")
    elif given:
        cells.refuse("gemeente_codes", "hoort alleen bij een samenwerkingsverband")
    return [codes[code] for code in given if code in codes]


def _save(
    row: ExistingAgreement, gemeenten: list[Organisation], by: Person | None
) -> bool:
    same = ExistingAgreement.objects.filter(
        organisation=row.organisation, instrument=row.instrument, ends_on=row.ends_on
    )
    if same.exists():
        return False
    row.full_clean()
    row.save()
    row.gemeenten.set(gemeenten)
    history.record(row, "added", by)
    return True
