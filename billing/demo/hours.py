"""Invented hour lines: the same ones every time. Pure.

Tariffs lie near and above the legal minimum hourly wage, which every opdrachtgever
pays at the least (domain 3.13); the premium is 2.00 an hour (domain rule 7).
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace
from decimal import Decimal
from random import Random

from nvsi.halfyear import HalfYear
from nvsi.spreadsheet import write_csv

# The last Sunday that the uitvoerder delivered hours of.
DELIVERED_UNTIL = datetime.date(2026, 11, 1)

PREMIUM = Decimal("2.00")
# The minimum hourly wage; that of the last half-year is a guess.
LOWEST = {
    HalfYear(2025, 2): Decimal("14.40"),
    HalfYear(2026, 1): Decimal("14.71"),
    HalfYear(2026, 2): Decimal("15.00"),
}
ABOVE = tuple(Decimal(text) for text in ("0.00", "0.29", "0.54", "1.04", "1.79"))
HOURS = (12, 16, 20, 24, 28, 32)
MORE_OR_LESS = ("-2.00", "-0.75", "0.00", "0.00", "0.00", "0.25", "1.50")
ABSENT = 0.06  # of the weeks

_NAMES = """
Bakkerij De Korenaar|Hoveniersbedrijf Groenrijk|Thuiszorg De Linde|Drukkerij Letterkast
Kringloop Het Tweede Leven|Wasserij Helder|Fietsenmakerij De Ketting|Kwekerij Zonnedauw
Zorgcentrum De Wilgenhof|Distributie Noorderpoort|Catering De Gouden Lepel
Schoonmaakbedrijf Spiegelglad|Houtbewerking De Zaagmolen|Verpakkingen Stapelgoed
Groothandel De Vier Winden|Boekhandel De Leesstoel|Restaurant De Zilveren Vork
Installatiebedrijf Warmte en Licht|Zuivelfabriek De Melkbus|Hotel Het Anker
Metaalbewerking De Hamer|Kinderopvang De Kikkerpoel|Tuincentrum Bloesem
Magazijnen De Schakel|Textielsortering De Draad
""".replace("\n", "|").split("|")
# Numbers that the KvK never gave out.
CLIENTS = [
    (f"{name} (verzonnen)", f"{101 + index:08d}")
    for index, name in enumerate(name for name in _NAMES if name)
]


@dataclass(frozen=True)
class Gemeente:
    """Whom the hours are for; its size says how many there are."""

    code: str
    inhabitants: int


@dataclass(frozen=True)
class HourLine:
    """One row of a delivery; the fields are its columns."""

    regel_id: str
    gemeente_code: str
    opdracht_id: str
    opdrachtgever_naam: str
    opdrachtgever_kvk: str
    kandidaat_ref: str
    datum: datetime.date
    uren: Decimal
    tarief: Decimal
    premie_per_uur: Decimal
    factuurnummer: str
    factuurdatum: datetime.date
    corrigeert_regel_id: str = ""


HEADER = tuple(field.name for field in fields(HourLine))


def delivery(lines: Iterable[HourLine]) -> bytes:
    """The lines as a file that the uitvoerder would deliver."""
    return write_csv(HEADER, map(astuple, lines))


def hours_of(halfyear: HalfYear, gemeenten: Iterable[Gemeente]) -> list[HourLine]:
    """All hours of a half-year as far as they were worked, in order of date."""
    days = _sundays(halfyear)
    lines = [
        line
        for gemeente in gemeenten
        for number in range(1, _assignments(gemeente) + 1)
        for line in assignment(halfyear, gemeente.code, number, days)
    ]
    return numbered(lines, f"{halfyear}")


def numbered(lines: Iterable[HourLine], prefix: str) -> list[HourLine]:
    """The lines in order of date, each with a regel_id."""
    ordered = sorted(lines, key=lambda line: (line.datum, line.gemeente_code))
    return [
        replace(line, regel_id=f"{prefix}-{index:05d}")
        for index, line in enumerate(ordered, start=1)
    ]


def assignment(
    halfyear: HalfYear, code: str, number: int, days: Sequence[datetime.date]
) -> Iterator[HourLine]:
    """One opdracht for one or two kandidaten, in some weeks; without regel_id yet.

    `days` are the last days of the weeks in which it may be.
    """
    key = f"{halfyear.code}-{code[2:]}-{number}"
    chance = Random(key)  # noqa: S311 - invented hours need not be hard to guess
    name, kvk = CLIENTS[(int(code[2:]) + 7 * number) % len(CLIENTS)]
    tarief = LOWEST[halfyear] + chance.choice(ABOVE)
    first = chance.randrange(len(days) // 2)
    weeks = days[first : first + chance.randrange(8, 17)]
    for _ in range(chance.choice((1, 1, 2))):
        kandidaat = f"K-{chance.randrange(16**6):06X}"
        usual = chance.choice(HOURS)
        for day in weeks:
            if chance.random() < ABSENT:
                continue
            yield HourLine(
                regel_id="",
                gemeente_code=code,
                opdracht_id=f"O-{key}",
                opdrachtgever_naam=name,
                opdrachtgever_kvk=kvk,
                kandidaat_ref=kandidaat,
                datum=day,
                uren=usual + Decimal(chance.choice(MORE_OR_LESS)),
                tarief=tarief,
                premie_per_uur=PREMIUM,
                factuurnummer=f"F-{day:%y%m}-{code[2:]}-{number}",
                factuurdatum=_invoiced(day),
            )


def _assignments(gemeente: Gemeente) -> int:
    return min(6, 1 + gemeente.inhabitants // 70_000)


def _sundays(halfyear: HalfYear) -> list[datetime.date]:
    last = min(halfyear.last_day, DELIVERED_UNTIL)
    count = (last - halfyear.first_day).days + 1
    days = (halfyear.first_day + datetime.timedelta(days=n) for n in range(count))
    return [day for day in days if day.isoweekday() == 7]


def _invoiced(day: datetime.date) -> datetime.date:
    """The fifth of the next month."""
    next_month = day.replace(day=1) + datetime.timedelta(days=32)
    return next_month.replace(day=5)
