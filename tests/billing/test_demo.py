"""The demo as a whole: told once, the same ever after, and nothing is left running."""

import datetime
import fcntl
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.request import urlopen
from zoneinfo import ZoneInfo

import psutil
import psycopg2
import pytest
from django.contrib.auth.hashers import check_password
from pytest_django import Settings

from billing.demo import story
from billing.demo.bodies import LARGE
from billing.demo.members import PASSWORD, PEOPLE
from billing.demo.mistakes import SLIPS
from billing.demo.stage import Stage
from instruments.models import Instrument
from membership import history
from membership.models import Person
from nvsi import embedded
from nvsi.errors import NotAllowed

ROOT = Path(__file__).resolve().parents[2]
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SECONDS = 300


@pytest.mark.django_db
def test_a_database_without_data_is_the_demos(settings: Settings) -> None:
    settings.EMBEDDED_DATABASE = True
    story.require_own_database()


def test_data_of_others_are_left_alone(settings: Settings, bureau: Person) -> None:
    settings.EMBEDDED_DATABASE = True
    with pytest.raises(NotAllowed, match="al andere gegevens"):
        story.require_own_database()


def test_data_of_an_earlier_demo_are_its_own(
    settings: Settings, bureau: Person, flexensie: Instrument
) -> None:
    settings.EMBEDDED_DATABASE = True
    history.record(flexensie, story.TOLD, None, step="any", lines=[])
    story.require_own_database()


def test_a_database_of_somebody_else_is_never_used(settings: Settings) -> None:
    settings.EMBEDDED_DATABASE = False
    with pytest.raises(NotAllowed, match="ingebouwde database"):
        story.require_own_database()


def test_a_clock_that_is_behind_is_refused(tmp_path: Path) -> None:
    then = datetime.datetime(2026, 10, 31, 12, tzinfo=AMSTERDAM)
    with pytest.raises(NotAllowed, match="klok"):
        story.require_late_enough(Stage(tmp_path, then))
    story.require_late_enough(Stage(tmp_path, then + datetime.timedelta(days=1)))


