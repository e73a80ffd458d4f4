"""The register as a file: CSV and JSON for everyone, XLSX with more for the bureau.

The JSON, of which names and meaning stay as they are:

    {"day": "2026-03-09",
     "members": [{"name": "Groningen", "code": "GM0014",
                  "organisation_kind": "gemeente", "province": "Groningen",
                  "kind": "lid", "since": "2024-04-01"}]}

`kind` is lid, aspirant_lid or participant; only a lid is a member. `code` is the code
of Statistics Netherlands, null for what is no gemeente; `province` may be empty.
"""

import datetime
import json
from collections.abc import Sequence

from membership.models import Organisation
from membership.register.entries import Entry
from nvsi.spreadsheet import Cell, Sheet, write_csv, write_xlsx

PUBLIC = ("Naam", "Code", "Soort organisatie", "Provincie", "Lidmaatschap", "Sinds")
OF_THE_BUREAU = (*PUBLIC, "Plaats", "Collegebesluit van", "Dossier")


def as_json(entries: Sequence[Entry], day: datetime.date) -> bytes:
    members = [
        {
            "name": entry.organisation.name,
            "code": _code(entry.organisation),
            "organisation_kind": entry.organisation.kind,
            "province": entry.organisation.province,
            "kind": entry.kind.value,
            "since": f"{entry.since}",
        }
        for entry in entries
    ]
    content = {"day": f"{day}", "members": members}
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def as_csv(entries: Sequence[Entry]) -> bytes:
    return write_csv(PUBLIC, [_cells(entry) for entry in entries])


def as_xlsx(entries: Sequence[Entry], day: datetime.date) -> bytes:
    """With the town, the decision and its dossier: what the bureau looks for."""
    rows = [
        (
            *_cells(entry),
            entry.organisation.town,
            entry.collegebesluit_on,
            entry.dossier.number if entry.dossier else None,
        )
        for entry in entries
    ]
    sheet = Sheet(f"Stand op {day}", OF_THE_BUREAU, rows)
    return write_xlsx([sheet], created=day, title=f"Ledenregister NVSI, {day}")


def _cells(entry: Entry) -> tuple[Cell, ...]:
    organisation = entry.organisation
    return (
        organisation.name,
        _code(organisation),
        organisation.get_kind_display(),
        organisation.province,
        str(entry.kind.label),
        entry.since,
    )


def _code(organisation: Organisation) -> str | None:
    """The code of a gemeente is known everywhere; that of another is only ours."""
    is_gemeente = organisation.kind == Organisation.Kind.GEMEENTE
    return organisation.code if is_gemeente else None
