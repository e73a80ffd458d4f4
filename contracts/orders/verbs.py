"""Give an order, confirm it, deliver it, and accept it.

Each is a step of the verbeterwens too, taken in the same transaction; who may take it
is said there (instruments.wishes). To confirm is of the order alone.
"""

import datetime
import hashlib
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from contracts.models import Uitvoeringsopdracht
from contracts.orders import paper
from contracts.orders.running import withdrawal_of
from instruments.models import Ontwikkelvoorstel, Verbeterwens
from instruments.wishes import building
from membership import history
from membership.fresh_factor import Given
from membership.models import Person, Role
from nvsi.dutch import euro
from nvsi.errors import NotAllowed
from nvsi.locks import one_at_a_time


@transaction.atomic
def give(
    wens: Verbeterwens,
    *,
    deliver_by: datetime.date,
    agreed: str,
    words: str,
    factor: Given | None,
    by: Person,
) -> Uitvoeringsopdracht:
    """The bestuur orders what was decided, with a second factor given just now.

    Raises NotAllowed without that, for a day that is over, and when the instrument has
    no uitvoerder.
    """
    now, today = timezone.now(), timezone.localdate()
    if factor is None or not factor.is_fresh(now):
        raise NotAllowed("Bevestig eerst nog een keer dat u het bent.")
    if deliver_by < today:
        raise NotAllowed("Deze dag is al voorbij.", field="deliver_by")
    voorstel = wens.voorstel
    uitvoerder = wens.instrument.uitvoerder_on(today)
    if voorstel is None or uitvoerder is None:
        raise NotAllowed(f"{wens.instrument} heeft nu geen uitvoerder.")
    building.was_ordered(voorstel, words=words, by=by)
    order = Uitvoeringsopdracht(
        reference=_next_reference(today),
        instrument=wens.instrument,
        uitvoerder=uitvoerder,
        ontwikkelvoorstel=voorstel,
        amount=voorstel.amount,
        deliver_by=deliver_by,
        agreed=agreed,
        given_by=by,
        given_at=now,
        factor=factor.kind,
    )
    order.document = paper.pdf(order, dated=today)
    order.document_sha256 = hashlib.sha256(order.document).hexdigest()
    order.full_clean()
    order.save()
    history.record(order, "added", by, amount=str(order.amount))
    return order


@transaction.atomic
def confirm(order: Uitvoeringsopdracht, *, by: Person) -> None:
    """The uitvoerder takes the order on. Raises NotAllowed when it did already, when
    the bestuur took the order back, and for who gave it."""
    row = _of(order.ontwikkelvoorstel.wens)
    if row.uitvoerder_id not in by.organisations_as(Role.Name.UITVOERDER):
        raise NotAllowed("Een opdracht wordt bevestigd door de uitvoerder.")
    if withdrawal_of(row):
        raise NotAllowed("Deze opdracht is ingetrokken.")
    if row.confirmed_at is not None:
        raise NotAllowed("Deze opdracht is al bevestigd.")
    if row.given_by_id == by.pk:
        raise NotAllowed("Wie een opdracht geeft, bevestigt haar niet zelf.")
    row.confirmed_by, row.confirmed_at = by, timezone.now()
    row.save(update_fields=["confirmed_by", "confirmed_at"])
    history.record(row, "confirmed", by)


@transaction.atomic
def deliver(
    wens: Verbeterwens, *, delivered_on: datetime.date, words: str, by: Person
) -> Uitvoeringsopdracht:
    """The uitvoerder delivers. Raises NotAllowed before it confirmed the order, and for
    a day to come."""
    row = _of(wens)
    if row.confirmed_at is None:
        raise NotAllowed(f"Bevestig eerst de opdracht {row.reference}.")
    if not timezone.localdate(row.given_at) <= delivered_on <= timezone.localdate():
        raise NotAllowed(
            "Kies een dag vanaf de opdracht, die al is geweest.", field="delivered_on"
        )
    building.was_delivered(row.ontwikkelvoorstel, words=words, by=by)
    row.delivered_on = delivered_on
    row.save(update_fields=["delivered_on"])
    history.record(row, "ordered>delivered", by, on=str(delivered_on))
    return row


@transaction.atomic
def send_back(wens: Verbeterwens, *, words: str, by: Person) -> Uitvoeringsopdracht:
    """The regiegroep does not accept it yet; words says what must be better."""
    row = _of(wens)
    building.was_returned(row.ontwikkelvoorstel, words=words, by=by)
    row.delivered_on = None
    row.save(update_fields=["delivered_on"])
    history.record(row, "delivered>returned", by)
    return row


@transaction.atomic
def accept(
    wens: Verbeterwens,
    *,
    final_amount: Decimal,
    from_kas: Decimal,
    words: str,
    by: Person,
) -> Uitvoeringsopdracht:
    """The regiegroep accepts what was delivered. final_amount (euros) is never above
    the order, from_kas its part from the innovatiekas; the rest of the promise is
    free again. Raises NotAllowed for what nobody promised to pay."""
    row = _of(wens)
    voorstel: Ontwikkelvoorstel = row.ontwikkelvoorstel
    if final_amount > row.amount:
        raise NotAllowed(
            "Het eindbedrag is hoger dan de opdracht. Voor meer geld is een nieuw "
            "voorstel nodig.",
            field="final_amount",
        )
    if from_kas > min(final_amount, voorstel.from_kas):
        most = euro(min(final_amount, voorstel.from_kas))
        raise NotAllowed(
            f"De innovatiekas betaalt hiervan ten hoogste {most}.", field="from_kas"
        )
    if final_amount - from_kas > voorstel.from_others:
        raise NotAllowed(
            f"Uit ander geld komt ten hoogste {euro(voorstel.from_others)}. De rest "
            "van het eindbedrag betaalt de innovatiekas.",
            field="from_kas",
        )
    building.was_accepted(voorstel, from_kas=from_kas, words=words, by=by)
    row.accepted_by, row.accepted_at = by, timezone.now()
    row.final_amount, row.final_from_kas = final_amount, from_kas
    row.full_clean(exclude=["document"])
    row.save(
        update_fields=["accepted_by", "accepted_at", "final_amount", "final_from_kas"]
    )
    history.record(row, "delivered>accepted", by, amount=str(final_amount))
    return row


def _of(wens: Verbeterwens) -> Uitvoeringsopdracht:
    """The order of a wens, locked, after the wens itself as every verb does."""
    Verbeterwens.objects.select_for_update().get(pk=wens.pk)
    rows = Uitvoeringsopdracht.objects.select_for_update(of=("self",))
    row = rows.filter(ontwikkelvoorstel__wens=wens).first()
    if row is None:
        raise NotAllowed("Voor deze wens is geen opdracht gegeven.")
    return row


def _next_reference(today: datetime.date) -> str:
    """UO-2026-0007; orders are never deleted, so the last one has the highest."""
    one_at_a_time("order reference")
    start = f"UO-{today.year}-"
    rows = Uitvoeringsopdracht.objects.filter(reference__startswith=start)
    return f"{start}{rows.count() + 1:04}"
