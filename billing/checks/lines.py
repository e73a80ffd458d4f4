"""Checks on what was delivered: the lines, and the deliveries that they came with."""

from collections.abc import Iterator

from billing.sql import ask
from nvsi.dutch import euro
from nvsi.halfyear import HalfYear

MOST_NAMED = 20


def check_deliveries() -> Iterator[str | int]:
    """A delivery still has the lines, hours and euros that it came with."""
    rows = ask(
        """
        SELECT i.id, i.file_name, i.lines_count, count(l.id), i.uren,
            coalesce(sum(l.uren), 0), i.omzet, coalesce(sum(l.omzet), 0), i.premie,
            coalesce(sum(l.premie), 0)
        FROM billing_import i LEFT JOIN billing_line l ON l.import_id = i.id
        GROUP BY i.id ORDER BY i.id
        """
    )
    for pk, name, count, counted, uren, hours, omzet, revenue, premie, premium in rows:
        yield 1
        where = f"Aanlevering {pk} ({name})"
        if count != counted:
            yield f"{where} had {count} regels, er zijn er {counted}."
        if uren != hours:
            yield f"{where} had {uren} uur, de regels geven {hours}."
        for noun, kept, found in (
            ("omzet", omzet, revenue),
            ("premie", premie, premium),
        ):
            if kept != found:
                yield f"{where}: {noun} {euro(kept)}, de regels geven {euro(found)}."


def check_lines() -> Iterator[str | int]:
    """Revenue and premium follow from the hours; each line lies in its agreement, or
    comes to nothing with what corrects it."""
    ((count,),) = ask("SELECT count(*) FROM billing_line")
    yield int(count)
    wrong = ask(
        """
        WITH standing AS MATERIALIZED (
            SELECT s.id FROM (
                SELECT array_agg(c.id) AS ids, array_agg(c.starts_on) AS first_days,
                    array_agg(c.ends_on) AS last_days
                FROM contracts_coverage c
                WHERE EXISTS (SELECT 1 FROM billing_line l WHERE l.coverage_id = c.id
                    AND (l.datum < c.starts_on OR l.datum > c.ends_on))) o,
                billing_standing_lines(o.ids, o.first_days, o.last_days) s)
        SELECT l.regel_id, p.halfyear, o.outside
        FROM billing_line l
        JOIN billing_period p ON p.id = l.period_id
        LEFT JOIN contracts_coverage c ON c.id = l.coverage_id
            AND daterange(c.starts_on, c.ends_on, '[]') @> l.datum
        CROSS JOIN LATERAL (SELECT c.id IS NULL AND (
            l.id IN (SELECT id FROM standing) OR NOT EXISTS (
                SELECT 1 FROM contracts_coverage k WHERE k.id = l.coverage_id)
        ) AS outside) o
        WHERE l.omzet <> round(l.uren * l.tarief, 2)
            OR l.premie <> round(l.uren * l.premie_per_uur, 2) OR o.outside
            OR l.worked_in <> extract(year FROM l.datum) * 10
                + CASE WHEN extract(month FROM l.datum) <= 6 THEN 1 ELSE 2 END
        ORDER BY l.regel_id LIMIT %s
        """,
        [MOST_NAMED],
    )
    for regel_id, halfyear, outside in wrong:
        what = (
            "valt buiten haar overeenkomst"
            if outside
            else "heeft een omzet, premie of halfjaar dat niet uit de rest volgt"
        )
        yield f"{HalfYear.from_code(halfyear)}: regel {regel_id} {what}."
