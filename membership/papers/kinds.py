"""Which papers there are, when each fits, and how it is made. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.db.models import TextChoices

from membership.admission.steps import Position, Procedure, Step
from membership.papers.content import confirming, deciding, joining, letters, proposing
from membership.papers.facts import DossierFacts
from membership.papers.structure import Paper


class Kind(TextChoices):
    """A paper; the value stands in its address."""

    PROPOSAL = "collegevoorstel", "Collegevoorstel"
    COUNCIL_LETTER = "raadsbrief", "Raadsbrief voor wensen en bedenkingen"
    REACTION = "reactie-aan-de-raad", "Reactie van het college aan de raad"
    APPROVAL = "instemmingsbesluit", "Instemmingsbesluit"
    INFORMATION = "raadsinformatiebrief", "Raadsinformatiebrief"
    APPLICATION = "aanmelding", "Aanmelding"
    CONFIRMATION = "bevestiging", "Bevestiging van de NVSI"
    INTENTION = "intentieverklaring", "Intentieverklaring aspirant-lid"


@dataclass(frozen=True)
class Recipe:
    """Of one paper: when it fits, in a sentence what it is for, and what makes it.

    `steps` are those at which it is of use; `procedures` the ones that have it.
    """

    about: str
    steps: tuple[Step, ...]
    procedures: tuple[Procedure, ...]
    make: Callable[[DossierFacts], Paper]


_COLLEGE = (Procedure.COLLEGE,)
_LID = (Procedure.COLLEGE, Procedure.WGR, Procedure.OWN)
_ALL = (*_LID, Procedure.PARTICIPANT)

RECIPES: Mapping[Kind, Recipe] = {
    Kind.INTENTION: Recipe(
        "Hiermee vraagt u om aspirant-lid te zijn tot het besluit is genomen.",
        (
            *(Step.WEIGHED, Step.JUDGED, Step.PROPOSED, Step.DRAFTED, Step.SENT),
            *(Step.HEARD, Step.ANSWERED, Step.DECIDED),
        ),
        _LID,
        joining.intention,
    ),
    Kind.PROPOSAL: Recipe(
        "Voor het college, met de motivering en het ontwerpbesluit.",
        (Step.PROPOSED, Step.DRAFTED),
        _COLLEGE,
        proposing.proposal,
    ),
    Kind.COUNCIL_LETTER: Recipe(
        "Voor de griffie: legt het ontwerpbesluit voor aan de raad.",
        (Step.PROPOSED, Step.DRAFTED, Step.SENT),
        _COLLEGE,
        letters.council_letter,
    ),
    Kind.REACTION: Recipe(
        "Elke wens en bedenking van de raad, met het antwoord van het college.",
        (Step.ANSWERED,),
        _COLLEGE,
        letters.reaction,
    ),
    Kind.APPROVAL: Recipe(
        "Het besluit om lid te worden, op één A4.",
        (Step.DECIDED,),
        _LID,
        deciding.approval,
    ),
    Kind.INFORMATION: Recipe(
        "Vertelt de raad welk besluit is genomen, en waarom op deze manier.",
        (Step.PROPOSED, Step.DECIDED, Step.INFORMED),
        _COLLEGE,
        letters.information_letter,
    ),
    Kind.APPLICATION: Recipe(
        "Om te laten tekenen en daarna in te leveren.",
        (Step.DECIDED, Step.APPLIED),
        _ALL,
        joining.application,
    ),
    Kind.CONFIRMATION: Recipe(
        "Van de NVSI: dat u bent toegelaten, vanaf wanneer en op welk besluit.",
        (Step.ADMITTED,),
        _ALL,
        confirming.confirmation,
    ),
}
_OF_A_ROUTE = {
    Kind.COUNCIL_LETTER: Step.SENT,
    Kind.REACTION: Step.ANSWERED,
    Kind.INFORMATION: Step.INFORMED,
}


def make(kind: Kind, facts: DossierFacts) -> Paper:
    """The content of one paper, from the facts of a dossier."""
    return RECIPES[kind].make(facts)


def of_procedure(procedure: Procedure) -> list[Kind]:
    """The papers that a procedure can have, on whatever route."""
    return [kind for kind in Kind if procedure in RECIPES[kind].procedures]


def fitting(procedure: Procedure, position: Position) -> list[Kind]:
    """The papers of the next step."""
    now = position.next
    return [
        kind
        for kind in _of_route(procedure, position)
        if now is not None and now in RECIPES[kind].steps and kind != Kind.CONFIRMATION
    ]


def reached(procedure: Procedure, position: Position) -> list[Kind]:
    """The papers of the next step and of those that were done.

    The confirmation is there only once the NVSI admitted.
    """
    come = {*position.done, *([position.next] if position.next else [])}
    if Step.ADMITTED not in position.done:
        come -= {Step.ADMITTED}
    return [
        kind
        for kind in _of_route(procedure, position)
        if come.intersection(RECIPES[kind].steps)
    ]


def _of_route(procedure: Procedure, position: Position) -> list[Kind]:
    """Without the papers that the chosen route has no step for."""
    return [
        kind
        for kind in of_procedure(procedure)
        if kind not in _OF_A_ROUTE or _OF_A_ROUTE[kind] in position.steps
    ]
