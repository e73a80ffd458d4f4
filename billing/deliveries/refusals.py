"""Say of every wrong row what is wrong with it: row, column and a Dutch sentence.

Each check is one statement over the staged rows (billing.deliveries.staging). The
first thousand are listed, all are counted.
"""

# ruff: noqa: S608 - the names in these statements are constants of this module

from collections.abc import Iterable, Sequence

from billing.deliveries.hours import LONGEST_REFERENCE, TEXTS
from billing.deliveries.staging import GOOD_KVK
from billing.deliveries.values import VALUE_TYPES
from billing.sql import ask, run
from nvsi.tables import CellError, TableRefused

LISTED = 1000

_DUPLICATES = """
    SELECT row_number, 'regel_id', '''' || left(regel_id, 40) ||
        ''' staat al in rij ' || first_row || ' van dit bestand'
    FROM (SELECT row_number, trimmed(regel_id) AS regel_id,
              min(row_number) OVER (PARTITION BY trimmed(regel_id)) AS first_row
          FROM staged WHERE trimmed(regel_id) <> '') s
    WHERE row_number > first_row
"""

_UNKNOWN_GEMEENTE = """
    SELECT s.row_number, 'gemeente_code', CASE WHEN trimmed(s.gemeente_code) = ''
        THEN 'ontbreekt'
        ELSE '''' || left(s.gemeente_code, 40) || ''' is geen bekende gemeente' END
    FROM staged s
    WHERE NOT EXISTS (SELECT 1 FROM membership_organisation o
        WHERE o.code = upper(trimmed(s.gemeente_code)) AND o.kind = 'gemeente')
"""

# The paper that is missing, by name; a pause names the day on which it began. Asked
# once for each gemeente and day, not for each row. What is bound needs none.
_NO_AGREEMENT = """
    WITH lacking AS MATERIALIZED (
        SELECT s.gemeente_code, s.datum, v.value, o.id AS gemeente_id,
            left(upper(trimmed(s.gemeente_code)), 40) || ' heeft op ' ||
                to_char(v.value, 'DD-MM-YYYY') AS who
        FROM staged s
        JOIN value_datum v ON v.cell = s.datum AND v.error IS NULL
        JOIN membership_organisation o
            ON o.code = upper(trimmed(s.gemeente_code)) AND o.kind = 'gemeente'
        WHERE NOT EXISTS (SELECT 1 FROM days d
            WHERE d.gemeente_code = s.gemeente_code AND d.datum = s.datum)
        GROUP BY 1, 2, 3, 4),
    told AS MATERIALIZED (
        SELECT l.*, CASE
            WHEN a.used IS NOT NULL AND a.protected @> l.value
            THEN ' het gebruik gepauzeerd, vanaf ' || (
                SELECT to_char(lower(span), 'DD-MM-YYYY')
                FROM unnest(a.paused) span WHERE span @> l.value)
            WHEN a.used IS NOT NULL THEN ' geen verwerkersovereenkomst'
            WHEN EXISTS (SELECT 1 FROM contracts_verwerkersovereenkomst w
                WHERE w.organisation_id = l.gemeente_id
                    AND daterange(w.starts_on, w.ends_on, '[]') @> l.value)
            THEN ' geen gebruiksovereenkomst'
            ELSE ' geen gebruiksovereenkomst en geen verwerkersovereenkomst' END AS why
        FROM lacking l LEFT JOIN agreed a
            ON a.gemeente_code = l.gemeente_code AND a.used @> l.value)
    SELECT s.row_number, 'gemeente_code', t.who || t.why
    FROM staged s JOIN told t USING (gemeente_code, datum)
    WHERE NOT EXISTS (SELECT 1 FROM bound b WHERE b.row_number = s.row_number)
"""

_PREMIUM_ABOVE_TARIFF = """
    SELECT s.row_number, 'premie_per_uur', '''' || left(s.premie_per_uur, 40) ||
        ''' is hoger dan het tarief'
    FROM staged s
    JOIN value_tarief t ON t.cell = s.tarief AND t.error IS NULL
    JOIN value_premie_per_uur p ON p.cell = s.premie_per_uur AND p.error IS NULL
    WHERE p.value > t.value
"""

_NEGATIVE_HOURS = """
    SELECT s.row_number, 'uren', '''' || left(s.uren, 40) ||
        ''' is negatief; dat kan alleen met een corrigeert_regel_id'
    FROM staged s JOIN value_uren u ON u.cell = s.uren AND u.error IS NULL
    WHERE u.value < 0 AND trimmed(s.corrigeert_regel_id) = ''
"""

