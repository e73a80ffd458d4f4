"""Prepare the settlements of a half-year, and approve them. Step 3 of the road.

Preparing twice, by two workers at once or again after a crash gives one outcome: the
instrument's row is locked, and what did not change is not written.
"""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from billing import sql
from billing.content import rates_as_json
from billing.models import (
    Period,
    RunStatus,
    Settlement,
    SettlementLine,
    SettlementRun,
)
from billing.settling.differences import differences
from billing.settling.numbering import number
from billing.settling.outside import require_within
from billing.settling.preview import HolderPreview, Preview, preview
from instruments.models import Instrument
from membership import history
from membership.models import Person, Role
from nvsi.errors import NotAllowed
from nvsi.halfyear import HalfYear

PREPARERS = (Role.Name.BUREAU, Role.Name.PENNINGMEESTER)
APPROVERS = (Role.Name.PENNINGMEESTER, Role.Name.BESTUUR)


def lock(instrument: Instrument) -> None:
    """Let one import, settlement, approval or payment of an instrument go at a time."""
    Instrument.objects.select_for_update(no_key=True).get(pk=instrument.pk)


def require_role(by: Person, roles: Iterable[str], act: str) -> None:
    """Raises NotAllowed unless this person has one of the roles today."""
    roles = list(roles)
    if not by.has_role(*roles):
        raise NotAllowed(
            f"{by.email} mag niet {act}. "
            f"Dat kan iemand met de rol {' of '.join(roles)}."
        )


@transaction.atomic
def prepare(
    instrument: Instrument,
    halfyear: HalfYear,
    *,
    today: datetime.date,
    forced: bool = False,
    by: Person | None,
) -> SettlementRun:
    """Make or refresh the draft settlements of a half-year; gives the run.

    A half-year that is approved stays as it is, except for what was reversed: that
    is settled again in a next run. `by` is None for the scheduled run. Raises
    NotAllowed when the half-year has not ended (unless forced), a rate is missing, or
    lines stand outside their agreement.
    """
    if by is not None:
        require_role(by, PREPARERS, "afrekeningen opstellen")
    _require_ended(halfyear, today, forced)
    lock(instrument)
    period, _ = Period.objects.get_or_create(instrument=instrument, halfyear=halfyear)
    outcome = _to_settle(period)
    run = period.runs.filter(status=RunStatus.DRAFT).first()
    if period.closed_at and not outcome.holders and run is None:
        return period.runs.latest("sequence")
    too_early = not halfyear.has_ended(today)
    same = (outcome.fingerprint, too_early)
    if run is not None and (run.fingerprint, run.forced) == same:
        return run
    run = _write_run(run, outcome, too_early, by)
    history.record(
        run,
        "prepared",
        by,
        fingerprint=run.fingerprint,
        settlements=len(outcome.holders),
    )
    return run


def _require_ended(halfyear: HalfYear, today: datetime.date, forced: bool) -> None:
    if halfyear.has_ended(today):
        return
    if not forced or today < halfyear.first_day:
        raise NotAllowed(
            f"Het halfjaar {halfyear} is nog niet voorbij. Afrekenen kan vanaf "
            f"{halfyear.next().first_day:%d-%m-%Y}."
        )


def _to_settle(period: Period) -> Preview:
    outcome = preview(period)
    require_within(period, outcome.partly)
    return still_to_settle(outcome)


def still_to_settle(outcome: Preview) -> Preview:
    """Without the holders whose settlement of this half-year is approved and holds."""
    settled = set(
        outcome.period.settlements.in_force()
        .approved()
        .values_list("organisation_id", flat=True)
    )
    return outcome.only(h for h in outcome.holders if h.organisation.pk not in settled)


def _write_run(
    run: SettlementRun | None, outcome: Preview, forced: bool, by: Person | None
) -> SettlementRun:
    if run is None:
        last = outcome.period.runs.aggregate(last=Max("sequence"))["last"] or 0
        run = SettlementRun(period=outcome.period, sequence=last + 1)
    else:
        SettlementLine.objects.filter(settlement__run=run).delete()
        run.settlements.all().delete()
    run.forced = forced
    run.fingerprint = outcome.fingerprint
    run.prepared_by = by
    run.prepared_at = timezone.now()
    run.save()
    _write_settlements(run, outcome.holders)
    return run


def _write_settlements(run: SettlementRun, holders: Iterable[HolderPreview]) -> None:
    holders = list(holders)
    sql.insert(
        Settlement,
        [
            {
                "run_id": run.pk,
                "period_id": run.period_id,
                "organisation_id": holder.organisation.pk,
                "kind": Settlement.Kind.SETTLEMENT,
                "status": Settlement.Status.DRAFT,
                **dict(holder.amounts.items()),
            }
            for holder in holders
        ],
    )
    settlement_ids = dict(run.settlements.values_list("organisation_id", "pk"))
    sql.insert(
        SettlementLine,
        [
            {
                "settlement_id": settlement_ids[holder.organisation.pk],
                "gemeente_id": part.gemeente.pk,
                "lines_count": part.calculation.lines_count,
                "rates": rates_as_json(part.calculation.rates),
                **dict(part.calculation.amounts.items()),
            }
            for holder in holders
            for part in holder.gemeenten
        ],
    )


@transaction.atomic
def approve(
    run: SettlementRun, *, now: datetime.datetime, by: Person
) -> list[Settlement]:
    """Approve a draft run: checks it once more, numbers it and closes its half-year.

    Raises NotAllowed when `by` prepared it or has no role for it, or when lines or
    terms changed since: then it says what changed. Gives the numbered settlements.
    """
    require_role(by, APPROVERS, "afrekeningen vaststellen")
    lock(run.period.instrument)
    run = SettlementRun.objects.select_for_update(of=("self",)).get(pk=run.pk)
    if run.status != RunStatus.DRAFT:
        raise NotAllowed(f"{run} is al vastgesteld.")
    if run.prepared_by_id == by.pk:
        raise NotAllowed(
            "Wie de afrekening opstelde, stelt haar niet vast. Vraag een ander om dat "
            "te doen."
        )
    _require_unchanged(run, _to_settle(run.period))
    run.status, run.approved_by, run.approved_at = RunStatus.APPROVED, by, now
    run.save(update_fields=["status", "approved_by", "approved_at"])
    settlements = number(
        run.settlements.select_related("organisation", "period__instrument"), now
    )
    Period.objects.filter(pk=run.period_id, closed_at=None).update(closed_at=now)
    history.record(
        run,
        "approved",
        by,
        fingerprint=run.fingerprint,
        numbers=[s.number for s in settlements],
    )
    return settlements


def _require_unchanged(run: SettlementRun, outcome: Preview) -> None:
    if outcome.fingerprint == run.fingerprint:
        return
    changes = "; ".join(differences(run, outcome)) or "de percentages of hun bron"
    raise NotAllowed(
        f"{run} is veranderd sinds het opstellen: {changes}. Stel de afrekening "
        "opnieuw op en bekijk haar voordat u haar vaststelt."
    )
