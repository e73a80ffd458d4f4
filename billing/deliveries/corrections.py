"""Rows that correct a line in the books: they belong where that line belongs.

What was worked can always be corrected, whatever ended or was paused since. So such a
row takes the agreement of the line that it corrects, when both are of one gemeente and
one day. Another row on that day does not. Source: domain rules 31 and 35.
"""

from billing.sql import run

# In one file a row may correct another that corrects a line in the books.
_BIND = """
    INSERT INTO bound
    WITH RECURSIVE correcting AS MATERIALIZED (
        SELECT s.row_number, trimmed(s.regel_id) AS regel_id,
            trimmed(s.corrigeert_regel_id) AS corrects, o.id AS gemeente_id,
            v.value AS datum, p.worked_in, p.period_id
        FROM staged s
        JOIN membership_organisation o
            ON o.code = upper(trimmed(s.gemeente_code)) AND o.kind = 'gemeente'
        JOIN value_datum v ON v.cell = s.datum AND v.error IS NULL
        JOIN open_periods p ON p.worked_in = extract(year FROM v.value)::int * 10
            + CASE WHEN extract(month FROM v.value) <= 6 THEN 1 ELSE 2 END
        WHERE s.corrigeert_regel_id <> ''),
    found AS (
        SELECT c.*, l.coverage_id, false AS is_within_file
        FROM correcting c
        JOIN billing_line l ON l.source_id = %(source)s AND l.regel_id = c.corrects
            AND l.datum = c.datum
        JOIN contracts_coverage k ON k.id = l.coverage_id
            AND k.gemeente_id = c.gemeente_id AND k.instrument_id = %(instrument)s
        UNION
        SELECT c.*, f.coverage_id, true
        FROM correcting c
        JOIN found f ON f.regel_id = c.corrects AND f.datum = c.datum
            AND f.gemeente_id = c.gemeente_id)
    SELECT DISTINCT ON (row_number)
        row_number, coverage_id, datum, worked_in, period_id
    FROM found ORDER BY row_number, is_within_file
"""


def bind(instrument_id: int, source_id: int, *, corrects: bool) -> int:
    """Make the table `bound`: for each such row the agreement and the period.

    Gives how many they are; without the column there are none.
    """
    run(
        "CREATE TABLE bound (row_number bigint, coverage_id bigint, datum_value date, "
        "worked_in int, period_id bigint)"
    )
    if not corrects:
        return 0
    return run(_BIND, {"source": source_id, "instrument": instrument_id})
