"""The consultations that somebody may read, each with how far it is."""

import datetime
from dataclasses import dataclass

from membership.consultation.running import page_of
from membership.models import Consultation, Person


@dataclass(frozen=True)
class Row:
    """One of a list."""

    consultation: Consultation
    is_open: bool

    @property
    def url(self) -> str:
        return page_of(self.consultation)


def rows_of(person: Person, now: datetime.datetime) -> list[Row]:
    """What is open first, then the last one first."""
    found = Consultation.objects.visible_to(person).told()
    rows = [Row(one, one.is_open_at(now)) for one in found]
    return sorted(rows, key=lambda row: not row.is_open)
