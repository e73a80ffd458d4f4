"""The bodies: who sits in them, a meeting that was held and one to come, a decision.

The names are invented. The Task Force and the College are those of seed 004, of another
association: they stand here as examples of an advisory body, and say so.
"""

import datetime
from collections.abc import Iterator

from django.utils import timezone

from billing.demo.members import CONTACTPERSOON
from billing.demo.stage import BESTUUR, BUREAU, PENNINGMEESTER, Stage
from billing.models import SignalLimit
from instruments.steering import asking
from instruments.steering.groups import set_up
from membership import history
from membership.bodies import agenda, meeting
from membership.bodies.deciding import decide
from membership.bodies.seating import seat
from membership.models import AlvBesluit, Body, BodyMeeting, Person, Seat
from membership.people import person_by_email
from nvsi.dutch import counted, day
from nvsi.halfyear import HalfYear

SINCE = datetime.date(2026, 1, 1)
HELD_ON = datetime.date(2026, 9, 8)
# Above these a signal is told: hours and weeks of an opdracht, people at one employer.
LARGE, LONG, MANY = 500, 26, 8
DAY, HOURS = datetime.timedelta(days=1), datetime.timedelta(hours=2)
ALMERE = "d.visser@almere.example"
BREDA, HOGELAND = "regiegroep@breda.example", "m.hermans@het-hogeland.example"
VOORZITTER, SECRETARIS, LID = Seat.Function
EXAMPLES = (
    (
        "TASKFORCE",
        "Task Force Samen organiseren (voorbeeld)",
        "Neemt de regie bij het samen ontwikkelen en gebruiken van wat voor veel "
        "gemeenten werkt.",
    ),
    (
        "COLLEGE-DIENSTVERLENING",
        "College voor Dienstverleningszaken (voorbeeld)",
        "Adviseert het bestuur welke voorzieningen klaar zijn voor gebruik door meer "
        "gemeenten.",
    ),
)
AGENDA = (
    "Opening en verslag\nVerbeterwensen\n- welke eerst, en wie betaalt\n"
    "Signalen over het halfjaar\nRondvraag"
)


def seat_people(stage: Stage) -> Iterator[str]:
    """The bestuur, the kascommissie, the regiegroep of Flexensie, and two examples."""
    bureau = person_by_email(BUREAU)
    bestuur = _body("bestuur", "BESTUUR", "Bestuur", "Bestuurt de vereniging.")
    _seat(bestuur, BESTUUR, VOORZITTER, bureau)
    _seat(bestuur, PENNINGMEESTER, LID, bureau)
    kas = _body(
        *("kascommissie", "KASCOMMISSIE", "Kascommissie"),
        "Controleert de jaarrekening, en brengt daarover verslag uit aan de leden.",
    )
    _seat(kas, HOGELAND, LID, bureau)
    regiegroep = set_up(
        stage.instrument,
        name=f"Regiegroep {stage.instrument}",
        task="Kiest welke verbeterwensen eerst komen, en bespreekt wat opvalt.",
        starts_on=SINCE,
        by=bureau,
    )
    voorzitter = _seat(regiegroep, BREDA, VOORZITTER, bureau)
    _seat(regiegroep, CONTACTPERSOON, SECRETARIS, bureau)
    _seat(regiegroep, HOGELAND, LID, bureau)
    for code, name, task in EXAMPLES:
        _body("adviesorgaan", code, name, task, is_example=True)
    yield f"{counted(Body.objects.count(), 'orgaan', 'organen')}, met wie erin zitten."
    yield f"De voorzitter van de {regiegroep} is {voorzitter}."


def meet(stage: Stage) -> Iterator[str]:
    """The regiegroep decided in September, meets again, and is asked for a seat."""
    body = Body.objects.get(steering__instrument=stage.instrument)
    voorzitter, daan = person_by_email(BREDA), person_by_email(ALMERE)
    decided = decide(
        body,
        text=f"Wij bespreken elke opdracht van meer dan {LARGE} uur in een halfjaar of "
        f"van meer dan {LONG} weken, en elke opdrachtgever met meer dan {MANY} "
        "kandidaten.",
        reason="Een grote opdracht kan een gewone baan zijn. Dan hoort er loon bij.",
        taken_on=HELD_ON,
        meeting=_held(body, voorzitter),
        by=voorzitter,
    )
    SignalLimit.objects.create(
        instrument=stage.instrument,
        from_halfyear=HalfYear.of(HELD_ON),
        opdracht_uren=LARGE,
        opdracht_weken=LONG,
        opdrachtgever_kandidaten=MANY,
        source=decided.reference,
    )
    yield f"{decided.reference} is vastgelegd: de grenzen van de signalen."
    start = timezone.make_aware(
        datetime.datetime.combine(stage.today + 16 * DAY, datetime.time(13, 30))
    )
    coming = meeting.plan(
        body,
        starts_at=start,
        ends_at=start + HOURS,
        place="Stadhuis Breda",
        link="",
        agenda=agenda.read(AGENDA),
        by=voorzitter,
    )
    told = meeting.invite(coming, by=voorzitter)
    yield f"{counted(told, 'uitnodiging', 'uitnodigingen')} voor {day(start.date())}."
    almere = daan.roles.earliest("pk").organisation
    assert almere is not None
    asking.ask(
        stage.instrument,
        almere,
        daan,
        motivation="Wij hebben nu twintig kandidaten, en denken graag mee.",
        by=daan,
    )
    yield f"{almere} vraagt een zetel voor {daan}."


def _held(body: Body, by: Person) -> BodyMeeting:
    """In September: as it is kept afterwards."""
    start = timezone.make_aware(
        datetime.datetime.combine(HELD_ON, datetime.time(13, 30))
    )
    held = BodyMeeting(
        body=body,
        starts_at=start,
        ends_at=start + HOURS,
        place="Stadhuis Breda",
        invited_at=start - 14 * DAY,
    )
    held.full_clean()
    held.save()
    for position, title in enumerate(("Opening", "Grote opdrachten"), start=1):
        held.items.create(position=position, title=title)
    history.record(held, "planned", by)
    return held


def _body(
    kind: str, code: str, name: str, task: str, *, is_example: bool = False
) -> Body:
    body = Body(
        kind=kind,
        code=code,
        name=name,
        task=task,
        starts_on=SINCE,
        besluit=None if is_example else _besluit(),
        is_example=is_example,
    )
    body.full_clean()
    body.save()
    history.record(body, "added", person_by_email(BUREAU))
    return body


def _besluit() -> AlvBesluit:
    besluit, _ = AlvBesluit.objects.get_or_create(
        reference="ALV-2025-organen (verzonnen)",
        defaults={
            "subject": "Benoeming van bestuur en kascommissie (verzonnen)",
            "taken_on": datetime.date(2025, 6, 12),
        },
    )
    return besluit


def _seat(body: Body, email: str, function: str, bureau: Person) -> Person:
    person = person_by_email(email)
    role = person.roles.exclude(organisation=None).first()
    seat(
        body,
        person,
        organisation=role.organisation if role else None,
        function=function,
        starts_on=SINCE,
        ends_on=None,
        by=bureau,
    )
    return person
