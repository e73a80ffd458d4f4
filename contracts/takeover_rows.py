"""The file of agreements that exist today: what each row says, cell by cell.

Source: design section 4 (import_contracts).
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from contracts.agreements import NewAgreement
from contracts.models import Gebruiksovereenkomst, Verwerkersovereenkomst
from contracts.takeover_cells import (
    one_of,
    read_email,
    read_iban,
    read_kind,
    read_percentage,
)
from instruments.models import Instrument
from membership.models import Membership, Organisation
from nvsi.cells import MISSING, RowCells, optional, read_date, read_words
from nvsi.tables import Columns

COLUMNS = Columns(
    required=(
        "gemeente_code",
        "lidmaatschap",
        "collegebesluit_op",
        "verwerkersovereenkomst_op",
        "gebruiksovereenkomst_op",
        "instrument",
        "ingangsdatum",
        "einddatum",
        "vergoeding_pct",
        "iban",
        "contact_naam",
        "contact_email",
    )
)


@dataclass(frozen=True)
class Contact:
    email: str
    name: str


@dataclass(frozen=True)
class Row:
    """What a row says, as rows of the database that are not saved yet.

    A part is None when one of its cells is wrong; the other parts are still compared
    with what is known, so that all errors come at once.
    """

    number: int
    gemeente: Organisation | None
    membership: Membership | None
    verwerkersovereenkomst: Verwerkersovereenkomst | None
    agreement: NewAgreement | None
    iban: str | None
    contact: Contact | None


def read_row(
    cells: RowCells,
    gemeenten: Mapping[str, Organisation],
    instruments: Mapping[str, Instrument],
) -> Row:
    """Read one row; `gemeenten` is by code, `instruments` by slug."""
    gemeente = cells.read(
        "gemeente_code", one_of(gemeenten, str.upper, "geen bekende gemeente")
    )
    instrument = cells.read(
        "instrument", one_of(instruments, str.lower, "geen bekend instrument")
    )
    days = _read_days(cells)
    name = cells.read("contact_naam", read_words(200))
    email = cells.read("contact_email", read_email)
    verwerkersovereenkomst = None
    if gemeente and days.verwerkersovereenkomst:
        verwerkersovereenkomst = Verwerkersovereenkomst(
            organisation=gemeente, starts_on=days.verwerkersovereenkomst
        )
    return Row(
        number=cells.number,
        gemeente=gemeente,
        membership=_read_membership(cells, gemeente, days),
        verwerkersovereenkomst=verwerkersovereenkomst,
        agreement=_read_agreement(cells, gemeente, instrument, days),
        iban=cells.read("iban", read_iban),
        contact=Contact(email, name) if email and name else None,
    )


@dataclass(frozen=True)
class _Days:
    collegebesluit: datetime.date | None
    verwerkersovereenkomst: datetime.date | None
    gebruiksovereenkomst: datetime.date | None
    start: datetime.date | None
    end: datetime.date | None

    @property
    def first_of_agreements(self) -> datetime.date | None:
        """The day on which it all began; None while one of the dates is wrong."""
        days = (self.verwerkersovereenkomst, self.gebruiksovereenkomst, self.start)
        known = [day for day in days if day is not None]
        return min(known) if len(known) == len(days) else None


def _read_days(cells: RowCells) -> _Days:
    days = _Days(
        collegebesluit=cells.read("collegebesluit_op", optional(read_date)),
        verwerkersovereenkomst=cells.read("verwerkersovereenkomst_op", read_date),
        gebruiksovereenkomst=cells.read("gebruiksovereenkomst_op", read_date),
        start=cells.read("ingangsdatum", read_date),
        end=cells.read("einddatum", optional(read_date)),
    )
    if days.start and days.end and days.end < days.start:
        cells.refuse("einddatum", "ligt voor de ingangsdatum")
    return days


def _read_membership(
    cells: RowCells, gemeente: Organisation | None, days: _Days
) -> Membership | None:
    """A lid since its collegebesluit, an aspirant-lid since its first agreement."""
    kind = cells.read("lidmaatschap", read_kind)
    if kind == Membership.Kind.LID:
        start = days.collegebesluit
        if start is None and "collegebesluit_op" not in cells.wrong:
            cells.refuse("collegebesluit_op", f"{MISSING}; een lid heeft er een")
    else:
        start = days.first_of_agreements
    if gemeente is None or kind is None or start is None:
        return None
    return Membership(
        organisation=gemeente,
        kind=kind,
        collegebesluit_on=days.collegebesluit,
        starts_on=start,
    )


def _read_agreement(
    cells: RowCells,
    gemeente: Organisation | None,
    instrument: Instrument | None,
    days: _Days,
) -> NewAgreement | None:
    pct = cells.read("vergoeding_pct", read_percentage)
    signed, start = days.gebruiksovereenkomst, days.start
    if gemeente is None or instrument is None or pct is None:
        return None
    if signed is None or start is None or "einddatum" in cells.wrong:
        return None
    agreement = Gebruiksovereenkomst(
        organisation=gemeente,
        instrument=instrument,
        signed_on=signed,
        starts_on=start,
        ends_on=days.end,
    )
    return NewAgreement(agreement, (gemeente,), pct)
