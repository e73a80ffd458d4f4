"""Let what was queued go out: at once where there is no worker, else by the sweep."""

from django.conf import settings
from django.db import transaction

from membership import emails


def send_soon() -> None:
    if settings.CELERY_TASK_ALWAYS_EAGER:
        transaction.on_commit(emails.send_waiting)
