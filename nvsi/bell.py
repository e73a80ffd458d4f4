"""Ring the worker's bell: a message that says only 'look', once what it is about is
committed. What is to be done stands in PostgreSQL.
"""

import structlog
from celery import Task
from django.db import transaction
from kombu.exceptions import OperationalError

log = structlog.get_logger()

MOST_HELPERS = 8


def ring(task: Task[[], None], *, helpers: int = 1) -> None:
    """Ring after the commit; once for each helper that is of use.

    A broker that is away is no reason to fail: the sweeper rings again.
    """

    def now() -> None:
        try:
            for _ in range(min(max(helpers, 1), MOST_HELPERS)):
                task.delay()
        except OperationalError:
            log.warning("broker_away", task=task.name)

    transaction.on_commit(now)
