"""The three files of a statement, as they are handed out. Step 5 of the road."""

from dataclasses import dataclass

from django.utils.http import content_disposition_header

from billing.models import Statement

FORMATS = {
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


@dataclass(frozen=True)
class StatementFile:
    """The bytes of one file, with what a browser is told about them."""

    content: bytes
    content_type: str
    disposition: str


def file_of(statement: Statement, fmt: str) -> StatementFile:
    """One of the FORMATS of a statement that is done."""
    settlement = statement.settlement
    what = settlement.get_kind_display()
    name = f"{what} {settlement.number} {settlement.organisation.short_name}.{fmt}"
    return StatementFile(
        bytes(getattr(statement, fmt)),
        FORMATS[fmt],
        # As RFC 6266 asks: the name of a gemeente has more than ASCII.
        content_disposition_header(True, name) or "attachment",
    )
