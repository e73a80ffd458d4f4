"""Take over the agreements that exist today, with all that belongs to them.

Per row: the membership, both agreements, the price, the IBAN and the contactpersoon of
a gemeente. Agreements that are in force need not be made again: an earlier
verwerkersovereenkomst that still runs is kept. How an aspirant-lid becomes lid stands
in membership.succession. Source: design section 4, seed 001, domain rule 31.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import models, transaction

from contracts.agreements import save_all
from contracts.models import Verwerkersovereenkomst
from contracts.takeover_contacts import plan_contacts, save_contacts
from contracts.takeover_plan import (
    plan_agreements,
    plan_ibans,
    plan_memberships,
    plan_verwerkersovereenkomsten,
)
from contracts.takeover_rows import COLUMNS, Row, read_row
from instruments.models import Instrument
from membership import history
from membership.models import Dissolution, Membership, Organisation, Person, Role
from membership.redivision.gone import gone_into
from membership.succession import Succession
from nvsi.cells import RowCells, cell_error, refuse_any
from nvsi.locks import one_at_a_time
from nvsi.tables import CellError, Table, open_table


@dataclass(frozen=True)
class TakenOver:
    """What a file came to: agreements that are new and known, and new contacts."""

    new: int
    known: int
    contacts: int


def import_contracts(
    path: Path, *, today: datetime.date, by: Person | None = None
) -> TakenOver:
    """Take in a file of agreements: all of it, or nothing. Twice is the same as once.

    Raises TableRefused with every wrong row: what cannot be read, a gemeente or an
    instrument that is not known, agreements or memberships that overlap, and what is
    known with another content.
    """
    with open_table(path, COLUMNS) as table, transaction.atomic():
        one_at_a_time("import_contracts")
        errors = list(table.misshapen())
        rows = _read(table, errors)
        return _take_in(rows, errors, today, by)


def _read(table: Table, errors: list[CellError]) -> list[Row]:
    locked = Organisation.objects.gemeenten().select_for_update(no_key=True)
    gemeenten = {gemeente.code: gemeente for gemeente in locked}
    instruments = {
        instrument.slug: instrument for instrument in Instrument.objects.all()
    }
    return [
        read_row(RowCells(number, texts, errors), gemeenten, instruments)
        for number, texts in table.rows()
    ]


def _take_in(
    rows: Sequence[Row],
    errors: list[CellError],
    today: datetime.date,
    by: Person | None,
) -> TakenOver:
    """Plan everything, refuse when anything is wrong, and only then save."""
    agreements = plan_agreements(rows, errors)
    successions = plan_memberships(rows, errors)
    verwerkersovereenkomsten = plan_verwerkersovereenkomsten(rows)
    ibans = plan_ibans(rows, errors)
    roles = plan_contacts(rows, today, errors)
    errors += _gone(rows, today)
    refuse_any(errors)
    _save_memberships(successions, by)
    Verwerkersovereenkomst.objects.bulk_create(verwerkersovereenkomsten)
    _record("taken over", verwerkersovereenkomsten, by)
    save_all(agreements.new)
    for new in agreements.new:
        new.record("taken over", by)
    Organisation.objects.bulk_update(ibans, ["iban"])
    _record("iban taken over", ibans, by)
    _save_contacts(roles, by)
    return TakenOver(len(agreements.new), agreements.known_count, len(roles))


def _gone(rows: Iterable[Row], today: datetime.date) -> Iterator[CellError]:
    """Nothing is taken over for a gemeente that is not there any more."""
    found = Dissolution.objects.by(today).select_related("redivision__successor")
    dissolved = {one.organisation_id: one for one in found}
    for row in rows:
        if row.gemeente and (one := dissolved.get(row.gemeente.pk)):
            yield cell_error(row.number, "gemeente_code", f"is {gone_into(one)}")


def _save_memberships(successions: Iterable[Succession], by: Person | None) -> None:
    """What ends first, so that what follows finds its days free."""
    shortened = [row for one in successions for row in one.shortened]
    new = [row for one in successions for row in one.new]
    Membership.objects.bulk_update(shortened, ["ends_on"])
    Membership.objects.bulk_create(new)
    for row in shortened:
        history.record(row, "ended", by, ends_on=str(row.ends_on))
    _record("taken over", new, by)


def _save_contacts(roles: Sequence[Role], by: Person | None) -> None:
    _record("added", save_contacts(roles), by)
    for role in roles:
        history.record(role, "given", by, person=role.person_id)


def _record(action: str, subjects: Iterable[models.Model], by: Person | None) -> None:
    for subject in subjects:
        history.record(subject, action, by)
