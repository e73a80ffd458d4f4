"""Write down a notice, and let the membership end on the day of the law.

What still runs with the organisation is shown before: each app tells its own, by
functions in `still_running`; this knows none.
"""

import datetime
from collections.abc import Callable, Iterable

from django.db import transaction

from membership import history
from membership.leaving import announcing
from membership.leaving.rules import (
    OF_THE_ASSOCIATION,
    Ground,
    fits,
    last_day,
    objection,
)
from membership.models import Appeal, Membership, Notice, Organisation, Person, Role
from membership.models.dossiers import WORKERS
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
    """Write down that a membership ends, and tell the organisation.

    Raises NotAllowed for one that has an end, for a day to come, a ground that does not
    hold, and for who may not do it; ValidationError without the reason it needs.
    """
    row = lock(membership)
    _require_role(row, ground, by)
    _require_fit(row, ground, received_on, today)
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
    announcing.notice_was_given(notice)
    return notice


def stop(
    membership: Membership, *, reason: str, today: datetime.date, by: Person
) -> Notice:
    """An aspirant-lid or participant goes no further: it ends today.

    Raises NotAllowed for a lid, and while a dossier runs: that is withdrawn.
    """
    organisation = membership.organisation
    if dossier := organisation.dossiers.running().first():
        raise NotAllowed(
            f"Er loopt een dossier: {dossier.number}. Trek dat in; daarmee eindigt dit "
            "vanzelf."
        )
    return give_notice(
        membership,
        ground=Ground.STOPPED,
        received_on=today,
        burdened_on=None,
        reason=reason,
        today=today,
        by=by,
    )


def lock(membership: Membership) -> Membership:
    """The membership as it is now, held until the transaction ends."""
    rows = Membership.objects.select_related("organisation")
    return rows.select_for_update(of=("self",)).get(pk=membership.pk)


def require_no_end(row: Membership) -> None:
    """Raises NotAllowed for a membership that has an end, or that is under appeal."""
    if row.ends_on is not None:
        raise NotAllowed(f"{row} eindigt al op {row.ends_on:%d-%m-%Y}.")
    if Appeal.objects.filter(notice__membership=row, outcome="").exists():
        raise NotAllowed("Er loopt een beroep. Leg daarvan eerst de uitkomst vast.")


def works_for(row: Membership, person: Person) -> bool:
    """Somebody who writes to us for the organisation, or signs for it."""
    return row.organisation_id in person.organisations_as(*WORKERS)


def _require_fit(
    row: Membership, ground: Ground, received_on: datetime.date, today: datetime.date
) -> None:
    require_no_end(row)
    if not fits(ground, row.kind):
        raise NotAllowed(
            "Alleen een lid zegt op met een termijn; een aspirant-lid of participant "
            "stopt."
        )
    if received_on > today:
        raise NotAllowed("De opzegging is nog niet ontvangen: de dag ligt later.")
    if received_on < row.starts_on:
        raise NotAllowed(f"{row} begon pas op {row.starts_on:%d-%m-%Y}.")


def _require_role(row: Membership, ground: Ground, by: Person) -> None:
    """The bureau writes down what a member says; the bestuur ends a membership."""
    if ground in OF_THE_ASSOCIATION:
        if not by.has_role(Role.Name.BESTUUR):
            raise NotAllowed("Een lidmaatschap opzeggen kan alleen het bestuur.")
    elif ground == Ground.STOPPED and works_for(row, by):
        return
    elif not by.is_association:
        raise NotAllowed("Een opzegging legt het bureau vast.")
