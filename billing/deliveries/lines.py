"""Where the lines are kept: one partition of billing_line per half-year.

So the cost of a run grows with its own half-year, not with history. The first delivery
of a half-year becomes its partition as a whole: indexes are built and constraints
validated at once, several times faster than row by row. Later ones are added to it.
"""

# ruff: noqa: S608 - the names in these statements are numbers and constants

from collections.abc import Sequence

from billing.sql import ask, run

COLUMNS = (
    "id, import_id, source_id, period_id, coverage_id, worked_in, datum, factuurdatum, "
    "uren, tarief, premie_per_uur, omzet, premie, regel_id, opdracht_id, "
    "opdrachtgever_naam, opdrachtgever_kvk, kandidaat_ref, factuurnummer, "
    "corrigeert_regel_id"
)


def reserve_ids(count: int) -> int:
    """Take so many ids; gives the one before the first."""
    ((first,),) = ask(
        "SELECT setval('billing_line_id_seq', nextval('billing_line_id_seq') + %s)",
        [count],
    )
    return int(first) - count


def keep(table: str, periods: Sequence[int]) -> None:
    """Make the rows of a table, with the columns of billing_line, lines of periods.

    Raises IntegrityError when a line is there already. The table itself is used up.
    """
    new = [period for period in periods if not _has_partition(period)]
    if len(periods) == 1 and new:
        _become_partition(table, periods[0])
    else:
        for period in new:
            make_partition(period)
        run(f"INSERT INTO billing_line ({COLUMNS}) SELECT {COLUMNS} FROM {table}")
    for period in periods:
        # The planner is told at once; only of the partitions that it is about.
        run(f"ANALYZE billing_line_{period} (period_id, coverage_id, worked_in)")


def make_partition(period_id: int) -> None:
    """An empty partition for a half-year."""
    run(
        f"CREATE TABLE billing_line_{period_id} PARTITION OF billing_line "
        f"FOR VALUES IN ({period_id})"
    )
    _guard(period_id)


def _has_partition(period_id: int) -> bool:
    return bool(
        ask(
            "SELECT 1 FROM pg_class WHERE oid = to_regclass(%s)",
            [f"billing_line_{period_id}"],
        )
    )


def _become_partition(table: str, period_id: int) -> None:
    leaf = f"billing_line_{period_id}"
    checks = ask(
        "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE conrelid = 'billing_line'::regclass AND contype = 'c'"
    )
    not_null = [f"ALTER {name} SET NOT NULL" for name in COLUMNS.split(", ")]
    named = [f"ADD CONSTRAINT {name} {definition}" for name, definition in checks]
    here = f"ADD CONSTRAINT {leaf}_period CHECK (period_id = {period_id})"
    run(f"ALTER TABLE {table} RENAME TO {leaf}")
    run(f"ALTER TABLE {leaf} {', '.join([*not_null, *named, here])}")
    run(f"ALTER TABLE {leaf} ALTER id SET DEFAULT nextval('billing_line_id_seq')")
    run(f"ALTER TABLE {leaf} ADD UNIQUE (source_id, regel_id, period_id)")
    run(f"ALTER TABLE {leaf} ADD PRIMARY KEY (id, period_id)")
    run(f"ALTER TABLE billing_line ATTACH PARTITION {leaf} FOR VALUES IN ({period_id})")
    run(f"ALTER TABLE {leaf} DROP CONSTRAINT {leaf}_period")
    _guard(period_id)


def _guard(period_id: int) -> None:
    """What the parent's triggers do not do for a partition that is named directly."""
    leaf = f"billing_line_{period_id}"
    run(
        f"CREATE TRIGGER {leaf}_is_not_emptied BEFORE TRUNCATE ON {leaf} "
        "FOR EACH STATEMENT EXECUTE FUNCTION nvsi_refuse()"
    )
    run(
        f"CREATE TRIGGER {leaf}_belongs AFTER INSERT ON {leaf} "
        "REFERENCING NEW TABLE AS added "
        "FOR EACH STATEMENT EXECUTE FUNCTION billing_lines_belong()"
    )
