"""Two real workers beside one, over the same statements."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from celery import Celery
from django.conf import settings

from billing.models import Statement
from billing.tasks import make_statements
from nvsi import embedded
from tests.bench.papers import ask_for, found
from tests.bench.timing import Plan, Row, Watch, in_turns

STATEMENTS = 64
_SECONDS_TO_START = 60
_MOMENT = 0.05


def measure(plan: Plan) -> Iterator[Row]:
    """Both run all the time; the bell is rung for one, and then for two."""
    found(plan)
    with (
        embedded.valkey() as url,
        Celery(broker=url, set_as_current=False) as bell,
        two_workers(url),
    ):
        _wait_until(lambda: len(bell.control.ping(timeout=1) or []) == 2)

        def made_by(workers: int) -> Callable[[Watch], None]:
            def make(watch: Watch) -> None:
                ask_for(STATEMENTS)
                with watch.timed():
                    for _ in range(workers):
                        bell.send_task(make_statements.name)
                    while Statement.objects.waiting().exists():
                        time.sleep(_MOMENT)
                done = Statement.objects.filter(state=Statement.State.DONE)
                assert done.count() == STATEMENTS, "all were made"

            return make

        two, one = in_turns(made_by(2), made_by(1), rounds=plan.rounds)
    subject = f"{STATEMENTS} statements, two workers beside one"
    yield Row(subject, two.median, one.median, least=1.7)


@contextmanager
def two_workers(url: str) -> Iterator[None]:
    with ExitStack() as stack:
        for name in ("first", "second"):
            stack.enter_context(_worker(name, url))
        yield


@contextmanager
def _worker(name: str, url: str) -> Iterator[None]:
    """A worker as in production, with one process in its pool."""
    words = ["celery", "-A", "nvsi", "worker", "--pool=prefork", "--concurrency=1"]
    process = subprocess.Popen(
        [sys.executable, "-m", *words, f"--hostname={name}@%h", "--loglevel=ERROR"],
        cwd=settings.BASE_DIR,
        # It warns that it runs as root, where that is so.
        env=os.environ | {"REDIS_URL": url, "PYTHONWARNINGS": "ignore"},
        stdout=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def _wait_until(ready: Callable[[], bool]) -> None:
    deadline = time.monotonic() + _SECONDS_TO_START
    while not ready():
        assert time.monotonic() < deadline, "the workers do not start"
