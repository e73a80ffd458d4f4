"""Write down a notice, and let the membership end on the day of the law.

What still runs with the organisation is shown before: each app tells its own, by
functions in `still_running`; this knows none.
"""

import datetime
from collections.abc import Callable, Iterable

from django.db import transaction

from membership import history
from membership.leaving.rules import OF_THE_ASSOCIATION, Ground, last_day, objection
from membership.models import Membership, Notice, Organisation, Person, Role
from nvsi.errors import NotAllowed

# Given an organisation: a sentence for each thing that does not end by itself.
Provider = Callable[[Organisation], Iterable[str]]
still_running: list[Provider] = []


def what_still_runs(organisation: Organisation) -> list[str]:
    """What is to be settled, ended or handed over when this organisation leaves."""
    return [one for provider in still_running for one in provider(organisation)]


@transaction.atomic
def give_notice(
    membership: Membership,
    *,
    ground: Ground,
    received_on: datetime.date,
    burdened_on: datetime.date | None,
    reason: str,
    today: datetime.date,
    by: Person,
) -> Notice:
    """Write down that a membership ends.

    Raises NotAllowed for one that has an end, for a day to come, a ground that does not
    hold, and for who may not do it; ValidationError without the reason it needs.
    """
    row = Membership.objects.select_for_update().get(pk=membership.pk)
    _require_role(ground, by)
    if row.ends_on is not None:
        raise NotAllowed(f"{row} eindigt al op {row.ends_on:%d-%m-%Y}.")
    if received_on > today:
        raise NotAllowed("De opzegging is nog niet ontvangen: de dag ligt later.")
    if received_on < row.starts_on:
        raise NotAllowed(f"{row} begon pas op {row.starts_on:%d-%m-%Y}.")
    if why := objection(received_on, ground, burdened_on):
        raise NotAllowed(why)
    notice = Notice(
        membership=row,
        ground=ground,
        received_on=received_on,
        burdened_on=burdened_on if ground == Ground.BURDENED else None,
        reason=reason,
        ends_on=last_day(received_on, ground),
        by=by,
    )
    notice.full_clean()
    notice.save()
    row.ends_on = notice.ends_on
    row.save(update_fields=["ends_on"])
    days = {"received": received_on.isoformat(), "ends_on": row.ends_on.isoformat()}
    history.record(row, "notice given", by, **days)
    return notice


def _require_role(ground: Ground, by: Person) -> None:
    """The bureau writes down what a member says; the bestuur ends a membership."""
    if ground in OF_THE_ASSOCIATION:
        if not by.has_role(Role.Name.BESTUUR):
            raise NotAllowed("Een lidmaatschap opzeggen kan alleen het bestuur.")
    elif not by.is_association:
        raise NotAllowed("Een opzegging legt het bureau vast.")
