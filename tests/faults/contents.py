"""What is in a database, to compare with what should be; never by its ids."""

from typing import Any

from tests.faults.cluster import Database

Rows = list[tuple[Any, ...]]

_IMPORTS = """
    SELECT i.file_name, i.sha256, i.lines_count, i.known_count, i.uren, i.omzet,
        i.premie, l.lines, l.uren, l.omzet, l.premie
    FROM billing_import i FULL JOIN (
        SELECT import_id, count(*) AS lines, sum(uren) AS uren, sum(omzet) AS omzet,
            sum(premie) AS premie
        FROM billing_line GROUP BY import_id) l ON l.import_id = i.id
    ORDER BY i.id
"""
_TABLES_OF_AN_IMPORT = """
    SELECT c.relname FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
        AND (c.relpersistence <> 'p' OR c.relname ~ '^(staged|ready|billing_line_)')
        AND NOT c.relispartition
"""
_RUNS = """
    SELECT r.sequence, r.status, r.fingerprint, p.closed_at,
        (SELECT count(*) FROM membership_historyevent h
         WHERE h.subject_type = 'billing.settlementrun' AND h.subject_id = r.id)
    FROM billing_settlementrun r JOIN billing_period p ON p.id = r.period_id
    ORDER BY r.sequence
"""
_SETTLEMENTS = """
    SELECT o.code, s.status, s.number_year, s.number_sequence, s.uren, s.bruto_omzet,
        s.uitkering_gemeente, s.uitkering_uitvoerder, s.bijdrage_nvsi, d.state,
        e.number, e.sha256, e.debit, e.credit,
        (SELECT count(*) FROM billing_settlementline l WHERE l.settlement_id = s.id)
    FROM billing_settlement s JOIN membership_organisation o ON o.id = s.organisation_id
    LEFT JOIN billing_statement d ON d.settlement_id = s.id
    LEFT JOIN (
        SELECT e.*, sum(p.debit) AS debit, sum(p.credit) AS credit
        FROM billing_entry e LEFT JOIN billing_posting p ON p.entry_id = e.id
        GROUP BY e.id) e ON e.settlement_id = s.id
    ORDER BY o.code, s.number_sequence
"""
_REST = """
    SELECT (SELECT count(*) FROM billing_settlementline),
        (SELECT count(*) FROM billing_entry), (SELECT count(*) FROM billing_posting),
        (SELECT count(*) FROM billing_statement),
        (SELECT count(*) FROM membership_email),
        (SELECT coalesce(sum(debit - credit), 0) FROM billing_posting)
"""


def imports(database: Database) -> Rows:
    """Every delivery with the sums of its lines, and what an import left behind."""
    delivered = database.value(
        "SELECT count(*) FROM membership_historyevent WHERE action = 'delivered'"
    )
    left = database.ask(_TABLES_OF_AN_IMPORT)
    return [*database.ask(_IMPORTS), (delivered,), *left]


def halfyear(database: Database) -> Rows:
    """The runs, settlements, books and papers of the only half-year."""
    return [row for sql in (_RUNS, _SETTLEMENTS, _REST) for row in database.ask(sql)]


def everything(database: Database) -> dict[str, tuple[Any, ...]]:
    """How many rows every table has, and a check sum over them."""
    tables = database.ask(
        "SELECT c.oid::regclass::text FROM pg_class c "
        "WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'"
    )
    sums = " UNION ALL ".join(
        f"SELECT '{name}', count(*), "
        f"md5(string_agg(md5(t::text), '' ORDER BY t::text)) FROM {name} t"
        for (name,) in tables
    )
    return {name: tuple(rest) for name, *rest in database.ask(sums)}
