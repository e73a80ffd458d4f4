"""A database with every migration run, once per content of the migrations.

PostgreSQL copies it in a second; running the migrations takes half a minute, and every
process of every run would do so. Migrations that came with a package in the meantime
are run in the copy.
"""

import hashlib
from pathlib import Path

from django.core.management import call_command
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
PREFIX = "migrated_"
ONE_AT_A_TIME = 6_011_972


def migrated() -> str:
    """The name of a database in which the migrations as they are now were run."""
    name = PREFIX + _fingerprint()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        cursor.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX]
        )
        found = {row[0] for row in cursor.fetchall()}
        if name not in found:
            for old in found:
                cursor.execute(f'DROP DATABASE "{old}" WITH (FORCE)')
            # Named last: what was broken off half-way is never taken for whole.
            cursor.execute(f'CREATE DATABASE "{PREFIX}half"')
            _migrate(f"{PREFIX}half")
            cursor.execute(f'ALTER DATABASE "{PREFIX}half" RENAME TO "{name}"')
        cursor.execute("SELECT pg_advisory_unlock(%s)", [ONE_AT_A_TIME])
    return name


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in sorted(ROOT.glob("*/migrations/*.py")):
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _migrate(name: str) -> None:
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        call_command("migrate", verbosity=0)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
