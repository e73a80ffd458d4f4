"""What of inbesteding waits for the bureau: on its first page of the admin."""

import datetime
from collections.abc import Iterator

from contracts.inbesteding.board import all_todo
from contracts.models import ControlFact
from contracts.models.recorded_facts import STANDING
from membership.models import Person, Role
from nvsi.admin.worklist import Waiting


def inbesteding(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """What is missing or ends soon, once the bureau keeps the control of it."""
    if not person.has_role(Role.Name.BUREAU):
        return
    if not ControlFact.objects.filter(STANDING).exists():
        return
    for about, one in all_todo(today):
        what = f"Inbesteding: {about}"
        yield Waiting(today, what, one.what, "Vastleggen", one.url)
