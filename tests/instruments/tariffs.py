"""The two tariffs of seed 004: per inhabitant (part D), and by users (Govroam)."""

import datetime
from decimal import Decimal

from instruments.models import Instrument, Tariff
from membership.models import AlvBesluit, Organisation

# Netherlands on 1 January 2016: with it every price of the seed comes out.
INHABITANTS = 16_979_120
BUDGETS = {
    "Vertrouwenswerk": Decimal("7500000.00"),
    "Kindertelefoon": Decimal("3830000.00"),
    "Luisterend Oor": Decimal("3940000.00"),
    "Beheer en betaling": Decimal("50000.00"),
}
# The seed says from 500 to 2,500 a year; the steps between are made up.
BANDS = {1: Decimal("500.00"), 500: Decimal("1250.00"), 2000: Decimal("2500.00")}


def make_besluit() -> AlvBesluit:
    return AlvBesluit.objects.get_or_create(
        reference="BALV-2016-D",
        defaults={
            "subject": "Bekostiging naar rato van het aantal inwoners",
            "taken_on": datetime.date(2016, 11, 30),
        },
    )[0]


def make_tariff(
    slug: str, kind: str, **facts: int | Decimal | datetime.date | None
) -> Tariff:
    instrument, _ = Instrument.objects.get_or_create(
        slug=slug, defaults={"name": slug.capitalize()}
    )
    days = {"starts_on": datetime.date(2018, 1, 1)}
    return Tariff.objects.create(
        instrument=instrument, kind=kind, besluit=make_besluit(), **{**days, **facts}
    )


def make_per_inhabitant() -> Tariff:
    """Four years from 2018 on, and an indexation that is made up."""
    tariff = make_tariff(
        "kindertelefoon",
        "inhabitant",
        ends_on=datetime.date(2021, 12, 31),
        inhabitants=INHABITANTS,
        price_level=2017,
    )
    for name, amount in BUDGETS.items():
        tariff.budgets.create(name=name, amount=amount)
    tariff.indexations.create(year=2018, pct=Decimal("1.50"), besluit=make_besluit())
    return tariff


def make_by_users() -> Tariff:
    tariff = make_tariff("govroam", "users", one_off=Decimal("1500.00"))
    for start, amount in BANDS.items():
        tariff.bands.create(from_users=start, amount=amount)
    return tariff


def keep_tariffs(gemeente: Organisation) -> dict[str, int]:
    """One row of every table; the gemeente is exempt."""
    tariff = make_per_inhabitant()
    tariff.exemptions.create(
        organisation=gemeente,
        starts_on=datetime.date(2018, 1, 1),
        reason="Heeft een eigen voorziening",
    )
    return {"tariff": tariff.pk, "tariff_by_users": make_by_users().pk}
