"""The honest alternative: a script that sums the file, checks nothing, keeps nothing.

Its sums are those of the portal to the cent: both round every line half up.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import polars as pl

from billing.models import Period
from billing.sql import ask
from tests.bench.books import forget_deliveries, take_in
from tests.bench.data import HALFYEAR, write_delivery
from tests.bench.settling import prepare
from tests.bench.timing import Plan, Row, Watch, in_turns

Sums = dict[str, tuple[Decimal, ...]]


def measure(plan: Plan) -> Iterator[Row]:
    """Ours is the whole road from the file to the drafts, in the books."""
    path = write_delivery(plan.folder / "uren.csv", plan.lines)
    expected: list[Sums] = []

    def ours(watch: Watch) -> None:
        with watch.timed():
            take_in(path)
            prepare()
        expected[:] = [sums_in_the_books()]
        forget_deliveries()

    def script(sums: Callable[[Path], Sums]) -> Callable[[Watch], None]:
        def timed(watch: Watch) -> None:
            with watch.timed():
                found = sums(path)
            assert [found] == expected, "a script has the same sums"

        return timed

    scripts = {"polars": polars_sums, "duckdb": duckdb_sums}
    pieces = ours, *map(script, scripts.values())
    whole, *others = in_turns(*pieces, rounds=plan.rounds)
    for name, watch in zip(scripts, others, strict=True):
        yield Row(f"import_hours, settle beside {name}", whole.median, watch.median)


def sums_in_the_books() -> Sums:
    rows = ask(
        "SELECT o.code, sum(uren), sum(omzet), sum(premie) FROM billing_line l "
        "JOIN contracts_coverage c ON c.id = l.coverage_id "
        "JOIN membership_organisation o ON o.id = c.gemeente_id "
        "WHERE period_id = %s GROUP BY o.code",
        [Period.objects.get(halfyear=HALFYEAR).pk],
    )
    return {code: tuple(sums) for code, *sums in rows}


def polars_sums(path: Path) -> Sums:
    """In whole cents, since a float would lose some."""

    def cents(name: str) -> pl.Expr:
        return (pl.col(name) * 100).round().cast(pl.Int64)

    def amount(name: str) -> pl.Expr:
        return ((cents("uren") * cents(name) + 50) // 100).sum().alias(f"{name}_sum")

    rows = (
        pl.scan_csv(path, separator=";", decimal_comma=True)
        .group_by("gemeente_code")
        .agg(
            cents("uren").sum().alias("uren_sum"),
            amount("tarief"),
            amount("premie_per_uur"),
        )
        .collect()
    )
    return {code: tuple(Decimal(n) / 100 for n in sums) for code, *sums in rows.rows()}


def duckdb_sums(path: Path) -> Sums:
    with duckdb.connect() as connection:
        rows = connection.execute(
            "SELECT gemeente_code, sum(uren), sum(round(uren * tarief, 2)), "
            "sum(round(uren * premie_per_uur, 2)) "
            "FROM read_csv(?, delim=';', decimal_separator=',', types={"
            "'uren': 'DECIMAL(6,2)', 'tarief': 'DECIMAL(8,2)', "
            "'premie_per_uur': 'DECIMAL(8,2)'}) GROUP BY gemeente_code",
            [str(path)],
        ).fetchall()
    return {code: tuple(sums) for code, *sums in rows}
