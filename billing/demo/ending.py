"""What the demo ends with: totals, papers to look at, and how to log in."""

from collections.abc import Iterator
from dataclasses import asdict
from decimal import Decimal
from pathlib import Path
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.text import slugify

from billing.demo.halfyears import APPROVED
from billing.demo.members import PASSWORD, PEOPLE
from billing.demo.stage import Stage, shown
from billing.models import Period, Settlement, Statement
from billing.reports import halfyear_as_json
from billing.settling.calculation import Amounts
from billing.settling.preview import preview
from nvsi.dutch import euro

COLUMNS = (
    ("bruto_omzet", "bruto-omzet"),
    ("premies", "premies"),
    ("uitkering_gemeente", "gemeenten"),
    ("uitkering_uitvoerder", "uitvoerder"),
    ("bijdrage_nvsi", "NVSI"),
)
STATUS = {"draft": "concept", "approved": "vastgesteld", "paid": "betaald"}
WIDTH = 16
CODES_SHOWN = 3

# Holders of whom the papers lie ready, with what there is to see.
SHOWN = {
    "GM0014": "gewoon",
    "SAMEN-ZUIDERSTROOM": "samenwerkingsverband",
    "GM0060": "te betalen",
    "GM0758": "twee percentages",
    "GM0153": "teruggedraaid en opnieuw",
}


def totals(stage: Stage) -> Iterator[str]:
    """A table: per half-year how it stands, and where the gross revenue goes."""
    heads = "".join(f"{head:>{WIDTH}}" for _, head in COLUMNS)
    yield f"{'halfjaar':10}{'stand':12}{heads}"
    columns: list[list[Decimal]] = [[] for _ in COLUMNS]
    for period in stage.instrument.periods.order_by("halfyear"):
        status, sums = _sums(period)
        amounts = [Decimal(sums[name]) for name, _ in COLUMNS]
        for column, amount in zip(columns, amounts, strict=True):
            column.append(amount)
        yield _row(f"{period.halfyear}", status, amounts)
    yield _row("samen", "", [sum(column, Decimal(0)) for column in columns])


def _sums(period: Period) -> tuple[str, dict[str, Any]]:
    """What was settled, or else what the lines come to until now."""
    if period.closed_at:
        content = halfyear_as_json(period)
        return STATUS[content["status"]], content["totals"]
    total = Amounts.total(holder.amounts for holder in preview(period).holders)
    return STATUS["draft"] if period.runs.exists() else "loopt", asdict(total)


def _row(halfyear: str, status: str, amounts: list[Decimal]) -> str:
    euros = "".join(f"{euro(amount):>{WIDTH}}" for amount in amounts)
    return f"{halfyear:10}{status:12}{euros}"


def papers(stage: Stage) -> Iterator[str]:
    """Copy some statements to the folder, and say where everything lies."""
    statements = Statement.objects.filter(
        settlement__period__halfyear=APPROVED,
        settlement__organisation__code__in=SHOWN,
        state=Statement.State.DONE,
    ).select_related("settlement__organisation")
    for statement in statements.order_by("settlement__number_sequence"):
        pdf = _copy(stage, statement)
        yield f"{shown(pdf)}  ({SHOWN[statement.settlement.organisation.code]})"
    yield "Van elk ook een .xlsx en een .json met alle regels."
    for path in sorted(stage.folder.glob("betalingen-*.xml")):
        yield f"{shown(path)}  (betaalbestand)"
    for path in sorted(stage.folder.glob("bankafschrift-*.xml")):
        yield f"{shown(path)}  (bankafschrift)"
    yield f"{shown(stage.folder)}{'/aanlevering-*.csv':20}(aanleveringen)"


def _copy(stage: Stage, statement: Statement) -> Path:
    """The PDF, XLSX and JSON as frozen; gives the PDF."""
    settlement: Settlement = statement.settlement
    what = settlement.get_kind_display()
    name = slugify(
        f"{what} {settlement.number} {settlement.organisation.short_name} verzonnen"
    )
    for kind in ("json", "xlsx", "pdf"):
        path = stage.write(f"{name}.{kind}", bytes(getattr(statement, kind)))
    return path


def logins(site: str) -> Iterator[str]:
    """Who can log in, where and with what; site is empty when nothing is served."""
    if not site:
        yield "Het portaal draait nu niet. 'make demo' start het."
    yield f"Beheer    {site}{reverse('admin:index')}  (bureau, penningmeester, bestuur)"
    yield f"Portaal   {site}{resolve_url(settings.LOGIN_URL)}  (alle anderen)"
    yield f"Wachtwoord voor allen: {PASSWORD}"
    yield "Herstelcode voor de tweede stap: elk werkt één keer"
    for email, name, role, code in PEOPLE:
        where = f" van {code}" if code else ""
        yield f"{role + where:28} {email:34} {name:18} {_codes(email)}".rstrip()


def _codes(email: str) -> str:
    """Some recovery codes of who must give a second factor."""
    kept = Authenticator.objects.filter(
        user__email=email, type=Authenticator.Type.RECOVERY_CODES
    ).first()
    unused = RecoveryCodes(kept).get_unused_codes() if kept else []
    return "  ".join(unused[:CODES_SHOWN])
