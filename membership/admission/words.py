"""What the portal says of a dossier: where it is, and what is asked of whom. Dutch."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from membership.admission.steps import (
    OF_THE_BESTUUR,
    OF_THE_BUREAU,
    Outcome,
    Procedure,
    Step,
)
from membership.models import Dossier, DossierStep
from nvsi.dutch import day

# Who takes a step, as the organisation reads it.
US, BUREAU, BESTUUR = "uw organisatie", "het bureau", "het bestuur"


@dataclass(frozen=True)
class Ask:
    """One step as it is asked: in a sentence, on a button, and what goes with it."""

    sentence: str
    button: str
    hint: str = ""


ASKS: Mapping[Step, Ask] = {
    Step.WEIGHED: Ask(
        "Weeg af of het lidmaatschap een ingrijpend besluit is, en kies hoe u de raad "
        "betrekt.",
        "Leg de afweging vast",
        "Dit doet meestal de beleidsadviseur, samen met de jurist of de griffie.",
    ),
    Step.PROPOSED: Ask(
        "Maak het collegevoorstel, en leg vast wanneer het naar het college ging.",
        "Leg het collegevoorstel vast",
        "Een voorbeeld om aan te passen staat bij de stukken om te gebruiken.",
    ),
    Step.DRAFTED: Ask(
        "Leg het ontwerpbesluit van het college vast, met het stuk.",
        "Leg het ontwerpbesluit vast",
        "Het college neemt eerst een ontwerpbesluit. Dat gaat daarna naar de raad.",
    ),
    Step.SENT: Ask(
        "Stuur het ontwerpbesluit naar de raad, en leg vast tot wanneer de raad kan "
        "reageren.",
        "Leg de toezending vast",
        "De wet noemt geen termijn voor wensen en bedenkingen. De gemeente bepaalt die "
        "zelf. Eén vergadercyclus is gebruikelijk.",
    ),
    Step.HEARD: Ask(
        "Leg vast wat de raad heeft laten weten: de wensen en bedenkingen, of dat die "
        "er niet zijn.",
        "Leg de reactie van de raad vast",
        "Dit weet de griffie. Vraag het gerust aan een collega daar.",
    ),
    Step.ANSWERED: Ask(
        "Leg vast wat het college op elke wens en bedenking antwoordt.",
        "Leg de antwoorden vast",
        "Het college weegt wat de raad zegt voordat het definitief besluit.",
    ),
    Step.DECIDED: Ask(
        "Leg het definitieve collegebesluit vast: de datum, het nummer en het stuk.",
        "Leg het besluit vast",
        "Op dit besluit rust straks het lidmaatschap.",
    ),
    Step.INFORMED: Ask(
        "Leg vast wanneer de raad over het besluit is geïnformeerd.",
        "Leg het informeren vast",
        "Meestal gaat dat met een raadsinformatiebrief.",
    ),
    Step.APPLIED: Ask(
        "Laat de aanmelding tekenen door de burgemeester, en lever haar hier in.",
        "Lever de aanmelding in",
        "Iemand anders kan tekenen als daarvoor een mandaat is vastgelegd.",
    ),
}
_OWN: Mapping[Step, Ask] = {
    Step.DECIDED: Ask(
        "Leg het besluit van uw bestuur om lid te worden vast: de datum, het nummer en "
        "het stuk.",
        "Leg het besluit vast",
        "Op dit besluit rust straks het lidmaatschap.",
    ),
    Step.APPLIED: Ask(
        "Laat de aanmelding tekenen, en lever haar hier in.",
        "Lever de aanmelding in",
        "De aanmelding tekent wie uw organisatie mag vertegenwoordigen.",
    ),
}
_WAITING: Mapping[Step, str] = {
    Step.JUDGED: "Wij beoordelen uw motivering om de raad alleen te informeren.",
    Step.CHECKED: "Wij controleren uw aanmelding en de stukken.",
    Step.ADMITTED: "Het bestuur van de NVSI beslist over uw toelating.",
}
NOTHING_TO_DO = "U hoeft niets te doen. U krijgt een e-mail als er iets verandert."


@dataclass(frozen=True)
class Now:
    """What comes next. is_ours: the organisation does it, else it waits."""

    step: Step
    is_ours: bool
    sentence: str
    button: str = ""
    hint: str = ""


def who_takes(step: Step) -> str:
    if step in OF_THE_BUREAU:
        return BUREAU
    return BESTUUR if step in OF_THE_BESTUUR else US


def ask_of(step: Step, procedure: str) -> Ask:
    """How a step of the organisation is asked."""
    own = _OWN if procedure != Procedure.COLLEGE else {}
    return own.get(step, ASKS[step])


def now(dossier: Dossier) -> Now | None:
    """The next step of a dossier that runs; None when it ended."""
    step = dossier.position.next
    if step is None or dossier.status != Dossier.Status.RUNNING:
        return None
    if step in _WAITING:
        sentence = _WAITING[step]
        if step == Step.ADMITTED and dossier.aim == Dossier.Aim.PARTICIPANT:
            sentence = "Wij schrijven uw organisatie in als participant."
        return Now(step, False, sentence, hint=NOTHING_TO_DO)
    ask = ask_of(step, dossier.procedure)
    return Now(step, True, _with_term(dossier, step, ask), ask.button, ask.hint)


def _with_term(dossier: Dossier, step: Step, ask: Ask) -> str:
    """While the raad may still react, until when."""
    sent = dossier.standing_step(Step.SENT)
    if step != Step.HEARD or sent is None or sent.until is None:
        return ask.sentence
    return f"De raad kan reageren tot en met {day(sent.until)}. {ask.sentence}"


def state_of(dossier: Dossier) -> str:
    """The line under the title: how far, or how it ended."""
    where = dossier.position
    if where.next is None or dossier.status != Dossier.Status.RUNNING:
        at = dossier.ended_at
        ended = f" op {day(timezone.localdate(at))}" if at else ""
        return f"{dossier.get_status_display().capitalize()}{ended}"
    place = where.steps.index(where.next) + 1
    return f"Stap {place} van {len(where.steps)}: {where.next.label.lower()}"


def title_of(dossier: Dossier) -> str:
    words = {"lid": "Lid worden", "participant": "Participant worden"}
    return words[dossier.aim]


def facts_of(row: DossierStep) -> list[str]:
    """What was said of a step, besides its day: each a short sentence."""
    said = [
        f"Reageren kan tot en met {day(row.until)}" if row.until else "",
        _OUTCOMES.get(row.outcome, ""),
        _FAR_REACHING.get(row.is_far_reaching, ""),
        f"Nummer {row.number}" if row.number else "",
        _signed(row),
        row.words,
    ]
    return [sentence for sentence in said if sentence]


_OUTCOMES: Mapping[str, str] = {
    Outcome.VOORHANG: "Route: voorhang, de raad geeft vooraf wensen en bedenkingen",
    Outcome.INFORM: "Route: de raad alleen informeren",
    Outcome.ACCEPTED: "De lichtere route kan",
    Outcome.REFUSED: "Toch de voorhang",
    Outcome.GIVEN: "De raad heeft wensen of bedenkingen gegeven",
    Outcome.NONE: "De raad heeft geen wensen of bedenkingen",
    Outcome.LAPSED: "De termijn verstreek zonder reactie van de raad",
}
_FAR_REACHING: Mapping[bool | None, str] = {
    True: "De gemeente vindt het besluit ingrijpend",
    False: "De gemeente vindt het besluit niet ingrijpend",
}


def _signed(row: DossierStep) -> str:
    if not row.signer_name:
        return ""
    by = " met een mandaat" if row.mandate_id else ""
    return f"Getekend door {row.signer_name}, {row.signer_function}{by}"
