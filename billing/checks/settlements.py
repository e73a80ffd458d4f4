"""Checks on settlements: again from the lines, and against their frozen paper."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Q

from billing.content import amounts_as_json, fingerprint
from billing.models import (
    Amounts,
    Period,
    RunStatus,
    Settlement,
    SettlementLine,
    SettlementRun,
    Statement,
)
from billing.settling.preview import preview
from billing.statements.documents import content_of, lines_of
from nvsi.errors import NotAllowed

FORMATS = ("json", "pdf", "xlsx")


def check_settlements() -> Iterator[str | int]:
    """What holds for a closed half-year is what its lines and rates come to."""
    periods = Period.objects.filter(
        ~Q(closed_at=None) | Q(runs__status=RunStatus.APPROVED)
    ).distinct()
    for period in periods.select_related("instrument"):
        if period.closed_at is None:
            yield f"{period}: is vastgesteld, en niet gesloten."
        frozen = {
            (line.settlement.organisation.code, line.gemeente.code): line
            for line in SettlementLine.objects.filter(
                settlement__in=period.settlements.in_force().approved()
            ).select_related("gemeente", "settlement__organisation")
        }
        yield len(frozen)
        yield from _compare(period, frozen)
    yield from _check_totals()


def _compare(
    period: Period, frozen: Mapping[tuple[str, str], SettlementLine]
) -> Iterator[str]:
    try:
        holders = preview(period).holders
    except NotAllowed as error:
        yield f"{period}: niet opnieuw te berekenen. {error}"
        return
    again = {
        (holder.organisation.code, part.gemeente.code): part.calculation
        for holder in holders
        for part in holder.gemeenten
    }
    waiting = set(period.settlements.in_force().values_list("organisation__code"))
    for key, line in frozen.items():
        where = f"{period} {key[1]} ({line.settlement.number})"
        if key not in again:
            yield f"{where}: is afgerekend, maar er zijn geen regels meer."
            continue
        yield from _differences(where, line, again[key].amounts)
        if line.lines_count != again[key].lines_count:
            yield (
                f"{where}: had {line.lines_count} regels, er zijn er "
                f"{again[key].lines_count}."
            )
    for holder, gemeente in again.keys() - frozen.keys():
        if (holder,) in waiting:
            yield f"{period} {gemeente}: heeft regels, maar geen afrekening."


def _differences(where: str, frozen: Any, again: Any) -> Iterator[str]:
    was, now = amounts_as_json(frozen), amounts_as_json(again)
    for name in was:
        if was[name] != now[name]:
            yield f"{where}: {name} is {was[name]}, de regels geven {now[name]}."


def _check_totals() -> Iterator[str]:
    """A settlement is the sum of its gemeenten; a reversal mirrors what it reverses."""
    for settlement in Settlement.objects.select_related(
        "period__instrument", "reverses"
    ).prefetch_related("lines"):
        where = f"{settlement.period} {settlement.number or 'concept'}"
        for name in Amounts.NAMES:
            total = getattr(settlement, name)
            parts = sum((getattr(p, name) for p in settlement.lines.all()), Decimal(0))
            if total != parts:
                yield f"{where}: {name} is {total}, de gemeenten samen {parts}."
            mirrored = settlement.reverses and getattr(settlement.reverses, name)
            if mirrored is not None and mirrored != -total:
                yield f"{where}: {name} is {total}, terug te draaien was {mirrored}."
        original = settlement.reverses
        if original and original.status != Settlement.Status.REVERSED:
            yield f"{where}: draait {original.number} terug, die toch nog geldt."


def check_runs() -> Iterator[str | int]:
    """The fingerprint of an approved run still fits what it settled."""
    approved = Q(status=RunStatus.APPROVED) | Q(settlements__number_year__isnull=False)
    runs = SettlementRun.objects.filter(approved).distinct()
    for run in runs.select_related("period__instrument"):
        yield 1
        if run.status != RunStatus.APPROVED:
            yield f"{run}: heeft genummerde afrekeningen, en is niet vastgesteld."
        lines = SettlementLine.objects.filter(
            settlement__run=run, settlement__kind=Settlement.Kind.SETTLEMENT
        ).select_related("gemeente")
        content = [
            {
                "gemeente_code": line.gemeente.code,
                **amounts_as_json(line),
                "lines_count": line.lines_count,
                "rates": line.rates,
            }
            for line in lines
        ]
        period = run.period
        now = fingerprint(str(period.halfyear), period.instrument.slug, content)
        if now != run.fingerprint:
            yield f"{run}: de vingerafdruk past niet meer bij wat is vastgesteld."


def check_statements() -> Iterator[str | int]:
    """The paper is what was made, and says what the books and the lines say."""
    for settlement in Settlement.objects.approved().filter(statement=None):
        yield f"Afrekening {settlement.number} heeft geen document."
    made = Statement.objects.filter(state=Statement.State.DONE).select_related(
        "settlement__period"
    )
    for statement in made.order_by("settlement__period_id", "pk").iterator(8):
        yield 1
        where = f"{statement.settlement.period.halfyear} {statement.settlement.number}"
        for name in FORMATS:
            content = bytes(getattr(statement, name))
            digest = hashlib.sha256(content).hexdigest()
            if digest != getattr(statement, f"{name}_sha256"):
                yield f"{where}: het {name.upper()}-document is veranderd."
        yield from _compare_twin(where, statement)


def _compare_twin(where: str, statement: Statement) -> Iterator[str]:
    try:
        twin = json.loads(bytes(statement.json or b""))
    except ValueError:
        yield f"{where}: het JSON-document is onleesbaar."
        return
    again = content_of(statement, lines_of([statement])[statement.settlement_id])
    if twin == again:
        return
    was, now = _by_regel(twin), _by_regel(again)
    changed = sorted(r for r in was.keys() | now.keys() if was.get(r) != now.get(r))
    for regel_id in changed[:20]:
        yield f"{where}: regel {regel_id} is anders dan op de afrekening staat."
    if not changed:
        yield f"{where}: de afrekening zegt iets anders dan de administratie."


def _by_regel(content: Mapping[str, Any]) -> dict[str, Any]:
    return {
        line["regel_id"]: line
        for gemeente in content["gemeenten"]
        for line in gemeente["lines"]
    }
