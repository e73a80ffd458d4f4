"""What regions do together: a network asks each of them whom it sends."""

import datetime
from collections.abc import Iterator

from billing.demo.members import CONTACTPERSOON
from billing.demo.stage import BUREAU, Stage
from membership import history
from membership.models import Level, Network, Organisation, Region
from membership.people import person_by_email
from membership.regional.asking import ask_regions
from membership.regional.contacts import Given, Pair, give_contacts
from nvsi.dutch import day

TERM = datetime.timedelta(days=14)
PURPOSE = (
    "Ervaringen delen over werken met behoud van uitkering, en afspraken voorbereiden "
    "die over de grens van een regio gaan. Het netwerk besluit niet."
)


def ask_the_regions(stage: Stage) -> Iterator[str]:
    """All are asked by a day; one of them answered."""
    bureau, contact = person_by_email(BUREAU), person_by_email(CONTACTPERSOON)
    network = Network(
        name="Netwerk Werk (verzonnen)",
        slug="werk",
        type=Region.Type.ARBEIDSMARKTREGIO,
        purpose=PURPOSE,
    )
    network.full_clean()
    network.save()
    history.record(network, "added", bureau)
    ask = ask_regions(network, due_on=stage.today + TERM, now=stage.now, by=bureau)
    yield f"{network} vraagt elke regio om aanspreekpunten, vóór {day(ask.due_on)}."
    gemeente = Organisation.objects.get(code="GM0014")
    region = Region.objects.visible_to(contact, on=stage.today).get()
    give_contacts(
        network,
        region,
        Level.BESTUURLIJK,
        Pair(
            _given("Irene Wiersma", "wethouder", gemeente),
            _given("Joost Kamminga", "wethouder", gemeente),
        ),
        decided_on=stage.today,
        now=stage.now,
        by=contact,
    )
    yield f"De regio {region} noemt haar bestuurlijke aanspreekpunt en de vervanger."


def _given(name: str, function: str, organisation: Organisation) -> Given:
    address = f"{name[0]}.{name.rsplit(maxsplit=1)[-1]}@groningen.example".lower()
    return Given(name, function, organisation, address, "")
