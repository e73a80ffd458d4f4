"""What the page of inbesteding shows, in words and rows."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN

from contracts.inbesteding.chart import ShareChart, share_chart
from contracts.inbesteding.control import Assessment, Belongs, Fact, Requirement
from contracts.inbesteding.gathering import as_belonging, assess, award_for
from contracts.inbesteding.share import Basis, Share, shown_pct
from contracts.inbesteding.words import (
    ASKED,
    measure_name,
    reasons,
    requirement_said,
    share_said,
    since_of,
)
from contracts.models import Award
from instruments.models import Instrument
from membership.models import Organisation
from nvsi.dutch import euro, percent
from nvsi.money import CENT


@dataclass(frozen=True)
class YearRow:
    """One year of the table; empty words where it is not known."""

    name: str
    controlling: str
    total: str
    pct: str
    source: str


@dataclass(frozen=True)
class ShownShare:
    """A share with its years, and how it comes out in one sentence."""

    of: str
    sentence: str
    is_met: bool
    rows: Sequence[YearRow]
    outcome: YearRow | None
    margin: str
    reasoning: str
    chart: ShareChart | None


@dataclass(frozen=True)
class ShownRequirement:
    asked: str
    is_met: bool
    said: str
    facts: Sequence[Fact]


@dataclass(frozen=True)
class Shown:
    """All of the page. member is the organisation that asks; None for the association,
    which sees what holds for any member."""

    awarded_on: datetime.date
    may_rely: bool
    reasons: Sequence[str]
    member: Belongs | None
    since: str
    shares: Sequence[ShownShare]
    same: bool
    requirements: Sequence[ShownRequirement]
    members: int
    award: Award | None


def shown(
    instrument: Instrument, on: datetime.date, organisation: Organisation | None
) -> Shown:
    found = assess(instrument, on)
    member = as_belonging(organisation, found.everyone) if organisation else None
    why = _why(found, member, instrument)
    same = found.share == found.whole
    shares = [_share(found.share, instrument.name)]
    if not same:
        shares.append(_share(found.whole, "de NVSI als geheel"))
    return Shown(
        awarded_on=on,
        may_rely=not why,
        reasons=why,
        member=member,
        since=since_of(member) if member else "",
        shares=shares,
        same=same,
        requirements=[_requirement(one) for one in found.requirements],
        members=len(found.controlling),
        award=award_for(instrument, on),
    )


def _why(
    found: Assessment, member: Belongs | None, instrument: Instrument
) -> list[str]:
    """For the association: as for any member that controls."""
    any_member = Belongs(0, "", "gemeente", "lid")
    return reasons(found, member or any_member, instrument.name)


def _share(share: Share, of: str) -> ShownShare:
    known = share.problem is None
    return ShownShare(
        of=of,
        sentence=share_said(share, of),
        is_met=known and share.is_above,
        rows=[_row(share, year) for year in share.years],
        outcome=_outcome(share) if known else None,
        margin=_margin(share) if known else "",
        reasoning=share.reasoning,
        chart=share_chart(share.figures),
    )


def _margin(share: Share) -> str:
    """Cut off to cents: 'so much above', or 'more than so much short'."""
    margin = abs(share.margin).quantize(CENT, rounding=ROUND_DOWN)
    return euro(margin)


def _row(share: Share, year: int) -> YearRow:
    figure = share.figures.get(year)
    if figure is None:
        is_new = share.basis == Basis.FORECAST
        nothing = "geen activiteit" if is_new else "nog niet bekend"
        return YearRow(str(year), "", "", "", nothing)
    return YearRow(
        str(year),
        euro(figure.controlling),
        euro(figure.total),
        percent(shown_pct(figure.controlling, figure.total)),
        f"{measure_name(figure.measure)}, {figure.source}",
    )


def _outcome(share: Share) -> YearRow:
    is_forecast = share.basis == Basis.FORECAST
    return YearRow(
        "Verwacht" if is_forecast else "Samen",
        euro(share.controlling),
        euro(share.total),
        percent(share.pct),
        "prognose" if is_forecast else "",
    )


def _requirement(requirement: Requirement) -> ShownRequirement:
    return ShownRequirement(
        asked=ASKED[requirement.kind],
        is_met=requirement.is_met,
        said=requirement_said(requirement),
        facts=requirement.facts,
    )
