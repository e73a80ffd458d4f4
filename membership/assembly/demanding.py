"""Members that demand an ALV in writing: a tenth of the votes is enough.

Source: BW2 art. 41 lid 2 and 3, domain rule 25. The bestuur holds it within four weeks;
when nothing was done in fourteen days, the members may convene it themselves.
"""

import datetime
from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from membership import history
from membership.assembly.drafting import PREPARES
from membership.assembly.terms import clocks, votes_needed
from membership.consultation.running import entitled
from membership.models import Assembly, AssemblyDemand, Organisation, Person
from nvsi.dutch import counted, day
from nvsi.errors import NotAllowed


@transaction.atomic
def record_demand(
    *,
    subject: str,
    organisations: Collection[Organisation],
    received_on: datetime.date,
    now: datetime.datetime,
    by: Person,
) -> AssemblyDemand:
    """Write down that members demand an ALV. Raises NotAllowed as require_a_tenth."""
    _of_association(by)
    require_a_tenth(organisations, received_on, now)
    return keep_demand(subject, organisations, received_on, by)


def require_a_tenth(
    organisations: Collection[Organisation],
    received_on: datetime.date,
    now: datetime.datetime,
) -> None:
    """Raises NotAllowed for a day to come, for who has no vote, and when they have less
    than a tenth of the votes."""
    if received_on > timezone.localdate(now):
        raise NotAllowed("Die dag is nog niet geweest.", field="received_on")
    voters = entitled(received_on)
    without = [one for one in organisations if one not in voters]
    if without:
        raise NotAllowed(
            f"{without[0]} heeft op die dag geen stem.", field="organisations"
        )
    if len(set(organisations)) < (needed := votes_needed(len(voters))):
        raise NotAllowed(
            f"Hiervoor zijn {counted(needed, 'stem', 'stemmen')} nodig: een tiende van "
            f"de {len(voters)}.",
            field="organisations",
        )


def keep_demand(
    subject: str,
    organisations: Collection[Organisation],
    received_on: datetime.date,
    by: Person,
) -> AssemblyDemand:
    """Of members that are a tenth of the votes: their caller saw to that."""
    demand = AssemblyDemand(subject=subject, received_on=received_on, by=by)
    demand.full_clean()
    demand.save()
    demand.organisations.set(organisations)
    history.record(demand, "recorded", by, members=len(organisations))
    return demand


@transaction.atomic
def answer_demand(
    demand: AssemblyDemand, assembly: Assembly, *, by: Person
) -> AssemblyDemand:
    """It is answered by an ALV that was convened within the four weeks."""
    row = _open(demand, by)
    if assembly.convened_at is None or assembly.is_cancelled:
        raise NotAllowed("Roep de ALV eerst bijeen.")
    if not row.received_on <= assembly.on <= (last := clocks(row.received_on).hold_by):
        raise NotAllowed(f"Deze ALV is niet tussen het verzoek en {day(last)}.")
    row.assembly = assembly
    row.save(update_fields=["assembly"])
    history.record(row, "answered", by, on=assembly.on.isoformat())
    return row


@transaction.atomic
def end_demand(
    demand: AssemblyDemand, *, reason: str, now: datetime.datetime, by: Person
) -> AssemblyDemand:
    """It was taken back, or the members convened the ALV themselves."""
    row = _open(demand, by)
    if not reason.strip():
        raise NotAllowed("Geef de reden.", field="reason")
    row.ended_at, row.reason = now, reason
    row.save(update_fields=["ended_at", "reason"])
    history.record(row, "ended", by, reason=reason)
    return row


def reopen_what_is_unanswered(assembly: Assembly, by: Person) -> None:
    """Its ALV does not take place, or not within the four weeks: the bestuur is asked
    again, and the clocks run as they did. Called when an ALV is changed or cancelled.
    """
    for row in assembly.demands.select_for_update(of=("self",)):
        if assembly.is_cancelled or assembly.on > clocks(row.received_on).hold_by:
            row.assembly = None
            row.save(update_fields=["assembly"])
            history.record(row, "unanswered", by, on=assembly.on.isoformat())


def _open(demand: AssemblyDemand, by: Person) -> AssemblyDemand:
    _of_association(by)
    row = AssemblyDemand.objects.select_for_update(of=("self",)).get(pk=demand.pk)
    if row.assembly_id or row.ended_at:
        raise NotAllowed("Dit verzoek is al afgedaan.")
    return row


def _of_association(by: Person) -> None:
    if not by.has_role(*PREPARES):
        raise NotAllowed("Een verzoek om een ALV legt het bureau vast.")
