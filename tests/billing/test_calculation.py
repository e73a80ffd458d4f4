"""The arithmetic holds for any lines and any percentages, not only for examples.

Beside the properties stands a second implementation, in fractions of whole numbers and
straight from the lines, that shares nothing with the first.
"""

import math
import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.models import Period
from billing.settling import calculation
from billing.settling.calculation import (
    Amounts,
    Calculation,
    Rate,
    Rates,
    WorkSum,
    calculate,
)
from billing.settling.preview import preview
from contracts.agreements import change_terms
from nvsi.money import ZERO, cents, share
from tests.billing.deliveries import line, take_in
from tests.billing.settled import H1, make_member

KINDS = ("vergoeding", "afdracht_gemeente", "afdracht_uitvoerder")
HALFYEARS = ("2025-H1", "2025-H2", "2026-H1")
HALF_A_CENT = Fraction(1, 200)


class Worked(NamedTuple):
    """A line, as far as money goes: of which half-year, and what was worked."""

    since: str
    uren: Decimal
    tarief: Decimal
    premie: Decimal


Prices = dict[str, tuple[Decimal, Decimal, Decimal]]


def decimals(low: str, high: str) -> st.SearchStrategy[Decimal]:
    return st.decimals(low, high, places=2)


worked_hours = decimals("-168", "168").filter(bool)
works = st.builds(
    Worked,
    st.sampled_from(HALFYEARS),
    worked_hours,
    decimals("0.01", "120"),
    decimals("0", "120"),
)
percentages = st.one_of(
    st.sampled_from([Decimal("0.00"), Decimal("1.00"), Decimal("30.00")]),
    decimals("0", "100"),
)
prices = st.fixed_dictionaries(
    {name: st.tuples(percentages, percentages, percentages) for name in HALFYEARS}
)
books = st.lists(works, max_size=40)


def rates_of(since: str, prices: Prices) -> Rates:
    return Rates(*(Rate(pct, "een besluit", since) for pct in prices[since]))


def summed(worked: Sequence[Worked], prices: Prices) -> list[WorkSum]:
    """What the database gives: the lines of each half-year together."""

    def since(work: Worked) -> str:
        return work.since

    return [
        WorkSum(
            len(group),
            sum((w.uren for w in group), ZERO),
            sum((cents(w.uren * w.tarief) for w in group), ZERO),
            sum((cents(w.uren * w.premie) for w in group), ZERO),
            rates_of(name, prices),
        )
        for name, found in groupby(sorted(worked, key=since), key=since)
        if (group := list(found))
    ]


def settle(worked: Sequence[Worked], prices: Prices) -> Amounts:
    return calculate(summed(worked, prices)).amounts


def to_cents(euros: Fraction) -> int:
    """Whole cents, half a cent away from zero."""
    rounded = math.floor(abs(euros) * 100 + Fraction(1, 2))
    return rounded if euros >= 0 else -rounded


def settle_in_fractions(worked: Sequence[Worked], prices: Prices) -> dict[str, int]:
    """The rules of the design once more, in cents: the second implementation."""
    omzet = [to_cents(Fraction(w.uren) * Fraction(w.tarief)) for w in worked]
    premies = sum(to_cents(Fraction(w.uren) * Fraction(w.premie)) for w in worked)
    shares = []
    for place in range(len(KINDS)):
        bases: dict[Decimal, int] = {}
        for work, amount in zip(worked, omzet, strict=True):
            pct = prices[work.since][place]
            bases[pct] = bases.get(pct, 0) + amount
        shares.append(
            sum(
                to_cents(Fraction(b, 100) * Fraction(p) / 100) for p, b in bases.items()
            )
        )
    vergoeding, gemeente, uitvoerder = shares
    return {
        "uren": to_cents(sum((Fraction(w.uren) for w in worked), Fraction(0))),
        "bruto_omzet": sum(omzet),
        "premies": premies,
        "vergoeding": vergoeding,
        "afdracht_gemeente": gemeente,
        "afdracht_uitvoerder": uitvoerder,
        "uitkering_gemeente": sum(omzet) - premies - vergoeding - gemeente,
        "uitkering_uitvoerder": vergoeding - uitvoerder,
        "bijdrage_nvsi": gemeente + uitvoerder,
    }


def in_cents(amounts: Amounts) -> dict[str, int]:
    return {name: int(value * 100) for name, value in amounts.items()}


@given(books, prices)
def test_a_second_implementation_comes_to_the_same_cents(
    worked: list[Worked], prices: Prices
) -> None:
    assert in_cents(settle(worked, prices)) == settle_in_fractions(worked, prices)


@given(books, prices)
def test_no_cent_is_lost_for_any_lines_and_percentages(
    worked: list[Worked], prices: Prices
) -> None:
    outcome = settle(worked, prices)
    assert outcome.bruto_omzet == (
        outcome.premies
        + outcome.uitkering_gemeente
        + outcome.uitkering_uitvoerder
        + outcome.bijdrage_nvsi
    )
    assert all(value == cents(value) for _, value in outcome.items())


@given(books, prices, st.randoms(use_true_random=False))
def test_the_order_of_the_lines_does_not_matter(
    worked: list[Worked], prices: Prices, random: Random
) -> None:
    sums = summed(worked, prices)
    shuffled = random.sample(sums, len(sums))
    assert calculate(shuffled) == calculate(sums)
    assert settle(random.sample(worked, len(worked)), prices) == settle(worked, prices)


@given(books, prices)
def test_taking_everything_back_mirrors_it_to_the_cent(
    worked: list[Worked], prices: Prices
) -> None:
    back = [work._replace(uren=-work.uren) for work in worked]
    assert settle(back, prices) == -settle(worked, prices)


