"""What the worker does for datalekken."""

from celery import shared_task
from django.utils import timezone

from contracts.breaches import watching


@shared_task
def watch_breaches() -> None:
    """Every quarter of an hour: for whom time runs out. Safe to repeat."""
    watching.watch(timezone.now())
