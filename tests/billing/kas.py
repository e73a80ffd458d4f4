"""A kas for tests: its share of the contributions, dotaties, voorstellen that count."""

import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from billing.innovatiekas import cover, dotaties
from billing.innovatiekas.shares import fill
from billing.models import KasDotatie, KasShare
from instruments.models import Instrument, Ontwikkelvoorstel
from membership.models import AlvBesluit, Organisation, Person
from nvsi.halfyear import HalfYear
from tests.instruments.wishes import add_step, bring_to_the_bestuur, make_wish

DECIDED_ON = datetime.date(2025, 6, 12)


def make_besluit(reference: str, subject: str = "De innovatiekas") -> AlvBesluit:
    return AlvBesluit.objects.create(
        reference=reference, subject=subject, taken_on=DECIDED_ON
    )


def make_share(
    instrument: Instrument, from_halfyear: HalfYear, pct: Decimal = Decimal(25)
) -> KasShare:
    return KasShare.objects.create(
        instrument=instrument,
        from_halfyear=from_halfyear,
        pct=pct,
        besluit=make_besluit(f"ALV-KAS-{from_halfyear}"),
    )


def propose(
    instrument: Instrument, amount: Decimal, reference: str, by: Person
) -> KasDotatie:
    return KasDotatie.objects.create(
        instrument=instrument,
        besluit=make_besluit(reference),
        amount=amount,
        purpose="Een begin voor de kas.",
        proposed_by=by,
    )


def give(
    instrument: Instrument,
    amount: Decimal,
    reference: str,
    *,
    by: Person,
    other: Person,
) -> None:
    """A dotatie that another confirmed."""
    dotaties.confirm(propose(instrument, amount, reference, by), by=other)


def make_decided(
    instrument: Instrument,
    organisation: Organisation,
    amount: Decimal,
    *,
    by: Person,
    other: Person,
    **facts: Any,
) -> Ontwikkelvoorstel:
    """A voorstel of which bestuur and ALV decided that the kas pays this amount."""
    wens = make_wish(instrument, organisation, by)
    facts = {"amount": amount, "from_kas": amount, **facts}
    voorstel = bring_to_the_bestuur(wens, by, **facts)
    voorstel.agreed_by, voorstel.agreed_at = other, timezone.now()
    voorstel.save()
    add_step(wens, "agreed", other, voorstel=voorstel)
    voorstel.besluit = make_besluit(f"ALV-{wens.reference}", wens.title)
    voorstel.save()
    add_step(wens, "adopted", other, voorstel=voorstel, besluit=voorstel.besluit)
    return voorstel


def order(voorstel: Ontwikkelvoorstel, by: Person) -> Ontwikkelvoorstel:
    add_step(voorstel.wens, "ordered", by, voorstel=voorstel)
    return voorstel


def keep_kas(
    instrument: Instrument, organisation: Organisation, *, by: Person, other: Person
) -> dict[str, int]:
    """For the guards: filled both ways, 5 euros spent, 10 promised, 985 and more free.

    The share was there before its half-year was approved. A dotatie waits.
    """
    fill(instrument, booked_on=timezone.localdate(), by=by)
    give(instrument, Decimal(1000), "ALV-KAS-1", by=by, other=other)
    waiting = propose(instrument, Decimal(500), "ALV-KAS-2", by)
    euros = {"spent": Decimal(8), "promised": Decimal(10), "decided": Decimal(20)}
    rows = {
        name: make_decided(instrument, organisation, amount, by=by, other=other)
        for name, amount in euros.items()
    }
    cover.reserve(rows["spent"], by)
    cover.reserve(rows["promised"], by)
    cover.spend(order(rows["spent"], other), Decimal(5), by)
    return {
        "kas_dotatie": waiting.pk,
        "kas_given": KasDotatie.objects.get(status="confirmed").pk,
        "kas_share": KasShare.objects.get(instrument=instrument).pk,
        **{f"kas_{name}": row.pk for name, row in rows.items()},
    }
