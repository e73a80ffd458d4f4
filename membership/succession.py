"""Which membership follows which: participant, then aspirant-lid, then lid.

An organisation is one thing at a time. When it becomes more than it was, what it was
ends the day before; nothing that is known moves otherwise. Source: seed 001, domain
rule 20.
"""

import datetime
from dataclasses import dataclass, field
from typing import Protocol

from membership.models import Membership
from membership.redivision.gone import require_there
from nvsi.errors import NotAllowed

DAY = datetime.timedelta(days=1)
_Kind = Membership.Kind
_WEIGHT = {_Kind.PARTICIPANT: 0, _Kind.ASPIRANT_LID: 1, _Kind.LID: 2}


class Period(Protocol):
    """Days from starts_on to ends_on, both counted; without end when that is None."""

    @property
    def starts_on(self) -> datetime.date: ...
    @property
    def ends_on(self) -> datetime.date | None: ...


def covers(period: Period, day: datetime.date) -> bool:
    return period.starts_on <= day <= (period.ends_on or datetime.date.max)


def overlap(one: Period, other: Period) -> bool:
    """Whether two periods share a day."""
    later = max(one.starts_on, other.starts_on)
    return covers(one, later) and covers(other, later)


@dataclass
class Succession:
    """The memberships of one organisation, known and new, not saved by itself.

    Fitting in a new period depends on what is known, not on the order of asking:
    - a lid with the same collegebesluit (or first day) is known already;
    - an aspirant-lid or participant is known when it was one on any day of the period;
    - a lesser period that began earlier ends the day before the greater one begins;
    - a greater period that begins later ends the new, lesser one the day before;
    - everything else that shares a day is refused.
    """

    known: list[Membership]
    new: list[Membership] = field(default_factory=list)
    shortened: list[Membership] = field(default_factory=list)

    def add(self, period: Membership) -> None:
        """Fit in one more period without end. Raises NotAllowed when it cannot be."""
        rows = [*self.known, *self.new]
        if any(_is_known(row, period) for row in rows):
            return
        for row in rows:
            if overlap(row, period):
                self._make_room(row, period)
        self.new.append(period)

    def _make_room(self, row: Membership, period: Membership) -> None:
        weight, new_weight = _WEIGHT[_Kind(row.kind)], _WEIGHT[_Kind(period.kind)]
        if weight < new_weight and row.starts_on < period.starts_on:
            row.ends_on = period.starts_on - DAY
            if row in self.known:
                self.shortened.append(row)
        elif weight > new_weight and row.starts_on > period.starts_on:
            period.ends_on = row.starts_on - DAY
        else:
            raise NotAllowed(
                f"De organisatie is al {row.get_kind_display()} vanaf "
                f"{row.starts_on:%d-%m-%Y}; {period.get_kind_display()} vanaf "
                f"{period.starts_on:%d-%m-%Y} past daar niet bij."
            )


def take_up(period: Membership) -> Membership:
    """Save one more membership period of an organisation, and end what it follows.

    Inside a transaction. Gives the period, or the one that was known already. Raises
    NotAllowed when it does not fit in with what is known.
    """
    organisation = period.organisation
    require_there(organisation, period.starts_on)
    known = Membership.objects.select_for_update().filter(organisation=organisation)
    succession = Succession(list(known))
    succession.add(period)
    for row in succession.shortened:
        row.save(update_fields=["ends_on"])
    if not succession.new:
        return next(row for row in succession.known if _is_known(row, period))
    period.full_clean()
    period.save()
    return period


def _is_known(row: Membership, period: Membership) -> bool:
    if row.kind != period.kind:
        return False
    if row.kind != _Kind.LID:
        return overlap(row, period)
    decided = row.collegebesluit_on
    return row.starts_on == period.starts_on or (
        decided is not None and decided == period.collegebesluit_on
    )
