"""Remind, once, the members that did not answer yet."""

import datetime

from django.db import transaction
from django.utils import timezone

from membership.consultation.running import tell
from membership.models import Consultation

DAY = datetime.timedelta(days=1)


def remind(now: datetime.datetime) -> int:
    """Of every open consultation whose day to remind has come; gives how many those
    are. Safe to repeat: the row says that it was done."""
    today = timezone.localdate(now)
    waiting = Consultation.objects.open_at(now).filter(
        reminded_at=None, remind_days__isnull=False
    )
    due = [one.pk for one in waiting if one.opens_on < today and _day_of(one) <= today]
    return sum(_remind(pk, now) for pk in due)


def _day_of(consultation: Consultation) -> datetime.date:
    return consultation.closes_on - (consultation.remind_days or 0) * DAY


@transaction.atomic
def _remind(pk: int, now: datetime.datetime) -> bool:
    rows = Consultation.objects.open_at(now).select_for_update(skip_locked=True)
    row = rows.filter(pk=pk, reminded_at=None).first()
    if row is None:
        return False
    row.reminded_at = now
    row.save(update_fields=["reminded_at"])
    tell("consultation_reminder", row.voters.unanswered())
    return True