@given(books, prices)
def test_a_work_sum_in_two_pieces_settles_as_one(
    worked: list[Worked], prices: Prices
) -> None:
    pieces = [s for work in worked for s in summed([work], prices)]
    whole = summed(worked, prices)
    assert calculate(pieces).amounts == calculate(whole).amounts
    assert calculate(pieces).lines_count == calculate(whole).lines_count == len(worked)


@given(st.integers(-(10**12), 10**12), percentages)
def test_both_halves_are_equal_and_within_half_a_cent(cent: int, pct: Decimal) -> None:
    omzet = Decimal(cent) / 100
    half = Rate(pct, "een besluit", "2026-H1")
    rates = Rates(Rate(Decimal(30), "een overeenkomst", "2026-H1"), half, half)
    outcome = calculate([WorkSum(1, Decimal(1), omzet, ZERO, rates)]).amounts
    exact = Fraction(omzet) * Fraction(pct) / 100
    assert outcome.afdracht_gemeente == outcome.afdracht_uitvoerder
    assert abs(Fraction(outcome.afdracht_gemeente) - exact) <= HALF_A_CENT
    assert outcome.bijdrage_nvsi == 2 * outcome.afdracht_gemeente


@given(books, prices)
def test_each_percentage_is_applied_once_and_over_all_that_it_holds_for(
    worked: list[Worked], prices: Prices
) -> None:
    outcome = calculate(summed(worked, prices))
    for kind in KINDS:
        applied = [rate for rate in outcome.rates if rate.kind == kind]
        assert len({rate.pct for rate in applied}) == len(applied)
        assert sum((rate.base for rate in applied), ZERO) == outcome.amounts.bruto_omzet
        assert all(rate.amount == share(rate.base, rate.pct) for rate in applied)
        total = sum((rate.amount for rate in applied), ZERO)
        assert total == getattr(outcome.amounts, kind)


@given(st.lists(books, max_size=6), prices)
def test_the_total_is_the_sum_of_gemeenten_that_were_each_rounded(
    gemeenten: list[list[Worked]], prices: Prices
) -> None:
    parts = [settle(worked, prices) for worked in gemeenten]
    total = Amounts.total(parts)
    for name, value in total.items():
        assert value == sum((getattr(part, name) for part in parts), ZERO)
    assert Amounts.total(reversed(parts)) == total


def test_nothing_worked_settles_to_nothing() -> None:
    assert calculate([]) == Calculation(Amounts())
    assert Amounts.total([]) == Amounts()


def test_amounts_that_lose_a_cent_cannot_be_made() -> None:
    with pytest.raises(AssertionError, match="every cent"):
        Amounts(bruto_omzet=Decimal("1.00"), premies=Decimal("0.99"))


def test_the_source_of_a_percentage_that_stayed_the_same_is_named_once_or_both() -> (
    None
):
    def work(since: str, source: str) -> WorkSum:
        rate = Rate(Decimal(1), source, since)
        return WorkSum(1, Decimal(1), Decimal(100), ZERO, Rates(rate, rate, rate))

    old, new = work("2025-H1", "ALV 2024"), work("2026-H1", "ALV 2025")
    (fee, *_) = calculate([new, old, old]).rates
    assert (fee.source, fee.since) == ("ALV 2024; ALV 2025", "2025-H1")
    assert fee.base == Decimal(300)


def random_book(random: Random, gemeenten: Sequence[str]) -> list[dict[str, str]]:
    """Lines as they are delivered; every fifth takes back (a part of) another."""
    rows: list[dict[str, str]] = []
    for number in range(400):
        tarief, hours = random.randrange(1, 5000), random.randrange(1, 16801)
        corrected = random.choice(rows)["regel_id"] if number % 5 == 4 else ""
        rows.append(
            line(
                f"R{number}",
                gemeente_code=random.choice(gemeenten),
                uren=f"{Decimal(-hours if corrected else hours) / 100}",
                tarief=f"{Decimal(tarief) / 100}",
                premie_per_uur=f"{Decimal(random.randrange(tarief + 1)) / 100}",
                corrigeert_regel_id=corrected,
            )
        )
    return rows


def as_worked(row: dict[str, str]) -> Worked:
    numbers = (Decimal(row[name]) for name in ("uren", "tarief", "premie_per_uur"))
    return Worked("2026-H1", *numbers)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_the_database_sums_what_the_second_implementation_sums(
    seed: int, tmp_path: Path
) -> None:
    """Random books through the real import: the same cents per gemeente."""
    random = Random(seed)
    price = {f"GM91{n:02}": Decimal(random.randrange(10001)) / 100 for n in range(6)}
    for code, pct in price.items():
        agreement = make_member(code, code).gebruiksovereenkomsten.get()
        change_terms(agreement, from_halfyear=H1, vergoeding_pct=pct, by=None)
    rows = random_book(random, list(price))
    take_in(tmp_path, rows)
    outcome = preview(Period.objects.get(halfyear=H1))
    one = Decimal("1.00")
    assert {
        part.gemeente.code: in_cents(part.calculation.amounts)
        for holder in outcome.holders
        for part in holder.gemeenten
    } == {
        code: settle_in_fractions(
            [as_worked(row) for row in rows if row["gemeente_code"] == code],
            {"2026-H1": (pct, one, one)},
        )
        for code, pct in price.items()
    }


def test_the_arithmetic_asks_no_database_and_no_clock() -> None:
    source = Path(calculation.__file__).read_text()
    assert not re.search(r"\b(django|datetime|time|models|settings)\b", source)