_UNKNOWN_CORRECTION = """
    SELECT s.row_number, 'corrigeert_regel_id',
        '''' || left(s.corrigeert_regel_id, 40) || ''' is geen bekende regel'
    FROM staged s
    WHERE trimmed(s.corrigeert_regel_id) <> '' AND (
        length(s.corrigeert_regel_id) > %(longest)s
        OR trimmed(s.corrigeert_regel_id) = trimmed(s.regel_id)
        OR NOT EXISTS (SELECT 1 FROM staged o
            WHERE trimmed(o.regel_id) = trimmed(s.corrigeert_regel_id))
        AND NOT EXISTS (SELECT 1 FROM billing_line l
            WHERE l.source_id = %(source)s
                AND l.regel_id = trimmed(s.corrigeert_regel_id)))
"""

_OTHER_CONTENT = """
    SELECT s.row_number, 'regel_id', '''' || left(r.regel_id, 40) ||
        ''' is al bekend, met een andere inhoud; corrigeer met een nieuwe regel en '
        'corrigeert_regel_id'
    FROM ready r JOIN billing_line l
        ON l.source_id = %(source)s AND l.regel_id = r.regel_id
    JOIN staged s ON trimmed(s.regel_id) = r.regel_id
    WHERE {differs}
"""

# What makes a known line the same line. The period is not: it may have closed since.
SAME = (
    "coverage_id",
    "datum",
    "factuurdatum",
    "uren",
    "tarief",
    "premie_per_uur",
    "opdracht_id",
    "opdrachtgever_naam",
    "opdrachtgever_kvk",
    "kandidaat_ref",
    "factuurnummer",
    "corrigeert_regel_id",
)
DIFFERS = (
    f"({', '.join(f'r.{name}' for name in SAME)}) IS DISTINCT FROM "
    f"({', '.join(f'l.{name}' for name in SAME)})"
)


def _bad_cells(column: str) -> str:
    return (
        f"SELECT s.row_number, '{column}', v.error FROM staged s "
        f"JOIN value_{column} v ON v.cell = s.{column} WHERE v.error IS NOT NULL"
    )


def _bad_text(column: str, most: int) -> str:
    """A text that is missing, or longer than the books keep."""
    return (
        f"SELECT row_number, '{column}', CASE WHEN trimmed({column}) = '' "
        f"THEN 'ontbreekt' ELSE 'is langer dan {most} tekens' END FROM staged "
        f"WHERE trimmed({column}) = '' OR length({column}) > {most}"
    )


_BAD_KVK = f"""
    SELECT row_number, 'opdrachtgever_kvk', CASE WHEN trimmed(opdrachtgever_kvk) = ''
        THEN 'ontbreekt' ELSE '''' || left(opdrachtgever_kvk, 40) ||
        ''' is geen KvK-nummer van acht cijfers' END
    FROM staged WHERE NOT {GOOD_KVK}
"""

CHECKS = (
    *(_bad_cells(column) for column in VALUE_TYPES),
    *(_bad_text(column, most) for column, most in TEXTS.items()),
    _BAD_KVK,
    _UNKNOWN_GEMEENTE,
    _NO_AGREEMENT,
    _PREMIUM_ABOVE_TARIFF,
    _NEGATIVE_HOURS,
    _UNKNOWN_CORRECTION,
    _DUPLICATES,
    _OTHER_CONTENT.format(differs=DIFFERS),
)


def values_are_good() -> bool:
    """Whether no distinct cell was refused."""
    any_error = " UNION ALL ".join(
        f"SELECT error FROM value_{column} WHERE error IS NOT NULL"
        for column in VALUE_TYPES
    )
    return not ask(f"SELECT 1 FROM ({any_error}) e LIMIT 1")


def hours_are_good() -> bool:
    """Whether hours below zero, if there are any, correct a line."""
    negative = ask("SELECT 1 FROM value_uren WHERE value < 0 LIMIT 1")
    return not negative or not ask(f"{_NEGATIVE_HOURS} LIMIT 1")


def corrections_are_good(source_id: int) -> bool:
    """Whether every line that is corrected is known."""
    facts = {"source": source_id, "longest": LONGEST_REFERENCE}
    return not ask(f"{_UNKNOWN_CORRECTION} LIMIT 1", facts)


def refuse(source_id: int, misshapen: Sequence[CellError] = ()) -> None:
    """Raises TableRefused with everything that is wrong; returns when nothing is."""
    run('CREATE TABLE refused (row_number bigint, "column" text, message text)')
    for check in CHECKS:
        run(
            f"INSERT INTO refused {check}",
            {"source": source_id, "longest": LONGEST_REFERENCE},
        )
    ((count,),) = ask("SELECT count(*) FROM refused")
    found = [
        CellError(row, column, f"{message}.")
        for row, column, message in ask(
            f'SELECT * FROM refused ORDER BY row_number, "column" LIMIT {LISTED}'
        )
    ]
    run("DROP TABLE refused")
    _raise_if_any([*misshapen, *found], count + len(misshapen))


def _raise_if_any(errors: Iterable[CellError], count: int) -> None:
    listed = sorted(errors, key=lambda error: (error.row, error.column))[:LISTED]
    if listed:
        raise TableRefused(tuple(listed), count)
