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

from membership.admission.steps import Stage
from membership.models import Organisation
from membership.register.entries import Entry, Kind
from membership.register.figures import PLURAL, Moment
from membership.register.lengths import Length, Year
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


def figures_as_xlsx(
    moments: Sequence[Moment],
    years: Sequence[Year],
    stages: Sequence[tuple[Stage, Length]],
    day: datetime.date,
) -> bytes:
    """How many belonged over time, and how long the way to membership took."""
    counts: list[tuple[Cell, ...]] = [
        (one.day, *one.numbers) for one in reversed(moments)
    ]
    lengths: list[tuple[Cell, ...]] = [
        (one.year, str(one.way.label), *_length(one.length), one.still) for one in years
    ]
    taken: list[tuple[Cell, ...]] = [
        (str(stage.label), *_length(length)) for stage, length in stages
    ]
    took = ("Mediaan in dagen", "80% binnen, in dagen")
    sheets = [
        Sheet("Aantallen", ("Stand op", *(PLURAL[kind] for kind in Kind)), counts),
        Sheet(
            "Doorlooptijd",
            ("Begonnen in", "Route", "Toegelaten", *took, "Loopt nog"),
            lengths,
        ),
        Sheet("Per fase", ("Fase", "Dossiers", *took), taken),
    ]
    return write_xlsx(sheets, created=day, title=f"Cijfers NVSI, {day}")


def _length(length: Length | None) -> tuple[Cell, ...]:
    if length is None:
        return (0, None, None)
    return (length.count, length.median, length.p80)


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
