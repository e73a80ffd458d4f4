"""How long the way to membership takes: from the opening of a dossier to its lid.

Days are whole, from the day on which the dossier was opened. A half and an 80th part
are said by the day on which so many of them had come in: the median of an even number
lies half-way between the two in the middle, upwards.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils import timezone

from membership.admission.steps import STAGES, Outcome, Procedure, Stage, Step
from membership.models import Dossier, Membership

EIGHTY = 80


class Way(TextChoices):
    """By which route somebody came in."""

    VOORHANG = "voorhang", "voorhang"
    INFORM = "inform", "raad geïnformeerd"
    OWN = "own", "eigen besluit"
    PARTICIPANT = "participant", "participant"


@dataclass(frozen=True)
class Course:
    """One dossier: when it began, by which route, and when each stage was done.

    arrived is the first day of the membership; None while it did not come to that.
    """

    began: datetime.date
    way: Way
    arrived: datetime.date | None
    stages: dict[Stage, datetime.date]


@dataclass(frozen=True)
class Length:
    """Of some dossiers: how many, the middle one, and the day by which 80% were in."""

    count: int
    median: int
    p80: int


@dataclass(frozen=True)
class Year:
    """The dossiers that began in a year by one route; still: not ended yet."""

    year: int
    way: Way
    length: Length | None
    still: int


def median(days: Sequence[int]) -> int:
    """Raises IndexError for nothing."""
    ordered = sorted(days)
    low, high = ordered[(len(days) - 1) // 2], ordered[len(days) // 2]
    return (low + high + 1) // 2


def percentile(days: Sequence[int], pct: int) -> int:
    """The smallest of them that at least so many percent do not exceed."""
    ordered = sorted(days)
    return ordered[max(-(-len(days) * pct // 100), 1) - 1]


def length_of(days: Sequence[int]) -> Length | None:
    if not days:
        return None
    return Length(len(days), median(days), percentile(days, EIGHTY))


def by_year(courses: Iterable[Course]) -> list[Year]:
    """Pure: the newest year first, and within it by route."""
    groups: dict[tuple[int, Way], list[Course]] = defaultdict(list)
    for course in courses:
        groups[course.began.year, course.way].append(course)
    order = list(Way)
    keys = sorted(groups, key=lambda key: (-key[0], order.index(key[1])))
    return [
        Year(
            year,
            way,
            length_of([days for one in groups[year, way] if (days := _days(one)) >= 0]),
            sum(one.arrived is None for one in groups[year, way]),
        )
        for year, way in keys
    ]


def by_stage(courses: Iterable[Course]) -> list[tuple[Stage, Length]]:
    """Pure: what each stage took of those who came in, from the one before it."""
    took: dict[Stage, list[int]] = defaultdict(list)
    for course in courses:
        if course.arrived is None:
            continue
        since = course.began
        for stage in Stage:
            if (done := course.stages.get(stage)) is not None:
                # A decision of before the opening took no time here.
                took[stage].append(max((done - since).days, 0))
                since = max(done, since)
    found = [(stage, length_of(took[stage])) for stage in Stage]
    return [(stage, length) for stage, length in found if length is not None]


def courses() -> list[Course]:
    """Of the dossiers that came to a membership, and that run. Three queries."""
    since = dict(
        Membership.objects.exclude(dossier=None)
        .exclude(kind=Membership.Kind.ASPIRANT_LID)
        .order_by("-starts_on")
        .values_list("dossier", "starts_on")
    )
    rows = Dossier.objects.filter(
        status__in=[Dossier.Status.RUNNING, Dossier.Status.ADMITTED]
    )
    return [_course(row, since.get(row.pk)) for row in rows.with_steps()]


def _course(dossier: Dossier, arrived: datetime.date | None) -> Course:
    stages: dict[Stage, datetime.date] = {}
    done = set(dossier.position.done)
    for row in dossier.standing:
        if row.kind in done:
            stage = STAGES[Step(row.kind)]
            stages[stage] = max(row.on, stages.get(stage, row.on))
    began = timezone.localdate(dossier.opened_at)
    return Course(began, _way_of(dossier), arrived, stages)


def _way_of(dossier: Dossier) -> Way:
    """The route that was taken, or begun: the voorhang until something else is said."""
    if dossier.procedure == Procedure.PARTICIPANT:
        return Way.PARTICIPANT
    if dossier.procedure != Procedure.COLLEGE:
        return Way.OWN
    weighed = dossier.standing_step(Step.WEIGHED)
    judged = dossier.standing_step(Step.JUDGED)
    is_lighter = weighed is not None and weighed.outcome == Outcome.INFORM
    refused = judged is not None and judged.outcome == Outcome.REFUSED
    return Way.INFORM if is_lighter and not refused else Way.VOORHANG


def _days(course: Course) -> int:
    """Below zero for who did not come in."""
    return max((course.arrived - course.began).days, 0) if course.arrived else -1
