"""What is asked for each step, and which verb then takes it.

A step of which the facts live in a higher app is registered by that app, as contracts
does for the order. So one page serves every step.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.http import HttpRequest

from instruments.models import Verbeterwens
from instruments.wishes import deciding, forms, weighing
from instruments.wishes.stages import Step
from membership.models import Person

Do = Callable[[Verbeterwens, Mapping[str, Any], Person], Model]


@dataclass(frozen=True)
class Act:
    """One step on the screen.

    button is what one presses, and asks what is asked, in a sentence; next says what
    happens then. first_to may send somebody elsewhere before, such as for a second
    factor, and adds gives the verb what a request proves.
    """

    button: str
    asks: str
    next: str
    form: type[forms.StepForm]
    do: Do
    first_to: Callable[[HttpRequest, Verbeterwens], str] | None = None
    adds: Callable[[HttpRequest], Mapping[str, Any]] = lambda _: {}
    is_quiet: bool = False


def _words(verb: Callable[..., Model]) -> Do:
    """A verb that asks nothing but the reason."""

    def do(wens: Verbeterwens, facts: Mapping[str, Any], by: Person) -> Model:
        return verb(wens, by=by, **facts)

    return do


def _finance(kind: Step) -> Do:
    def do(wens: Verbeterwens, facts: Mapping[str, Any], by: Person) -> Model:
        return weighing.finance(wens, kind, by=by, **facts)

    return do


def _merge(wens: Verbeterwens, facts: Mapping[str, Any], by: Person) -> Model:
    return weighing.merge_into(wens, facts["other"], words=facts["words"], by=by)


def _adopt(wens: Verbeterwens, facts: Mapping[str, Any], by: Person) -> Model:
    return deciding.adopt(wens, facts["besluit"], words=facts["words"], by=by)


ACTS: dict[Step, Act] = {
    Step.TAKEN_UP: Act(
        "Neem in behandeling",
        "Neemt de regiegroep deze wens in behandeling?",
        "Daarna zegt de uitvoerder hoeveel werk het is, en of het kan.",
        forms.StepForm,
        _words(weighing.take_up),
    ),
    Step.VALIDATED: Act(
        "Valideer de wens",
        "Hoeveel werk is het, en kan het?",
        "Daarna bepaalt de regiegroep welke plaats de wens krijgt.",
        forms.ValidationForm,
        _words(weighing.validate),
    ),
    Step.PRIORITISED: Act(
        "Geef de wens een plaats",
        "Welke plaats krijgt de wens in de volgorde van de regiegroep?",
        "Daarna bepaalt de regiegroep waar het geld vandaan komt.",
        forms.PriorityForm,
        _words(weighing.prioritise),
    ),
    Step.FROM_KAS: Act(
        "Betaal uit de innovatiekas",
        "Betaalt de innovatiekas deze wens?",
        "Daarna maakt de regiegroep een voorstel voor het bestuur.",
        forms.StepForm,
        _finance(Step.FROM_KAS),
    ),
    Step.OTHER_MONEY: Act(
        "Zoek ander geld",
        "Is dit nieuwe functionaliteit, waarvoor ander geld nodig is?",
        "Daarna zoekt de regiegroep dekking, en maakt zij een voorstel.",
        forms.StepForm,
        _finance(Step.OTHER_MONEY),
    ),
    Step.PROPOSED: Act(
        "Leg voor aan het bestuur",
        "Wat komt er, wat kost het, en wie betaalt?",
        "Daarna houdt het bestuur het voorstel tegen zijn criteria.",
        forms.VoorstelForm,
        _words(deciding.propose),
    ),
    Step.AGREED: Act(
        "Geef akkoord",
        "Voldoet de dekking aan de criteria van het bestuur?",
        "Besluit de ALV? Dan komt het op haar agenda. Anders is dit het besluit.",
        forms.AgreeForm,
        _words(deciding.agree),
    ),
    Step.SENT_BACK: Act(
        "Stuur terug",
        "Wat moet er anders aan het voorstel?",
        "Daarna maakt de regiegroep een nieuw voorstel.",
        forms.StepForm,
        _words(deciding.send_back),
    ),
    Step.ADOPTED: Act(
        "Leg een besluit van buiten het portaal vast",
        "Met welk besluit nam de ALV het voorstel aan?",
        "Daarna geeft het bestuur de opdracht aan de uitvoerder.",
        forms.BesluitForm,
        _adopt,
        is_quiet=True,
    ),
    Step.REJECTED: Act(
        "De ALV nam het niet aan",
        "Waarom nam de ALV het voorstel niet aan?",
        "De wens stopt hier. Wie haar volgt, leest de reden.",
        forms.StepForm,
        _words(deciding.reject),
        is_quiet=True,
    ),
    Step.REPORTED: Act(
        "Meld terug",
        "Wat kunnen gebruikers er nu mee?",
        "Wie de wens volgt, krijgt uw bericht. Daarmee is de wens klaar.",
        forms.ReportForm,
        _words(weighing.report),
    ),
    Step.MERGED: Act(
        "Voeg samen",
        "Met welke wens voegt u deze samen?",
        "Wie deze wens steunt of volgt, gaat mee naar de andere.",
        forms.MergeForm,
        _merge,
        is_quiet=True,
    ),
    Step.DECLINED: Act(
        "Wijs af",
        "Waarom gaat deze wens niet door?",
        "De wens stopt hier. Wie haar volgt, leest de reden.",
        forms.StepForm,
        _words(weighing.decline),
        is_quiet=True,
    ),
    Step.WITHDRAWN: Act(
        "Trek in",
        "Waarom is de wens niet meer nodig?",
        "De wens stopt hier. Wat de innovatiekas had gereserveerd, komt weer vrij.",
        forms.StepForm,
        _words(weighing.withdraw),
        is_quiet=True,
    ),
}
