"""Verbeterwensen for tests, along the road or straight into the tables."""

import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from instruments.models import (
    AlvLimit,
    CoverCriterion,
    Instrument,
    Ontwikkelvoorstel,
    Verbeterwens,
    VerbeterwensStep,
    WensFollower,
    WensRemark,
    WensSupport,
)
from instruments.steering.groups import regiegroep_of
from membership.models import AlvBesluit, Organisation, Person
from tests.instruments.steering import make_regiegroep
from tests.membership.bodies import make_seat

SINCE = datetime.date(2020, 1, 1)


def make_wish(
    instrument: Instrument, organisation: Organisation, by: Person, **facts: Any
) -> Verbeterwens:
    last = instrument.verbeterwensen.order_by("-number").first()
    values = {
        "number": last.number + 1 if last else 1,
        "title": "Uren van een week in één keer",
        "problem": "Uren worden per dag ingevuld.",
        "proposal": "Laat een hele week in één scherm invullen.",
        "for_whom": "Kandidaten",
        **facts,
    }
    return Verbeterwens.objects.create(
        instrument=instrument, organisation=organisation, by=by, **values
    )


def add_step(wens: Verbeterwens, kind: str, by: Person, **facts: Any) -> None:
    """Straight into the table, as the order of the database allows."""
    values = {"words": "Zo besloten.", "for_party": "leading", **facts}
    VerbeterwensStep.objects.create(wens=wens, kind=kind, by=by, **values)


def make_voorstel(wens: Verbeterwens, by: Person, **facts: Any) -> Ontwikkelvoorstel:
    """Of 5,000 euros, all of it from the innovatiekas."""
    values = {
        "text": "Eén scherm voor een week.",
        "amount": Decimal("5000.00"),
        "from_kas": Decimal("5000.00"),
        **facts,
    }
    return Ontwikkelvoorstel.objects.create(wens=wens, proposed_by=by, **values)


def bring_to_the_bestuur(
    wens: Verbeterwens, by: Person, **facts: Any
) -> Ontwikkelvoorstel:
    """Taken up, validated, prioritised, from the innovatiekas, and put forward."""
    add_step(wens, "taken_up", by)
    effort = {"hours": 40, "amount": Decimal("5000.00"), "feasibility": "well"}
    add_step(wens, "validated", by, **effort)
    add_step(wens, "prioritised", by, rank=1)
    add_step(wens, "from_kas", by)
    voorstel = make_voorstel(wens, by, **facts)
    add_step(wens, "proposed", by, voorstel=voorstel)
    return voorstel


def keep_wishes(gemeente: Organisation, bureau: Person) -> dict[str, int]:
    """For the guards: a wens that the bestuur agreed with, and one just handed in."""
    instrument = Instrument.objects.get(slug="flexensie")
    besluit = AlvBesluit.objects.get(reference="ALV-2017-bijdrage")
    by = Person.objects.get(name="Bestuur")
    wens = make_wish(instrument, gemeente, bureau)
    new = make_wish(instrument, gemeente, bureau)
    voorstel = bring_to_the_bestuur(wens, bureau)
    Ontwikkelvoorstel.objects.filter(pk=voorstel.pk).update(
        agreed_by=by, agreed_at=timezone.now()
    )
    add_step(wens, "agreed", by, voorstel=voorstel)
    waiting = bring_to_the_bestuur(make_wish(instrument, gemeente, bureau), bureau)
    support = WensSupport.objects.create(wens=wens, organisation=gemeente, by=bureau)
    WensFollower.objects.create(wens=wens, person=bureau)
    WensRemark.objects.create(wens=wens, text="Graag.", by=bureau)
    AlvLimit.objects.create(
        instrument=instrument, starts_on=SINCE, amount=1000, besluit=besluit
    )
    criterion = CoverCriterion.objects.create(text="Gedekt.", starts_on=SINCE)
    return {
        "wens": wens.pk,
        "new_wens": new.pk,
        "voorstel_agreed": voorstel.pk,
        "voorstel_waiting": waiting.pk,
        "wens_waiting": waiting.wens_id,
        "wens_support": support.pk,
        "criterion": criterion.pk,
        "alv_besluit": besluit.pk,
    }


def make_voorzitter(instrument: Instrument, organisation: Organisation) -> Person:
    """Of the regiegroep of the instrument, which is made when it has none."""
    body = regiegroep_of(instrument) or make_regiegroep(instrument)
    return make_seat(body, "Voorzitter", organisation, "voorzitter").person
