"""What happened around a datalek, as a list of lines: for whom they are meant."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from contracts.breaches.reading import Known, OfCollege
from contracts.breaches.rules import Kind, Outcome, Stage
from contracts.breaches.words import sentence
from contracts.models.breach_facts import BreachEntry
from contracts.models.breaches import READERS
from membership.models import Person

_OF_OUTCOMES = {
    Outcome.WRITTEN: "{} kreeg een brief",
    Outcome.POSTED: "Aan {} is een brief per post gestuurd",
    Outcome.SPOKEN: "{} is mondeling geïnformeerd",
    Outcome.OWN: "{} meldde het zelf",
    Outcome.REPORTED: "Melding aan de AP voor {}",
    Outcome.NOT_REPORTED: "Geen melding aan de AP voor {}",
    Outcome.LEFT: "{} besluit zelf over een melding aan de AP",
    Outcome.PEOPLE_TOLD: "De betrokkenen van {} kregen bericht",
    Outcome.PEOPLE_NOT_TOLD: "De betrokkenen van {} krijgen geen bericht",
    Outcome.HANDLED: "Afsluiten voorgesteld: afgehandeld",
    Outcome.NO_BREACH: "Afsluiten voorgesteld: blijkt geen datalek",
}
_OF_KINDS = {
    Kind.NOT_CONCERNED: "{} blijkt niet betrokken",
    Kind.CONCERNED: "{} blijkt toch betrokken",
    Kind.MEASURE: "Maatregel genomen",
    Kind.KEPT_OPEN: "Het blijft open",
    Kind.CLOSED: "Afgesloten",
    Kind.REOPENED: "Heropend",
}
# What an organisation reads of the course of it, beside what is about itself.
_FOR_ALL = (Kind.MEASURE, Kind.CLOSED, Kind.REOPENED)


@dataclass(frozen=True)
class Line:
    """One thing that happened. by is empty where an organisation need not know who of
    the NVSI it was."""

    at: datetime.datetime
    title: str
    words: str = ""
    by: str = ""


def timeline(known: Known) -> list[Line]:
    """All of it, for the association: the first first."""
    return _in_order([*_known(known), *map(_line, known.entries)])


def timeline_of(known: Known, college: OfCollege) -> list[Line]:
    """What a college may know: itself, and not how others stand."""
    mine = [e for e in known.entries if e.college_id == college.row.pk]
    shared = [e for e in known.entries if e.kind in _FOR_ALL]
    lines = [_line(entry) for entry in [*mine, *shared]]
    return _in_order([_discovered(known), *lines])


def timeline_for_reporter(known: Known) -> list[Line]:
    """For who reported it: that colleges were told, not what they decided."""
    told = [
        Line(one.standing.told_at, _begin(f"{one.name} is geïnformeerd"))
        for one in known.concerned
        if one.standing.told_at
    ]
    shared = [_line(e) for e in known.entries if e.kind in _FOR_ALL]
    return _in_order([_discovered(known), _reported(known), *told, *shared])


def tone(stage: Stage) -> str:
    """The colour of a stage, beside its word."""
    return {Stage.OPEN: "asked", Stage.CLOSING: "waiting"}.get(stage, "done")


def college_of(known: Known, person: Person, first: int | None) -> OfCollege | None:
    """The college for which this person reads it: that for which he acts (first), or
    another of his own."""
    own = person.organisations_as(*READERS)
    mine = [
        one
        for one in known.colleges
        if one.row.organisation_id in own and one.standing.told_at
    ]
    mine.sort(key=lambda one: one.row.organisation_id != first)
    return mine[0] if mine else None


def _in_order(lines: list[Line]) -> list[Line]:
    """By the minute, as people write; within one as it was recorded."""
    return sorted(lines, key=lambda line: line.at.replace(second=0, microsecond=0))


def _known(known: Known) -> Iterator[Line]:
    yield _discovered(known)
    yield _reported(known)
    for more in list(known.breach.descriptions.all())[1:]:
        yield Line(more.at, "De beschrijving is aangevuld", by=more.by.name)


def _discovered(known: Known) -> Line:
    by = sentence(f"door {known.breach.discovered_by}")
    return Line(known.breach.discovered_at, "Ontdekt", by)


def _reported(known: Known) -> Line:
    breach = known.breach
    whose = f"namens {breach.reported_for}" if breach.reported_for else ""
    called = f"gebeld of gemaild door {breach.caller}" if breach.caller else whose
    return Line(
        breach.reported_at,
        "Gemeld bij de NVSI",
        sentence(called),
        breach.reported_by.name,
    )


def _line(entry: BreachEntry) -> Line:
    college = str(entry.college.organisation) if entry.college else ""
    known = _OF_OUTCOMES.get(Outcome(entry.outcome)) if entry.outcome else None
    title = (known or _OF_KINDS[Kind(entry.kind)]).format(college)
    parts = [sentence(f"door {entry.who}") if entry.outcome == Outcome.REPORTED else ""]
    if entry.outcome == Outcome.SPOKEN:
        parts = [sentence(f"gesproken met {entry.who}")]
    if entry.number:
        parts.append(f"Meldingsnummer {entry.number}.")
    words = "\n".join(
        part for part in (" ".join(filter(None, parts)), entry.words) if part
    )
    return Line(entry.at, _begin(title), words, entry.by.name)


def _begin(title: str) -> str:
    return title[:1].upper() + title[1:]
