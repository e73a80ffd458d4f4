"""A dossier as its page shows it: the way, what was said, and who is asked what."""

from collections.abc import Sequence
from dataclasses import dataclass

from membership.admission import words
from membership.admission.considerations import titled
from membership.admission.recording import may_work_on
from membership.admission.step_forms import FORMS
from membership.admission.steps import Step
from membership.admission.timeline import Taken, timeline
from membership.models import Dossier, Organisation, Person, StepAsk, Wish

IN_WORDS = {"done": "gedaan", "now": "nu", "later": "komt nog"}


@dataclass(frozen=True)
class Row:
    """One step of the way. may_change: it was done, and can still be done over."""

    taken: Taken
    in_words: str
    who: str
    facts: Sequence[str]
    considerations: Sequence[tuple[str, str]]
    wishes: Sequence[Wish]
    asks: Sequence[StepAsk]
    may_change: bool

    @property
    def step(self) -> Step:
        return self.taken.step

    @property
    def has_more(self) -> bool:
        """Whether there is more to read than a line."""
        return bool(self.facts or self.considerations or self.wishes)


@dataclass(frozen=True)
class Running:
    """A dossier that runs, for the first page: what comes next in it."""

    dossier: Dossier
    title: str
    now: words.Now


def way_of(dossier: Dossier, person: Person | None) -> list[Row]:
    """Every step, as this person may change it; None for who only reads."""
    asks = list(StepAsk.objects.of(dossier))
    wishes = list(dossier.wishes.standing())
    return [_row(dossier, taken, person, asks, wishes) for taken in timeline(dossier)]


def _row(
    dossier: Dossier,
    taken: Taken,
    person: Person | None,
    asks: Sequence[StepAsk],
    wishes: Sequence[Wish],
) -> Row:
    row, step = taken.row, taken.step
    about = step if step != Step.ANSWERED else Step.HEARD
    return Row(
        taken=taken,
        in_words=IN_WORDS[taken.state],
        who=words.who_takes(step),
        facts=words.facts_of(row) if row else (),
        considerations=titled(row.considerations) if row else (),
        wishes=wishes if about == Step.HEARD and (row or about == step) else (),
        asks=[ask for ask in asks if ask.kind == step and row is None],
        may_change=(
            row is not None
            and person is not None
            and step in FORMS
            and dossier.status == Dossier.Status.RUNNING
            and not dossier.position.is_checked
            and may_work_on(dossier, step, person)
        ),
    )


def running_of(person: Person, organisation: Organisation) -> Running | None:
    """The dossier of an organisation that runs, when this person sees it."""
    visible = Dossier.objects.visible_to(person).running().with_steps()
    dossier = visible.filter(organisation=organisation).first()
    following = words.now(dossier) if dossier else None
    if dossier is None or following is None:
        return None
    return Running(dossier, words.title_of(dossier), following)
