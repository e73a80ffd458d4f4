"""The steps to membership: which are asked, in which order, and which comes next. Pure.

Source: Gemeentewet art. 160 lid 2, domain rules 20 and 27-30; seeds 000 and 001. The
law sets no term for wensen en bedenkingen: the gemeente sets its own.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from django.db.models import TextChoices


class Procedure(TextChoices):
    """On which ground an organisation decides. It follows from what it is."""

    COLLEGE = "college", "collegebesluit (Gemeentewet artikel 160 lid 2)"
    WGR = "wgr", "besluit onder de Wet gemeenschappelijke regelingen"
    OWN = "own", "besluit van het eigen bestuur"
    PARTICIPANT = "participant", "aanmelding als participant"


class Route(TextChoices):
    """How a college involves the raad. The first is the law's, and the default."""

    VOORHANG = "voorhang", "voorhang: de raad geeft vooraf wensen en bedenkingen"
    INFORM = "inform", "de raad alleen informeren"


class Step(TextChoices):
    """What is recorded of a procedure, in the order in which it happens."""

    WEIGHED = "weighed", "Afweging"
    JUDGED = "judged", "Oordeel van het bureau over de route"
    PROPOSED = "proposed", "Collegevoorstel"
    DRAFTED = "drafted", "Ontwerpbesluit"
    SENT = "sent", "Toezending aan de raad"
    HEARD = "heard", "Wensen en bedenkingen"
    ANSWERED = "answered", "Reactie van het college"
    DECIDED = "decided", "Besluit"
    INFORMED = "informed", "Raad geïnformeerd"
    APPLIED = "applied", "Aanmelding"
    CHECKED = "checked", "Controle door het bureau"
    ADMITTED = "admitted", "Toelating"


class Outcome(TextChoices):
    """How a step ended, for the steps that can end in more than one way."""

    VOORHANG = "voorhang", "voorhang"
    INFORM = "inform", "alleen informeren"
    ACCEPTED = "accepted", "aanvaard"
    REFUSED = "refused", "toch de voorhang"
    GIVEN = "given", "wensen of bedenkingen gegeven"
    NONE = "none", "geen wensen of bedenkingen"
    LAPSED = "lapsed", "termijn verstreken zonder reactie"


class Stage(TextChoices):
    """The part of the way in which a dossier is, for who looks at many."""

    WEIGHING = "weighing", "Afweging"
    DRAFT = "draft", "Voorstel en ontwerp"
    RAAD = "raad", "Bij de raad"
    DECISION = "decision", "Besluit"
    APPLICATION = "application", "Aanmelding"
    CHECK = "check", "Controle"
    ADMISSION = "admission", "Toelating"


STAGES: Mapping[Step, Stage] = {
    Step.WEIGHED: Stage.WEIGHING,
    Step.JUDGED: Stage.WEIGHING,
    Step.PROPOSED: Stage.DRAFT,
    Step.DRAFTED: Stage.DRAFT,
    Step.SENT: Stage.RAAD,
    Step.HEARD: Stage.RAAD,
    Step.ANSWERED: Stage.RAAD,
    Step.DECIDED: Stage.DECISION,
    Step.INFORMED: Stage.DECISION,
    Step.APPLIED: Stage.APPLICATION,
    Step.CHECKED: Stage.CHECK,
    Step.ADMITTED: Stage.ADMISSION,
}
OUTCOMES: Mapping[Step, tuple[Outcome, ...]] = {
    Step.WEIGHED: (Outcome.VOORHANG, Outcome.INFORM),
    Step.JUDGED: (Outcome.ACCEPTED, Outcome.REFUSED),
    Step.HEARD: (Outcome.GIVEN, Outcome.NONE, Outcome.LAPSED),
}
# Without the paper nobody can prove it afterwards (domain 5.6).
WITH_PAPER = {Step.DRAFTED, Step.DECIDED, Step.APPLIED}
OF_THE_BUREAU = {Step.JUDGED, Step.CHECKED}
OF_THE_BESTUUR = {Step.ADMITTED}
# What may pass between two of these on one day is said in `conflict`.
_DATED = (
    *(Step.PROPOSED, Step.DRAFTED, Step.SENT, Step.HEARD, Step.ANSWERED),
    *(Step.DECIDED, Step.INFORMED, Step.APPLIED, Step.CHECKED, Step.ADMITTED),
)
_END = (Step.APPLIED, Step.CHECKED, Step.ADMITTED)


class Fact(Protocol):
    """A step that was recorded and not replaced."""

    @property
    def kind(self) -> str: ...
    @property
    def on(self) -> datetime.date: ...
    @property
    def until(self) -> datetime.date | None: ...
    @property
    def outcome(self) -> str: ...


def procedure_for(kind_of_organisation: str, aim: str) -> Procedure:
    """The ground for what an organisation wants to be: 'lid' or 'participant'."""
    if aim == "participant":
        return Procedure.PARTICIPANT
    grounds = {"gemeente": Procedure.COLLEGE, "samenwerkingsverband": Procedure.WGR}
    return grounds.get(kind_of_organisation, Procedure.OWN)


