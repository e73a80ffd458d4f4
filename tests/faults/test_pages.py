"""The pages while something is away, and a button that fifty press at once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus

import pytest
from django.urls import reverse

from billing.admin.verbs import APPROVE, PREPARE
from billing.models import Period, Settlement, SettlementRun
from membership.admin.verbs import verb_url
from tests.conftest import make_person
from tests.faults import books
from tests.faults.books import colleague, counts, prepare_h1
from tests.faults.cluster import Cluster, Database
from tests.faults.conftest import SiteOf
from tests.faults.processes import wait_until
from tests.faults.web import Reader, serve

PRESSED = 50
SECONDS_TO_READ = 10
pytestmark = pytest.mark.slow


def pages_of(settlement: Settlement) -> list[str]:
    """Those that somebody of a gemeente reads, with the files."""
    number = settlement.number
    return [
        reverse("home"),
        reverse("statement-list"),
        reverse("statement-detail", args=[number]),
        *(reverse("statement-file", args=[number, f]) for f in ("pdf", "xlsx", "json")),
    ]


def pages_of_the_bureau() -> list[str]:
    lists = ("period", "settlementrun", "settlement", "statement", "entry", "line")
    return [
        reverse("admin:index"),
        *(reverse(f"admin:billing_{name}_changelist") for name in lists),
        reverse("admin:billing_period_change", args=[Period.objects.get().pk]),
        reverse("admin:membership_email_changelist"),
    ]


def test_a_page_says_to_wait_while_the_database_is_away_and_then_is_there(
    cluster: Cluster, site_of: SiteOf, few: Database
) -> None:
    site = site_of(few)
    pages = serve(site)
    with site.database.in_django():
        reader = Reader(
            pages, make_person("Lezer", "contactpersoon", books.some_gemeente())
        )
        page = reverse("statement-list")
    for _ in range(2):
        assert reader.get(page).status_code == HTTPStatus.OK
        cluster.kill()
        try:
            for _ in range(5):
                answer = reader.get(page)
                assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
                assert int(answer.headers["Retry-After"]) > 0
                assert "even niet bereikbaar" in answer.text
                assert "Traceback" not in answer.text
        finally:
            cluster.start()
    assert reader.get(page).status_code == HTTPStatus.OK
    assert pages.process.started.poll() is None


def test_everything_can_be_read_without_a_broker(
    site_of: SiteOf, approved: Database
) -> None:
    site = site_of(approved)
    with site.database.in_django():
        books.make_all_statements()
        settlement = Settlement.objects.earliest("number_sequence")
        pages = serve(site)
        lezer = make_person("Lezer", "contactpersoon", settlement.organisation)
        reads = [
            (Reader(pages, lezer), pages_of(settlement)),
            (Reader(pages, colleague("bureau")), pages_of_the_bureau()),
        ]
    site.broker.kill()
    for reader, paths in reads:
        for path in paths:
            answer = reader.get(path)
            assert answer.status_code == HTTPStatus.OK, path
            assert answer.elapsed.total_seconds() < SECONDS_TO_READ, path


def test_a_run_that_is_started_without_a_broker_waits_in_the_database(
    site_of: SiteOf, delivered: Database
) -> None:
    site = site_of(delivered)
    pages = serve(site)
    with site.database.in_django():
        bureau = Reader(pages, colleague("bureau"))
        prepare = verb_url(Period.objects.get(), PREPARE)
    site.broker.kill()
    answer = bureau.post(prepare, bureau.form(prepare))
    assert answer.status_code == HTTPStatus.FOUND
    found = counts(site.database)
    assert (found["runs"], found["settlements"], found["unsent"]) == (1, 20, 2)
    site.broker.start()
    site.beat()
    site.worker()
    wait_until(lambda: counts(site.database)["unsent"] == 0)


def test_a_button_that_fifty_press_at_once_makes_one_run(
    site_of: SiteOf, delivered: Database
) -> None:
    site = site_of(delivered)
    pages = serve(site)
    with site.database.in_django():
        bureau = Reader(pages, colleague("bureau"))
        prepare = verb_url(Period.objects.get(), PREPARE)
    form = bureau.form(prepare)
    with ThreadPoolExecutor(PRESSED) as pool:
        answers = list(pool.map(lambda _: bureau.post(prepare, form), range(PRESSED)))
    assert {answer.status_code for answer in answers} == {HTTPStatus.FOUND}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert counts(site.database)["runs"] == 1
    assert counts(site.database)["settlements"] == 20
    other = bureau.post(prepare, form | {"fingerprint": "0" * 64})
    assert other.status_code == HTTPStatus.CONFLICT
    prepared = "SELECT count(*) FROM membership_historyevent WHERE action = 'prepared'"
    assert site.database.value(prepared) == 1


def test_a_button_that_two_press_at_once_approves_for_one(
    site_of: SiteOf, delivered: Database
) -> None:
    site = site_of(delivered)
    pages = serve(site)
    with site.database.in_django():
        prepare_h1()
        approve = verb_url(SettlementRun.objects.get(), APPROVE)
        both = [
            Reader(pages, colleague(role)) for role in ("penningmeester", "bestuur")
        ]
    forms = [reader.form(approve) for reader in both]
    acts = [pair for pair in zip(both, forms, strict=True) for _ in range(5)]
    with ThreadPoolExecutor(len(acts)) as pool:
        answers = list(pool.map(lambda act: act[0].post(approve, act[1]), acts))
    assert Counter(answer.status_code for answer in answers) == {HTTPStatus.FOUND: 10}
    approved = "SELECT count(*) FROM membership_historyevent WHERE action = 'approved'"
    assert site.database.value(approved) == 1
    found = counts(site.database)
    assert (found["entries"], found["statements"]) == (20, 20)
