"""Make the statement of a settlement: JSON, PDF and XLSX, once. Step 5 of the road.

What is to be made stands in PostgreSQL. A worker takes a few statements under a row
lock and makes them; when it is killed the lock is gone and another takes them. A
statement that is done never changes (migration 0003).
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from billing.booking import uitvoerder_of
from billing.content import amounts_as_json, fingerprint
from billing.models import Line, Settlement, Statement
from billing.statements.announcing import announce
from billing.statements.pdf import render_pdf
from billing.statements.work import work_as_json
from billing.statements.xlsx import render_xlsx
from membership.models import Organisation

log = structlog.get_logger()

# Statements that one task makes: their lines are read together.
AT_ONCE = 8


def request(settlements: Iterable[Settlement]) -> None:
    """Ask for the statements of settlements that were just approved or reversed."""
    settlements = list(settlements)
    if not settlements:
        return
    uitvoerder = uitvoerder_of(settlements[0])
    Statement.objects.bulk_create(
        Statement(settlement=s, heading=heading_of(s, uitvoerder)) for s in settlements
    )


def heading_of(
    settlement: Settlement, uitvoerder: Organisation | None
) -> dict[str, Any]:
    """Names, addresses and numbers as they are now: frozen with the statement."""
    holder, reverses = settlement.organisation, settlement.reverses
    address = [holder.address, f"{holder.postcode} {holder.town}".strip()]
    return {
        "kind": settlement.kind,
        "number": settlement.number,
        "date": f"{settlement.approved_on:%Y-%m-%d}",
        "refers_to": reverses.number if reverses else None,
        "period": str(settlement.period.halfyear),
        "forced": settlement.run.forced,
        "instrument": settlement.period.instrument.slug,
        "instrument_name": settlement.period.instrument.name,
        "issuer": {
            "name": settings.NVSI_NAME,
            "town": settings.NVSI_TOWN,
            "email": settings.NVSI_EMAIL,
            "kvk": settings.NVSI_KVK,
            "iban": settings.NVSI_IBAN,
        },
        "organisation": {
            "code": holder.code,
            "name": holder.name,
            "kind": holder.kind,
            "iban": holder.iban,
            "address": [part for part in address if part],
        },
        "uitvoerder": {"name": uitvoerder.name if uitvoerder else ""},
    }


def make_waiting(limit: int = AT_ONCE) -> int:
    """Make some of the statements that wait and that nobody else is making.

    Gives how many were taken; 0 when there is nothing to do.
    """
    with transaction.atomic():
        statements = list(
            Statement.objects.waiting()
            .select_for_update(skip_locked=True, of=("self",))
            .select_related(
                "settlement__period__instrument", "settlement__organisation"
            )
            .order_by("settlement__period_id", "pk")[:limit]
        )
        lines = lines_of(statements)
        for statement in statements:
            _make(statement, lines[statement.settlement_id])
        made = [s for s in statements if s.state == Statement.State.DONE]
        announce(made, today=timezone.localdate())
    return len(statements)


def _make(statement: Statement, lines: dict[int, list[Line]]) -> None:
    """Make one; a failure is written down and does not stop the others."""
    try:
        content = content_of(statement, lines)
        twin = (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
        statement.json, statement.pdf = twin, render_pdf(content, twin)
        statement.xlsx = render_xlsx(content)
    except Exception as error:
        log.exception("statement_failed", statement=statement.pk)
        statement.state = Statement.State.FAILED
        statement.error = f"{type(error).__name__}: {error}"[:200]
    else:
        for name in ("json", "pdf", "xlsx"):
            digest = hashlib.sha256(getattr(statement, name)).hexdigest()
            setattr(statement, f"{name}_sha256", digest)
        statement.state, statement.error = Statement.State.DONE, ""
        statement.made_at = timezone.now()
    statement.save()


def try_again() -> int:
    """Put what failed in line once more; gives how many."""
    failed = Statement.objects.filter(state=Statement.State.FAILED)
    return failed.update(state=Statement.State.QUEUED, error="")


def lines_of(statements: Iterable[Statement]) -> dict[int, dict[int, list[Line]]]:
    """Per settlement and gemeente the lines, read in one query per half-year.

    A reversal and what replaces it have the same lines.
    """
    settlements = [statement.settlement for statement in statements]
    holders: dict[int, set[int]] = defaultdict(set)
    for settlement in settlements:
        holders[settlement.period_id].add(settlement.organisation_id)
    found: dict[tuple[int, int], dict[int, list[Line]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for period_id, organisation_ids in holders.items():
        lines = Line.objects.filter(
            period=period_id, coverage__agreement__organisation__in=organisation_ids
        ).select_related("coverage__agreement", "period")
        for line in lines.order_by(
            "opdrachtgever_naam", "opdracht_id", "datum", "regel_id"
        ):
            holder = line.coverage.agreement.organisation_id
            found[period_id, holder][line.coverage.gemeente_id].append(line)
    return {s.pk: found[s.period_id, s.organisation_id] for s in settlements}


def content_of(statement: Statement, lines: dict[int, list[Line]]) -> dict[str, Any]:
    """The statement as JSON: its heading, amounts and rates, and every line."""
    settlement, heading = statement.settlement, statement.heading
    gemeenten = [
        {
            "gemeente_code": part.gemeente.code,
            "name": part.gemeente.name,
            "number": settlement.number,
            **amounts_as_json(part),
            "lines_count": part.lines_count,
            "rates": part.rates,
            **work_as_json(
                lines.get(part.gemeente_id, []),
                sign=-1 if settlement.kind == Settlement.Kind.REVERSAL else 1,
            ),
        }
        for part in settlement.lines.select_related("gemeente")
    ]
    return {
        **heading,
        "status": "approved",
        "fingerprint": fingerprint(heading["period"], heading["instrument"], gemeenten),
        "totals": amounts_as_json(settlement),
        "gemeenten": gemeenten,
    }
