"""Remind people by e-mail of what is asked of them: before its last day, and after.

The bureau sets the days for each kind (ReminderRule). Each morning the scheduled run
queues what is due; a key makes an e-mail once per deadline, moment and person, so that
a run may be repeated, and one that was missed is made up for.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from membership import emails, history
from membership.deadlines.asked import Deadline, asked_of_all, whole_url
from membership.models import Person, ReminderRule, RemindersOff, Role
from nvsi.dutch import day

# A moment that is longer ago than this was missed for good: a rule that is set today
# does not write to everybody who is late since last year.
CATCH_UP = datetime.timedelta(days=7)
BEFORE, AFTER = "before", "after"


@dataclass(frozen=True)
class Moment:
    """When somebody is reminded of a deadline, before or after its last day."""

    which: str
    on: datetime.date


def moments(
    by: datetime.date, *, days_before: int | None, days_after: int | None
) -> list[Moment]:
    """Pure: the days on which a rule reminds of what must be done by a day."""
    found = []
    if days_before is not None:
        found.append(Moment(BEFORE, by - datetime.timedelta(days=days_before)))
    if days_after is not None:
        found.append(Moment(AFTER, by + datetime.timedelta(days=days_after)))
    return found


def is_due(
    moment: Moment, *, by: datetime.date, since: datetime.date, today: datetime.date
) -> bool:
    """Pure: whether this is the day for it, or it was missed a few days ago.

    Who was asked on that day or later was told then; and before the last day is of no
    use any more when that is over.
    """
    if not today - CATCH_UP <= moment.on <= today:
        return False
    return since < moment.on and (moment.which == AFTER or today <= by)


@transaction.atomic
def remind(*, today: datetime.date) -> int:
    """Queue the reminders of a day; gives how many people were to be written to."""
    rules = {rule.kind: rule for rule in ReminderRule.objects.filter(is_on=True)}
    if not rules:
        return 0
    without = set(RemindersOff.objects.values_list("person", flat=True))
    count = 0
    for deadline in asked_of_all(today):
        rule = rules.get(deadline.kind)
        if rule is None or deadline.by is None:
            continue
        for moment in _due(deadline, rule, today):
            count += _tell(deadline, moment, without, today)
    emails.send_soon()
    return count


def _due(
    deadline: Deadline, rule: ReminderRule, today: datetime.date
) -> Iterator[Moment]:
    assert deadline.by is not None
    days = {"days_before": rule.days_before, "days_after": rule.days_after}
    for moment in moments(deadline.by, **days):
        if moment.which == AFTER and not deadline.asks:
            continue  # what only happened needs nobody any more
        if is_due(moment, by=deadline.by, since=deadline.since, today=today):
            yield moment


def _tell(
    deadline: Deadline, moment: Moment, without: set[int], today: datetime.date
) -> int:
    assert deadline.by is not None
    key = f"{deadline.key}|{deadline.by}|{moment.which}"
    facts: dict[str, Any] = {
        "deadline": deadline,
        "by": day(deadline.by),
        "is_late": deadline.is_late(today),
        "page": _page(deadline),
        "off": f"{settings.SITE_URL}{reverse('own-calendar')}",
    }
    people = list(people_of(deadline, today))
    for person in people:
        if person.pk not in without:
            emails.queue("deadline_reminder", key, person, **facts)
    if deadline.email and not people and not _is_inactive(deadline.email):
        # Somebody without an account, such as a wethouder who is invited.
        emails.queue_to_address("deadline_reminder", key, deadline.email, **facts)
        return 1
    return sum(person.pk not in without for person in people)


def _page(deadline: Deadline) -> str:
    """Where it is done; what is done by e-mail stands on the first page with a link."""
    if deadline.url.startswith("/"):
        return whole_url(deadline)
    return f"{settings.SITE_URL}{reverse('home')}"


def people_of(deadline: Deadline, on: datetime.date) -> Iterable[Person]:
    """Who of those with an account is asked, and may log in."""
    if deadline.email:
        return Person.objects.filter(email=deadline.email, is_active=True)
    if deadline.is_of_association:
        return Person.objects.with_role(*deadline.roles, on=on)
    roles = Role.objects.active_on(on).filter(
        name__in=deadline.roles, organisation__in=deadline.organisations
    )
    return Person.objects.filter(is_active=True, pk__in=roles.values("person"))


def _is_inactive(email: str) -> bool:
    return Person.objects.filter(email=email, is_active=False).exists()


def wants_reminders(person: Person) -> bool:
    return not RemindersOff.objects.filter(person=person).exists()


@transaction.atomic
def set_reminders(person: Person, *, wanted: bool) -> None:
    """What somebody wants for himself. Nothing happens when it is so already."""
    Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if wanted == wants_reminders(person):
        return
    if wanted:
        RemindersOff.objects.filter(person=person).delete()
    else:
        RemindersOff.objects.create(person=person)
    history.record(person, "reminders on" if wanted else "reminders off", person)
