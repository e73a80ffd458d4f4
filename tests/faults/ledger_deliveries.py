"""What the uitvoerder does to the books, and how the machine remembers it."""

import datetime
import itertools
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from billing.checks import check_books
from nvsi.halfyear import HalfYear
from nvsi.refusals import TableRefused
from tests.faults.books import Row, deliver, row_of, write_file
from tests.faults.cluster import Cluster, Database

TODAY = datetime.date(2027, 1, 20)
HALFYEARS = (HalfYear(2025, 2), HalfYear(2026, 1), HalfYear(2026, 2))
_names = itertools.count(1)

halfyears = st.sampled_from(HALFYEARS)
hundredths = st.integers(1, 16800).map(lambda number: f"{number / 100:.2f}")


@dataclass
class Account:
    """What the machine itself remembers."""

    lines: list[Row] = field(default_factory=list)
    falls_in: dict[str, HalfYear] = field(default_factory=dict)
    closed: set[HalfYear] = field(default_factory=set)
    files: list[Path] = field(default_factory=list)
    stale: set[HalfYear] = field(default_factory=set)

    def first_open(self, halfyear: HalfYear) -> HalfYear:
        while halfyear in self.closed:
            halfyear = halfyear.next()
        return halfyear


class Deliveries(RuleBasedStateMachine):
    """What the uitvoerder does, in a copy of the database per run of the machine."""

    cluster: Cluster
    base: Database
    folder: Path
    codes: list[str]

    def __init__(self) -> None:
        super().__init__()
        self.database = self.cluster.make(f"machine_{next(_names)}", self.base.name)
        self.inside = self.database.in_django()
        self.inside.__enter__()
        self.account = Account()

    def teardown(self) -> None:
        try:
            report = check_books()
            assert report.is_clean, report.findings
        finally:
            self.inside.__exit__(None, None, None)
            self.cluster.drop(self.database.name)

    @initialize()
    def deliver_the_first_lines(self) -> None:
        """One line of each gemeente in each half-year."""
        days = [halfyear.first_day.replace(day=20) for halfyear in HALFYEARS]
        self._deliver(
            [
                row_of(f"F{day}{code}", code, datum=day.isoformat())
                for day in days
                for code in self.codes
            ]
        )

    @rule(
        number=st.integers(1, 4),
        gemeente=st.integers(0, 3),
        halfyear=halfyears,
        hours=hundredths,
        tarief=st.integers(100, 9999),
        part=st.integers(0, 100),
    )
    def deliver_lines(
        self,
        number: int,
        gemeente: int,
        halfyear: HalfYear,
        hours: str,
        tarief: int,
        part: int,
    ) -> None:
        """Some lines of one gemeente, each in another month."""
        known = len(self.account.lines)
        self._deliver(
            [
                row_of(
                    f"R{known + extra}",
                    self.codes[gemeente],
                    datum=halfyear.first_day.replace(day=3 + extra).isoformat(),
                    uren=hours,
                    tarief=f"{(tarief + extra) / 100:.2f}",
                    premie_per_uur=f"{tarief * part / 10000:.2f}",
                )
                for extra in range(number)
            ]
        )

    @rule(which=st.integers(0, 1000), hours=hundredths)
    def correct_a_line(self, which: int, hours: str) -> None:
        """Take its hours back, and give others, wherever the line was settled."""
        wrong = self.account.lines[which % len(self.account.lines)]
        known, names = len(self.account.lines), wrong["corrigeert_regel_id"]
        names = names or wrong["regel_id"]
        turned = wrong["uren"][1:] if wrong["uren"][0] == "-" else f"-{wrong['uren']}"
        cells = {"corrigeert_regel_id": names}
        back = wrong | cells | {"regel_id": f"R{known}", "uren": turned}
        right = wrong | cells | {"regel_id": f"R{known + 1}", "uren": hours}
        self._deliver([back, right])

    @rule(which=st.integers(0, 1000))
    def deliver_a_file_again(self, which: int) -> None:
        again = deliver(self.account.files[which % len(self.account.files)], TODAY)
        assert (again.new, again.same_file) == (0, True)

    @rule(which=st.integers(0, 1000))
    def deliver_a_known_line_with_other_hours(self, which: int) -> None:
        wrong = self.account.lines[which % len(self.account.lines)]
        path = self.folder / "gewijzigd.csv"
        rows = [wrong | {"tarief": "99.99"}, row_of("NEW", self.codes[0])]
        with pytest.raises(TableRefused):
            deliver(write_file(path, rows), TODAY)

    def _deliver(self, rows: list[Row]) -> None:
        path = self.folder / f"{self.database.name}-{len(self.account.files)}.csv"
        delivered = deliver(write_file(path, rows), TODAY)
        assert delivered.new == len(rows)
        self.account.files.append(path)
        for row in rows:
            worked = HalfYear.of(datetime.date.fromisoformat(row["datum"]))
            falls_in = self.account.first_open(worked)
            self.account.lines.append(row)
            self.account.falls_in[row["regel_id"]] = falls_in
            self.account.stale.add(falls_in)
