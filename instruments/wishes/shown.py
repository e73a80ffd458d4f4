"""Verbeterwensen as the pages show them: a list, a board, and the road of one."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from instruments.models import (
    AlvLimit,
    Instrument,
    Ontwikkelvoorstel,
    Verbeterwens,
    VerbeterwensStep,
)
from instruments.wishes import deciding
from instruments.wishes.agenda import adopted_point, awaited_of, place_of
from instruments.wishes.stages import (
    IN_ORDER,
    Party,
    Stage,
    Step,
    next_steps,
    party_for,
    stage_of,
)
from membership.models import Person, Voorstel
from nvsi.dutch import day, euro

# As who somebody took a step, behind a name.
NAMES = {
    Party.ASKER: "indiener",
    Party.REGIEGROEP: "regiegroep",
    Party.LEADING: "namens de regiegroep",
    Party.UITVOERDER: "uitvoerder",
    Party.BESTUUR: "namens het bestuur",
    Party.BUREAU: "NVSI",
}
# What a step is called while nobody knows yet how it will end.
COMING = {
    Step.FROM_KAS: "waar het geld vandaan komt",
    Step.ADOPTED: "besluit van de ALV",
}
BADGES = {
    Stage.HANDED_IN: "asked",
    Stage.DONE: "done",
    Stage.ENDED: "quiet",
}


@dataclass(frozen=True)
class Row:
    """One of a list; made from a row of with_standing()."""

    wens: Verbeterwens
    stage: Stage
    support: int
    place: int | None = None

    @property
    def badge(self) -> str:
        return BADGES.get(self.stage, "waiting")


@dataclass(frozen=True)
class Column:
    """One stage of the board, with how many are in it."""

    stage: Stage
    count: int


@dataclass(frozen=True)
class Post:
    """One point of the road: done, or still to come."""

    name: str
    step: VerbeterwensStep | None = None
    who: str = ""
    kind: str = "done"

    @property
    def facts(self) -> list[str]:
        """What was recorded with it, in sentences; the reason stands apart."""
        return list(_facts(self.step)) if self.step else []


def rows_of(instrument: Instrument, user: Person) -> list[Row]:
    """All of an instrument that somebody may read: most support first. One query."""
    found = Verbeterwens.objects.visible_to(user).filter(instrument=instrument)
    return rows_from(found.with_standing())


def rows_from(found: QuerySet[Verbeterwens]) -> list[Row]:
    """From a queryset with_standing()."""
    listed: Iterable[Any] = found.select_related("instrument", "organisation")
    rows = [
        Row(
            wens,
            stage_of(wens.last_kind, needs_alv=not wens.without_alv),
            wens.support_count,
            wens.place if wens.last_kind in IN_ORDER else None,
        )
        for wens in listed
    ]
    return sorted(rows, key=lambda row: (-row.support, -row.wens.pk))


def in_stage(rows: Iterable[Row], stage: str) -> list[Row]:
    """Those of one stage; what has a place in the order of the regiegroep by that."""
    found = [row for row in rows if row.stage == stage]
    return sorted(found, key=lambda row: row.place or 0)


def board(rows: Iterable[Row]) -> list[Column]:
    """How many are in each stage, in the order of the road."""
    counts = Counter(row.stage for row in rows)
    return [Column(stage, counts[stage]) for stage in Stage]


def road_of(wens: Verbeterwens, steps: list[VerbeterwensStep]) -> list[Post]:
    """From the first line to the last step, and what is still to come after it."""
    done = [
        Post(step.get_kind_display(), step, NAMES[Party(step.for_party)], _sort(step))
        for step in steps
    ]
    last, voorstel = steps[-1].kind if steps else "", wens.voorstel
    needs_alv = voorstel is None or deciding.needs_alv(voorstel)
    return [*done, *_to_come(last, needs_alv, _alv_in_words(wens, voorstel))]


def _sort(step: VerbeterwensStep) -> str:
    over = (Step.DECLINED, Step.REJECTED, Step.WITHDRAWN, Step.MERGED)
    return "stop" if step.kind in over else "done"


def limit_of(instrument: Instrument) -> str:
    """Up to which amount the bestuur decides today; '' when the ALV decides on all that
    costs money."""
    limit = AlvLimit.objects.amount_on(instrument, timezone.localdate())
    return euro(limit) if limit else ""


def _alv_in_words(wens: Verbeterwens, voorstel: Ontwikkelvoorstel | None) -> str:
    """Who takes the step of the ALV: while there is no voorstel, perhaps nobody."""
    if voorstel is not None and adopted_point(voorstel):
        return Party.BUREAU.label
    limit = limit_of(wens.instrument) if voorstel is None else ""
    return f"de ALV, als het meer kost dan {limit}" if limit else "de ALV"


def _to_come(last: str, needs_alv: bool, alv: str) -> list[Post]:
    """The usual way on: each time the first step that may follow."""
    posts: list[Post] = []
    while following := next_steps(last, needs_alv=needs_alv):
        step = following[0]
        kind = "later" if posts else "now"
        who = alv if step == Step.ADOPTED else party_for(step, last).label
        posts.append(Post(COMING.get(step, step.label), who=who, kind=kind))
        last = step
    return posts


def money_of(
    voorstel: Ontwikkelvoorstel | None, steps: list[VerbeterwensStep]
) -> list[tuple[str, str]]:
    """What a wens costs as far as known, and who pays: names with amounts in words."""
    found = []
    validated = [step for step in steps if step.kind == Step.VALIDATED]
    if validated:
        found.append(("Schatting", _effort(validated[-1])))
    if voorstel:
        found.append(("Voorstel", euro(voorstel.amount)))
        found.append(("Uit de kas", euro(voorstel.from_kas)))
    if voorstel and voorstel.from_others:
        found.append(("Ander geld", euro(voorstel.from_others)))
    if voorstel and voorstel.agreed_at is None:
        found.append(("Wie besluit", _who_decides(voorstel)))
    return found


def _who_decides(voorstel: Ontwikkelvoorstel) -> str:
    """By the limit of today; the akkoord settles it."""
    limit = limit_of(voorstel.wens.instrument)
    if deciding.needs_alv(voorstel):
        return f"de ALV, boven {limit}" if limit else "de ALV"
    return f"het bestuur, tot en met {limit}" if limit else "het bestuur"


@dataclass(frozen=True)
class BeforeTheAlv:
    """Where a voorstel stands before the ALV, in a sentence; url is '' for who cannot
    read that agenda yet."""

    text: str
    label: str = ""
    url: str = ""


def alv_of(voorstel: Ontwikkelvoorstel | None, user: Person) -> BeforeTheAlv | None:
    """For a voorstel on which the ALV decides or decided; None for any other."""
    if voorstel is None or voorstel.agreed_at is None or not voorstel.needs_alv:
        return None
    there = place_of(voorstel)
    if there is None:
        return None if voorstel.besluit_id else BeforeTheAlv(_waits(voorstel))
    seen = Voorstel.objects.visible_to(user, on=timezone.localdate())
    url = reverse("voorstel-detail", args=[there.pk])
    on = day(there.assembly.on)
    awaited = awaited_of(voorstel) is not None
    return BeforeTheAlv(
        f"De ALV van {on} besluit hierover." if awaited else f"In de ALV van {on}.",
        f"Voorstel {there}",
        url if seen.filter(pk=there.pk).exists() else "",
    )


def _waits(voorstel: Ontwikkelvoorstel) -> str:
    left = voorstel.alv_voorstel
    why = ""
    if left is not None and left.is_withdrawn:
        why = (
            f"Het voorstel is van de agenda van de ALV van {day(left.assembly.on)} "
            f"gehaald: {left.reason} "
        )
    elif left is not None:
        why = f"De ALV van {day(left.assembly.on)} ging niet door. "
    return f"{why}Het komt op de agenda van een volgende ALV."


def _effort(step: VerbeterwensStep) -> str:
    assert step.hours is not None, "a constraint says so"
    assert step.amount is not None, "a constraint says so"
    return f"{step.hours} uur, {euro(step.amount)}"


def _facts(step: VerbeterwensStep) -> Iterator[str]:
    voorstel = step.voorstel
    if step.kind == Step.VALIDATED:
        yield f"Schatting: {_effort(step)}; {step.get_feasibility_display()}."
    if step.kind == Step.PRIORITISED:
        yield f"Plaats {step.rank} in de volgorde van de regiegroep."
    if step.kind == Step.PROPOSED and voorstel:
        yield f"Wat er komt: {voorstel.text}"
        yield (
            f"Kosten: {euro(voorstel.amount)}, waarvan {euro(voorstel.from_kas)} uit "
            "de innovatiekas."
        )
        if voorstel.other_cover:
            yield f"De rest: {voorstel.other_cover}"
    if step.kind == Step.AGREED and voorstel:
        yield from _checks(voorstel)
    if step.decision:
        yield f"Besluit van de regiegroep: {step.decision.reference}."


def _checks(voorstel: Ontwikkelvoorstel) -> Iterator[str]:
    """What the bestuur found of each of its criteria, and who decides."""
    for check in voorstel.criteria:
        found = "Voldaan" if check["met"] else "Niet voldaan"
        why = f" ({check['why']})" if check["why"] else ""
        yield f"{found}: {check['text']}{why}"
    if voorstel.needs_alv:
        yield "De ALV besluit over dit voorstel."
    else:
        yield "Tot dit bedrag besluit het bestuur."
