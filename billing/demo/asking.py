"""What the association writes to its members, and what it asks them all."""

import datetime
from collections.abc import Iterator

from django.utils import timezone

from billing.demo.members import WOERDEN
from billing.demo.stage import BESTUUR, BUREAU, Stage
from membership import history
from membership.consultation import answering, running
from membership.consultation.people import can_be_authorised
from membership.letters import sending, writing
from membership.models import (
    Consultation,
    ConsultationAnswer,
    Letter,
    Person,
    Voter,
)
from membership.models.consultations import USUAL
from membership.people import person_by_email
from nvsi.dutch import counted, day

DAY = datetime.timedelta(days=1)
AGO, TERM = 45 * DAY, 14 * DAY
# Of the first question every so many members were against, or abstained.
AGAINST, ABSTAINS = 37, 12
NORM = "Gaat u akkoord met de norm voor regionale samenwerking?"
PLACE = "Waar houden wij de ledendag van volgend jaar?"
BODY = """De leden zijn akkoord gegaan met de norm. Met deze brief leest u wat de
volgende stappen zijn, en wat wij van uw regio vragen.

## Wat wij u vragen

- Wijs als regio samen een **bestuurlijk** en een **ambtelijk** aanspreekpunt aan.
- Geef de namen door in het portaal, onder Regio's.

## Hoe het verder gaat

1. Het ambtelijk netwerk komt bijeen over de planning.
2. Het bestuurlijk netwerk bespreekt de doelen.

Deze brief is verzonnen: hij hoort bij de voorbeeldgegevens.
"""


def ask_before(stage: Stage) -> Iterator[str]:
    """A consultation that is over, of which the result is known."""
    then = stage.now - AGO
    consultation = _asked(NORM, list(USUAL), then)
    voters = consultation.voters.select_related("organisation").order_by("pk")
    for at, voter in enumerate(voters, start=1):
        if not (people := can_be_authorised(voter)):
            continue
        choice = USUAL[1 if at % AGAINST == 0 else 2 if at % ABSTAINS == 0 else 0]
        _answer(voter, people[0], choice, then + DAY)
    bureau = person_by_email(BUREAU)
    result = running.publish(consultation, now=stage.now, by=bureau)
    yield f"'{NORM}' {result.sentence}"


def write_to_members(stage: Stage) -> Iterator[str]:
    """A letter that was sent, and one that waits for a colleague."""
    bureau, bestuur = person_by_email(BUREAU), person_by_email(BESTUUR)
    letter = _written(
        "Regionale samenwerking: wie spreekt namens uw regio?",
        "De leden zijn akkoord met de norm. Elke regio wijst nu een aanspreekpunt aan.",
        bureau,
    )
    seen = sending.fingerprint(letter)
    lines = sending.release(letter, seen=seen, now=stage.now, by=bestuur)
    letter.refresh_from_db()
    yield f"{letter} gaat naar {counted(len(lines), 'ontvanger', 'ontvangers')}."
    waiting = _written(
        "Agenda van de algemene ledenvergadering",
        "De ledenvergadering is in het voorjaar. Hierbij de agenda.",
        bureau,
    )
    yield f"'{waiting}' wacht op een collega die de brief vrijgeeft."


def ask_now(stage: Stage) -> Iterator[str]:
    """One that is open; one member answered."""
    options = ["Utrecht", "Zwolle", "Eindhoven"]
    consultation = _asked(PLACE, options, stage.now)
    jens = person_by_email(WOERDEN)
    mine = consultation.voters.filter(organisation__in=jens.organisation_ids)
    if voter := mine.first():
        _answer(voter, jens, options[0], stage.now)
    voters = counted(consultation.voters.count(), "lid kan", "leden kunnen")
    yield f"'{PLACE}' {voters} antwoorden tot en met {day(consultation.closes_on)}."


def _asked(question: str, options: list[str], now: datetime.datetime) -> Consultation:
    bureau = person_by_email(BUREAU)
    today = timezone.localdate(now)
    consultation = Consultation(
        question=question,
        explanation="Deze vraag is verzonnen: hij hoort bij de voorbeeldgegevens.",
        options=options,
        opens_on=today,
        closes_on=today + TERM,
        written_by=bureau,
    )
    consultation.full_clean()
    consultation.save()
    history.record(consultation, "added", bureau)
    running.open_up(consultation, now=now, by=bureau)
    consultation.refresh_from_db()
    return consultation


def _answer(
    voter: Voter, person: Person, choice: str, now: datetime.datetime
) -> ConsultationAnswer:
    """By who is authorised by the bureau, which has it on paper."""
    bureau = person_by_email(BUREAU)
    basis = "brief van de burgemeester (verzonnen)"
    answering.authorise(voter, person, basis=basis, now=now, by=bureau)
    return answering.answer(voter, choice, now=now, by=person)


def _written(subject: str, summary: str, by: Person) -> Letter:
    letter = Letter(subject=subject, summary=summary, body=BODY, written_by=by)
    letter.membership_kinds = ["lid"]
    letter.full_clean()
    letter.save()
    history.record(letter, "added", by)
    writing.offer(letter, by=by)
    letter.refresh_from_db()
    return letter
