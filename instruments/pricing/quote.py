"""What a gemeente would pay in a year, step by step and in plain words.

The numbers come from instruments.pricing.calculation; here they are gathered and told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.apps import apps
from django.utils.timezone import localdate

from instruments.models import ContributionRate, Instrument, Tariff, TariffIndexation
from instruments.pricing import calculation
from membership.models import AlvBesluit, Organisation
from nvsi.dutch import day, euro, percent
from nvsi.halfyear import HalfYear
from nvsi.money import ZERO, share


class NoPrice(Exception):
    """The price cannot be worked out yet; in Dutch, for who asked."""


@dataclass(frozen=True)
class Step:
    """One line of the sum: what it is, how it came about, and how many euros."""

    what: str
    how: str
    amount: Decimal

    @property
    def euros(self) -> str:
        return euro(self.amount)


@dataclass(frozen=True)
class Quote:
    """The steps in order, and what they come to in a year.

    once is what comes on top in the first year only, None when nothing does.
    """

    steps: Sequence[Step]
    total: Decimal
    once: Decimal | None = None
    notes: Sequence[str] = ()

    @property
    def euros(self) -> str:
        return euro(self.total)

    @property
    def once_in_euros(self) -> str | None:
        return None if self.once is None else euro(self.once)

    @property
    def first_year(self) -> str | None:
        return None if self.once is None else euro(self.total + self.once)


@dataclass(frozen=True)
class Rates:
    """The contribution in both half-years of a year; None before the first."""

    halves: tuple[HalfYear, HalfYear]
    found: tuple[ContributionRate | None, ContributionRate | None]

    @property
    def asked(self) -> bool:
        return any(r and r.gemeente_pct + r.uitvoerder_pct for r in self.found)

    @property
    def besluiten(self) -> list[AlvBesluit]:
        return list(dict.fromkeys(rate.besluit for rate in self.found if rate))


def rates_in(instrument: Instrument, year: int) -> Rates:
    first, second = HalfYear(year, 1), HalfYear(year, 2)
    rates = instrument.contribution_rates.select_related("besluit")
    found = [
        rates.filter(from_halfyear__lte=half).order_by("-from_halfyear").first()
        for half in (first, second)
    ]
    return Rates((first, second), (found[0], found[1]))


def of_revenue(rates: Rates, revenue: Decimal) -> Quote:
    """The part of the gemeente; that of the uitvoerder is told and not counted."""
    halves = calculation.halves(revenue)
    pcts = [rate.gemeente_pct if rate else ZERO for rate in rates.found]
    theirs = [rate.uitvoerder_pct if rate else ZERO for rate in rates.found]
    steps = [
        Step(
            f"{'Eerste' if half.half == 1 else 'Tweede'} helft van {half.year}",
            f"{percent(pct)} van {euro(euros)}",
            share(euros, pct),
        )
        for half, euros, pct in zip(rates.halves, halves, pcts, strict=True)
    ]
    uitvoerder = euro(calculation.of_revenue(halves, theirs))
    note = (
        "Wij verdelen de bruto-omzet gelijk over de twee halfjaren. De uitvoerder "
        f"betaalt zelf {uitvoerder}; dat betaalt de gemeente niet."
    )
    return Quote(steps, calculation.of_revenue(halves, pcts), notes=[note])


def of_tariff(
    tariff: Tariff, year: int, gemeente: Organisation, users: int | None
) -> Quote:
    """Raises NoPrice when something is not known yet."""
    if exempt := tariff.exemption_of(gemeente, HalfYear(year, 1).first_day):
        return Quote([Step("Vrijgesteld", exempt.reason, ZERO)], ZERO)
    if tariff.kind == Tariff.Kind.INHABITANT:
        return _by_inhabitants(tariff, year, gemeente)
    if tariff.kind == Tariff.Kind.USERS:
        return _by_users(tariff, users)
    return Quote([Step("Gratis", "De leden betalen hiervoor niets.", ZERO)], ZERO)


def _by_inhabitants(tariff: Tariff, year: int, gemeente: Organisation) -> Quote:
    if not gemeente.inhabitants:
        raise NoPrice(
            f"Van {gemeente.short_name} is het aantal inwoners niet bekend. Het bureau "
            "vult dat aan."
        )
    price, steps, notes = _price(tariff, year)
    total = calculation.for_inhabitants(price, gemeente.inhabitants)
    how = f"{euro(price)} × {count(gemeente.inhabitants)} inwoners"
    return Quote(
        [*steps, Step(f"{gemeente.short_name} in {year}", how, total)],
        total,
        notes=[*notes, _known(gemeente)],
    )


def _price(tariff: Tariff, year: int) -> tuple[Decimal, list[Step], list[str]]:
    """Per inhabitant in a year, how it came about, and what is not decided yet."""
    budgets = list(tariff.budgets.all())
    if not (budgets and tariff.inhabitants):
        raise NoPrice("De begrotingen bij dit tarief zijn nog niet vastgelegd.")
    amounts = [budget.amount for budget in budgets]
    price = calculation.price_per_inhabitant(amounts, tariff.inhabitants)
    total = sum(amounts, ZERO)
    steps = [Step(b.name, f"begroting {tariff.price_level}", b.amount) for b in budgets]
    steps += [
        Step("Samen", "alle begrotingen bij elkaar", total),
        Step(
            f"Per inwoner, prijspeil {tariff.price_level}",
            f"{euro(total)} gedeeld door {count(tariff.inhabitants)} inwoners, "
            "afgerond op hele centen",
            price,
        ),
    ]
    decided = list(tariff.indexations.filter(year__lte=year))
    for one in decided:
        how = f"{euro(price)} en {percent(one.pct)} indexering, afgerond op hele centen"
        price = calculation.indexed(price, one.pct)
        steps.append(Step(f"Per inwoner in {one.year}", how, price))
    return price, steps, _not_decided(tariff, year, decided)


def _not_decided(
    tariff: Tariff, year: int, decided: Sequence[TariffIndexation]
) -> list[str]:
    """The years after the price level of which no indexation is recorded."""
    since = tariff.price_level or year
    known = {one.year for one in decided}
    open_years = [f"{y}" for y in range(since + 1, year + 1) if y not in known]
    if not open_years:
        return []
    return [f"Nog niet geïndexeerd voor: {', '.join(open_years)}."]


def _by_users(tariff: Tariff, users: int | None) -> Quote:
    bands = {band.from_users: band.amount for band in tariff.bands.all()}
    if users is None or tariff.one_off is None:
        raise NoPrice("Vul het aantal gebruikers in.")
    try:
        yearly = calculation.for_users(bands, users)
    except ValueError:
        raise NoPrice(
            f"Voor {count(users)} gebruikers is geen bedrag besloten."
        ) from None
    start = max(start for start in bands if start <= users)
    how = f"{count(users)} gebruikers: bedrag vanaf {count(start)} gebruikers"
    return Quote([Step("Gebruik per jaar", how, yearly)], yearly, once=tariff.one_off)


def _known(gemeente: Organisation) -> str:
    """The number is kept without a date of its own: told is since when we know it."""
    since = None
    events = apps.get_model("membership", "OrganisationEvent").objects
    for event in events.filter(pgh_obj=gemeente).order_by("-pgh_id"):
        if event.inhabitants != gemeente.inhabitants:
            break
        since = event.pgh_created_at
    told = ""
    if since:
        told = f", zoals dat sinds {day(localdate(since))} in het portaal staat"
    return f"Wij rekenen met het aantal inwoners van nu{told}; ook voor een ander jaar."


def count(number: int) -> str:
    """1.234: a whole number as the Dutch write it."""
    return f"{number:,}".replace(",", ".")
