"""What members bring before the ALV: a voorstel for one that is being prepared, and an
ALV that they ask for together."""

import datetime
from collections.abc import Iterator

from billing.demo.alv import draft
from billing.demo.stage import BUREAU, Stage
from billing.demo.votes import voters
from membership import history
from membership.assembly import handing_in, initiating
from membership.people import person_by_email
from nvsi.dutch import counted, day

DAY = datetime.timedelta(days=1)
WEEKS = datetime.timedelta(weeks=26)
JOINED = 3


def prepare_an_alv(stage: Stage) -> Iterator[str]:
    """A draft for which members can hand in a voorstel, and one that waits."""
    bureau, on = person_by_email(BUREAU), stage.today + WEEKS
    assembly = draft(f"Algemene ledenvergadering {on.year}", on, "Stadhuis Utrecht")
    assembly.voorstellen_until = assembly.starts_at - 60 * DAY
    assembly.full_clean()
    assembly.save()
    history.record(assembly, "changed", bureau, fields=["voorstellen_until"])
    person, member = voters()[1]
    made = handing_in.hand_in(
        assembly,
        member,
        title="Vergaderen op een andere dag",
        beslispunten="1. De ALV voortaan op een dinsdag te houden.",
        toelichting="Op donderdag vergaderen veel raden. (Verzonnen.)",
        now=stage.now,
        by=person,
    )
    yield f"Voor de ALV van {day(on)} dienen leden voorstellen in."
    yield f"{member}: {made}."


def ask_together(stage: Stage) -> Iterator[str]:
    """A member began, and some joined: not enough yet."""
    (person, member), *others = voters()
    initiative = initiating.start(
        member,
        subject="De gevolgen van de nieuwe tarieven",
        why="De tarieven raken kleine gemeenten meer dan grote. Wij willen dat de ALV "
        "besluit over een overgangsjaar. (Verzonnen.)",
        now=stage.now,
        by=person,
    )
    for other, joins in others[: JOINED - 1]:
        initiating.join(initiative, joins, now=stage.now, by=other)
    needed = initiating.needed_on(stage.today)
    yield (
        f"{counted(JOINED, 'lid vraagt', 'leden vragen')} samen een ALV; er zijn er "
        f"{needed} nodig."
    )
