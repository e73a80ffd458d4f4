"""A network that is cut, or on which nothing comes through: it ends in time."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from http import HTTPStatus

import pytest
import requests
from django.urls import reverse

from billing.admin.verbs import PREPARE
from billing.models import Period
from membership.admin.verbs import verb_url
from tests.faults.books import colleague, counts, made
from tests.faults.cluster import OWNER, Cluster, Database
from tests.faults.conftest import SiteOf, Statements
from tests.faults.processes import Site, wait_until
from tests.faults.proxy import Proxy
from tests.faults.web import Reader, serve

MAKE = "billing.tasks.make_statements"
# As docs/operations.md asks: workers of the sync kind, which are ended when they hang.
SECONDS_OF_A_REQUEST = 4
SYNC = ["--workers=2", f"--timeout={SECONDS_OF_A_REQUEST}"]
SECONDS_TO_CONNECT = 2
pytestmark = pytest.mark.slow


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def to_database(cluster: Cluster, stack: ExitStack) -> Proxy:
    socket = cluster.socket_dir / f".s.PGSQL.{cluster.port}"
    return stack.enter_context(Proxy(socket).running())


def through(proxy: Proxy, site: Site) -> Site:
    """Its processes find the database behind the proxy."""
    address = f"127.0.0.1:{proxy.port}/{site.database.name}"
    limit = f"connect_timeout={SECONDS_TO_CONNECT}&sslmode=disable"
    site.settings["DATABASE_URL"] = f"postgresql://{OWNER}@{address}?{limit}"
    return site


def broker_through(stack: ExitStack, site: Site) -> Proxy:
    """Its processes find the broker behind a proxy."""
    proxy = stack.enter_context(Proxy(site.broker.port).running())
    here = f":{site.broker.port}/"
    site.settings["REDIS_URL"] = site.broker.url.replace(here, f":{proxy.port}/")
    return proxy


def answer_of(reader: Reader, path: str) -> int:
    """The status of a page; 0 when its worker was ended."""
    try:
        return reader.get(path).status_code
    except requests.ConnectionError:
        return 0


def test_pages_end_in_time_while_the_database_is_silent_and_then_are_there(
    site_of: SiteOf, few: Database, to_database: Proxy
) -> None:
    site = through(to_database, site_of(few))
    pages = serve(site, *SYNC, "--preload")
    with site.database.in_django():
        reader = Reader(pages, colleague("bureau"))
    health, page = reverse("health"), reverse("admin:billing_period_changelist")
    assert [answer_of(reader, path) for path in (health, page)] == [200, 200]
    with to_database.stalled():
        for path in (page, health, page, health):
            began = time.monotonic()
            assert answer_of(reader, path) in {0, HTTPStatus.SERVICE_UNAVAILABLE}
            assert time.monotonic() - began < SECONDS_OF_A_REQUEST + 4, path
        # By now no worker has a connection from before.
        assert answer_of(reader, health) == HTTPStatus.SERVICE_UNAVAILABLE
    wait_until(lambda: answer_of(reader, health) == HTTPStatus.OK)
    assert answer_of(reader, page) == HTTPStatus.OK
    assert pages.process.started.poll() is None


def test_a_connection_that_broke_between_two_requests_is_not_noticed(
    site_of: SiteOf, few: Database, to_database: Proxy
) -> None:
    site = through(to_database, site_of(few))
    pages = serve(site)
    with site.database.in_django():
        reader = Reader(pages, colleague("bureau"))
    for _ in range(4):
        assert answer_of(reader, reverse("home")) == HTTPStatus.OK
        to_database.cut()


def test_a_button_answers_in_time_while_the_broker_is_silent(
    site_of: SiteOf, delivered: Database, stack: ExitStack
) -> None:
    site = site_of(delivered)
    to_broker = broker_through(stack, site)
    pages = serve(site)
    with site.database.in_django():
        bureau = Reader(pages, colleague("bureau"))
        prepare = verb_url(Period.objects.get(), PREPARE)
    form = bureau.form(prepare)
    with to_broker.stalled():
        answer = bureau.post(prepare, form)
    assert answer.status_code == HTTPStatus.FOUND
    assert answer.elapsed.total_seconds() < 20
    assert counts(site.database)["runs"] == 1


def test_a_worker_outlives_a_broker_that_is_silent_for_a_while(
    site_of: SiteOf, approved: Database, undisturbed: Statements, stack: ExitStack
) -> None:
    site = site_of(approved)
    to_broker = broker_through(stack, site)
    worker = site.worker(concurrency=2)
    with to_broker.stalled():
        before = to_broker.taken
        to_broker.cut()
        wait_until(lambda: to_broker.taken > before, why="the worker tries again")
        site.ring(MAKE)
    wait_until(lambda: made(site.database) == undisturbed)
    assert worker.started.poll() is None
