"""Two datalekken: one that was closed, and one of which a college must decide now."""

import datetime
from collections.abc import Iterator
from uuid import NAMESPACE_URL, uuid5

from django.db.models import QuerySet

from billing.demo.stage import BACKOFFICE, BESTUUR, BUREAU, Stage
from contracts.breaches import closing, recording, telling
from contracts.breaches.recording import Found
from contracts.breaches.reporting import Discovery, report
from contracts.breaches.rules import Outcome
from contracts.breaches.words import moment
from contracts.models import Breach, BreachCollege
from membership.models import Organisation
from membership.people import person_by_email

HOUR = datetime.timedelta(hours=1)
AGO = datetime.timedelta(days=40)
GRONINGEN, WOERDEN = "GM0014", "GM0632"
MAILED = Found(
    nature="sent",
    what="Een lijst met gewerkte uren ging per e-mail naar een andere gemeente dan die "
    "waarover de lijst gaat. Dit datalek is verzonnen.",
    subjects="kandidaten",
    people_count=14,
    data_kinds="pseudoniem van de kandidaat, opdrachtgever en gewerkte uren",
    records_count=60,
    consequences="Klein: in de lijst staan geen namen en geen bedragen per persoon.",
    measures="De ontvanger heeft de lijst gewist en dat bevestigd.",
)
STOLEN = Found(
    nature="lost",
    what="Een laptop van een medewerker van de backoffice is uit een auto gestolen. "
    "Dit datalek is verzonnen.",
    subjects="kandidaten en contactpersonen van opdrachtgevers",
    data_kinds="namen en e-mailadressen in de mailbox",
    measures="De laptop is versleuteld, en op afstand gewist.",
)


def have_a_breach_closed(stage: Stage) -> Iterator[str]:
    """Told within three hours, not reported to the AP, closed by two people."""
    bureau, bestuur = person_by_email(BUREAU), person_by_email(BESTUUR)
    then = stage.now - AGO
    breach = _reported(stage, MAILED, (GRONINGEN, WOERDEN), then)
    later = then + 3 * HOUR
    rows = list(_colleges(breach))
    telling.write_to(breach, rows, now=later, by=bureau)
    later += 20 * HOUR
    for row in rows:
        recording.decide_authority(
            row, Outcome.NOT_REPORTED, at=later, now=later, by=bureau,
            words="Het is waarschijnlijk geen risico voor de kandidaten.",
        )  # fmt: skip
    words = "De backoffice verstuurt lijsten voortaan alleen via het portaal."
    recording.take_measure(breach, words=words, at=later, now=later, by=bureau)
    closing.propose(breach, Outcome.HANDLED, words=words, now=later, by=bureau)
    closing.close(breach, now=later + HOUR, by=bestuur)
    yield f"{breach.number}: afgesloten, {len(rows)} colleges geïnformeerd."


def have_a_breach_now(stage: Stage) -> Iterator[str]:
    """One college was told and decides; another is still to be told."""
    bureau = person_by_email(BUREAU)
    breach = _reported(stage, STOLEN, (GRONINGEN, WOERDEN), stage.now - 5 * HOUR)
    first = _colleges(breach).get(organisation__code=GRONINGEN)
    telling.write_to(breach, [first], now=stage.now - 2 * HOUR, by=bureau)
    yield f"{breach.number}: {first.organisation} weet het, en besluit over de AP."
    until = moment(breach.tell_by)
    yield f"De andere gemeente weet het nog niet; dat moet voor {until}."


def _reported(
    stage: Stage, found: Found, codes: tuple[str, ...], at: datetime.datetime
) -> Breach:
    """By the uitvoerder, an hour after it was discovered."""
    uitvoerder = stage.instrument.uitvoerder_on(stage.today)
    assert uitvoerder, "the migrations bring one"
    return report(
        Discovery(at - HOUR, "medewerker van de backoffice"),
        found,
        reported_for=uitvoerder,
        colleges=Organisation.objects.filter(code__in=codes).order_by("code"),
        instruments=[stage.instrument],
        key=uuid5(NAMESPACE_URL, f"demo {found.nature}"),
        now=at,
        by=person_by_email(BACKOFFICE),
    )


def _colleges(breach: Breach) -> "QuerySet[BreachCollege]":
    return breach.colleges.select_related("breach", "organisation").order_by("pk")
