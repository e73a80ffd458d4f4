"""Ten half-years of history beside the one that is measured, there or put away."""

from billing.deliveries import lines
from billing.models import Import, Period
from billing.sql import run
from nvsi.halfyear import HalfYear
from tests.bench.books import partition_of, without_guards
from tests.bench.data import HALFYEAR

HALFYEARS = 10


class History:
    """Earlier half-years with as many lines each; made at once, and there at first."""

    def __init__(self) -> None:
        self.periods: list[Period] = []
        halfyear = HALFYEAR
        for _ in range(HALFYEARS):
            halfyear = halfyear.previous()
            self.periods.append(_copy_to(halfyear))

    def put_away(self) -> None:
        for period in self.periods:
            run(f"ALTER TABLE billing_line DETACH PARTITION {partition_of(period)}")

    def put_back(self) -> None:
        for period in self.periods:
            run(
                f"ALTER TABLE billing_line ATTACH PARTITION {partition_of(period)} "
                f"FOR VALUES IN ({period.pk})"
            )


def _copy_to(halfyear: HalfYear) -> Period:
    """The lines once more, with ids of their own, in a half-year that is closed."""
    period = Period.objects.get(halfyear=HALFYEAR)
    delivery = Import.objects.get(file_name__endswith=".csv")
    before = lines.reserve_ids(delivery.lines_count)
    origin, period.pk = partition_of(period), None
    period.halfyear, period.closed_at = halfyear, delivery.delivered_at
    with without_guards():  # none begins closed
        period.save()
    delivery.pk = None
    delivery.file_name = delivery.sha256 = str(halfyear)
    delivery.save()
    shift = (HALFYEAR.first_day - halfyear.first_day).days
    other = {
        "id": f"{before} + row_number() OVER ()",
        "import_id": f"{delivery.pk}::bigint",
        "period_id": f"{period.pk}::bigint",
        "worked_in": f"{halfyear.code}",
        "datum": f"least(datum - {shift}, '{halfyear.last_day}'::date)",
        "regel_id": f"(regel_id || '-{halfyear}')::varchar COLLATE \"C\"",
    }
    cells = ", ".join(
        f"{other.get(name, name)} AS {name}" for name in lines.COLUMNS.split(", ")
    )
    run(f"CREATE TABLE earlier AS SELECT {cells} FROM {origin}")
    lines.keep("earlier", [period.pk])
    # So that it is put back without a look at every line.
    run(f"ALTER TABLE {partition_of(period)} ADD CHECK (period_id = {period.pk})")
    return period
