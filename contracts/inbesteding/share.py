"""Which part of all activity was for the members that control. Pure.

Three whole years before that of the award count, as one sum: what was for controlling
members against all that was done, in one measure. It must be strictly above 80%; the
comparison is exact, only what is shown is cut off. A forecast counts only for what did
not exist for three years; a year that is not known yet is no reason for one.

The law asks it of the association as a whole; here it is asked of the instrument too.
Source: Aanbestedingswet 2012 art. 2.24a lid 4-5 and 2.24b lid 3, domain rule 36.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum

LIMIT = Decimal(80)
YEARS = 3
HUNDRED = Decimal(100)
MIXED = ""  # what was told in more than one measure has none
_MOST_DECIMALS = 20


@dataclass(frozen=True)
class Figure:
    """The activity of one year, in one measure: a part of the whole."""

    year: int
    controlling: Decimal
    total: Decimal
    measure: str
    source: str = ""


@dataclass(frozen=True)
class Expected:
    """What is expected of the three years from that of the award on."""

    controlling: Decimal
    total: Decimal
    measure: str
    reasoning: str


class Basis(StrEnum):
    YEARS = "years"
    FORECAST = "forecast"


class Problem(StrEnum):
    """Why there is no outcome."""

    MISSING = "missing"  # a year that existed is not known
    NEW = "new"  # there are no three years, and no forecast
    MIXED = "mixed"  # the years are told in more than one measure
    NOTHING = "nothing"  # nothing was done


@dataclass(frozen=True)
class Share:
    """What the three years come to. missing: the years that are not known; before the
    first that is, there was nothing."""

    years: tuple[int, ...]
    figures: Mapping[int, Figure] = field(default_factory=dict)
    missing: tuple[int, ...] = ()
    basis: Basis | None = None
    problem: Problem | None = None
    controlling: Decimal = Decimal(0)
    total: Decimal = Decimal(0)
    measure: str = ""
    reasoning: str = ""

    @property
    def is_above(self) -> bool:
        """Strictly above 80%, to the cent."""
        return is_above(self.controlling, self.total)

    @property
    def pct(self) -> Decimal:
        return shown_pct(self.controlling, self.total)

    @property
    def margin(self) -> Decimal:
        """How much above the limit, in the measure; below zero it is short of it."""
        return self.controlling - self.total * LIMIT / HUNDRED


def is_above(controlling: Decimal, total: Decimal) -> bool:
    return controlling * HUNDRED > total * LIMIT


def shown_pct(controlling: Decimal, total: Decimal) -> Decimal:
    """Cut off to two decimals; to more when it would read as 80 and is above it."""
    if not total:
        return Decimal(0)
    above = is_above(controlling, total)
    for places in range(2, _MOST_DECIMALS):
        step = Decimal(1).scaleb(-places)
        cut = (controlling * HUNDRED / total).quantize(step, rounding=ROUND_FLOOR)
        if (cut > LIMIT) == above:
            break
    return cut


def years_before(award_year: int) -> tuple[int, ...]:
    """The whole years that count for an award in this year, the first one first."""
    return tuple(range(award_year - YEARS, award_year))


def judge(
    figures: Mapping[int, Figure],
    award_year: int,
    expected: Expected | None = None,
    *,
    existed: Collection[int] = (),
) -> Share:
    """What the years before an award come to, or why that cannot be said. existed:
    years in which something was done, though nobody knows yet how much."""
    years = years_before(award_year)
    known = {year: figures[year] for year in years if year in figures}
    missing = tuple(year for year in years if year not in figures)
    first = min({*figures, *existed}, default=award_year)
    if any(year >= first for year in missing):
        return Share(years, known, missing, problem=Problem.MISSING)
    if missing:
        return _expected(Share(years, known, missing), expected)
    measures = {figure.measure for figure in known.values()}
    if len(measures) > 1 or MIXED in measures:
        return Share(years, known, problem=Problem.MIXED)
    total = _sum(figure.total for figure in known.values())
    return Share(
        years,
        known,
        basis=Basis.YEARS,
        problem=None if total > 0 else Problem.NOTHING,
        controlling=_sum(figure.controlling for figure in known.values()),
        total=total,
        measure=measures.pop(),
    )


def _expected(known: Share, expected: Expected | None) -> Share:
    if expected is None:
        return Share(known.years, known.figures, known.missing, problem=Problem.NEW)
    return Share(
        known.years,
        known.figures,
        known.missing,
        basis=Basis.FORECAST,
        controlling=expected.controlling,
        total=expected.total,
        measure=expected.measure,
        reasoning=expected.reasoning,
    )


def together(series: Sequence[Mapping[int, Figure]]) -> dict[int, Figure]:
    """All series as one. Of a year in which one of them went on without being known,
    nothing can be said: it is left out."""
    years = {year for figures in series for year in figures}
    return {
        year: _added([figures[year] for figures in series if year in figures])
        for year in sorted(years)
        if not any(_is_unknown(figures, year) for figures in series)
    }


def _is_unknown(figures: Mapping[int, Figure], year: int) -> bool:
    return year not in figures and min(figures, default=year) < year


def _added(figures: Sequence[Figure]) -> Figure:
    """Of the same year; what was nothing has no say in the measure."""
    measures = {figure.measure for figure in figures if figure.total}
    measures = measures or {figures[0].measure}
    return Figure(
        figures[0].year,
        _sum(figure.controlling for figure in figures),
        _sum(figure.total for figure in figures),
        measures.pop() if len(measures) == 1 else MIXED,
        ", ".join(dict.fromkeys(figure.source for figure in figures if figure.source)),
    )


def _sum(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, Decimal(0))
