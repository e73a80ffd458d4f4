"""A mail server that is away, says no, or hears it twice: no e-mail is lost."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from billing import schedule
from membership.emails import TRIES, send_waiting
from membership.models import Email
from nvsi.celery import app
from tests.faults import books, mail_server
from tests.faults.cluster import Database
from tests.faults.conftest import CopyOf, SiteOf
from tests.faults.mail_server import MailServer
from tests.faults.processes import MOMENT, wait_until


@pytest.fixture
def smtp(settings: Settings) -> Iterator[MailServer]:
    with mail_server.running() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


def queue_email(name: str, subject: str = "Onderwerp") -> Email:
    return Email.objects.create(
        key=name,
        event="proef",
        recipient=f"{name}@nvsi.example",
        subject=subject,
        body="Tekst\n",
    )


def recipients(server: MailServer) -> list[str]:
    return [message["To"].partition("@")[0] for message in server.received]


def test_while_the_mail_server_is_away_everything_waits(
    few: Database, copy_of: CopyOf, smtp: MailServer, settings: Settings
) -> None:
    with copy_of(few).in_django():
        for name in ("een", "twee"):
            queue_email(name)
        settings.EMAIL_PORT = 1  # nobody listens there
        for _ in range(len(TRIES) + 1):
            assert send_waiting() == 0
        assert {e.attempts for e in Email.objects.all()} == {0}
        settings.EMAIL_PORT = smtp.port
        assert send_waiting() == 2
        assert send_waiting() == 0
    assert recipients(smtp) == ["een", "twee"]


def test_an_email_that_is_refused_or_cannot_be_written_holds_up_nobody(
    few: Database, copy_of: CopyOf, smtp: MailServer
) -> None:
    smtp.refused.add("wacht@nvsi.example")
    with copy_of(few).in_django():
        queue_email("kapot", subject="met een\nregel te veel")
        queue_email("wacht")
        queue_email("goed")
        assert send_waiting() == 3
        states = dict(Email.objects.values_list("key", "state"))
        assert states == {"kapot": "queued", "wacht": "queued", "goed": "sent"}
        smtp.refused.clear()
        assert send_waiting() == 0  # not so soon
        later = timezone.now() + datetime.timedelta(minutes=TRIES[1], seconds=1)
        with time_machine.travel(later):
            assert send_waiting() == 2
        assert Email.objects.get(key="wacht").state == "sent"
    assert recipients(smtp) == ["goed", "wacht"]


@pytest.mark.slow
def test_a_worker_killed_between_yes_and_note_repeats_the_same_message(
    site_of: SiteOf, few: Database, smtp: MailServer
) -> None:
    site = site_of(few)
    site.settings |= {
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": str(smtp.port),
        "EMAIL_USE_TLS": "0",
    }
    with site.database.in_django(), time_machine.travel(MOMENT):
        queue_email("een")
        queue_email("twee")
    with site.database.held("membership_email", mode="SHARE"):
        worker = site.worker()
        site.ring("billing.tasks.send_emails")
        wait_until(lambda: site.database.waits_for("membership_email"))
        worker.kill()
    site.beat()
    site.worker()
    sent = "SELECT count(*) FROM membership_email WHERE state = 'sent'"
    wait_until(lambda: site.database.value(sent) == 2)
    assert recipients(smtp) == ["een", "een", "twee"]
    assert smtp.received[0]["Message-ID"] == smtp.received[1]["Message-ID"]
    assert smtp.received[1]["Message-ID"] != smtp.received[2]["Message-ID"]


def test_what_cannot_be_prepared_does_not_stop_the_sweep(
    delivered: Database, copy_of: CopyOf, smtp: MailServer
) -> None:
    database = copy_of(delivered)
    database.ask(
        "BEGIN; SET LOCAL session_replication_role = replica; "
        "DELETE FROM contracts_terms; COMMIT"
    )
    app.conf.task_always_eager = True
    with database.in_django(), time_machine.travel(MOMENT):
        queue_email("een")
        assert schedule.due(timezone.localtime()) != []
        schedule.sweep()
    assert recipients(smtp) == ["een"]
    assert books.counts(database)["runs"] == 0
