"""Which seats are of somebody who has no role any more where he represents."""

import datetime
from collections.abc import Iterator

from membership.admin.bodies import END
from membership.admin.verbs import verb_url
from membership.models import Person, Seat
from nvsi.admin.worklist import Waiting


def orphaned_seats(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """A seat does not end by itself: people decide who follows."""
    if not person.has_role(*END.roles):
        return
    seats = Seat.objects.orphaned_on(today).filter(ends_on=None)
    for seat in seats.select_related("person", "organisation", "body").order_by("pk"):
        about = f"{seat.person} ({seat.organisation}) in {seat.body}"
        yield Waiting(today, "Zetel zonder rol", about, END.label, verb_url(seat, END))
