"""The kaders of Flexensie, by a decision of the ALV; two gemeenten do otherwise.

The values and the decision are invented, but for the two pay-outs a year of the law.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from billing.demo.members import CONTACTPERSOON
from billing.demo.stage import BUREAU, Stage
from instruments.models import Norm
from instruments.norms.own import record_own
from instruments.norms.setting import set_norm
from membership import history
from membership.models import AlvBesluit, Organisation
from membership.people import person_by_email
from nvsi.dutch import counted, day, euro

TAKEN_ON, SINCE = datetime.date(2025, 6, 12), datetime.date(2025, 7, 1)
OWN_SINCE = datetime.date(2025, 9, 1)
GRONINGEN = "GM0014"


@dataclass(frozen=True)
class Kader:
    """A norm as it is set: its value, or words, and the room around it."""

    name: str
    kind: str
    explanation: str
    value: Decimal | None = None
    lowest: Decimal | None = None
    highest: Decimal | None = None
    words: str = ""
    is_law: bool = False
    measures: str = ""


KADERS = (
    Kader(
        "Premie per uur",
        "euro_per_hour",
        "Wat een kandidaat per gewerkt uur overhoudt, naast de uitkering.",
        Decimal("2.00"),
        Decimal("1.75"),
        Decimal("2.50"),
        measures="premie_per_uur",
    ),
    Kader(
        "Aantal keer premie per jaar",
        "count",
        "Participatiewet artikel 31, tweede lid, onder j: een- of tweemaal per jaar.",
        Decimal(2),
        Decimal(1),
        Decimal(2),
        is_law=True,
    ),
    Kader(
        "Verdringingstoets",
        "yes_no",
        "Voor elke opdracht is vooraf getoetst dat zij geen baan verdringt.",
        Decimal(1),
    ),
    Kader(
        "Omvang van een opdracht",
        "hours",
        "Zo veel uur per week werkt een kandidaat hoogstens.",
        Decimal(32),
        Decimal(0),
        Decimal(32),
    ),
    Kader(
        "Duur van een opdracht",
        "weeks",
        "Zo lang duurt een opdracht hoogstens.",
        Decimal(26),
        Decimal(0),
        Decimal(39),
    ),
    Kader(
        "Gesprek met de kandidaat",
        "text",
        "Elke gemeente vult zelf in wie het gesprek voert.",
        words="Een kandidaat heeft elke zes weken een gesprek over de volgende stap.",
    ),
)


def set_norms(stage: Stage) -> Iterator[str]:
    """The ALV sets them all; the gemeente Groningen does two of them its own way."""
    besluit = AlvBesluit(
        reference="ALV-2025-kaders (verzonnen)",
        subject="Kaders van Flexensie (verzonnen)",
        taken_on=TAKEN_ON,
    )
    besluit.full_clean()
    besluit.save()
    norms = [
        _set(stage, number, kader, besluit)
        for number, kader in enumerate(KADERS, start=1)
    ]
    kaders = counted(len(norms), "kader", "kaders")
    yield f"De ALV stelt {kaders} vast, vanaf {day(SINCE)} (verzonnen)."
    gemeente = Organisation.objects.get(code=GRONINGEN)
    _do_otherwise(stage, norms[0], gemeente, Decimal("2.25"), "")
    why = "Omscholing duurt hier een jaar (verzonnen)."
    _do_otherwise(stage, norms[4], gemeente, Decimal(52), why)
    yield (
        f"De {gemeente.formal_name} geeft {euro('2.25')} per uur, binnen de ruimte, en "
        "wijkt met een reden af van de duur."
    )


def _set(stage: Stage, number: int, kader: Kader, besluit: AlvBesluit) -> Norm:
    bureau = person_by_email(BUREAU)
    norm = Norm(
        instrument=stage.instrument,
        number=number,
        name=kader.name,
        kind=kader.kind,
        measures=kader.measures,
    )
    norm.full_clean()
    norm.save()
    history.record(norm, "added", bureau)
    set_norm(
        norm,
        value=kader.value,
        words=kader.words,
        lowest=kader.lowest,
        highest=kader.highest,
        is_law=kader.is_law,
        explanation=kader.explanation,
        starts_on=SINCE,
        decision=None,
        besluit=besluit,
        today=stage.today,
        by=bureau,
    )
    return norm


def _do_otherwise(
    stage: Stage, norm: Norm, gemeente: Organisation, value: Decimal, reason: str
) -> None:
    record_own(
        norm,
        gemeente,
        value=value,
        words="",
        reason=reason,
        basis="beleidsregel",
        basis_on=OWN_SINCE,
        link="",
        starts_on=OWN_SINCE,
        today=stage.today,
        by=person_by_email(CONTACTPERSOON),
    )
