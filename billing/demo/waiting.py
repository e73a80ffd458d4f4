"""Wait until the worker made every statement and sent every e-mail."""

import subprocess
import time
from collections.abc import Iterator

from billing.demo.processes import log_dir
from billing.models import Statement
from billing.tasks import make_statements, send_emails
from membership.models import Email
from nvsi.errors import NotAllowed

MOST_SECONDS = 600
SECONDS_BETWEEN_WORDS = 1


def has_work() -> bool:
    """Whether there is something for a worker to do."""
    return Statement.objects.waiting().exists() or Email.objects.unsent().exists()


def wait_for_work(worker: subprocess.Popen[bytes]) -> Iterator[str]:
    """Words about how far it is. Raises NotAllowed when it does not get there.

    The bells of a demo that was killed are lost; so they ring once more.
    """
    make_statements.delay()
    send_emails.delay()
    deadline = time.monotonic() + MOST_SECONDS
    said = _counted()
    while has_work():
        if worker.poll() is not None or time.monotonic() > deadline:
            raise NotAllowed(f"De worker maakt de documenten niet. Zie {log_dir()}.")
        time.sleep(SECONDS_BETWEEN_WORDS)
        if said != (said := _counted()):
            yield said
    if failed := Statement.objects.filter(state=Statement.State.FAILED).first():
        raise NotAllowed(f"Een document is mislukt: {failed.error}. Zie {log_dir()}.")
    yield f"{_counted()}, elk als PDF, XLSX en JSON"


def _counted() -> str:
    every = Statement.objects.all()
    made = every.filter(state=Statement.State.DONE).count()
    return f"{made} van de {every.count()} gemaakt"
