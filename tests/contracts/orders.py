"""Uitvoeringsopdrachten for tests, straight into the table."""

import datetime
from typing import Any

from django.utils import timezone

from contracts.models import Uitvoeringsopdracht
from instruments.models import Instrument, Ontwikkelvoorstel
from membership.models import AlvBesluit, Organisation, Person
from tests.instruments.wishes import add_step, bring_to_the_bestuur, make_wish

DAY = datetime.date(2027, 1, 31)


def make_decided(
    instrument: Instrument, organisation: Organisation, by: Person, other: Person
) -> Ontwikkelvoorstel:
    """Paid by others, agreed with by the bestuur and adopted by the ALV."""
    wens = make_wish(instrument, organisation, by)
    facts = {"from_kas": 0, "other_cover": "Zes gemeenten."}
    voorstel = bring_to_the_bestuur(wens, by, **facts)
    voorstel.agreed_by, voorstel.agreed_at = other, timezone.now()
    voorstel.save()
    add_step(wens, "agreed", other, voorstel=voorstel)
    voorstel.besluit = AlvBesluit.objects.create(
        reference=f"ALV-{wens.reference}",
        subject=wens.title,
        taken_on=timezone.localdate(),
    )
    voorstel.save()
    add_step(wens, "adopted", other, voorstel=voorstel, besluit=voorstel.besluit)
    return voorstel


def make_order(
    voorstel: Ontwikkelvoorstel, uitvoerder: Organisation, by: Person, **facts: Any
) -> Uitvoeringsopdracht:
    add_step(voorstel.wens, "ordered", by, voorstel=voorstel)
    values = {
        "reference": f"UO-2026-{9000 + voorstel.pk}",
        "instrument": voorstel.wens.instrument,
        "amount": voorstel.amount,
        "deliver_by": DAY,
        "agreed": "Met een proef.",
        "factor": "totp",
        "document": b"%PDF",
        "document_sha256": "0" * 64,
        **facts,
    }
    return Uitvoeringsopdracht.objects.create(
        ontwikkelvoorstel=voorstel, uitvoerder=uitvoerder, given_by=by, **values
    )


def keep_orders(
    gemeente: Organisation, *, bureau: Person, bestuur: Person
) -> dict[str, int]:
    """For the guards: one that was given, one that was accepted, one not given yet."""
    instrument = Instrument.objects.get(slug="flexensie")
    uitvoerder = Organisation.objects.get(code="flexensie")
    voorstellen = [
        make_decided(instrument, gemeente, bureau, bestuur) for _ in range(3)
    ]
    given = make_order(voorstellen[0], uitvoerder, bestuur)
    accepted = make_order(
        voorstellen[1],
        uitvoerder,
        bestuur,
        confirmed_by=bureau,
        confirmed_at=timezone.now(),
        delivered_on=DAY,
        accepted_by=bureau,
        accepted_at=timezone.now(),
        final_amount=4000,
        final_from_kas=0,
    )
    return {
        "order_given": given.pk,
        "order_accepted": accepted.pk,
        "voorstel_decided": voorstellen[2].pk,
    }