def required(procedure: str, facts: Iterable[Fact]) -> tuple[Step, ...]:
    """The steps to membership, in order, as far as known from what was recorded."""
    known = {Step(fact.kind): fact for fact in facts}
    if procedure == Procedure.PARTICIPANT:
        return _END
    if procedure != Procedure.COLLEGE:
        return (Step.DECIDED, *_END)
    weighed, judged = known.get(Step.WEIGHED), known.get(Step.JUDGED)
    wants_less = weighed is not None and weighed.outcome == Outcome.INFORM
    if wants_less and (judged is None or judged.outcome == Outcome.ACCEPTED):
        middle = (Step.JUDGED, Step.PROPOSED, Step.DECIDED, Step.INFORMED)
        return (Step.WEIGHED, *middle, *_END)
    heard = known.get(Step.HEARD)
    answer = heard is not None and heard.outcome == Outcome.GIVEN
    return (
        Step.WEIGHED,
        *((Step.JUDGED,) if wants_less else ()),
        *(Step.PROPOSED, Step.DRAFTED, Step.SENT, Step.HEARD),
        *((Step.ANSWERED,) if answer else ()),
        Step.DECIDED,
        *_END,
    )


@dataclass(frozen=True)
class Position:
    """Where a procedure is: its steps, those that were done, and the next one."""

    steps: tuple[Step, ...]
    done: tuple[Step, ...]

    @property
    def next(self) -> Step | None:
        return next((step for step in self.steps if step not in self.done), None)

    @property
    def stage(self) -> Stage | None:
        """None when all was done."""
        return STAGES[self.next] if self.next else None

    @property
    def is_checked(self) -> bool:
        """What the bureau checked stands: nothing before it is replaced any more."""
        return Step.CHECKED in self.done

    def may_record(self, step: Step) -> bool:
        """The next step, or one that was done and that nobody checked yet."""
        return step == self.next or (step in self.done and not self.is_checked)


def position(procedure: str, facts: Iterable[Fact]) -> Position:
    """Read where a procedure is from its facts. The only place where that is done.

    A step counts only when all before it were done: a fact of a route that was left,
    or of a step whose ground was replaced, does not.
    """
    facts = list(facts)
    kinds = {fact.kind for fact in facts}
    steps = required(procedure, facts)
    missing = next((i for i, step in enumerate(steps) if step not in kinds), len(steps))
    return Position(steps, steps[:missing])


def conflict(fact: Fact, others: Iterable[Fact], *, today: datetime.date) -> str | None:
    """Why a fact cannot stand beside the others, as a Dutch sentence; None when it can.

    The dates follow the order of the steps; a decision follows the day on which the
    draft went to the raad; a term has lapsed only after the day that the gemeente set.
    """
    step = Step(fact.kind)
    if fact.on > today:
        return "Deze datum ligt in de toekomst. Vul in wanneer het is gebeurd."
    known = {Step(other.kind): other for other in others if other.kind != fact.kind}
    if step in _DATED and (problem := _out_of_order(fact, step, known)):
        return problem
    if step == Step.SENT and (fact.until is None or fact.until < fact.on):
        return (
            "Vul in tot wanneer de raad kan reageren: een dag na de toezending. De wet "
            "noemt geen termijn; de gemeente bepaalt die zelf."
        )
    if step == Step.HEARD and fact.outcome == Outcome.LAPSED:
        return _not_lapsed(fact, known.get(Step.SENT))
    return None


def _out_of_order(fact: Fact, step: Step, known: Mapping[Step, Fact]) -> str | None:
    place = _DATED.index(step)
    for other_step, other in known.items():
        if other_step not in _DATED:
            continue
        before = _DATED.index(other_step) < place
        first, second = (other, fact) if before else (fact, other)
        strict = (Step(first.kind), Step(second.kind)) == (Step.SENT, Step.DECIDED)
        if first.on > second.on or (strict and first.on == second.on):
            return (
                f"{Step(second.kind).label} ({_day(second.on)}) komt na "
                f"{_lower(Step(first.kind))} ({_day(first.on)})"
                + (
                    ": het college besluit pas nadat de raad het ontwerpbesluit heeft "
                    "gekregen (Gemeentewet artikel 160 lid 2)."
                    if strict
                    else ". Controleer de datums."
                )
            )
    return None


def _not_lapsed(fact: Fact, sent: Fact | None) -> str | None:
    if sent is None or sent.until is None:
        return "Leg eerst vast tot wanneer de raad kon reageren."
    if fact.on <= sent.until:
        return (
            f"De raad kan nog reageren tot en met {_day(sent.until)}. De termijn is "
            "pas daarna verstreken."
        )
    return None


def _lower(step: Step) -> str:
    return step.label[0].lower() + step.label[1:]


def _day(day: datetime.date) -> str:
    return f"{day:%d-%m-%Y}"
