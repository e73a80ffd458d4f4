"""The settlement of a half-year once more, in DuckDB, straight from the files.

Written from the sentences of design section 3 alone. It shares no code with the portal
and no engine: what both find independently is probably right.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

import duckdb

AMOUNTS = (
    "uren",
    "bruto_omzet",
    "premies",
    "vergoeding",
    "afdracht_gemeente",
    "afdracht_uitvoerder",
    "uitkering_gemeente",
    "uitkering_uitvoerder",
    "bijdrage_nvsi",
)

# A percentage is exact to four places as a fraction; DOUBLE never comes near money.
_SQL = """
WITH line AS (
    SELECT gemeente_code, CAST(uren AS DECIMAL(7,2)) AS uren,
        CAST(uren AS DECIMAL(7,2)) * CAST(tarief AS DECIMAL(9,2)) AS omzet,
        CAST(uren AS DECIMAL(7,2)) * CAST(premie_per_uur AS DECIMAL(9,2)) AS premie,
        CAST(substr(datum, 1, 4) AS INTEGER) * 10
            + CASE WHEN CAST(substr(datum, 6, 2) AS INTEGER) <= 6 THEN 1 ELSE 2 END
            AS worked_in,
        late
    FROM all_lines
),
settled AS (
    SELECT gemeente_code, worked_in, uren, round(omzet, 2) AS omzet,
        round(premie, 2) AS premie,
        CASE WHEN late AND worked_in < $period THEN $period ELSE worked_in END AS period
    FROM line
),
rate AS (
    SELECT s.*,
        (SELECT arg_max(t.pct, t.since) FROM terms t
         WHERE t.gemeente_code = s.gemeente_code AND t.since <= s.worked_in) AS v_pct,
        (SELECT arg_max(c.gemeente_pct, c.since) FROM contributions c
         WHERE c.since <= s.worked_in) AS g_pct,
        (SELECT arg_max(c.uitvoerder_pct, c.since) FROM contributions c
         WHERE c.since <= s.worked_in) AS u_pct
    FROM settled s WHERE period = $period
),
fee AS (
    SELECT gemeente_code, sum(part) AS amount FROM (
        SELECT gemeente_code, round(sum(omzet) * v_pct * 0.01::DECIMAL(3,2), 2) AS part
        FROM rate GROUP BY gemeente_code, v_pct) GROUP BY gemeente_code
),
half_g AS (
    SELECT gemeente_code, sum(part) AS amount FROM (
        SELECT gemeente_code, round(sum(omzet) * g_pct * 0.01::DECIMAL(3,2), 2) AS part
        FROM rate GROUP BY gemeente_code, g_pct) GROUP BY gemeente_code
),
half_u AS (
    SELECT gemeente_code, sum(part) AS amount FROM (
        SELECT gemeente_code, round(sum(omzet) * u_pct * 0.01::DECIMAL(3,2), 2) AS part
        FROM rate GROUP BY gemeente_code, u_pct) GROUP BY gemeente_code
),
total AS (
    SELECT gemeente_code, sum(uren) AS uren, sum(omzet) AS omzet, sum(premie) AS premie
    FROM rate GROUP BY gemeente_code
)
SELECT t.gemeente_code, t.uren, t.omzet, t.premie, f.amount, g.amount, u.amount,
    t.omzet - t.premie - f.amount - g.amount, f.amount - u.amount, g.amount + u.amount
FROM total t JOIN fee f USING (gemeente_code) JOIN half_g g USING (gemeente_code)
JOIN half_u u USING (gemeente_code)
ORDER BY t.gemeente_code
"""

Rates = Iterable[tuple[object, ...]]


def settle(
    period: int, *, on_time: Path, late: Path, terms: Rates, contributions: Rates
) -> Mapping[str, Mapping[str, Decimal]]:
    """Per gemeente what the half-year comes to.

    The lines that came late fall in the half-year, as the ones before it were closed.
    terms: gemeente, since, percentage; contributions: since, and both percentages.
    """
    with duckdb.connect() as engine:
        engine.execute("SET threads = 1")
        engine.execute(
            "CREATE TABLE all_lines AS "
            "SELECT *, false AS late FROM read_csv($on_time, all_varchar = true) "
            "UNION ALL BY NAME "
            "SELECT *, true AS late FROM read_csv($late, all_varchar = true)",
            {"on_time": str(on_time), "late": str(late)},
        )
        engine.execute(
            "CREATE TABLE terms "
            "(gemeente_code VARCHAR, since INTEGER, pct DECIMAL(5,2))"
        )
        engine.execute(
            "CREATE TABLE contributions "
            "(since INTEGER, gemeente_pct DECIMAL(5,2), uitvoerder_pct DECIMAL(5,2))"
        )
        engine.executemany("INSERT INTO terms VALUES (?, ?, ?)", list(terms))
        engine.executemany(
            "INSERT INTO contributions VALUES (?, ?, ?)", list(contributions)
        )
        rows = engine.execute(_SQL, {"period": period}).fetchall()
    return {code: dict(zip(AMOUNTS, row, strict=True)) for code, *row in rows}
