"""What of inbesteding waits for the bureau: on its first page of the admin."""

import datetime
from collections.abc import Iterator

from contracts.inbesteding.board import control_todo
from contracts.models import ControlFact
from contracts.models.recorded_facts import STANDING
from membership.models import Person, Role
from nvsi.admin.worklist import Waiting


def inbesteding(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """What of the control is missing or ends soon, once the bureau keeps it."""
    if not person.has_role(Role.Name.BUREAU):
        return
    if not ControlFact.objects.filter(STANDING).exists():
        return
    for one in control_todo(today):
        yield Waiting(today, "Inbesteding", one.what, "Vastleggen", one.url)
