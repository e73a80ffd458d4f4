"""Undo an approved settlement: mistakes travel forward, nothing is taken back."""

import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from billing.models import Amounts, Settlement, SettlementLine
from billing.settling.numbering import next_number
from billing.settling.settlements import APPROVERS, lock, require_role
from membership import history
from membership.models import Person
from nvsi.errors import NotAllowed


@transaction.atomic
def reverse(
    settlement: Settlement, *, reason: str, now: datetime.datetime, by: Person
) -> Settlement:
    """Undo an approved settlement with a mirrored one that has its own number.

    The next run of the half-year settles the holder again. Raises NotAllowed without
    a reason, for a draft, for a reversal, or when it was reversed before.
    """
    require_role(by, APPROVERS, "een afrekening terugdraaien")
    if not reason.strip():
        raise NotAllowed("Geef een reden voor het terugdraaien.")
    if settlement.kind == Settlement.Kind.REVERSAL:
        raise NotAllowed("Een creditafrekening is niet terug te draaien.")
    lock(settlement.period.instrument)
    history.move(settlement, Settlement.Status.REVERSED, by, reason=reason)
    on = timezone.localdate(now)
    mirror = Settlement(
        run=settlement.run,
        period=settlement.period,
        organisation=settlement.organisation,
        kind=Settlement.Kind.REVERSAL,
        status=Settlement.Status.APPROVED,
        reverses=settlement,
        number_year=on.year,
        number_sequence=next_number(on.year),
        approved_on=on,
        **{name: -getattr(settlement, name) for name in Amounts.NAMES},
    )
    mirror.save()
    SettlementLine.objects.bulk_create(
        SettlementLine(
            settlement=mirror,
            gemeente=line.gemeente,
            lines_count=line.lines_count,
            rates=[_mirrored(rate) for rate in line.rates],
            **{name: -getattr(line, name) for name in Amounts.NAMES},
        )
        for line in settlement.lines.select_related("gemeente")
    )
    history.record(mirror, "reversed", by, reverses=settlement.number, reason=reason)
    return mirror


def _mirrored(rate: dict[str, str]) -> dict[str, str]:
    base, amount = (f"{-Decimal(rate[key]):.2f}" for key in ("base", "amount"))
    return {**rate, "base": base, "amount": amount}
