"""The commands as they are typed: real processes, exit codes and standard output."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from membership.models import Organisation, Person
from tests.billing.database import own_database
from tests.billing.deliveries import as_csv, line

ROOT = Path(__file__).resolve().parents[2]
# Over for good, whatever day it is when this runs.
HALFYEAR, DAY = "2019-H1", "2019-03-09"


@pytest.fixture
def db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """In this module all that is done is really committed."""
    with own_database(django_db_blocker):
        yield


def database_url() -> str:
    facts = {k: quote(str(v), safe="") for k, v in connection.settings_dict.items()}
    who = f"{facts['USER']}:{facts['PASSWORD']}".removesuffix(":")
    port = f":{facts['PORT']}" if facts["PORT"] else ""
    return f"postgresql://{who}@localhost{port}/{facts['NAME']}?host={facts['HOST']}"


def manage(var: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "NVSI_MODE": "local", "NVSI_VAR": str(var)}
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env={**environment, "DATABASE_URL": database_url(), "REDIS_URL": ""},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.slow
def test_the_road_from_file_to_approval_by_the_command_line(
    heideveld: Organisation, bureau: Person, penningmeester: Person, tmp_path: Path
) -> None:
    path = tmp_path / "uren.csv"

    path.write_text(as_csv([line("R1", datum=DAY, uren="0")]))
    refused = manage(tmp_path, "import_hours", str(path))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "rij 2, uren" in refused.stderr

    path.write_text(as_csv([line("R1", datum=DAY)]))
    taken = manage(tmp_path, "import_hours", str(path))
    assert (taken.returncode, taken.stdout.count("\n")) == (0, 1)

    settled = manage(tmp_path, "settle", HALFYEAR, "--by", bureau.email, "--json", "-")
    draft = json.loads(settled.stdout)
    assert (settled.returncode, draft["status"]) == (0, "draft")

    approve = ("approve_settlements", HALFYEAR, "--by")
    own_work = manage(tmp_path, *approve, bureau.email)
    assert (own_work.returncode, own_work.stdout) == (1, "")
    approved = manage(tmp_path, *approve, penningmeester.email)
    assert (approved.returncode, approved.stdout.count("\n")) == (0, 1)
    assert "1\u00a0document" in approved.stdout

    again = json.loads(manage(tmp_path, "settle", HALFYEAR, "--json", "-").stdout)
    assert again["status"] == "approved"
    assert again["fingerprint"] == draft["fingerprint"]
