"""What always holds in the books, asked in raw SQL and counted with other code."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from tests.faults.cluster import Database

_POSTINGS = """
    SELECT e.number, e.previous_sha256, e.sha256, e.booked_on::text, e.description,
        s.number_year, s.number_sequence, a.code, coalesce(o.code, ''),
        p.debit - p.credit
    FROM billing_entry e
    JOIN billing_posting p ON p.entry_id = e.id
    JOIN billing_account a ON a.id = p.account_id
    LEFT JOIN membership_organisation o ON o.id = p.organisation_id
    LEFT JOIN billing_settlement s ON s.id = e.settlement_id
    ORDER BY e.number, p.id
"""
# Account, and what stands on it of every settlement and reversal.
_BALANCES = """
    SELECT a.code, coalesce(sum(p.debit - p.credit), 0) FROM billing_account a
    LEFT JOIN billing_posting p ON p.account_id = a.id GROUP BY a.code
"""
_SETTLED = """
    SELECT coalesce(sum(bruto_omzet), 0), coalesce(-sum(premies), 0),
        coalesce(-sum(uitkering_gemeente), 0), coalesce(-sum(uitkering_uitvoerder), 0),
        coalesce(-sum(afdracht_gemeente), 0), coalesce(-sum(afdracht_uitvoerder), 0)
    FROM billing_settlement WHERE status <> 'draft'
"""
_ACCOUNTS = ("1300", "1600", "1610", "1620", "8000", "8010")
# Each settlement that holds against the lines of its half-year and holder.
_WRONG_SUMS = """
    SELECT s.id, s.bruto_omzet, s.premies, s.uren, l.omzet, l.premie, l.uren
    FROM billing_settlement s
    LEFT JOIN (
        SELECT l.period_id, g.organisation_id, sum(l.omzet) AS omzet,
            sum(l.premie) AS premie, sum(l.uren) AS uren
        FROM billing_line l JOIN contracts_coverage c ON c.id = l.coverage_id
        JOIN contracts_gebruiksovereenkomst g ON g.id = c.agreement_id
        GROUP BY 1, 2) l
        ON (l.period_id, l.organisation_id) = (s.period_id, s.organisation_id)
    WHERE s.kind = 'settlement' AND s.status IN ('approved', 'paid')
        AND (s.bruto_omzet, s.premies, s.uren)
            IS DISTINCT FROM (l.omzet, l.premie, l.uren)
"""
_UNFINISHED = """
    SELECT s.id FROM billing_settlement s
    LEFT JOIN billing_entry e ON e.settlement_id = s.id
    LEFT JOIN billing_statement d ON d.settlement_id = s.id
    WHERE (s.status = 'draft') <> (e.id IS NULL) OR (e.id IS NULL) <> (d.id IS NULL)
"""
_GAPS = """
    SELECT number_year FROM billing_settlement WHERE number_year IS NOT NULL
    GROUP BY number_year HAVING count(*) <> max(number_sequence)
        OR min(number_sequence) <> 1
"""
_TWICE = (
    "SELECT source_id, regel_id FROM billing_line GROUP BY 1, 2 HAVING count(*) > 1"
)
_FROZEN = """
    SELECT s.id, s.status, md5((to_jsonb(s) - 'status')::text || coalesce((
        SELECT string_agg(to_jsonb(l)::text, '' ORDER BY l.id)
        FROM billing_settlementline l WHERE l.settlement_id = s.id), ''))
    FROM billing_settlement s WHERE s.status <> 'draft'
"""
_MOVES = {
    ("approved", "paid"),
    ("approved", "reversed"),
    ("paid", "reversed"),
}

Frozen = dict[int, tuple[str, str]]


def assert_books_hold(database: Database) -> None:
    """Balanced, chained, numbered without gaps, and the sums of what was delivered."""
    _assert_chained(database.ask(_POSTINGS))
    balances = dict(database.ask(_BALANCES))
    (settled,) = database.ask(_SETTLED)
    assert [balances[code] for code in _ACCOUNTS] == list(settled)
    for wrong in (_WRONG_SUMS, _UNFINISHED, _GAPS, _TWICE):
        assert not database.ask(wrong), wrong


def frozen(database: Database) -> Frozen:
    """Every settlement that may not change: its status, and all the rest."""
    return {pk: (status, rest) for pk, status, rest in database.ask(_FROZEN)}


def assert_unchanged(before: Frozen, now: Frozen) -> None:
    """Nothing is gone or different; a status only moved on."""
    for pk, (status, rest) in before.items():
        now_status, now_rest = now[pk]
        assert now_rest == rest
        assert status == now_status or (status, now_status) in _MOVES


def _assert_chained(rows: Iterable[tuple[Any, ...]]) -> None:
    entries = defaultdict(list)
    for *row, account, organisation, amount in rows:
        entries[tuple(row)].append((account, organisation, amount))
    previous = "0" * 64
    for number, (entry, sides) in enumerate(entries.items(), 1):
        found, link, sha256, booked_on, description, year, sequence = entry
        assert (found, link) == (number, previous)
        assert sum(amount for *_, amount in sides) == 0
        content = {
            "previous": previous,
            "number": number,
            "booked_on": booked_on,
            "description": description,
            "settlement": f"{year}-{sequence:04}" if year else None,
            "postings": [[a, o, f"{amount:.2f}"] for a, o, amount in sides],
        }
        said = json.dumps(
            content, sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )
        assert sha256 == hashlib.sha256(said.encode()).hexdigest()
        previous = sha256
