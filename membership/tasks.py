"""What the worker does for the admin: look in PostgreSQL, call a verb, done."""

from celery import shared_task

from membership import export_work


@shared_task
def write_exports() -> None:
    """Make the long lists that wait. Safe to repeat; billing.schedule rings again."""
    while export_work.work_on_next():
        pass
