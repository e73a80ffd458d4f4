"""Which afrekening a file is, for who wants to know whether it is genuine."""

from django.db.models import Q

from billing.models import Statement
from contracts.signing.verify import Known


def statement_of(sha256: str) -> Known | None:
    """By the check sum of one of its three files. One query."""
    sums = Q(pdf_sha256=sha256) | Q(xlsx_sha256=sha256) | Q(json_sha256=sha256)
    rows = Statement.objects.filter(sums).select_related("settlement__organisation")
    rows = rows.select_related("settlement__period").defer("pdf", "xlsx", "json")
    statement = rows.first()
    if statement is None:
        return None
    settlement = statement.settlement
    return Known(
        what="een afrekening",
        rows=(
            ("Soort", "Afrekening"),
            ("Nummer", settlement.number or ""),
            ("Over", f"{settlement.period.halfyear}"),
            ("Van", settlement.organisation.formal_name),
        ),
    )
