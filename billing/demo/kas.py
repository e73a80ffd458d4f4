"""The innovatiekas of the demo: a share of the contributions, and a begin by the ALV.

The decisions and the amount are invented.
"""

import datetime
from collections.abc import Iterator
from decimal import Decimal

from billing.demo.stage import BESTUUR, BUREAU, Stage
from billing.innovatiekas import dotaties
from billing.innovatiekas.balance import balance
from billing.models import KasDotatie, KasShare, Period
from membership import history
from membership.models import AlvBesluit
from membership.people import person_by_email
from nvsi.dutch import euro
from nvsi.halfyear import HalfYear

FROM, SHARE = HalfYear(2025, 2), Decimal(25)
BEGIN = Decimal("15000.00")
DECIDED_ON = datetime.date(2025, 6, 12)


def share_the_contributions(stage: Stage) -> Iterator[str]:
    """Before the first half-year is approved: what is closed, does not change."""
    besluit = _besluit(
        "ALV-2025-innovatiekas (verzonnen)",
        f"Een kwart van de bijdragen van {stage.instrument} gaat naar de innovatiekas",
    )
    share = KasShare(
        instrument=stage.instrument,
        from_halfyear=_open(stage),
        pct=SHARE,
        besluit=besluit,
    )
    share.full_clean()
    share.save()
    history.record(share, "decided", None, besluit=besluit.reference)
    since = share.from_halfyear
    yield f"Vanaf {since} gaat {share.words} van de bijdragen naar de innovatiekas."


def _open(stage: Stage) -> HalfYear:
    """The first half-year, or in a demo from before the kas the first one open."""
    closed = Period.objects.filter(
        instrument=stage.instrument, closed_at__isnull=False, halfyear__gte=FROM
    )
    last = closed.order_by("halfyear").last()
    return last.halfyear.next() if last else FROM


def fill_by_decision(stage: Stage) -> Iterator[str]:
    """Recorded by one, booked by another."""
    dotatie = KasDotatie(
        instrument=stage.instrument,
        besluit=_besluit(
            "ALV-2025-startbedrag (verzonnen)",
            f"Een startbedrag voor de innovatiekas van {stage.instrument}",
        ),
        amount=BEGIN,
        purpose="Een startbedrag uit het resultaat van eerdere jaren.",
        proposed_by=person_by_email(BUREAU),
    )
    dotatie.full_clean()
    dotatie.save()
    history.record(dotatie, "recorded", dotatie.proposed_by)
    dotaties.confirm(dotatie, by=person_by_email(BESTUUR))
    there = balance(stage.instrument)
    yield f"{dotatie}: door het bureau vastgelegd, door het bestuur geboekt."
    yield f"In de innovatiekas is nu {euro(there.free)} vrij."


def _besluit(reference: str, subject: str) -> AlvBesluit:
    besluit = AlvBesluit(reference=reference, subject=subject, taken_on=DECIDED_ON)
    besluit.full_clean()
    besluit.save()
    return besluit
