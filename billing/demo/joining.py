"""Who wants to belong: one is admitted, one is with its raad, one just asked."""

import datetime
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from django.core.files.base import ContentFile

from billing.demo.members import WOERDEN
from billing.demo.stage import BESTUUR, BUREAU, Stage
from membership.admission import applying, dossiers, recording, wishes
from membership.admission.considerations import Consideration
from membership.admission.recording import Recorded
from membership.admission.steps import OF_THE_BUREAU, WITH_PAPER, Outcome, Step
from membership.models import Dossier, Membership, Organisation, Person
from membership.papers.gathering import facts_of
from membership.papers.kinds import Kind, make
from membership.papers.pdf import as_pdf
from membership.people import person_by_email
from nvsi.dutch import day

DAY = datetime.timedelta(days=1)
TERM = 42  # days that these gemeenten give their raad; the law has no term

# How many days ago each step was taken, by the gemeente that became a lid.
VOORHANG: Mapping[Step, int] = {
    Step.WEIGHED: 130,
    Step.PROPOSED: 121,
    Step.DRAFTED: 112,
    Step.SENT: 105,
    Step.HEARD: 60,
    Step.ANSWERED: 52,
    Step.DECIDED: 45,
    Step.APPLIED: 38,
    Step.CHECKED: 30,
}
# And by the one whose raad still has the time to say something.
UNDER_WAY: Mapping[Step, int] = {
    Step.WEIGHED: 40,
    Step.PROPOSED: 33,
    Step.DRAFTED: 26,
    Step.SENT: 19,
}
# The paper that is handed in with a step; as the portal itself makes it.
PAPERS = {
    Step.PROPOSED: Kind.PROPOSAL,
    Step.DRAFTED: Kind.PROPOSAL,
    Step.SENT: Kind.COUNCIL_LETTER,
    Step.ANSWERED: Kind.REACTION,
    Step.DECIDED: Kind.APPROVAL,
    Step.APPLIED: Kind.APPLICATION,
}
WEIGHED = {
    Consideration.NO_NEW_INSTRUMENT: "De gemeente zet Flexensie nog niet in. Het is "
    "een aanvulling op wat er is.",
    Consideration.OWN_SAY: "De gemeente bepaalt zelf hoeveel mensen er werken, en kan "
    "op elk moment pauzeren.",
    Consideration.NOTHING_FOR_GOOD: "Opzeggen kan tegen het einde van elk boekjaar.",
}
WISH = "Informeer de raad elk jaar over het aantal kandidaten en wat het opbracht."
ANSWER = "Dat zeggen wij toe; het komt in de jaarrekening, bij de verbonden partijen."


def become_lid(stage: Stage) -> Iterator[str]:
    """The whole voorhang of one gemeente, with a wens of its raad, up to the lid."""
    contact = person_by_email(WOERDEN)
    gemeente = Organisation.objects.get(code="GM0632")
    bureau, bestuur = person_by_email(BUREAU), person_by_email(BESTUUR)
    dossier = dossiers.open_dossier(gemeente, Dossier.Aim.LID, by=bureau)
    _take(stage, dossier, VOORHANG, contact)
    admitted = dossiers.admit(dossier, starts_on=stage.today, by=bestuur)
    decided = dossier.standing_step(Step.DECIDED)
    assert decided
    yield (
        f"{gemeente} legt het ontwerpbesluit voor aan de raad, die vraagt om een "
        f"jaarlijks bericht. Het college besluit op {day(decided.on)}."
    )
    yield f"{bestuur} laat toe: lid vanaf {day(admitted.starts_on)}."


def wait_for_the_raad(stage: Stage) -> Iterator[str]:
    """The aspirant-lid is on its way: its raad can still react."""
    aspirant = Membership.objects.get(kind=Membership.Kind.ASPIRANT_LID).organisation
    dossier = dossiers.open_dossier(
        aspirant, Dossier.Aim.LID, by=person_by_email(BUREAU)
    )
    contact = Person.objects.contacts_of([aspirant], on=stage.today).get()
    _take(stage, dossier, UNDER_WAY, contact)
    until = stage.today + (TERM - UNDER_WAY[Step.SENT]) * DAY
    yield (
        f"{aspirant} is aspirant-lid. De raad heeft het ontwerpbesluit, en kan "
        f"reageren tot en met {day(until)}."
    )


def ask_to_belong(stage: Stage) -> Iterator[str]:
    """Somebody applied on the public page, and confirmed his address."""
    gemeente = Organisation.objects.get(code="GM1690")
    application = applying.apply(
        organisation=gemeente,
        other_name="",
        other_kind="",
        aim=Dossier.Aim.LID,
        name="Ruth Oosterhof",
        function="beleidsadviseur werk en inkomen",
        email="r.oosterhof@de-wolden.example",
        key=uuid.uuid5(uuid.NAMESPACE_URL, "the application of the demo"),
    )
    applying.confirm(application)
    yield f"{application.name} vraagt het lidmaatschap aan voor {gemeente}."
    yield "De aanvraag wacht op het bureau, in het beheer."


def _take(
    stage: Stage, dossier: Dossier, days_ago: Mapping[Step, int], contact: Person
) -> None:
    """Record the steps as they are recorded on the pages, by the one whose they are."""
    bureau = person_by_email(BUREAU)
    for step, ago in days_ago.items():
        dossier = Dossier.objects.with_steps().get(pk=dossier.pk)
        by = bureau if step in OF_THE_BUREAU else contact
        _say_before(dossier, step, by)
        facts = Recorded(on=stage.today - ago * DAY, **_facts(step, stage, ago))
        papers = [_paper(dossier, step)] if step in WITH_PAPER else []
        recording.record(dossier, step, facts, by=by, papers=papers)


def _say_before(dossier: Dossier, step: Step, by: Person) -> None:
    if step == Step.HEARD:
        wishes.add_wish(
            dossier, kind="wens", by_whom="de raad, unaniem", words=WISH, by=by
        )
    if step == Step.ANSWERED:
        wishes.answer_wish(dossier.wishes.get(), answer=ANSWER, by=by)


def _facts(step: Step, stage: Stage, ago: int) -> dict[str, Any]:
    """What is said of a step beside its day."""
    if step == Step.WEIGHED:
        return {
            "outcome": Outcome.VOORHANG,
            "is_far_reaching": False,
            "considerations": {str(key): words for key, words in WEIGHED.items()},
        }
    if step == Step.SENT:
        return {"until": stage.today + (TERM - ago) * DAY}
    if step == Step.HEARD:
        return {"outcome": Outcome.GIVEN}
    if step in (Step.DRAFTED, Step.DECIDED):
        return {"number": f"{stage.today.year}-{ago:04d} (verzonnen)"}
    if step == Step.APPLIED:
        return {"signer_name": "Anke de Graaf", "signer_function": "burgemeester"}
    return {}


def _paper(dossier: Dossier, step: Step) -> "ContentFile[bytes]":
    paper = make(PAPERS[step], facts_of(dossier))
    return ContentFile(as_pdf(paper), name=f"{paper.file_name}.pdf")
