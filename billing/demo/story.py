"""The steps of the demo in order, each told once.

A step and the note that it was told are one transaction: after a crash the demo goes
on where it was, and a second time changes nothing. What was said stays in the note.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from billing.demo import (
    alv,
    annexes,
    asking,
    bodies,
    breaches,
    halfyears,
    inbesteding,
    initiatives,
    joining,
    kaders,
    kas,
    members,
    overnames,
    portal,
    productenboek,
    signing,
    together,
    votes,
    wishes,
)
from billing.demo.hours import DELIVERED_UNTIL
from billing.demo.stage import Stage
from membership import history
from membership.models import HistoryEvent, Organisation, Person
from nvsi.dutch import day
from nvsi.errors import NotAllowed
from nvsi.locks import one_at_a_time

TOLD = "demo told"


@dataclass(frozen=True)
class Step:
    """What happens, in words; the act does it, and says how it went."""

    title: str
    act: Callable[[Stage], Iterator[str]]


@dataclass(frozen=True)
class Told:
    """A step and what it said; known when it was told by an earlier demo."""

    title: str
    lines: list[str]
    known: bool


STEPS = (
    Step("De gemeenten en hun regio's", members.take_in_gemeenten),
    Step("De ALV besluit over de bijdrage", members.record_alv),
    Step("Een deel gaat naar de innovatiekas", kas.share_the_contributions),
    Step("De overeenkomsten die al lopen", members.take_over_agreements),
    Step("Een samenwerkingsverband", members.join_gemeenten),
    Step("Een andere vergoeding vanaf een halfjaar", members.change_price),
    Step("De mensen en hun rollen", members.add_people),
    Step("De rekening van de uitvoerder", members.give_uitvoerder_account),
    Step("2025-H2: urenregels", halfyears.deliver_first),
    Step("2025-H2: afrekenen", halfyears.settle_first),
    Step("2025-H2: betalen", halfyears.pay_first),
    Step("2025-H2: vragen van een gemeente", portal.ask_the_bureau),
    Step("2026-H1: een aanlevering met fouten", halfyears.deliver_wrong),
    Step("2026-H1: urenregels", halfyears.deliver_second),
    Step("2026-H1: nagekomen uren en correcties", halfyears.deliver_late),
    Step("2026-H1: in het portaal, met fouten", portal.deliver_with_slips),
    Step("2026-H1: afrekenen", halfyears.settle_second),
    Step("2026-H1: terugdraaien en opnieuw", halfyears.settle_again),
    Step("2026-H1: betaalbestand", halfyears.order_second),
    Step("2026-H2: in het portaal, het lopende halfjaar", portal.deliver_running),
    Step("2026-H2: in het portaal, nog niet bevestigd", portal.deliver_and_wait),
    Step("Een gemeente wordt lid", joining.become_lid),
    Step("Een aspirant-lid wacht op zijn raad", joining.wait_for_the_raad),
    Step("Een aanvraag wacht op het bureau", joining.ask_to_belong),
    Step("De regio's noemen hun aanspreekpunten", together.ask_the_regions),
    Step("Een ledenraadpleging met haar uitslag", asking.ask_before),
    Step("Een ledenbrief, en een die op vrijgave wacht", asking.write_to_members),
    Step("Een ledenraadpleging die open is", asking.ask_now),
    Step("Een datalek dat is afgesloten", breaches.have_a_breach_closed),
    Step("Een datalek van vandaag", breaches.have_a_breach_now),
    Step("De organen en wie erin zitten", bodies.seat_people),
    Step("De regiegroep van Flexensie vergadert en besluit", bodies.meet),
    Step("Wie voor een lid stemt", votes.add_voters),
    Step("Een ALV wordt bijeengeroepen", alv.convene_before),
    Step("De ALV besluit over de bijdrage van 2027", alv.hold_before),
    Step("Een ALV stemt elektronisch en geheim", alv.vote_in_autumn),
    Step("Een stemming die nu open is", alv.let_members_vote),
    Step("Een ALV die nog komt", alv.convene_next),
    Step("Inbesteding, met een bewijsdossier", inbesteding.show_inbesteding),
    Step("Gewijzigde bijlagen over persoonsgegevens", annexes.change_annexes),
    Step("Het productenboek en de routekaart", productenboek.fill_the_productenboek),
    Step("Een gemeente met belangstelling", productenboek.show_interest),
    Step("De kaders van Flexensie", kaders.set_norms),
    Step("Een startbedrag voor de innovatiekas", kas.fill_by_decision),
    Step("Een overeenkomst die beide partijen tekenden", signing.sign_an_agreement),
    Step("Verbeterwensen, van wens tot euro", wishes.steer_the_instrument),
    Step("Een voorstel van een lid", initiatives.prepare_an_alv),
    Step("Leden vragen samen een ALV", initiatives.ask_together),
    Step("Overeenkomsten met Flexensie die aflopen", overnames.take_in_existing),
    Step("Zij gaan over naar de NVSI", overnames.move_to_the_nvsi),
)


def tell(stage: Stage, most: int = len(STEPS)) -> Iterator[Told]:
    """Do what was not done yet; every step is given, also when it was told before.

    With `most` only the first so many steps.
    """
    for step in STEPS[:most]:
        yield _tell(step, stage)


@transaction.atomic
def _tell(step: Step, stage: Stage) -> Told:
    one_at_a_time("demo")
    note = _notes().filter(facts__step=step.act.__name__).first()
    if note is not None:
        return Told(step.title, note.facts["lines"], known=True)
    lines = list(step.act(stage))
    history.record(stage.instrument, TOLD, None, step=step.act.__name__, lines=lines)
    return Told(step.title, lines, known=False)


def require_own_database() -> None:
    """Raises NotAllowed where there are data that are not of the demo."""
    if not settings.EMBEDDED_DATABASE:
        raise NotAllowed(
            "De demo draait alleen op de ingebouwde database. Haal DATABASE_URL weg."
        )
    if _notes().exists():
        return
    others = Organisation.objects.exclude(code="flexensie")
    if others.exists() or Person.objects.exists():
        raise NotAllowed(
            "In de ingebouwde database staan al andere gegevens; de demo blijft daar "
            "af. Zet NVSI_VAR op een andere map, bijvoorbeeld met "
            "'NVSI_VAR=var/demo-portaal make demo'."
        )


def require_late_enough(stage: Stage) -> None:
    """Raises NotAllowed when the hours of the demo would lie in the future."""
    if stage.today < DELIVERED_UNTIL:
        raise NotAllowed(
            f"De demo vertelt tot en met {day(DELIVERED_UNTIL)}. De klok van deze "
            f"machine staat op {day(stage.today)}."
        )


def _notes() -> QuerySet[HistoryEvent]:
    return HistoryEvent.objects.filter(action=TOLD)
