"""What the worker does for datalekken."""

from celery import shared_task
from django.utils import timezone

from contracts.breaches import in_line, watching


@shared_task
def watch_breaches() -> None:
    """Every quarter of an hour: for whom time runs out. Safe to repeat."""
    watching.watch(timezone.now())


@shared_task
def send_letters() -> None:
    """Print and send what is in line. Safe to repeat, and by more at once."""
    while in_line.work_on_next(now=timezone.now()):
        pass
