"""What the worker does: look in PostgreSQL, call a verb, done; safe to repeat.

PostgreSQL knows what is to be done. A task is only the bell that says: look. A bell
that is lost, or rung twice, changes nothing: billing.schedule rings again.
"""

from celery import shared_task

from billing.figures import publishing
from billing.statements import documents
from billing.uploading import work as upload_work
from membership import emails


@shared_task
def make_statements() -> None:
    """Make what waits, in small helpings beside the other workers, and tell of it."""
    while documents.make_waiting():
        pass
    emails.send_waiting()


@shared_task
def publish_figures() -> None:
    """Publish the figures of what was approved: a reading of all its lines, for which
    nobody who approves should wait."""
    publishing.publish_missing()


@shared_task
def send_emails() -> None:
    """Send the e-mails that wait; one that fails is left for the next sweep."""
    emails.send_waiting()


@shared_task
def work_on_uploads() -> None:
    """Check the files that were sent, take in those that were confirmed, and tell."""
    while upload_work.work_on_next():
        emails.send_waiting()
