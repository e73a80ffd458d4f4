"""How far an upload is, and what it would bring, in the words of its pages. Pure."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

from billing.models import Upload
from nvsi.dutch import counted, euro, half_year, hours, listing, percent, short_day
from nvsi.halfyear import HalfYear

Json = dict[str, Any]
Status = Upload.Status

# Words and tone of a status in a list.
STATES = {
    Status.CHECKING: ("Wordt gecontroleerd", "waiting"),
    Status.REFUSED: ("Geweigerd", "refused"),
    Status.READY: ("Wacht op uw bevestiging", "asked"),
    Status.CONFIRMED: ("Wordt verwerkt", "waiting"),
    Status.DONE: ("Verwerkt", "done"),
    Status.FAILED: ("Mislukt", "refused"),
    Status.WITHDRAWN: ("Ingetrokken", "quiet"),
}

STEPS = ("Ontvangen", "Gecontroleerd", "Bevestigd", "Verwerkt")
# How many of the steps are done.
REACHED = {
    Status.CHECKING: 1,
    Status.READY: 2,
    Status.CONFIRMED: 3,
    Status.DONE: 4,
}


@dataclass(frozen=True)
class Step:
    """One of the steps of an upload: done, now or later; `note` says who and when."""

    name: str
    state: str
    note: str = ""

    @property
    def in_words(self) -> str:
        return {"done": "klaar", "now": "nu", "stop": "gestopt"}.get(self.state, "")


@dataclass(frozen=True)
class GemeenteRow:
    """What a file brings for one gemeente, beside what is there."""

    name: str
    cells: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class HalfYearTable:
    title: str
    heads: Sequence[str]
    rows: Sequence[GemeenteRow]
    total: GemeenteRow
    note: str


def moment(at: datetime.datetime) -> str:
    """12 nov 2026, 14:03."""
    local = timezone.localtime(at)
    return f"{short_day(local.date())}, {local:%H:%M}"


def state_of(upload: Upload) -> tuple[str, str]:
    return STATES[Status(upload.status)]


def steps(upload: Upload) -> list[Step]:
    """Received, checked, confirmed, taken in."""
    at = REACHED.get(Status(upload.status))
    notes = _notes(upload)
    return [
        Step(name, _step_state(place, at), notes[place])
        for place, name in enumerate(STEPS)
    ]


def _step_state(place: int, at: int | None) -> str:
    """Of a file that stopped, `at` is None: it stopped after it was received."""
    reached = 1 if at is None else at
    if place < reached:
        return "done"
    if place > reached:
        return "later"
    return "stop" if at is None else "now"


def _notes(upload: Upload) -> list[str]:
    notes = [f"{moment(upload.received_at)}, {upload.received_by}", "", "", ""]
    busy = "wacht op een plaats" if upload.started_at is None else "bezig"
    if upload.status == Status.CHECKING:
        notes[1] = busy
    if upload.status == Status.CONFIRMED:
        notes[3] = busy
    if upload.confirmed_by and upload.confirmed_at:
        notes[2] = f"{moment(upload.confirmed_at)}, {upload.confirmed_by}"
    if upload.status == Status.DONE and upload.finished_at:
        notes[3] = moment(upload.finished_at)
    return notes


def counts(preview: Json) -> list[tuple[str, str]]:
    """What is in the file; without what there is none of."""
    return [
        ("Regels", f"{preview['rows']}"),
        ("Nieuw", f"{preview['new']}"),
        *([("Al bekend", f"{preview['known']}")] if preview["known"] else []),
        *([("Correcties", f"{preview['corrections']}")] * bool(preview["corrections"])),
        *([("Nagekomen", f"{preview['late']}")] * bool(preview["late"])),
        ("Uren", hours(preview["uren"])),
        ("Omzet", euro(preview["omzet"])),
        ("Premies", euro(preview["premie"])),
    ]


def tables(preview: Json) -> list[HalfYearTable]:
    """Per half-year in which the lines are settled: the gemeenten, and their sum."""
    return [_table(each) for each in preview["halfyears"]]


def _table(halfyear: Json) -> HalfYearTable:
    period = HalfYear.parse(halfyear["halfyear"])
    heads = (
        *("Gemeente", "Vergoeding", "Regels", "Uren", "Omzet in dit bestand"),
        *("Al aangeleverd", "Samen", f"Hele {half_year(period.previous())}"),
    )
    gemeenten = halfyear["gemeenten"]
    total = {
        "name": "Samen",
        "lines": sum(g["lines"] for g in gemeenten),
        "uren": _sum(gemeenten, "uren"),
        "omzet": _sum(gemeenten, "omzet"),
        "before": halfyear["before"],
        "previous": halfyear["previous"],
        "vergoeding_pct": [],
    }
    absent = halfyear["absent"]
    note = (
        f"{counted(absent, 'gemeente', 'gemeenten')} met omzet in de "
        f"{half_year(period.previous())} "
        f"{'heeft' if absent == 1 else 'hebben'} over dit halfjaar nog geen regels."
        if absent
        else ""
    )
    return HalfYearTable(
        title=half_year(period),
        heads=heads,
        rows=[_row(gemeente, heads) for gemeente in gemeenten],
        total=_row(total, heads),
        note=note,
    )


def _sum(gemeenten: Sequence[Json], key: str) -> str:
    return str(sum((Decimal(g[key]) for g in gemeenten), Decimal("0.00")))


def _row(gemeente: Json, heads: Sequence[str]) -> GemeenteRow:
    written = [percent(Decimal(pct)) for pct in gemeente["vergoeding_pct"]]
    together = Decimal(gemeente["omzet"]) + Decimal(gemeente["before"])
    cells = [
        listing(written) if written else "",
        str(gemeente["lines"]),
        hours(gemeente["uren"]),
        euro(gemeente["omzet"]),
        euro(gemeente["before"]),
        euro(together),
        euro(gemeente["previous"]),
    ]
    return GemeenteRow(gemeente["name"], list(zip(heads[1:], cells, strict=True)))


def errors(upload: Upload, most: int) -> Iterator[tuple[str, str, str]]:
    """Row, column and reason of the first ones; a row 0 is the file itself."""
    for row, column, reason in upload.errors[:most]:
        yield (str(row) if row else "", column, reason)
