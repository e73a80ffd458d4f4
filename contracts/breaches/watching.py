"""Watch the clocks of datalekken: our own limit, and the 72 hours of a college."""

import datetime

from django.db import transaction

from contracts.breaches import announcing
from contracts.breaches.reading import Known, read, with_facts
from contracts.models.breaches import Breach
from membership.emails import send_soon


@transaction.atomic
def watch(now: datetime.datetime) -> int:
    """Write to whom time runs out for; gives how many clocks that are.

    Safe to repeat: an e-mail has a key, and goes once.
    """
    running = [read(one) for one in with_facts(Breach.objects.running())]
    count = sum(_watch(known, now) for known in running)
    if count:
        send_soon()
    return count


def _watch(known: Known, now: datetime.datetime) -> int:
    count = 0
    telling = known.telling(now)
    if telling and telling.is_late:
        announcing.limit_passed(known)
        count += 1
    for college in known.concerned:
        clock = college.clock(now)
        if clock and clock.is_soon:
            announcing.time_runs_out(known, college)
            count += 1
    return count