@pytest.fixture
def var(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the demo was made: once, and used by one test at a time.

    The processes of xdist share it. What the first demo said is in first.txt.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / "demo"
    with (shared / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            said = manage(folder, "demo", "--no-serve")
            (folder / "first.txt").write_text(said)
        yield folder
        assert not left_running(folder)


def environment(var: Path) -> dict[str, str]:
    """As on a machine that has no database, no broker and no settings."""
    ours = {"DATABASE_URL", "REDIS_URL", "NVSI_MODE", "DJANGO_SETTINGS_MODULE"}
    others = {name: value for name, value in os.environ.items() if name not in ours}
    return others | {"NVSI_VAR": str(var)}


def manage(var: Path, *words: str) -> str:
    """Run a command of manage.py that must succeed; what it said."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *words],
        env=environment(var),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr or done.stdout
    return done.stdout


def left_running(var: Path) -> list[str]:
    """The command lines of what still runs for this folder."""
    found = []
    for process in psutil.process_iter(["pid", "environ", "cmdline"]):
        words = process.info["cmdline"] or []
        place = (process.info["environ"] or {}).get("NVSI_VAR")
        ours = place == str(var) or any(str(var) in word for word in words)
        if ours and process.info["pid"] != os.getpid():
            found.append(" ".join(words))
    return found


@contextmanager
def cursor_on(var: Path) -> Iterator["psycopg2.extensions.cursor"]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NVSI_VAR", str(var))
        with embedded.postgres() as where:
            connection = psycopg2.connect(
                host=where["HOST"],
                port=where["PORT"],
                dbname=where["NAME"],
                user=where["USER"],
            )
            with connection.cursor() as cursor:
                yield cursor
            connection.close()


def everything(var: Path) -> dict[str, str]:
    """Per table a fingerprint of all its rows."""
    content = {}
    with cursor_on(var) as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(
                f"SELECT md5(string_agg(md5(t::text), '' ORDER BY t::text)) "
                f'FROM "{table}" t'
            )
            ((content[table],),) = cursor.fetchall()
    return content


def counts(var: Path, sql: str) -> dict[str, int]:
    with cursor_on(var) as cursor:
        cursor.execute(sql)
        return dict(cursor.fetchall())


@pytest.mark.slow
def test_the_demo_ends_with_the_totals_of_three_half_years(var: Path) -> None:
    said = (var / "first.txt").read_text().replace("\u00a0", " ")
    assert re.search(r"^2025-H2 +betaald +€ 492\.085,17 ", said, re.MULTILINE)
    assert re.search(r"^2026-H1 +vastgesteld +€ 485\.552,21 ", said, re.MULTILINE)
    assert re.search(r"^2026-H2 +(loopt|concept) +€ 511\.464,92 ", said, re.MULTILINE)
    assert re.search(r"^samen +€ 1\.489\.102,30 .* € 29\.782,20$", said, re.MULTILINE)
    assert "De boeken kloppen tot op de cent" in said
    assert "Geweigerd: Het bestand is niet ingelezen: 13 fouten." in said


@pytest.mark.slow
def test_every_statement_is_made_and_every_e_mail_sent(var: Path) -> None:
    by_state = "SELECT state, count(*) FROM {} GROUP BY state"
    assert counts(var, by_state.format("billing_statement")) == {"done": 79}
    assert counts(var, by_state.format("membership_email")).keys() == {"sent"}


@pytest.mark.slow
def test_there_is_something_to_confirm_to_mend_and_to_answer(var: Path) -> None:
    by_status = "SELECT status, count(*) FROM {} GROUP BY status"
    uploads = counts(var, by_status.format("billing_upload"))
    assert uploads == {"refused": 1, "done": 1, "ready": 1}
    questions = counts(var, by_status.format("billing_question"))
    assert questions == {"answered": 1, "open": 1}
    errors = "SELECT status, errors_count FROM billing_upload"
    assert counts(var, errors)["refused"] == len(SLIPS)


@pytest.mark.slow
def test_what_the_regiegroep_decided_are_the_limits_of_its_signals(var: Path) -> None:
    limits = "SELECT source, opdracht_uren FROM billing_signallimit"
    assert counts(var, limits) == {"RG-FLEXENSIE-2026-001": LARGE}


@pytest.mark.slow
def test_one_is_admitted_one_is_with_its_raad_and_one_asked(var: Path) -> None:
    by_status = "SELECT status, count(*) FROM {} GROUP BY status"
    dossiers = counts(var, by_status.format("membership_dossier"))
    assert dossiers == {"admitted": 1, "running": 1}
    applications = counts(var, by_status.format("membership_application"))
    assert applications == {"waiting": 1}
    letters = counts(var, by_status.format("membership_letter"))
    assert letters == {"sent": 1, "offered": 1}
    asked = counts(var, by_status.format("membership_consultation"))
    assert asked == {"published": 1, "open": 1}
    votes = counts(var, by_status.format("membership_stemming"))
    assert votes == {"closed": 7, "open": 1}
    regions = "SELECT count(*)::text, count(DISTINCT region_id) FROM {}"
    assert counts(var, regions.format("membership_regionalcontact")) == {"2": 1}


@pytest.mark.slow
def test_a_demo_can_leave_the_rest_to_who_looks(var: Path) -> None:
    said = manage(var, "demo", "--no-serve", "--steps", "3")
    assert said.count("(al gedaan)") == 3


@pytest.mark.slow
def test_one_result_is_negative_and_one_settlement_reversed(var: Path) -> None:
    below_zero = (
        "SELECT o.code, 1 FROM billing_settlement s "
        "JOIN membership_organisation o ON o.id = s.organisation_id "
        "WHERE s.kind = 'settlement' AND uitkering_gemeente < 0"
    )
    assert counts(var, below_zero) == {"GM0060": 1}
    by_status = "SELECT status, count(*) FROM billing_settlement GROUP BY status"
    assert counts(var, by_status) == {"paid": 38, "approved": 40, "reversed": 1}


@pytest.mark.slow
def test_a_second_demo_changes_nothing(var: Path) -> None:
    before = everything(var)
    said = manage(var, "demo", "--no-serve")
    assert said.count("(al gedaan)") == len(story.STEPS)
    assert everything(var) == before


@pytest.mark.slow
def test_papers_and_payment_files_lie_in_the_folder(var: Path) -> None:
    folder = var / "demo"
    papers = sorted(folder.glob("*afrekening-*-verzonnen.pdf"))
    assert len(papers) == 7
    for pdf in papers:
        assert pdf.read_bytes().startswith(b"%PDF-")
        assert pdf.with_suffix(".xlsx").exists()
        assert "(verzonnen bedragen)" in pdf.with_suffix(".json").read_text()
    assert len(list(folder.glob("betalingen-*.xml"))) == 2


@pytest.mark.slow
def test_everyone_can_log_in_with_the_password_that_is_printed(var: Path) -> None:
    assert PASSWORD in (var / "first.txt").read_text()
    with cursor_on(var) as cursor:
        cursor.execute("SELECT email, password FROM membership_person")
        hashes = dict(cursor.fetchall())
    assert all(check_password(PASSWORD, hashes[person[0]]) for person in PEOPLE)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "code"),
    [(signal.SIGINT, 0), (signal.SIGTERM, 128 + signal.SIGTERM)],
    ids=["Ctrl-C", "kill"],
)
def test_the_portal_runs_until_it_is_stopped(
    var: Path, number: signal.Signals, code: int
) -> None:
    command = [sys.executable, str(ROOT / "manage.py"), "demo"]
    with subprocess.Popen(
        command, env=environment(var), stdout=subprocess.PIPE, text=True
    ) as demo:
        assert demo.stdout
        with urlopen(f"{address(demo.stdout)}/beheer/login/", timeout=60) as page:  # noqa: S310 - our own portal
            assert page.status == 200
        assert len(left_running(var)) > 3
        demo.send_signal(number)
        demo.communicate(timeout=60)
    assert demo.returncode == code


def address(output: IO[str]) -> str:
    """Where the portal says that it runs."""
    for line in output:
        if found := re.search(r"portaal draait op (\S+)", line):
            return found[1]
    raise AssertionError("the demo ended before the portal ran")
