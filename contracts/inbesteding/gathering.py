"""Gather from the database what decides on an award on a day."""

import datetime
from collections import defaultdict
from typing import Any

from django.db.models import Q, QuerySet

from contracts.inbesteding.control import Assessment, Belongs, Fact, requirements
from contracts.inbesteding.share import Share, judge, together
from contracts.inbesteding.sources import ASSOCIATION, Series, all_series, expected
from contracts.models import Award, ControlFact, Represented
from contracts.models.recorded_facts import STANDING
from instruments.models import Instrument
from membership.leaving.suspension import suspended
from membership.models import Membership, Organisation


def assess(instrument: Instrument, on: datetime.date) -> Assessment:
    """As it is known now, for an award on that day. Some ten queries."""
    series = all_series()
    everyone = belonging(on)
    return Assessment(
        awarded_on=on,
        share=share_of(series.get(instrument.pk, Series()), instrument.pk, on.year),
        whole=whole_of(list(series.values()), instrument.pk, on.year),
        requirements=requirements(facts_on(on), everyone),
        everyone=everyone,
    )


def share_of(series: Series, instrument_id: int, award_year: int) -> Share:
    forecast = expected(instrument_id, award_year)
    existed = series.unsettled
    return judge(series.figures, award_year, forecast, existed=existed)


def whole_of(series: list[Series], instrument_id: int, award_year: int) -> Share:
    """Of the association: all instruments as one. With one series there is nothing to
    add, and the forecast of the instrument is that of the association."""
    used = [one.figures for one in series if one.figures]
    unsettled = {year for one in series for year in one.unsettled}
    figures = {
        year: figure for year, figure in together(used).items() if year not in unsettled
    }
    forecast = expected(ASSOCIATION, award_year)
    if forecast is None and len(used) <= 1:
        forecast = expected(instrument_id, award_year)
    return judge(figures, award_year, forecast, existed=unsettled)


def belonging(on: datetime.date) -> tuple[Belongs, ...]:
    """Who belongs on a day, by name. One query."""
    rows: QuerySet[Any] = Membership.objects.active_on(on).annotate(
        is_suspended=suspended(on)
    )
    found = [
        Belongs(
            pk=row.organisation_id,
            name=row.organisation.formal_name,
            kind=row.organisation.kind,
            as_what=row.kind,
            since=row.starts_on,
            decided_on=row.collegebesluit_on,
            is_suspended=row.is_suspended,
        )
        for row in rows.select_related("organisation")
    ]
    return tuple(sorted(found, key=lambda one: one.name.removeprefix("gemeente ")))


def as_belonging(organisation: Organisation, everyone: tuple[Belongs, ...]) -> Belongs:
    """What this organisation is among them; nothing when it is not."""
    for one in everyone:
        if one.pk == organisation.pk:
            return one
    return Belongs(organisation.pk, organisation.formal_name, organisation.kind)


def facts_on(on: datetime.date) -> list[Fact]:
    """The facts about control that hold on a day. Two queries."""
    rows = (
        ControlFact.objects.filter(STANDING, starts_on__lte=on)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))
        .select_related("paper")
        .defer("paper__content")
        .order_by("kind", "starts_on", "pk")
    )
    members: dict[int, set[int]] = defaultdict(set)
    for fact, organisation in Represented.objects.values_list("fact", "organisation"):
        members[fact].add(organisation)
    return [_fact(row, members.get(row.pk, set())) for row in rows]


def _fact(row: ControlFact, members: set[int]) -> Fact:
    assert row.paper is not None, "the database holds that there is one"
    return Fact(
        kind=row.kind,
        summary=row.summary,
        is_met=row.is_met,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        members=None if row.covers_all else frozenset(members),
        organisation=row.organisation_id,
        paper=row.paper_id,
        paper_name=row.paper.file_name,
        goes_along=row.goes_along,
    )


def award_for(instrument: Instrument, on: datetime.date) -> Award | None:
    """How the NVSI gave the work to who carries it out on that day."""
    awards = Award.objects.filter(
        STANDING,
        Q(ends_on__isnull=True) | Q(ends_on__gte=on),
        instrument=instrument,
        starts_on__lte=on,
    )
    return awards.select_related("uitvoerder").order_by("-starts_on").first()
