"""Datalekken for tests: reported, told, decided upon, and closed."""

import datetime
from typing import Any
from uuid import uuid4

from django.utils import timezone

from contracts.breaches import closing, recording, telling
from contracts.breaches.announcing import reaches
from contracts.breaches.recording import Found
from contracts.breaches.reporting import Discovery, report
from contracts.breaches.rules import Outcome
from contracts.models import BreachContact
from contracts.models.breach_facts import BreachCollege
from contracts.models.breaches import Breach
from instruments.models import Instrument
from membership.models import Organisation, Person
from tests.conftest import make_gemeente, make_person

HOUR = datetime.timedelta(hours=1)
MAILED = Found(nature="sent", what="Een bestand ging naar de verkeerde gemeente.")
KNOWN = Found(
    nature="sent",
    what="Een bestand ging naar de verkeerde gemeente.",
    subjects="kandidaten",
    people_count=12,
    data_kinds="pseudoniem en gewerkte uren",
    records_count=40,
    consequences="Klein: er staan geen namen in.",
    measures="De ontvanger heeft het gewist.",
    contact="Noor, bureau van de NVSI, 030 000 00 00",
)


def discover(
    by: Person,
    *colleges: Organisation,
    reported_for: Organisation | None = None,
    found: Found = MAILED,
    ago: datetime.timedelta = HOUR,
    **facts: Any,
) -> Breach:
    """Discovered so long ago, and reported now; in each college somebody can read."""
    for one in colleges:
        be_reached(one)
    now = facts.pop("now", timezone.now())
    instruments = [Instrument.objects.get(slug="flexensie")]
    return report(
        Discovery(now - ago, "medewerker van de backoffice"),
        found,
        reported_for=reported_for,
        colleges=colleges,
        instruments=instruments,
        **{"key": uuid4(), "now": now, "by": by, **facts},
    )


def be_reached(organisation: Organisation) -> None:
    """Where nobody reads about a datalek yet, a desk does."""
    if not reaches(organisation):
        BreachContact.objects.create(
            organisation=organisation, function="Meldpunt", telephone="030 000 00 09",
            email=f"meldpunt@{organisation.code.lower()}.example",
            starts_on=timezone.localdate() - 30 * 24 * HOUR,
        )  # fmt: skip


def college_of(breach: Breach, organisation: Organisation) -> BreachCollege:
    return BreachCollege.objects.get(breach=breach, organisation=organisation)


def tell(breach: Breach, organisation: Organisation, *, by: Person) -> None:
    row = college_of(breach, organisation)
    telling.write_to(breach, [row], now=timezone.now(), by=by)


def decide(breach: Breach, organisation: Organisation, *, by: Person) -> None:
    """Not reported, with a reason."""
    recording.decide_authority(
        college_of(breach, organisation),
        Outcome.NOT_REPORTED,
        at=timezone.now(),
        words="Geen risico voor de kandidaten.",
        now=timezone.now(),
        by=by,
    )


def keep_breaches(
    heideveld: Organisation, rijkhoven: Organisation, *, bureau: Person, bestuur: Person
) -> dict[str, int]:
    """For the guards: one that waits to be closed, one that runs, one closed."""
    ready = discover(bureau, heideveld, rijkhoven, found=KNOWN)
    for college in (heideveld, rijkhoven):
        tell(ready, college, by=bureau)
        decide(ready, college, by=bureau)
    now = timezone.now()
    closing.propose(ready, Outcome.HANDLED, words="Klaar.", now=now, by=bureau)
    runs = discover(bureau, heideveld, rijkhoven)
    tell(runs, heideveld, by=bureau)
    closed = discover(bureau, heideveld)
    closing.propose(closed, Outcome.NO_BREACH, words="Niets.", now=now, by=bureau)
    closing.close(closed, now=timezone.now(), by=bestuur)
    return {
        "breach_ready": ready.pk,
        "breach_runs": runs.pk,
        "breach_closed": closed.pk,
        "breach_told": college_of(runs, heideveld).pk,
        "breach_untold": college_of(runs, rijkhoven).pk,
        "breach_elsewhere": college_of(ready, heideveld).pk,
    }


def make_breach_story(
    heideveld: Organisation, uitvoerder: Organisation, bureau: Person
) -> Breach:
    """Reported by the uitvoerder and told to one college, that did not decide yet."""
    reporter = make_person("Melder", "uitvoerder", uitvoerder)
    breach = discover(
        reporter, heideveld, make_gemeente("GM9035", "Later"),
        reported_for=uitvoerder, found=KNOWN,
    )  # fmt: skip
    tell(breach, heideveld, by=bureau)
    return breach
