"""Let one process at a time do a piece of work, on every host of the portal."""

from django.db import connection


def one_at_a_time(work: str) -> None:
    """Hold back others who ask for the same work until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [work])
