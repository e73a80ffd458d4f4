"""What the worker does for membership: look in PostgreSQL, call a verb, done."""

from celery import shared_task
from django.utils import timezone

from membership import export_work
from membership.colleagues import details
from membership.deadlines import reminding
from membership.retention import lists


@shared_task
def write_exports() -> None:
    """Make the long lists that wait. Safe to repeat; billing.schedule rings again."""
    while export_work.work_on_next():
        pass


@shared_task
def send_reminders() -> None:
    """Queue the reminders of today. Safe to repeat; the sweep lets them go out."""
    reminding.remind(today=timezone.localdate())


@shared_task
def ask_about_details() -> None:
    """Every day: who is asked this year whether his details still hold."""
    details.ask_who_is_due(timezone.localdate())


@shared_task
def propose_destruction() -> None:
    """Every month: what has had its time. A person decides; nothing goes by itself."""
    lists.propose(timezone.localdate())
