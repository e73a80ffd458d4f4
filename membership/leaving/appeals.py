"""An appeal of a member against its ending by the association, and what it came to.

During the month to appeal, and until the ALV has decided, a member that was expelled
stays a member, without rights. Source: BW 2 art. 35 lid 4.
"""

import datetime

from django.db import transaction

from membership import history
from membership.leaving import announcing
from membership.leaving.notices import lock
from membership.leaving.rules import OF_THE_ASSOCIATION, Ground, appeal_until
from membership.models import AlvBesluit, Appeal, Membership, Notice, Person, Role
from nvsi.errors import NotAllowed


def may_appeal(notice: Notice) -> bool:
    """Whether an appeal can still be written down against this notice."""
    return notice.ground in OF_THE_ASSOCIATION and not hasattr(notice, "appeal")


@transaction.atomic
def appeal(notice: Notice, *, received_on: datetime.date, by: Person) -> Appeal:
    """Write down that a member appeals: an ontzetting waits for the outcome.

    Raises NotAllowed for one that came too late, or against what has no appeal.
    """
    membership = lock(notice.membership)
    if not by.is_association:
        raise NotAllowed("Een beroep legt het bureau vast.")
    if not may_appeal(notice):
        raise NotAllowed("Hiertegen kan geen beroep worden vastgelegd.")
    until = appeal_until(notice.received_on)
    if not notice.received_on <= received_on <= until:
        raise NotAllowed(
            f"Beroep kon tot en met {until:%d-%m-%Y}, vanaf de dag waarop het lid de "
            "brief kreeg."
        )
    row = Appeal(notice=notice, received_on=received_on, by=by)
    row.full_clean()
    row.save()
    if notice.ground == Ground.EXPULSION:
        _end(membership, None)
    history.record(notice, "appealed", by, received=received_on.isoformat())
    return row


@transaction.atomic
def decide(
    row: Appeal,
    *,
    outcome: str,
    decided_on: datetime.date,
    besluit: AlvBesluit,
    today: datetime.date,
    by: Person,
) -> Appeal:
    """Write down what the ALV decided: the membership stays, or ends that day.

    Raises NotAllowed for what was decided already, and for who is not of the bestuur.
    """
    membership = lock(row.notice.membership)
    row = Appeal.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if not by.has_role(Role.Name.BESTUUR):
        raise NotAllowed("De uitkomst van een beroep legt het bestuur vast.")
    if row.outcome:
        raise NotAllowed("Over dit beroep is al beslist.")
    if decided_on > today:
        raise NotAllowed("De dag van de beslissing ligt later dan vandaag.")
    row.outcome, row.decided_on, row.besluit = outcome, decided_on, besluit
    row.full_clean(exclude=["notice", "by"])
    row.save(update_fields=["outcome", "decided_on", "besluit"])
    if outcome == Appeal.Outcome.GRANTED:
        _end(membership, None)
    elif row.notice.ground == Ground.EXPULSION:
        _end(membership, decided_on)
    facts = {"outcome": row.get_outcome_display(), "on": decided_on.isoformat()}
    history.record(row.notice, "appeal decided", by, **facts)
    announcing.appeal_was_decided(row)
    return row


def _end(membership: Membership, on: datetime.date | None) -> None:
    membership.ends_on = on
    membership.save(update_fields=["ends_on"])
