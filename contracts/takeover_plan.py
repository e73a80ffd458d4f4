"""Compare the rows of a file with what is known: what is new, and what cannot be.

Each function asks the database once or twice for all rows together, adds to `errors`
what cannot be, and gives what is to be saved. What is known stays as it is.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from contracts.agreements import NewAgreement
from contracts.models import Coverage, Gebruiksovereenkomst, Verwerkersovereenkomst
from contracts.takeover_rows import Row
from contracts.terms import in_force, terms_by_agreement
from membership.models import Membership, Organisation
from membership.succession import DAY, Period, Succession, covers, overlap
from nvsi.cells import cell_error
from nvsi.dutch import percent
from nvsi.errors import NotAllowed
from nvsi.halfyear import HalfYear
from nvsi.refusals import CellError

CHANGE_THERE = "wijzig het in het beheer"


@dataclass
class Agreements:
    """What is known of the agreements of these gemeenten, and what is new."""

    known: dict[tuple[int, int], list[Gebruiksovereenkomst]]
    covered: dict[tuple[int, int], list[Coverage]]
    pcts: dict[int, Decimal]
    in_file: dict[tuple[int, int], list[tuple[int, Gebruiksovereenkomst]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    new: list[NewAgreement] = field(default_factory=list)
    known_count: int = 0

    def take(self, row: int, new: NewAgreement) -> Iterator[CellError]:
        """Sort out one row: new, known with the same content, or wrong."""
        wanted = new.agreement
        key = wanted.organisation_id, wanted.instrument_id
        earlier = tuple(self.in_file[key])
        self.in_file[key].append((row, wanted))
        for number, other in earlier:
            if overlap(other, wanted):
                reason = f"overlapt met rij {number} van dit bestand"
                yield cell_error(row, "ingangsdatum", f"{reason} ({_written(other)})")
                return
        for known in self.known[key]:
            if known.starts_on == wanted.starts_on:
                yield from self._differences(row, known, new)
                self.known_count += 1
                return
        periods: list[Period] = [*self.known[key], *self.covered[key]]
        for period in periods:
            if overlap(period, wanted):
                reason = f"overlapt met een bekende overeenkomst ({_written(period)})"
                yield cell_error(row, "ingangsdatum", reason)
                return
        self.new.append(new)

    def _differences(
        self, row: int, known: Gebruiksovereenkomst, new: NewAgreement
    ) -> Iterator[CellError]:
        wanted = new.agreement
        pct = self.pcts.get(known.pk)
        for column, same, now in (
            (
                "gebruiksovereenkomst_op",
                known.signed_on == wanted.signed_on,
                _day(known.signed_on),
            ),
            ("einddatum", known.ends_on == wanted.ends_on, _day(known.ends_on)),
            (
                "vergoeding_pct",
                pct == new.vergoeding_pct,
                "leeg" if pct is None else percent(pct),
            ),
        ):
            if not same:
                reason = f"is bij de bekende overeenkomst {now}; {CHANGE_THERE}"
                yield cell_error(row, column, reason)


def plan_agreements(rows: Sequence[Row], errors: list[CellError]) -> Agreements:
    keys = _gemeenten(rows)
    known: dict[tuple[int, int], list[Gebruiksovereenkomst]] = defaultdict(list)
    for row in Gebruiksovereenkomst.objects.filter(organisation__in=keys):
        known[row.organisation_id, row.instrument_id].append(row)
    covered: dict[tuple[int, int], list[Coverage]] = defaultdict(list)
    for part in Coverage.objects.filter(gemeente__in=keys):
        covered[part.gemeente_id, part.instrument_id].append(part)
    found = [agreement for group in known.values() for agreement in group]
    terms = terms_by_agreement(agreement.pk for agreement in found)
    pcts = {}
    for agreement in found:
        first = HalfYear.of(agreement.starts_on)
        if price := in_force(terms.get(agreement.pk, ()), first):
            pcts[agreement.pk] = price.vergoeding_pct
    agreements = Agreements(known, covered, pcts)
    for entry in rows:
        if entry.agreement:
            errors.extend(agreements.take(entry.number, entry.agreement))
    return agreements


def plan_memberships(rows: Sequence[Row], errors: list[CellError]) -> list[Succession]:
    """Per gemeente its memberships, the earliest of the file fitted in first."""
    known: dict[int, list[Membership]] = defaultdict(list)
    for membership in Membership.objects.filter(organisation__in=_gemeenten(rows)):
        known[membership.organisation_id].append(membership)
    successions: dict[int, Succession] = {}
    asked = [(row.membership, row.number) for row in rows if row.membership]
    for period, number in sorted(asked, key=lambda one: (one[0].starts_on, one[1])):
        key = period.organisation_id
        succession = successions.setdefault(key, Succession(known[key]))
        try:
            succession.add(period)
        except NotAllowed as error:
            errors.append(cell_error(number, "lidmaatschap", str(error)))
    return list(successions.values())


def plan_verwerkersovereenkomsten(
    rows: Sequence[Row],
) -> list[Verwerkersovereenkomst]:
    """Those of gemeenten without one in force on that day; one that runs is kept.

    Before a later one that is known, the earlier one lasts until the day before it.
    """
    known: dict[int, list[Verwerkersovereenkomst]] = defaultdict(list)
    for row in Verwerkersovereenkomst.objects.filter(organisation__in=_gemeenten(rows)):
        known[row.organisation_id].append(row)
    new = []
    asked = [row.verwerkersovereenkomst for row in rows if row.verwerkersovereenkomst]
    for wanted in sorted(asked, key=lambda one: one.starts_on):
        others = known[wanted.organisation_id]
        if any(covers(other, wanted.starts_on) for other in others):
            continue
        later = [o.starts_on for o in others if o.starts_on > wanted.starts_on]
        wanted.ends_on = min(later) - DAY if later else None
        others.append(wanted)
        new.append(wanted)
    return new


def plan_ibans(rows: Sequence[Row], errors: list[CellError]) -> list[Organisation]:
    """The gemeenten that get an IBAN; one that is known is never replaced."""
    first: dict[int, Row] = {}
    changed = []
    for row in rows:
        if row.gemeente is None or row.iban is None:
            continue
        earlier = first.setdefault(row.gemeente.pk, row)
        if earlier is row and not row.gemeente.iban:
            row.gemeente.iban = row.iban
            changed.append(row.gemeente)
        elif row.gemeente.iban != row.iban:
            other = (
                f"in rij {earlier.number}"
                if row.gemeente in changed
                else f"bekend is; {CHANGE_THERE}"
            )
            reason = f"'{row.iban}' is een ander IBAN dan {other}"
            errors.append(cell_error(row.number, "iban", reason))
    return changed


def _gemeenten(rows: Iterable[Row]) -> set[int]:
    return {row.gemeente.pk for row in rows if row.gemeente}


def _day(day: datetime.date | None) -> str:
    return "leeg" if day is None else f"{day:%d-%m-%Y}"


def _written(period: Period) -> str:
    end = f"t/m {_day(period.ends_on)}" if period.ends_on else "zonder einddatum"
    return f"vanaf {_day(period.starts_on)} {end}"
