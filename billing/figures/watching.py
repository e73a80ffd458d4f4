"""What a regiegroep looks at after a half-year: signals, never a refusal. Only reads.

Above the limits that it set (SignalLimit), a tarief under the minimum wage, and a
premie per uur other than the kader. It names opdrachtgevers, so as it stands it is for
the association alone; telling_members has what the regiegroep reads of it.
"""

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Func, Max, Min, QuerySet, Sum

from billing.models import Line, Period, SignalLimit
from billing.settling.halfyear_facts import below_minimum
from contracts.terms import in_force
from instruments.norms.premies import Premies, premies_of
from nvsi.dutch import counted, euro, hours, span

# More than this is no list that anybody goes through.
MOST = 100
PER_GEMEENTE = (
    *("coverage__gemeente", "coverage__gemeente__name", "premie_per_uur"),
    "coverage__agreement__organisation",
)


@dataclass(frozen=True)
class Found:
    """What stands out: who, and why in words; gemeente is of whom the work is, None
    when it is of more than one."""

    who: str
    what: str
    words: str
    gemeente: int | None = None


@dataclass(frozen=True)
class Signal:
    """One thing to look at; `limit` says from where on, or that nobody set it.
    names_opdrachtgevers is False for what is of a gemeente alone."""

    title: str
    limit: str
    found: Sequence[Found]
    names_opdrachtgevers: bool = True


def limit_of(period: Period) -> SignalLimit | None:
    """The limits that hold in a half-year."""
    rows = SignalLimit.objects.filter(instrument=period.instrument_id)
    return in_force(rows, period.halfyear)


def signals(period: Period) -> list[Signal]:
    """In the order in which they are shown; without limits only the tarief is told."""
    limit = limit_of(period)
    found = [_below_minimum(period)]
    if premies := premies_of(period.instrument):
        found.append(_off_norm(period, premies))
    if limit is None:
        return found
    return [_large(period, limit), _long(period, limit), _many(period, limit), *found]


def _large(period: Period, limit: SignalLimit) -> Signal:
    rows = (
        _opdrachten(Line.objects.filter(period=period))
        .annotate(worked=Sum("uren"))
        .filter(worked__gt=limit.opdracht_uren)
        .order_by("-worked", "opdracht_id")
    )
    return Signal(
        "Grote opdrachten",
        f"Meer dan {limit.opdracht_uren} uur in dit halfjaar.",
        [_of(row, f"{hours(row['worked'])} uur") for row in rows[:MOST]],
    )


def _long(period: Period, limit: SignalLimit) -> Signal:
    """Also of the half-year before, since work does not stop at its end."""
    both = Period.objects.filter(
        instrument=period.instrument_id,
        halfyear__in=[period.halfyear, period.halfyear.previous()],
    )
    days = datetime.timedelta(days=limit.opdracht_weken * 7)
    rows = (
        _opdrachten(Line.objects.filter(period__in=list(both), uren__gt=0))
        .annotate(first=Min("datum"), last=Max("datum"))
        .filter(last__gte=period.halfyear.first_day)
        .order_by("opdrachtgever", "opdracht_id")
    )
    long = [row for row in rows if row["last"] - row["first"] >= days]
    return Signal(
        "Lange opdrachten",
        f"Langer dan {limit.opdracht_weken} weken, in dit halfjaar en het vorige.",
        [_of(row, span(row["first"], row["last"])) for row in long[:MOST]],
    )


def _many(period: Period, limit: SignalLimit) -> Signal:
    """A kandidaat is a pseudonym of one gemeente: K1 of two gemeenten is two people."""
    pair = Func("coverage__gemeente", "kandidaat_ref", function="ROW")
    rows = (
        Line.objects.filter(period=period)
        .order_by()
        .values("opdrachtgever_kvk")
        .annotate(
            opdrachtgever=Max("opdrachtgever_naam"),
            people=Count(pair, distinct=True),
        )
        .filter(people__gt=limit.opdrachtgever_kandidaten)
        .order_by("-people", "opdrachtgever_kvk")
    )
    return Signal(
        "Veel kandidaten bij één opdrachtgever",
        f"Meer dan {limit.opdrachtgever_kandidaten} in dit halfjaar.",
        [
            Found(
                row["opdrachtgever"],
                f"KvK {row['opdrachtgever_kvk']}",
                counted(row["people"], "kandidaat", "kandidaten"),
            )
            for row in rows[:MOST]
        ],
    )


def _below_minimum(period: Period) -> Signal:
    rows = (
        _opdrachten(Line.objects.filter(below_minimum(), period=period))
        .annotate(lines=Count("*"), lowest=Min("tarief"))
        .order_by("lowest", "opdracht_id")
    )
    return Signal(
        "Tarief onder het minimumuurloon",
        "Onder het minimumuurloon van de dag waarop is gewerkt.",
        [
            _of(
                row,
                f"{counted(row['lines'], 'regel', 'regels')}, laagste tarief "
                f"{euro(row['lowest'])}",
            )
            for row in rows[:MOST]
        ],
    )


def _off_norm(period: Period, premies: Premies) -> Signal:
    """Beside what the gemeente, its holder or all together agreed for the day.

    Per day only where that changed within the half-year; else all days at once.
    """
    first, last = period.halfyear.first_day, period.halfyear.last_day
    per_day = premies.change_within(first, last)
    rows = (
        Line.objects.filter(period=period, worked_in=period.halfyear)
        .order_by()
        .values(*PER_GEMEENTE, *(["datum"] if per_day else []))
        .annotate(lines=Count("*"))
    )
    count: Counter[tuple[str, Decimal, Decimal]] = Counter()
    for row in rows:
        who = (row["coverage__gemeente"], row["coverage__agreement__organisation"])
        asked = premies.on(row.get("datum", last), who)
        if asked is not None and asked != row["premie_per_uur"]:
            name = row["coverage__gemeente__name"]
            count[name, row["premie_per_uur"], asked] += row["lines"]
    return Signal(
        "Premie per uur wijkt af van het kader",
        f"Anders dan kader {premies.code}, of dan het eigen kader van de gemeente.",
        [
            Found(
                name,
                f"{euro(paid)} per uur, kader {euro(asked)} per uur",
                counted(lines, "regel", "regels"),
            )
            for (name, paid, asked), lines in sorted(count.items())[:MOST]
        ],
        names_opdrachtgevers=False,
    )


def _opdrachten(lines: QuerySet[Line]) -> QuerySet[Any, Any]:
    return (
        lines.order_by()
        .values("opdracht_id", "coverage__gemeente", "coverage__gemeente__name")
        .annotate(opdrachtgever=Max("opdrachtgever_naam"))
    )


def _of(row: dict[str, Any], words: str) -> Found:
    what = f"opdracht {row['opdracht_id']}, {row['coverage__gemeente__name']}"
    return Found(row["opdrachtgever"], what, words, row["coverage__gemeente"])
