"""Pages and files of the uitvoerder's own statement, per half-year."""

from collections.abc import Sequence
from decimal import Decimal

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from billing.statements.expected import expected
from billing.statements.files import FORMATS
from billing.statements.pages import private
from billing.uitvoerder.built import built_by
from billing.uitvoerder.fees import FeeRow, FeeStatement, fee_periods, fee_statements
from billing.uploading.pages import delivering
from membership.models import Organisation
from nvsi.dutch import euro, half_year, hours, listing, percent
from nvsi.spreadsheet import Cell, Sheet, write_csv, write_xlsx

HEADS = ("Bruto-omzet", "Vergoeding", "Bijdrage NVSI", "Uitkering")
DETAIL_HEADS = ("Uren", HEADS[0], "Percentage", *HEADS[1:])
COLUMNS = (
    *("Gemeente", "Afrekening", "Soort", "Regels", "Uren", "Bruto-omzet"),
    *("Percentage", "Vergoeding", "Bijdrage aan de NVSI", "Uitkering"),
)
CONTENT_TYPES = {"csv": "text/csv", "xlsx": FORMATS["xlsx"]}

Shown = tuple[str, str]


@require_safe
@private
@login_required
def fee_list(request: HttpRequest) -> HttpResponse:
    uitvoerder = delivering(request)
    statements = fee_statements(fee_periods(uitvoerder), uitvoerder)
    rows = [
        {
            "title": half_year(statement.period.halfyear),
            "instrument": statement.period.instrument,
            "halfyear": str(statement.period.halfyear),
            "words": statement.state,
            "tone": statement.tone,
            "amounts": _amounts(statement),
        }
        for statement in statements
    ]
    context = {
        "rows": rows,
        "expected": expected(timezone.localdate()),
        "heads": HEADS,
        "built": built_by(uitvoerder),
    }
    return render(request, "billing/fee_list.html", context)


@require_safe
@private
@login_required
def fee_detail(request: HttpRequest, instrument: str, halfyear: str) -> HttpResponse:
    statement = _statement(delivering(request), instrument, halfyear)
    context = {
        "statement": statement,
        "title": half_year(statement.period.halfyear),
        "halfyear": halfyear,
        "heads": DETAIL_HEADS,
        "rows": [(row, _detail(row, row.percentages)) for row in statement.rows],
        "total": _detail(statement, ()),
        "figure": euro(abs(statement.uitkering)),
        "vergoeding": euro(statement.vergoeding),
        "afdracht": euro(-statement.afdracht),
        "owes": statement.uitkering < 0,
    }
    return render(request, "billing/fee_detail.html", context)


@require_safe
@private
@login_required
def fee_file(
    request: HttpRequest, instrument: str, halfyear: str, fmt: str
) -> HttpResponse:
    statement = _statement(delivering(request), instrument, halfyear)
    rows = list(_cells(statement))
    name = f"Vergoeding {statement.period.instrument} {halfyear}"
    if fmt == "csv":
        content = write_csv(COLUMNS, rows)
    else:
        sheet = Sheet("Vergoeding", COLUMNS, rows)
        created = statement.period.halfyear.last_day
        content = write_xlsx([sheet], created=created, title=name)
    response = HttpResponse(content, content_type=CONTENT_TYPES[fmt])
    disposition = content_disposition_header(True, f"{name}.{fmt}")
    response["Content-Disposition"] = disposition or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _statement(
    uitvoerder: Organisation, instrument: str, halfyear: str
) -> FeeStatement:
    """Approved, and of this uitvoerder; else 404."""
    periods = [
        period
        for period in fee_periods(uitvoerder)
        if (period.instrument.slug, str(period.halfyear)) == (instrument, halfyear)
    ]
    if not periods:
        raise Http404("no such half-year")
    (statement,) = fee_statements(periods, uitvoerder)
    return statement


def _amounts(statement: FeeStatement) -> list[Shown]:
    amounts = (
        statement.bruto_omzet,
        statement.vergoeding,
        statement.afdracht,
        statement.uitkering,
    )
    return list(zip(HEADS, map(euro, amounts), strict=True))


def _detail(row: FeeRow | FeeStatement, pcts: Sequence[Decimal]) -> list[Shown]:
    written = listing([percent(pct) for pct in pcts]) if pcts else ""
    cells = (
        *(hours(row.uren), euro(row.bruto_omzet), written),
        *(euro(row.vergoeding), euro(row.afdracht), euro(row.uitkering)),
    )
    return list(zip(DETAIL_HEADS, cells, strict=True))


def _cells(statement: FeeStatement) -> list[tuple[Cell, ...]]:
    rows: list[tuple[Cell, ...]] = [
        (
            row.gemeente,
            row.number,
            "creditafrekening" if row.is_reversal else "afrekening",
            row.lines_count,
            row.uren,
            row.bruto_omzet,
            row.percentages[0] if len(row.percentages) == 1 else None,
            row.vergoeding,
            row.afdracht,
            row.uitkering,
        )
        for row in statement.rows
    ]
    total = (
        *("Totaal", "", "", None),
        *(statement.uren, statement.bruto_omzet, None, statement.vergoeding),
        *(statement.afdracht, statement.uitkering),
    )
    return [*rows, total]
