"""A dump that is put back elsewhere is the same, and as guarded: the yearly drill."""

import subprocess
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from nvsi.embedded import postgresql
from nvsi.embedded.process import ENVIRONMENT
from tests.faults import books
from tests.faults.cluster import Cluster, Database
from tests.faults.conftest import CopyOf, ManageOf
from tests.faults.contents import everything
from tests.faults.invariants import assert_books_hold, frozen

pytestmark = pytest.mark.slow
# What guards the tables, and where each sequence stands.
GUARDS = {
    # tgtype is when and on what it fires. Not its condition, as for constraints below.
    "triggers": "SELECT tgrelid::regclass::text, tgname, tgfoid::regproc::text, "
    "tgtype, tgqual IS NULL, tgenabled FROM pg_trigger WHERE NOT tgisinternal",
    "functions": "SELECT oid::regprocedure::text, md5(prosrc) FROM pg_proc "
    "WHERE pronamespace = 'public'::regnamespace",
    # Not their text: PostgreSQL spells a condition otherwise when it reads it back.
    "constraints": "SELECT conrelid::regclass::text, conname, contype, convalidated "
    "FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
    "indexes": "SELECT tablename, indexname FROM pg_indexes "
    "WHERE schemaname = 'public'",
    "sequences": "SELECT sequencename, last_value FROM pg_sequences "
    "WHERE schemaname = 'public'",
}


def run(program: str, *words: str | Path) -> None:
    """A program that came with the server, as docs/operations.md gives it."""
    done = subprocess.run(
        [postgresql._programs() / program, *words],
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr


def restored(cluster: Cluster, dump: Path, name: str) -> Database:
    there = ["--host", str(cluster.socket_dir), "--port", cluster.port]
    there += ["--username", postgresql.NAME]
    run("createdb", *there, "--encoding=UTF8", "--template=template0", name)
    words = ["--exit-on-error", "--no-owner", f"--dbname={name}"]
    run("pg_restore", *there, *words, dump)
    return Database(cluster, name)


def guards_of(database: Database) -> dict[str, list[Any]]:
    return {name: sorted(database.ask(sql)) for name, sql in GUARDS.items()}


def test_a_dump_put_back_is_the_same_and_as_guarded(
    cluster: Cluster,
    approved: Database,
    copy_of: CopyOf,
    manage_of: ManageOf,
    tmp_path: Path,
) -> None:
    database, dump = copy_of(approved), tmp_path / "nvsi.dump"
    with database.in_django():
        books.make_all_statements()
    run("pg_dump", "--format=custom", f"--file={dump}", database.url)
    drill = restored(cluster, dump, f"{database.name}_drill")
    try:
        assert everything(drill) == everything(database)
        assert frozen(drill) == frozen(database)
        assert guards_of(drill) == guards_of(database)
        assert_books_hold(drill)
        checked = manage_of(drill, "check_books")
        assert checked.returncode == 0, checked.stderr
        with pytest.raises(psycopg2.Error, match="afrekening"):
            drill.ask("UPDATE billing_settlement SET premies = premies + 1")
    finally:
        cluster.drop(drill.name)
