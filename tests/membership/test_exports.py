"""Every list as a file: at once, or by the worker; with the rights of who asked."""

import csv
import datetime
from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.contrib import admin
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook  # type: ignore[import-untyped]  # has no types

from billing.schedule import sweep
from contracts.models import TakeoverRun
from membership import export_work, exports
from membership.models import (
    Email,
    Export,
    ExportPiece,
    HistoryEvent,
    Organisation,
    Person,
)
from membership.models.exports import STALE
from nvsi.admin import lists
from nvsi.errors import NotAllowed
from tests.conftest import make_gemeente

pytestmark = pytest.mark.django_db

ASK = "/beheer/membership/export/vragen/"
ORGANISATIONS = "membership.organisation"
Commit = Callable[..., AbstractContextManager[list[Any]]]


@pytest.fixture
def at_bureau(client: Client, bureau: Person) -> Client:
    client.force_login(bureau)
    return client


@pytest.fixture
def long(settings: Any, heideveld: Organisation, waterkant: Organisation) -> None:
    """From two rows on a list is long; there are three organisations."""
    settings.NVSI_EXPORT_AT_ONCE = 1


@pytest.fixture
def helpings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker says after each row how far it is."""
    monkeypatch.setattr(lists, "AT_A_TIME", 1)


def ask(
    client: Client, query: str = "", fmt: str = "csv", of: str = ORGANISATIONS
) -> Any:
    return client.post(ASK, {"list": of, "query": query, "format": fmt})


def content_of(response: Any) -> bytes:
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def rows_of(response: Any) -> list[list[str]]:
    text = content_of(response).decode("utf-8-sig")
    return list(csv.reader(StringIO(text), delimiter=";"))


def file_of(export: Export) -> str:
    return reverse("admin:membership_export_file", args=[export.pk])


def page_of(export: Export) -> str:
    return reverse("admin:membership_export_change", args=[export.pk])


def test_a_file_holds_what_the_list_shows_with_its_filter_and_search(
    at_bureau: Client, heideveld: Organisation, waterkant: Organisation
) -> None:
    head, *rows = rows_of(ask(at_bureau, "kind__exact=gemeente&q=heide"))
    expected = ["Code", "Naam", "Soort", "Provincie", "Plaats", "IBAN", "Herindeling"]
    assert head == expected
    iban = "NL02ABNA0123456789"
    assert rows == [["GM9001", "Heideveld", "gemeente", "", "", iban, ""]]


def test_a_list_that_names_the_record_itself_writes_its_name(
    client: Client, bestuur: Person
) -> None:
    client.force_login(bestuur)
    run = TakeoverRun.objects.create(answer_by="2026-12-01", asked_by=bestuur)
    head, row = rows_of(ask(client, of="contracts.takeoverrun"))
    assert (head[0], row[0]) == ("Ronde van overnames", str(run))


def test_a_column_of_another_record_has_the_name_of_its_field(
    at_bureau: Client,
) -> None:
    [head] = rows_of(ask(at_bureau, of="membership.ballot"))
    assert head == ["Lid", "Stemming", "ALV", "Stem", "Gestemd door", "Gestemd op"]


def test_an_xlsx_has_moments_as_moments_and_a_name_that_says_what_and_when(
    at_bureau: Client, bureau: Person
) -> None:
    response = ask(at_bureau, "q=bureau", "xlsx", "membership.person")
    today = timezone.localdate().isoformat()
    assert f'filename="personen-{today}.xlsx"' in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    (page,) = load_workbook(BytesIO(content_of(response))).worksheets
    head, row = page.iter_rows(values_only=True)
    known = dict(zip(head, row, strict=True))
    assert (known["Naam"], known["Actief"]) == ("Bureau", "ja")
    assert isinstance(known["Laatste aanmelding"], datetime.datetime)


def test_a_list_can_be_ordered_and_its_page_is_no_filter(
    at_bureau: Client, heideveld: Organisation, waterkant: Organisation
) -> None:
    _, *rows = rows_of(ask(at_bureau, "o=-1&p=7&kind__exact=gemeente"))
    assert [row[0] for row in rows] == ["GM9002", "GM9001"]


def test_each_file_is_written_down_with_who_what_and_how_many(
    at_bureau: Client, bureau: Person, heideveld: Organisation
) -> None:
    content_of(ask(at_bureau, "kind__exact=gemeente&q=heide"))
    export = Export.objects.get()
    assert (export.asked_by, export.status, export.rows_count) == (bureau, "done", 1)
    event = HistoryEvent.objects.get(action="exported list")
    assert event.by == bureau
    assert event.facts == {
        "list": ORGANISATIONS,
        "filter": "soort: gemeente; gezocht: heide",
        "rows": 1,
        "format": "csv",
    }
    shown = at_bureau.get(page_of(export)).content.decode()
    assert "bewaren wij niet" in shown
    assert at_bureau.get(file_of(export)).status_code == 404


@pytest.mark.parametrize(
    ("of", "query", "fmt"),
    [
        (ORGANISATIONS, "name__regex=.*", "csv"),
        (ORGANISATIONS, "q=%00", "csv"),
        (ORGANISATIONS, "", "pdf"),
        ("membership.person", "password__startswith=a", "csv"),
    ],
)
def test_what_a_list_refuses_no_file_gives(
    of: str, query: str, fmt: str, at_bureau: Client
) -> None:
    response = ask(at_bureau, query, fmt, of)
    assert response.status_code == 302
    assert not Export.objects.exists()


@pytest.mark.parametrize("of", ["", "x", "a.b", "sessions.session", "auth.group"])
def test_what_is_no_list_is_not_there(of: str, at_bureau: Client) -> None:
    assert ask(at_bureau, of=of).status_code == 404


@pytest.mark.parametrize("who", ["lezer", "backoffice", "vreemde"])
def test_a_stranger_gets_no_file(
    who: str, client: Client, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(who))
    assert ask(client).status_code == 302
    assert not Export.objects.exists()
    shown, stranger = admin.site.get_model_admin(Organisation), client.session
    with pytest.raises(NotAllowed, match="niet bekijken"):
        lists.listed(shown, Person.objects.get(pk=stranger["_auth_user_id"]), "")


def test_a_long_list_is_made_by_the_worker_and_kept_for_who_asked(
    long: None, at_bureau: Client, bureau: Person, bestuur: Person, commit: Commit
) -> None:
    with commit(execute=True):
        response = ask(at_bureau, "o=1")
    export = Export.objects.get()
    assert response.url == page_of(export)
    assert (export.status, export.rows_count, export.rows_done) == ("done", 3, 3)
    assert [row[0] for row in rows_of(at_bureau.get(file_of(export)))] == [
        *("Code", "flexensie", "GM9001", "GM9002")
    ]
    assert "Download CSV" in at_bureau.get(page_of(export)).content.decode()
    other = Client()
    other.force_login(bestuur)
    assert other.get(file_of(export)).status_code == 404
    assert "Alleen Bureau kan" in other.get(page_of(export)).content.decode()
    event = HistoryEvent.objects.get(action="exported list")
    assert (event.by, event.facts["rows"]) == (bureau, 3)


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Commit) -> Commit:
    return django_capture_on_commit_callbacks


@pytest.mark.parametrize("minutes", [0, 2])
def test_who_waited_longer_than_a_minute_gets_an_email(
    long: None, bureau: Person, minutes: int
) -> None:
    export = exports.ask(ORGANISATIONS, query="", fmt="csv", by=bureau)
    asked_at = timezone.now() - datetime.timedelta(minutes=minutes)
    Export.objects.filter(pk=export.pk).update(asked_at=asked_at)
    assert export_work.work_on_next()
    told = Email.objects.filter(event="export_ready", recipient=bureau.email)
    assert told.count() == (1 if minutes else 0)


def test_who_asks_twice_waits_for_one(long: None, at_bureau: Client) -> None:
    assert ask(at_bureau).url == ask(at_bureau).url
    export = Export.objects.get()
    shown = at_bureau.get(page_of(export)).content.decode()
    assert 'data-live="2"' in shown
    assert "staat in de rij" in shown


def test_a_killed_worker_leaves_it_to_another_who_begins_anew(
    long: None, helpings: None, bureau: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    exports.ask(ORGANISATIONS, query="", fmt="csv", by=bureau)
    first = exports.begin(timezone.now())
    assert first is not None
    exports.tell(first, rows_done=2)
    assert export_work.work_on_next() is False  # it was seen a moment ago
    Export.objects.update(seen_at=timezone.now() - STALE * 2)
    assert export_work.work_on_next() is True
    with pytest.raises(exports.TakenOver):
        exports.tell(first, rows_done=3)
    done = Export.objects.get()
    assert (done.status, done.attempts, done.rows_done) == ("done", 2, 3)
    exports.fail(first, "te laat")
    done.refresh_from_db()
    assert done.status == "done"


def test_a_worker_that_was_taken_over_keeps_nothing(
    long: None, helpings: None, bureau: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = exports.ask(ORGANISATIONS, query="", fmt="xlsx", by=bureau)
    tell = exports.tell

    def while_another_begins(mine: Export, **facts: Any) -> None:
        tell(mine, **facts)
        Export.objects.filter(pk=export.pk).update(attempts=2)

    monkeypatch.setattr(exports, "tell", while_another_begins)
    assert export_work.work_on_next() is True
    export.refresh_from_db()
    assert export.status == "working"
    assert not ExportPiece.objects.exists()


def test_what_breaks_off_three_times_is_given_up(long: None, bureau: Person) -> None:
    export = exports.ask(ORGANISATIONS, query="", fmt="csv", by=bureau)
    for _ in range(3):
        assert exports.begin(timezone.now()) == export
        Export.objects.update(seen_at=timezone.now() - STALE * 2)
    assert export_work.work_on_next() is False
    export.refresh_from_db()
    assert (export.status, export.error) == ("failed", exports.GAVE_UP)


def test_the_file_is_made_with_the_rights_that_its_asker_has_then(
    long: None, at_bureau: Client, bureau: Person
) -> None:
    ask(at_bureau)
    bureau.roles.update(ends_on=datetime.date(2020, 1, 1))
    assert export_work.work_on_next() is True
    export = Export.objects.get()
    assert (export.status, export.error) == (
        *("failed", "U mag deze lijst niet bekijken."),
    )
    assert not ExportPiece.objects.exists()


def test_a_workbook_has_no_room_for_more_than_it_holds(
    long: None, bureau: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_work, "MOST_XLSX_ROWS", 2)
    exports.ask(ORGANISATIONS, query="", fmt="xlsx", by=bureau)
    assert export_work.work_on_next() is True
    assert "Kies CSV" in Export.objects.get().error


def test_the_sweep_makes_what_waits_and_removes_a_file_after_a_week(
    long: None, at_bureau: Client
) -> None:
    ask(at_bureau)
    sweep()
    export = Export.objects.get()
    assert at_bureau.get(file_of(export)).status_code == 200
    week = datetime.timedelta(days=exports.DAYS_KEPT)
    Export.objects.update(finished_at=timezone.now() - week)
    sweep()
    assert not ExportPiece.objects.exists()
    assert at_bureau.get(file_of(export)).status_code == 404
    assert "niet (meer)" in at_bureau.get(page_of(export)).content.decode()


def test_a_large_file_goes_in_and_out_in_pieces(
    long: None, bureau: Person, at_bureau: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exports, "PIECE", 7)
    exports.ask(ORGANISATIONS, query="", fmt="csv", by=bureau)
    export_work.work_on_next()
    assert ExportPiece.objects.count() > 3
    export = Export.objects.get()
    assert len(rows_of(at_bureau.get(file_of(export)))) == 4


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "done"},
        {"status": "done", "finished_at": datetime.datetime.now(datetime.UTC)},
        {"finished_at": datetime.datetime.now(datetime.UTC)},
        {"status": "working"},
    ],
)
def test_the_database_knows_what_an_export_can_be(
    wrong: dict[str, Any], bureau: Person
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Export.objects.create(asked_by=bureau, list_label="x", format="csv", **wrong)


def test_a_list_of_many_is_read_in_as_many_queries_as_one_of_few(
    at_bureau: Client, django_assert_num_queries: Any, bureau: Person
) -> None:
    shown = admin.site.get_model_admin(Organisation)
    for number in range(30):
        make_gemeente(f"GM{8000 + number}", f"Gemeente {number}")
    found = lists.listed(shown, bureau, "")
    with django_assert_num_queries(1):
        list(found.rows.iterator())
