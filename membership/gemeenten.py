"""Take in the list of gemeenten: who they are, and in which arbeidsmarktregio.

What the file says holds from today. An empty cell says nothing: what is known stays.
Gemeenten that are not in the file stay too. Source: design section 4, domain rule 38.
"""

import datetime
import re
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from membership.models import Dissolution, HistoryEvent, Organisation, Person
from membership.regions import Place, take_in_places
from nvsi.cells import (
    BadCell,
    RowCells,
    cell_error,
    optional,
    read_words,
    refuse_any,
    shown,
)
from nvsi.locks import one_at_a_time
from nvsi.tables import CellError, Columns, Table, open_table

COLUMNS = Columns(
    required=(
        *("cbs_code", "naam_cbs", "naam_kort", "provincie", "inwoners"),
        *("arbeidsmarktregio_code", "arbeidsmarktregio"),
    )
)


@dataclass(frozen=True)
class Imported:
    """What a file came to, counted in gemeenten and in arbeidsmarktregio's.

    new_codes are of gemeenten that came beside those that were known, missing of those
    that were known and are not in the file, left_out of those in it that are dissolved:
    a herindeling that somebody may have to record, or a file that is too old.
    """

    new: int
    changed: int
    unchanged: int
    regions_new: int
    regions_changed: int
    new_codes: tuple[str, ...] = field(default=(), compare=False)
    missing: tuple[str, ...] = field(default=(), compare=False)
    left_out: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Gemeente:
    """One row of the file; None is what the file does not say."""

    row: int
    code: str
    name: str
    short_name: str
    province: str | None
    inhabitants: int | None
    place: Place | None

    @property
    def facts(self) -> dict[str, str | int]:
        facts = {
            "name": self.name,
            "short_name": self.short_name,
            "province": self.province,
            "inhabitants": self.inhabitants,
        }
        return {name: fact for name, fact in facts.items() if fact is not None}


def import_gemeenten(
    path: Path, *, today: datetime.date, by: Person | None = None
) -> Imported:
    """Add and update gemeenten and arbeidsmarktregio's. Twice is the same as once.

    A gemeente that is in another arbeidsmarktregio than known is there from today. One
    that was dissolved is left as it is.
    Raises TableRefused with every wrong row, and then changes nothing.
    """
    with open_table(path, COLUMNS) as table:
        gemeenten = _read(table)
    with transaction.atomic():
        one_at_a_time("import_gemeenten")
        return _take_in(gemeenten, today, by)


def _take_in(
    gemeenten: list[Gemeente], today: datetime.date, by: Person | None
) -> Imported:
    gone = _dissolved(today)
    left_out = sorted(gone & {g.code for g in gemeenten})
    gemeenten = [g for g in gemeenten if g.code not in gone]
    known = {o.code: o for o in Organisation.objects.gemeenten()}
    new = _add([g for g in gemeenten if g.code not in known])
    changed = _update(known, [g for g in gemeenten if g.code in known])
    organisations = known | new
    placed = take_in_places(
        [(organisations[g.code], g.place) for g in gemeenten if g.place], today
    )
    changed |= placed.moved - new.keys()
    if new or changed or placed.regions_new or placed.regions_changed:
        HistoryEvent.objects.create(
            by=by,
            action="imported",
            subject_type=Organisation._meta.label_lower,
            subject_id=0,  # not one gemeente but many
            subject="Gemeenten en arbeidsmarktregio's",
            facts={
                "new": sorted(new),
                "changed": sorted(changed),
                "regions_new": placed.regions_new,
                "regions_changed": placed.regions_changed,
            },
        )
    return Imported(
        new=len(new),
        changed=len(changed),
        unchanged=len(gemeenten) - len(new) - len(changed),
        regions_new=len(placed.regions_new),
        regions_changed=len(placed.regions_changed),
        new_codes=tuple(sorted(new)) if known else (),
        missing=tuple(sorted(known.keys() - gone - {g.code for g in gemeenten})),
        left_out=tuple(left_out),
    )


def _dissolved(today: datetime.date) -> set[str]:
    """The codes of gemeenten that are not there any more."""
    rows = Dissolution.objects.by(today)
    return set(rows.values_list("organisation__code", flat=True))


def _add(gemeenten: list[Gemeente]) -> dict[str, Organisation]:
    kind = Organisation.Kind.GEMEENTE
    rows = Organisation.objects.bulk_create(
        Organisation(code=g.code, kind=kind, **g.facts) for g in gemeenten
    )
    return {row.code: row for row in rows}


def _update(known: dict[str, Organisation], gemeenten: list[Gemeente]) -> set[str]:
    changed = []
    for gemeente in gemeenten:
        row = known[gemeente.code]
        if any(getattr(row, name) != fact for name, fact in gemeente.facts.items()):
            for name, fact in gemeente.facts.items():
                setattr(row, name, fact)
            changed.append(row)
    Organisation.objects.bulk_update(
        changed, ["name", "short_name", "province", "inhabitants"]
    )
    return {row.code for row in changed}


def _read(table: Table) -> list[Gemeente]:
    errors = list(table.misshapen())
    gemeenten = [
        _read_row(RowCells(number, texts, errors)) for number, texts in table.rows()
    ]
    errors += _contradictions(gemeenten)
    refuse_any(errors)
    return gemeenten


def _read_row(cells: RowCells) -> Gemeente:
    region_code = cells.read("arbeidsmarktregio_code", optional(read_words(20)))
    region_name = cells.read("arbeidsmarktregio", optional(read_words(100)))
    if not cells.wrong and bool(region_code) != bool(region_name):
        empty = "arbeidsmarktregio" if region_code else "arbeidsmarktregio_code"
        cells.refuse(empty, "ontbreekt; vul de code en de naam van de regio allebei in")
    return Gemeente(
        row=cells.number,
        code=cells.read("cbs_code", _read_code) or "",
        name=cells.read("naam_cbs", read_words(200)) or "",
        short_name=cells.read("naam_kort", read_words(100)) or "",
        province=cells.read("provincie", optional(read_words(50))),
        inhabitants=cells.read("inwoners", optional(_read_inhabitants)),
        place=Place(region_code, region_name) if region_code and region_name else None,
    )


def _contradictions(gemeenten: list[Gemeente]) -> list[CellError]:
    """A code that comes back, and a region that has two names."""
    errors: list[CellError] = []
    first: dict[str, int] = {}
    named: dict[str, tuple[int, str]] = {}
    for gemeente in gemeenten:
        row, code, place = gemeente.row, gemeente.code, gemeente.place
        if code and first.setdefault(code, row) != row:
            reason = f"'{code}' staat al in rij {first[code]} van dit bestand"
            errors.append(cell_error(row, "cbs_code", reason))
        if place is None:
            continue
        earlier, name = named.setdefault(place.code, (row, place.name))
        if name != place.name:
            reason = f"{place.code} heet in rij {earlier} '{shown(name)}'"
            errors.append(cell_error(row, "arbeidsmarktregio", reason))
    return errors


def _read_code(text: str) -> str:
    code = read_words(20)(text).upper()
    if not re.fullmatch(r"GM\d{4}", code, re.ASCII):
        raise BadCell(f"'{shown(text)}' is geen CBS-code; schrijf bijvoorbeeld GM0014")
    return code


def _read_inhabitants(text: str) -> int:
    if not re.fullmatch(r"\d{1,8}", text, re.ASCII):
        raise BadCell(
            f"'{shown(text)}' is geen aantal; schrijf alleen cijfers, zonder punten"
        )
    return int(text)
