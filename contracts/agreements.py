"""Conclude a gebruiksovereenkomst, and change its price from a half-year on.

Source: seed 001 (gebruiksovereenkomst), domain rules 31-32, design section 3.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import IntegrityError, transaction

from contracts.models import Coverage, Gebruiksovereenkomst, Terms
from instruments.models import Instrument
from membership import history
from membership.models import Organisation, Person
from membership.redivision.gone import require_there
from nvsi.errors import NotAllowed
from nvsi.halfyear import HalfYear

FIRST_YEAR, LAST_YEAR = 2000, 2099


@dataclass(frozen=True)
class NewAgreement:
    """An agreement that is not saved yet, with what belongs to it."""

    agreement: Gebruiksovereenkomst
    gemeenten: tuple[Organisation, ...]
    vergoeding_pct: Decimal

    def coverages(self) -> list[Coverage]:
        """A row per gemeente, for as long as the agreement, which must be saved."""
        agreement = self.agreement
        return [
            Coverage(
                agreement=agreement,
                instrument=agreement.instrument,
                gemeente=gemeente,
                starts_on=agreement.starts_on,
                ends_on=agreement.ends_on,
            )
            for gemeente in self.gemeenten
        ]

    def terms(self) -> Terms:
        """The price from the half-year in which the agreement begins."""
        return Terms(
            agreement=self.agreement,
            from_halfyear=HalfYear.of(self.agreement.starts_on),
            vergoeding_pct=self.vergoeding_pct,
        )

    def record(self, action: str, by: Person | None) -> None:
        history.record(
            self.agreement,
            action,
            by,
            gemeenten=[gemeente.code for gemeente in self.gemeenten],
            vergoeding_pct=str(self.vergoeding_pct),
        )


@transaction.atomic
def conclude(
    holder: Organisation,
    instrument: Instrument,
    *,
    gemeenten: Iterable[Organisation],
    signed_on: datetime.date,
    starts_on: datetime.date,
    ends_on: datetime.date | None,
    vergoeding_pct: Decimal,
    by: Person | None,
) -> Gebruiksovereenkomst:
    """One agreement, for the holder itself or for gemeenten that work together.

    vergoeding_pct is in percent of the gross revenue, from the half-year of starts_on.
    Raises NotAllowed for gemeenten or dates that cannot be, and ValidationError when
    a gemeente has an agreement for this instrument in that time.
    """
    agreement = Gebruiksovereenkomst(
        organisation=holder,
        instrument=instrument,
        signed_on=signed_on,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    new = NewAgreement(agreement, tuple(gemeenten), vergoeding_pct)
    require_gemeenten(holder, new.gemeenten)
    require_dates(starts_on, ends_on)
    lock_parties(holder, *new.gemeenten)
    for organisation in {holder, *new.gemeenten}:
        require_there(organisation, starts_on)
    agreement.full_clean()
    agreement.save()
    for part in (*new.coverages(), new.terms()):
        part.full_clean()
        part.save()
    new.record("concluded", by)
    return agreement


def save_all(new: Sequence[NewAgreement]) -> None:
    """Save agreements that were checked together, in three statements."""
    Gebruiksovereenkomst.objects.bulk_create(one.agreement for one in new)
    Coverage.objects.bulk_create(row for one in new for row in one.coverages())
    Terms.objects.bulk_create(one.terms() for one in new)


@transaction.atomic
def change_terms(
    agreement: Gebruiksovereenkomst,
    *,
    from_halfyear: HalfYear,
    vergoeding_pct: Decimal,
    by: Person | None,
) -> Terms:
    """Another price from the start of a half-year; what was before it stays.

    Raises NotAllowed when the agreement is not in force in that half-year or when a
    settlement that holds used its price, and
    ValidationError when that half-year has a price already or the percentage is wrong.
    """
    _require_in_force(agreement, from_halfyear)
    lock_parties(agreement.organisation)
    terms = Terms(
        agreement=agreement, from_halfyear=from_halfyear, vergoeding_pct=vergoeding_pct
    )
    terms.full_clean()
    try:
        with transaction.atomic():
            terms.save()
    except IntegrityError as error:  # the books refuse it: a settlement used this price
        raise NotAllowed(str(error).splitlines()[0]) from error
    history.record(
        agreement,
        "terms changed",
        by,
        from_halfyear=str(from_halfyear),
        vergoeding_pct=str(vergoeding_pct),
    )
    return terms


def lock_parties(*organisations: Organisation) -> None:
    """Let one change at a time be made to what these organisations agreed."""
    keys = [organisation.pk for organisation in organisations]
    rows = Organisation.objects.filter(pk__in=keys).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))


def require_gemeenten(
    holder: Organisation, gemeenten: tuple[Organisation, ...]
) -> None:
    """Raises NotAllowed for a holder that cannot agree for these gemeenten."""
    kinds = Organisation.Kind
    if not gemeenten:
        raise NotAllowed("Kies minstens één gemeente voor de overeenkomst.")
    if len({gemeente.pk for gemeente in gemeenten}) < len(gemeenten):
        raise NotAllowed("Elke gemeente kan één keer onder de overeenkomst vallen.")
    if strange := [g.name for g in gemeenten if g.kind != kinds.GEMEENTE]:
        raise NotAllowed(f"{strange[0]} is geen gemeente.")
    if holder.kind == kinds.GEMEENTE and gemeenten != (holder,):
        raise NotAllowed(
            f"{holder} sluit een overeenkomst alleen voor zichzelf. Kies een "
            "samenwerkingsverband als houder voor meer gemeenten."
        )
    if holder.kind not in (kinds.GEMEENTE, kinds.SAMENWERKINGSVERBAND):
        raise NotAllowed(
            f"{holder} is geen gemeente of samenwerkingsverband, en kan deze "
            "overeenkomst niet sluiten."
        )


def require_dates(starts_on: datetime.date, ends_on: datetime.date | None) -> None:
    """What the overlap checks of the database cannot even ask about."""
    if ends_on is not None and ends_on < starts_on:
        raise NotAllowed("De einddatum ligt voor de ingangsdatum.")
    for day in (starts_on, ends_on or starts_on):
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise NotAllowed(f"{day:%d-%m-%Y} is geen datum waarop dit kan.")


def _require_in_force(agreement: Gebruiksovereenkomst, halfyear: HalfYear) -> None:
    first = HalfYear.of(agreement.starts_on)
    last = HalfYear.of(agreement.ends_on) if agreement.ends_on else halfyear
    if not first <= halfyear <= last:
        raise NotAllowed(
            f"De overeenkomst geldt niet in {halfyear}. Kies een halfjaar waarin zij "
            "loopt."
        )
