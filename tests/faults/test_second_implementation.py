"""A thousand random books: the portal and DuckDB agree on every one, to the cent."""

import random
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from billing import road
from billing.models import Period
from billing.reports import halfyear_as_json
from contracts.agreements import NewAgreement, save_all
from contracts.models import Gebruiksovereenkomst, Terms, Verwerkersovereenkomst
from instruments.models import ContributionRate
from membership.models import AlvBesluit, Organisation
from nvsi.halfyear import HalfYear
from tests.billing.settled import H1, NOW, SINCE, TODAY
from tests.faults import books
from tests.faults.books import Row, colleague, deliver, flexensie, row_of
from tests.faults.cluster import Cluster, Database
from tests.faults.second_implementation import AMOUNTS, settle

BOOKS = 1000
BEFORE = HalfYear(2025, 2)
MONTHS = {BEFORE: ("2025-07", "2025-10", "2025-12"), H1: ("2026-01", "2026-04")}
pytestmark = pytest.mark.slow

TermsRow = tuple[str, int, Decimal]
# Odd percentages, so that half cents come up; and two decisions of the ALV.
CONTRIBUTIONS = [
    (20141, Decimal("1.00"), Decimal("1.00")),
    (20252, Decimal("1.25"), Decimal("0.75")),
    (20261, Decimal("0.95"), Decimal("1.00")),
]


class Chance:
    """A random book: the lines and prices of one gemeente."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def terms(self, code: str) -> list[TermsRow]:
        """One to three prices, from different half-years on."""
        since = [20181, *self.random.sample([20252, 20261], self.random.randrange(3))]
        return [(code, s, Decimal(self.random.randrange(10001)) / 100) for s in since]

    def lines(
        self, code: str, *, name: str, halfyears: Iterable[HalfYear]
    ) -> list[Row]:
        """Some lines of these half-years, and some that correct one of them."""
        days = [day for halfyear in halfyears for day in MONTHS[halfyear]]
        rows = [
            self._line(f"{name}-{code}-{number}", code, days)
            for number in range(self.random.randrange(1, 9))
        ]
        wrong = self.random.sample(rows, self.random.randrange(len(rows) // 2 + 1))
        return rows + [row for one in wrong for row in self._corrections(one)]

    def _line(self, regel_id: str, code: str, days: list[str]) -> Row:
        tarief = self.random.randrange(1, 6000)
        return row_of(
            regel_id,
            code,
            datum=f"{self.random.choice(days)}-{self.random.randrange(1, 29):02}",
            uren=_written(self.random.randrange(1, 16801)),
            tarief=_written(tarief),
            premie_per_uur=_written(self.random.randrange(tarief + 1)),
        )

    def _corrections(self, wrong: Row) -> Iterator[Row]:
        """The hours taken back, and mostly other hours instead."""
        names = {"corrigeert_regel_id": wrong["regel_id"]}
        back = {"regel_id": f"{wrong['regel_id']}-", "uren": f"-{wrong['uren']}"}
        yield wrong | names | back
        if self.random.random() < 0.7:
            hours = _written(self.random.randrange(1, 16801))
            yield wrong | {"regel_id": f"{wrong['regel_id']}+", "uren": hours}


def _written(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02}"


def agree(prices: dict[str, list[TermsRow]]) -> None:
    """All gemeenten with their agreements and prices, in a few statements."""
    gemeenten = Organisation.objects.bulk_create(
        Organisation(code=code, kind="gemeente", name=code, short_name=code)
        for code in prices
    )
    Verwerkersovereenkomst.objects.bulk_create(
        Verwerkersovereenkomst(organisation=g, starts_on=SINCE) for g in gemeenten
    )
    new = [
        NewAgreement(
            Gebruiksovereenkomst(
                organisation=gemeente,
                instrument=flexensie(),
                signed_on=SINCE,
                starts_on=SINCE,
            ),
            (gemeente,),
            prices[gemeente.code][0][2],
        )
        for gemeente in gemeenten
    ]
    save_all(new)
    Terms.objects.bulk_create(
        Terms(
            agreement=one.agreement,
            from_halfyear=HalfYear.from_code(since),
            vergoeding_pct=pct,
        )
        for one in new
        for _, since, pct in prices[one.gemeenten[0].code][1:]
    )
    besluit = AlvBesluit.objects.create(reference="ALV-proef", subject="Een proef")
    ContributionRate.objects.bulk_create(
        ContributionRate(
            instrument=flexensie(),
            from_halfyear=HalfYear.from_code(since),
            gemeente_pct=gemeente_pct,
            uitvoerder_pct=uitvoerder_pct,
            besluit=besluit,
        )
        for since, gemeente_pct, uitvoerder_pct in CONTRIBUTIONS[1:]
    )


def settled(halfyear: HalfYear) -> dict[str, dict[str, Decimal]]:
    """What the portal makes of a half-year, per gemeente."""
    road.prepare(flexensie(), halfyear, today=TODAY, by=None)
    content = halfyear_as_json(Period.objects.get(halfyear=halfyear))
    return {
        part["gemeente_code"]: {name: Decimal(part[name]) for name in AMOUNTS}
        for part in content["gemeenten"]
    }


def test_a_thousand_random_books_come_to_the_same_in_a_second_implementation(
    cluster: Cluster, migrated: Database, tmp_path: Path
) -> None:
    """Half of the lines of 2025-H2 come after it was closed, at its own prices."""
    chance = Chance(16)
    codes = [f"GM{number:04}" for number in range(1, BOOKS + 1)]
    prices = {code: chance.terms(code) for code in codes}
    both, last = (BEFORE, H1), (BEFORE,)
    on_time = [r for c in codes for r in chance.lines(c, name="A", halfyears=both)]
    late = [r for c in codes for r in chance.lines(c, name="B", halfyears=last)]
    in_time = books.write_file(tmp_path / "op tijd.csv", on_time)
    too_late = books.write_file(tmp_path / "te laat.csv", late)
    terms = [row for rows in prices.values() for row in rows]
    database = cluster.make("a_thousand", migrated.name)
    with database.in_django():
        books.make_colleagues()
        agree(prices)
        deliver(in_time)
        found = {BEFORE: settled(BEFORE)}
        run = road.find_run(flexensie(), BEFORE)
        road.approve(run, now=NOW, by=colleague("bestuur"))
        deliver(too_late)
        found[H1] = settled(H1)
    none = books.write_file(tmp_path / "leeg.csv", [])
    for halfyear, after in ((BEFORE, none), (H1, too_late)):
        assert found[halfyear] == settle(
            halfyear.code,
            on_time=in_time,
            late=after,
            terms=terms,
            contributions=CONTRIBUTIONS,
        )
    assert len(found[H1]) == BOOKS
    assert any(part["uitkering_gemeente"] < 0 for part in found[H1].values())
    assert any(part["bruto_omzet"] == 0 for part in found[BEFORE].values())
