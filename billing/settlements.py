"""Prepare the settlements of a half-year, and approve them. Step 3 of the road.

Preparing twice, by two workers at once or again after a crash gives one outcome: the
instrument's row is locked, and what did not change is not written.
"""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from billing import sql
from billing.content import amounts_as_json, rates_as_json
from billing.models import (
    Amounts,
    Period,
    RunStatus,
    Settlement,
    SettlementLine,
    SettlementRun,
)
from billing.preview import HolderPreview, Preview, preview
from instruments.models import Instrument
from membership import history
from membership.models import Person, Role
from nvsi.dutch import euro
from nvsi.errors import NotAllowed
from nvsi.halfyear import HalfYear
from nvsi.locks import one_at_a_time

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
    NotAllowed when the half-year has not ended (unless forced) or a rate is missing.
    """
    if by is not None:
        require_role(by, PREPARERS, "afrekeningen opstellen")
    _require_ended(halfyear, today, forced)
    lock(instrument)
    period, _ = Period.objects.get_or_create(instrument=instrument, halfyear=halfyear)
    outcome = _still_to_settle(preview(period))
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


def _still_to_settle(outcome: Preview) -> Preview:
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
    _require_unchanged(run, _still_to_settle(preview(run.period)))
    run.status, run.approved_by, run.approved_at = RunStatus.APPROVED, by, now
    settlements = number(
        run.settlements.select_related("organisation", "period__instrument"), now
    )
    run.save(update_fields=["status", "approved_by", "approved_at"])
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


def differences(run: SettlementRun, outcome: Preview) -> list[str]:
    """What a person should know: per holder and gemeente, what was and what now is."""
    lines = SettlementLine.objects.filter(settlement__run=run)
    was = {
        (line.settlement.organisation.code, line.gemeente.code): _comparable(
            line, line.rates, line.lines_count
        )
        for line in lines.select_related("gemeente", "settlement__organisation")
    }
    now = {
        (holder.organisation.code, part.gemeente.code): _comparable(
            part.calculation.amounts,
            rates_as_json(part.calculation.rates),
            part.calculation.lines_count,
        )
        for holder in outcome.holders
        for part in holder.gemeenten
    }
    return [
        f"{key[1]}: {_difference(was.get(key), now.get(key))}"
        for key in sorted(was.keys() | now.keys(), key=lambda key: (key[1], key[0]))
        if was.get(key) != now.get(key)
    ]


def _comparable(amounts: Any, rates: Any, lines_count: int) -> dict[str, Any]:
    pcts = " en ".join(r["pct"] for r in rates if r["kind"] == "vergoeding")
    return {
        **amounts_as_json(amounts),
        "rates": rates,
        # Shown, in these words; the percentage says more than its amount.
        "regels": str(lines_count),
        "bruto-omzet": euro(amounts.bruto_omzet),
        "uitkering": euro(amounts.uitkering_gemeente),
        "vergoeding": f"{pcts}%",
    }


def _difference(was: dict[str, Any] | None, now: dict[str, Any] | None) -> str:
    if was is None:
        return "is nieuw"
    if now is None:
        return "heeft geen regels meer"
    shown = ("regels", "bruto-omzet", "vergoeding", "uitkering")
    changed = [f"{k} {was[k]} > {now[k]}" for k in shown if was[k] != now[k]]
    return ", ".join(changed) or "percentages gewijzigd"


def number(
    settlements: Iterable[Settlement], now: datetime.datetime
) -> list[Settlement]:
    """Give statement numbers without gaps, in order of code, for the year of `now`.

    The lock on the instrument's row does not span instruments, so the year's last
    number is read under a lock of its own.
    """
    rows = sorted(settlements, key=lambda s: (s.organisation.code, s.pk))
    on = timezone.localdate(now)
    first, status = next_number(on.year), Settlement.Status.APPROVED
    for sequence, row in enumerate(rows, start=first):
        row.number_year, row.number_sequence, row.approved_on = on.year, sequence, on
        row.status = status
    sql.run(
        """
        UPDATE billing_settlement s
        SET status = %s, approved_on = %s, number_year = %s,
            number_sequence = %s + n.place - 1
        FROM unnest(%s::bigint[]) WITH ORDINALITY AS n (id, place)
        WHERE s.id = n.id
        """,
        [status, on, on.year, first, [row.pk for row in rows]],
    )
    return rows


def next_number(year: int) -> int:
    """The number that follows the last one of a year; holds others back till commit."""
    one_at_a_time("settlement number")
    last = Settlement.objects.filter(number_year=year).aggregate(
        last=Max("number_sequence")
    )["last"]
    return (last or 0) + 1


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
