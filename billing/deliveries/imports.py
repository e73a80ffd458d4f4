"""Take in a delivery of hour lines: all of it, or nothing. Step 1 and 2 of the road.

Source: design section 4 (hour lines), domain rules 8, 31 and 35.
"""

# ruff: noqa: S608 - no name in these statements comes from outside

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from django.db import IntegrityError, transaction

from billing.deliveries import corrections, lines, refusals, staging, values
from billing.deliveries.hours import COLUMNS, readers
from billing.models import Import, Line, Period
from billing.settling.settlements import lock, require_role
from billing.sql import ask, run
from instruments.models import Instrument
from membership import history
from membership.models import Organisation, Person, Role
from nvsi.errors import NotAllowed
from nvsi.halfyear import HalfYear
from nvsi.refusals import CellError
from nvsi.tables import Table, open_table

DELIVERERS = (Role.Name.UITVOERDER, Role.Name.BUREAU)


@dataclass(frozen=True)
class Delivered:
    """What a file came to: new and known lines, hours and euros of the new ones.

    delivery is the import that it became, now or before; None when nothing was new.
    """

    new: int = 0
    known: int = 0
    uren: Decimal = Decimal(0)
    omzet: Decimal = Decimal(0)
    premie: Decimal = Decimal(0)
    same_file: bool = False
    delivery: Import | None = field(default=None, compare=False)


def import_hours(
    path: Path,
    *,
    file_name: str,
    instrument: Instrument,
    today: datetime.date,
    dry_run: bool = False,
    by: Person | None = None,
    look: Callable[[Delivered], None] | None = None,
) -> Delivered:
    """Take in a file of the instrument's uitvoerder.

    Raises TableRefused with every wrong row, and then changes nothing. The same file,
    and lines that are known with the same content, change nothing either. `look` is
    called while the lines are in the books, before a dry run takes them out again;
    what it raises, takes them out too.
    """
    if by is not None:
        require_role(by, DELIVERERS, "urenregels aanleveren")
    source = instrument.uitvoerder_on(today)
    if source is None:
        raise NotAllowed(f"{instrument} heeft op dit moment geen uitvoerder.")
    with open_table(path, COLUMNS) as table, transaction.atomic():
        if (before := Import.objects.filter(sha256=table.sha256).first()) is not None:
            known = before.lines_count + before.known_count
            return Delivered(known=known, same_file=True, delivery=before)
        delivered = _take_in(table, file_name, instrument, source, today, by)
        if look is not None:
            look(delivered)
        staging.drop()
        transaction.set_rollback(dry_run)
        return delivered


def _take_in(
    table: Table,
    file_name: str,
    instrument: Instrument,
    source: Organisation,
    today: datetime.date,
    by: Person | None,
) -> Delivered:
    misshapen = staging.stage(table)
    values.make_values(readers(today))
    values.make_amounts()
    lock(instrument)
    staging.make_days(instrument.pk, _open_periods(instrument))
    ((staged,),) = ask("SELECT sum(times) FROM amount_cells")
    ((import_id,),) = ask("SELECT nextval('billing_import_id_seq')")
    first = lines.reserve_ids(staged)
    corrects = "corrigeert_regel_id" in table.names
    bound = corrections.bind(instrument.pk, source.pk, corrects=corrects)
    ready = staging.convert(first, import_id, source.pk, trim=table.trim, bound=bound)
    _refuse_if_wrong(source, misshapen, staged - ready, corrects=corrects)
    known = _leave_out_known(source)
    delivered = _totals(known)
    if delivered.new:
        delivery = Import.objects.create(
            pk=import_id,
            instrument=instrument,
            source=source,
            file_name=file_name[:200],
            sha256=table.sha256,
            delivered_by=by,
            lines_count=delivered.new,
            known_count=known,
            uren=delivered.uren,
            omzet=delivered.omzet,
            premie=delivered.premie,
        )
        _insert(delivery)
        history.record(delivery, "delivered", by, lines=delivered.new, known=known)
        delivered = replace(delivered, delivery=delivery)
    return delivered


def _open_periods(instrument: Instrument) -> dict[int, int]:
    """For every half-year of work the first open half-year on or after it."""
    periods = {p.halfyear: p for p in Period.objects.filter(instrument=instrument)}

    def first_open(halfyear: HalfYear) -> int:
        while (period := periods.get(halfyear)) and period.closed_at:
            halfyear = halfyear.next()
        if period is None:
            period = Period.objects.create(instrument=instrument, halfyear=halfyear)
            periods[halfyear] = period
        return period.pk

    return {
        code: first_open(HalfYear.from_code(code))
        for code in sorted(staging.worked_halfyears())
    }


def _refuse_if_wrong(
    source: Organisation, misshapen: list[CellError], left_out: int, *, corrects: bool
) -> None:
    if (
        misshapen
        or left_out
        or not refusals.values_are_good()
        or not refusals.hours_are_good()
        or (corrects and not refusals.corrections_are_good(source.pk))
    ):
        refusals.refuse(source.pk, misshapen)
        raise AssertionError("a wrong row has a check that names it")


def _leave_out_known(source: Organisation) -> int:
    """Drop the rows that were delivered before; a difference refuses the file."""
    if not Line.objects.filter(source=source).exists():
        return 0
    known = "r.regel_id = l.regel_id AND l.source_id = %s"
    found = ask(
        f"SELECT count(*), count(*) FILTER (WHERE {refusals.DIFFERS}), "
        f"count(DISTINCT r.regel_id) FROM ready r JOIN billing_line l ON {known}",
        [source.pk],
    )
    rows, different, distinct = found[0]
    if different or distinct != rows:
        refusals.refuse(source.pk)
    if rows:
        run(f"DELETE FROM ready r USING billing_line l WHERE {known}", [source.pk])
    return int(rows)


def _totals(known: int) -> Delivered:
    """What is new. Without known rows it is all, and few combinations tell it."""
    if not known:
        new, *sums = values.totals()
        return Delivered(int(new), 0, *sums)
    ((new, *sums),) = ask(
        "SELECT count(*), coalesce(sum(uren), 0), coalesce(sum(omzet), 0), "
        "coalesce(sum(premie), 0) FROM ready"
    )
    return Delivered(new, known, *sums)


def _insert(delivery: Import) -> None:
    """Make the rows lines; a regel_id twice in the file shows here."""
    try:
        with transaction.atomic():
            lines.keep("ready", staging.periods())
    except IntegrityError:
        refusals.refuse(delivery.source_id)
        raise
