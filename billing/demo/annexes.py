"""A change of annexes: one gemeente consents, one objects, the others still read it."""

import datetime
from collections.abc import Iterator

from billing.demo.stage import BESTUUR, BUREAU, Stage
from contracts.annexes import consenting, laying
from contracts.models import Consent
from membership.people import person_by_email
from nvsi.dutch import counted, day

ANSWERS = {
    "GM0014": (Consent.Answer.CONSENT, "", "Brief van het college, kenmerk 2026-118"),
    "GM0034": (
        Consent.Answer.OBJECTION,
        "Wij willen eerst zien dat het rekencentrum volgens BIO2 is getoetst.",
        "E-mail van de CISO",
    ),
}


def change_annexes(stage: Stage) -> Iterator[str]:
    """Drawn up by the bureau, laid before them by the bestuur; two letters came."""
    bureau, bestuur = person_by_email(BUREAU), person_by_email(BESTUUR)
    note = "De gegevens gaan naar een Nederlands rekencentrum (verzonnen)."
    draft = laying.start(stage.instrument, note=note, by=bureau)
    draft.subprocessors.create(
        name="Rekencentrum De Delta b.v. (verzonnen)",
        country="Nederland",
        task="Bewaart de gegevens van het portaal, en de reservekopieën daarvan.",
        since=stage.today,
    )
    answer_by = stage.today + laying.TERM
    asked = laying.lay_before(
        draft,
        answer_by=answer_by,
        used_from=answer_by + datetime.timedelta(days=7),
        seen=laying.fingerprint(draft),
        now=stage.now,
        today=stage.today,
        by=bestuur,
    )
    yield (
        f"{counted(len(asked), 'organisatie antwoordt', 'organisaties antwoorden')} "
        f"uiterlijk {day(answer_by)} op een andere sub-verwerker."
    )
    for consent in asked:
        if consent.organisation.code not in ANSWERS:
            continue
        answer, reason, basis = ANSWERS[consent.organisation.code]
        given = consenting.answer(
            consent,
            answer,
            reason=reason,
            basis=basis,
            now=stage.now,
            today=stage.today,
            by=bureau,
        )
        yield f"{given.organisation} {given.get_answer_display()}."
