"""Verbeterwensen for Flexensie: one delivered, one running, one declined, one new.

The regiegroep is led by somebody of a gemeente. All names and amounts are invented;
each step is taken by the verb that the portal uses, on the day of the demo.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from billing.demo.members import CONTACTPERSOON, WOERDEN
from billing.demo.stage import BACKOFFICE, BESTUUR, BUREAU, Stage
from contracts.orders import verbs as orders
from instruments.models import AlvLimit, CoverCriterion, Instrument, Verbeterwens
from instruments.steering.groups import regiegroep_of
from instruments.wishes import cover, deciding, handing_in, weighing
from instruments.wishes.stages import Step
from membership.fresh_factor import Given
from membership.models import AlvBesluit, Organisation, Person, Role, Seat
from membership.people import person_by_email
from nvsi.dutch import euro

SINCE = datetime.date(2025, 7, 1)
LIMIT = Decimal("2500.00")
DELIVERED, RUNNING = Decimal("1800.00"), Decimal("12000.00")
PAID = Decimal("1640.00")
CRITERIA = (
    "Het hele bedrag is gedekt, voordat de opdracht wordt gegeven.",
    "De dekking komt niet uit de vergoeding van gemeenten die niet meedoen.",
)


@dataclass(frozen=True)
class Wish:
    """What somebody hands in."""

    title: str
    problem: str
    proposal: str
    for_whom: str


WEEK = Wish(
    "Uren van een hele week in één keer invullen",
    "Kandidaten vullen elke dag apart hun uren in. Dat kost tijd en gaat vaak mis.",
    "Een scherm waarin je een hele week ziet, en in één keer bewaart.",
    "kandidaten en opdrachtgevers",
)
LANGUAGES = Wish(
    "De app ook in het Engels en het Arabisch",
    "Een deel van de kandidaten leest nog niet goed Nederlands.",
    "Laat de kandidaat zelf de taal kiezen.",
    "kandidaten die Nederlands leren",
)
PHOTO = Wish(
    "Een foto bij elke kandidaat",
    "Opdrachtgevers willen weten wie er komt.",
    "Toon een foto in het overzicht van de opdrachtgever.",
    "opdrachtgevers",
)
LETTERS = Wish(
    "Grotere letters in het overzicht",
    "Op een telefoon is het overzicht van de premies slecht te lezen.",
    "Laat de letters meegroeien met wat op de telefoon is ingesteld.",
    "kandidaten",
)


def steer_the_instrument(stage: Stage) -> Iterator[str]:
    """Hand in four wensen, and take three of them as far as they go."""
    instrument = stage.instrument
    leader = _leader(instrument)
    _rules(instrument)
    sanne = person_by_email(CONTACTPERSOON)
    week, app, photo, letters = (
        _hand_in(instrument, wish, sanne) for wish in (WEEK, LANGUAGES, PHOTO, LETTERS)
    )
    jens = person_by_email(WOERDEN)
    for wens in (week, app):
        _support(wens, jens)
    handing_in.remark(
        letters, "Bij ons ook: vooral buiten.", organisation=_place(jens), by=jens
    )
    yield _deliver(week, leader)
    yield _decide(app, leader)
    weighing.decline(
        photo,
        words="Een foto is een persoonsgegeven dat voor het werk niet nodig is. Een "
        "naam en een afspraak zijn genoeg.",
        by=leader,
    )
    yield f"{photo.reference} is afgewezen, met de reden."
    yield f"{letters.reference} wacht op de regiegroep."


def _leader(instrument: Instrument) -> Person:
    """The voorzitter of its regiegroep, who was seated by an earlier step."""
    seats = Seat.objects.active_on(timezone.localdate())
    body = regiegroep_of(instrument)
    return seats.get(body=body, function=Seat.Function.VOORZITTER).person


def _rules(instrument: Instrument) -> None:
    """The ALV lets the bestuur decide about small amounts; the bestuur has criteria."""
    besluit, _ = AlvBesluit.objects.get_or_create(
        reference="ALV-2025-doorontwikkeling (verzonnen)",
        defaults={
            "subject": f"Tot en met {euro(LIMIT)} besluit het bestuur",
            "taken_on": SINCE,
        },
    )
    AlvLimit.objects.create(
        instrument=instrument, starts_on=SINCE, amount=LIMIT, besluit=besluit
    )
    for text in CRITERIA:
        CoverCriterion.objects.create(text=text, starts_on=SINCE)


def _hand_in(instrument: Instrument, wish: Wish, by: Person) -> Verbeterwens:
    return handing_in.hand_in(
        instrument,
        title=wish.title,
        problem=wish.problem,
        proposal=wish.proposal,
        for_whom=wish.for_whom,
        organisation=_place(by),
        by=by,
    )


def _support(wens: Verbeterwens, by: Person) -> None:
    handing_in.support(wens, organisation=_place(by), by=by)


def _to_the_bestuur(
    wens: Verbeterwens, leader: Person, amount: Decimal, text: str
) -> str:
    """Weighed, put in order, paid by the kas as far as there is money, and proposed."""
    weighing.take_up(wens, words="Hier vragen meer gemeenten om.", by=leader)
    weighing.validate(
        wens,
        hours=int(amount / 100),
        amount=amount,
        feasibility="well",
        words="Het past in wat er al is.",
        by=person_by_email(BACKOFFICE),
    )
    weighing.prioritise(wens, rank=1, words="Veel steun, weinig werk.", by=leader)
    from_kas = min(amount, cover.free(wens.instrument) or Decimal(0))
    kind = Step.FROM_KAS if from_kas else Step.OTHER_MONEY
    weighing.finance(wens, kind, words="Iedereen heeft er wat aan.", by=leader)
    other = "" if from_kas == amount else "De gemeenten die erom vroegen, samen."
    deciding.propose(
        wens,
        text=text,
        amount=amount,
        from_kas=from_kas,
        other_cover=other,
        words="De dekking is rond.",
        by=leader,
    )
    checks = [deciding.Check(row.text, met=True) for row in deciding.criteria()]
    bestuur = person_by_email(BESTUUR)
    deciding.agree(wens, checks=checks, words="De dekking voldoet.", by=bestuur)
    return f"{wens.reference}: {euro(amount)}, waarvan {euro(from_kas)} uit de kas"


def _order(wens: Verbeterwens, today: datetime.date) -> None:
    order = orders.give(
        wens,
        deliver_by=today + datetime.timedelta(days=90),
        agreed="Twee gemeenten proberen het eerst een week uit.",
        words="Zoals besloten.",
        factor=Given("totp", timezone.now()),
        by=person_by_email(BESTUUR),
    )
    orders.confirm(order, by=person_by_email(BACKOFFICE))


def _deliver(wens: Verbeterwens, leader: Person) -> str:
    """Up to the limit the bestuur decides; delivered for less than was promised."""
    today = timezone.localdate()
    said = _to_the_bestuur(wens, leader, DELIVERED, WEEK.proposal)
    _order(wens, today)
    orders.deliver(
        wens,
        delivered_on=today,
        words="Het weekscherm staat klaar.",
        by=person_by_email(BACKOFFICE),
    )
    voorstel = wens.voorstel
    assert voorstel is not None, "it was agreed with"
    orders.accept(
        wens,
        final_amount=PAID,
        from_kas=min(PAID, voorstel.from_kas),
        words="Twee gemeenten probeerden het uit: het werkt.",
        by=leader,
    )
    weighing.report(
        wens, words="Kies in de app Week, en vul alle dagen tegelijk in.", by=leader
    )
    return f"{said}; opgeleverd voor {euro(PAID)}."


def _decide(wens: Verbeterwens, leader: Person) -> str:
    """Above the limit the ALV decides; the uitvoerder is at work."""
    today = timezone.localdate()
    said = _to_the_bestuur(wens, leader, RUNNING, LANGUAGES.proposal)
    besluit = AlvBesluit.objects.create(
        reference=f"ALV-{today}-talen (verzonnen)",
        subject="Doorontwikkeling van Flexensie: de app in drie talen",
        taken_on=today,
    )
    by = person_by_email(BUREAU)
    deciding.adopt(wens, besluit, words="Aangenomen door de ALV.", by=by)
    _order(wens, today)
    return f"{said}; de uitvoerder is bezig."


def _place(person: Person) -> Organisation:
    role = Role.objects.filter(person=person, organisation__isnull=False).first()
    assert role is not None, "everybody in the demo works somewhere"
    assert role.organisation is not None, "asked for above"
    return role.organisation
