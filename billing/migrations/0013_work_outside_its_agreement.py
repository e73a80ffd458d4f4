"""Work on days that its agreement does not have any more: corrected, or not ended.

An opzegging can come to be known late, over hours that were delivered. Such hours are
corrected before the agreement ends, and what they corrected can always be corrected
again: a line on a day outside is taken when it corrects a line of that day.
"""

from django.db import migrations

# A line with its corrections is one thing: together they came to something, or to
# nothing. Lines that correct each other in a circle come to something, each of them.
STANDING = """
CREATE FUNCTION billing_standing_lines(
    coverages bigint[], first_days date[], last_days date[]
) RETURNS SETOF billing_line LANGUAGE sql STABLE AS $$
    WITH RECURSIVE outside AS MATERIALIZED (
        SELECT l.* FROM billing_line l
        JOIN unnest(coverages, first_days, last_days) c (id, first_day, last_day)
            ON c.id = l.coverage_id
        WHERE l.datum < c.first_day OR l.datum > c.last_day),
    upward AS (
        SELECT o.id, o.source_id, o.regel_id, o.corrigeert_regel_id FROM outside o
        UNION
        SELECT u.id, o.source_id, o.regel_id, o.corrigeert_regel_id
        FROM upward u JOIN outside o
            ON o.source_id = u.source_id AND o.regel_id = u.corrigeert_regel_id),
    first_ones AS (
        SELECT u.id, u.source_id, u.regel_id FROM upward u
        WHERE NOT EXISTS (SELECT 1 FROM outside o
            WHERE o.source_id = u.source_id AND o.regel_id = u.corrigeert_regel_id)),
    together AS (
        SELECT o.id, f.id IS NULL
            OR sum(o.uren) OVER chain <> 0 OR sum(o.omzet) OVER chain <> 0
            OR sum(o.premie) OVER chain <> 0 AS stands
        FROM outside o LEFT JOIN first_ones f ON f.id = o.id
        WINDOW chain AS (PARTITION BY o.coverage_id, f.source_id, f.regel_id))
    SELECT o.* FROM outside o JOIN together t ON t.id = o.id WHERE t.stands
$$;
"""

LINES = """
CREATE OR REPLACE FUNCTION billing_lines_belong() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wrong record;
    twice text;
BEGIN
    -- All at once over the distinct values: a foreign key would look per row.
    SELECT n.* INTO wrong
    FROM (SELECT import_id, source_id, period_id, coverage_id, worked_in,
              min(datum) AS first_day, max(datum) AS last_day
          FROM added GROUP BY 1, 2, 3, 4, 5) n
    LEFT JOIN billing_import i ON i.id = n.import_id AND i.source_id = n.source_id
    LEFT JOIN billing_period p ON p.id = n.period_id AND p.closed_at IS NULL
        AND p.instrument_id = i.instrument_id AND p.halfyear >= n.worked_in
    LEFT JOIN contracts_coverage c ON c.id = n.coverage_id
        AND c.instrument_id = i.instrument_id AND c.starts_on <= n.first_day
        AND (c.ends_on >= n.last_day OR c.ends_on IS NULL)
    WHERE i.id IS NULL OR p.id IS NULL OR c.id IS NULL
    LIMIT 1;
    IF FOUND THEN  -- rare: look again, without the days of corrections
        SELECT n.* INTO wrong
        FROM (SELECT import_id, source_id, period_id, coverage_id, worked_in,
                  min(datum) FILTER (WHERE corrigeert_regel_id = '') AS first_day,
                  max(datum) FILTER (WHERE corrigeert_regel_id = '') AS last_day
              FROM added GROUP BY 1, 2, 3, 4, 5) n
        LEFT JOIN billing_import i ON i.id = n.import_id AND i.source_id = n.source_id
        LEFT JOIN billing_period p ON p.id = n.period_id AND p.closed_at IS NULL
            AND p.instrument_id = i.instrument_id AND p.halfyear >= n.worked_in
        LEFT JOIN contracts_coverage c ON c.id = n.coverage_id
            AND c.instrument_id = i.instrument_id
            AND (c.starts_on <= n.first_day) IS NOT FALSE
            AND (c.ends_on >= n.last_day) IS NOT FALSE
        WHERE i.id IS NULL OR p.id IS NULL OR c.id IS NULL
        LIMIT 1;
        IF NOT FOUND THEN
            -- A correction outside leads back to a line of that day in the books.
            WITH RECURSIVE outside AS (
                SELECT a.* FROM added a JOIN contracts_coverage c
                    ON c.id = a.coverage_id
                WHERE a.datum < c.starts_on OR a.datum > c.ends_on),
            founded AS (
                SELECT o.source_id, o.regel_id, o.coverage_id, o.datum
                FROM outside o JOIN billing_line l ON l.source_id = o.source_id
                    AND l.regel_id = o.corrigeert_regel_id
                    AND l.coverage_id = o.coverage_id AND l.datum = o.datum
                WHERE NOT EXISTS (SELECT 1 FROM outside x
                    WHERE x.source_id = l.source_id AND x.regel_id = l.regel_id)
                UNION
                SELECT o.source_id, o.regel_id, o.coverage_id, o.datum
                FROM outside o JOIN founded f ON f.source_id = o.source_id
                    AND f.regel_id = o.corrigeert_regel_id
                    AND f.coverage_id = o.coverage_id AND f.datum = o.datum)
            SELECT o.* INTO wrong FROM outside o
            WHERE NOT EXISTS (SELECT 1 FROM founded f
                WHERE f.source_id = o.source_id AND f.regel_id = o.regel_id)
            LIMIT 1;
        END IF;
        IF FOUND THEN
            RAISE EXCEPTION 'Een urenregel hoort bij een bestaande aanlevering, bij '
                'een overeenkomst van haar dag, en bij een open halfjaar: %', wrong
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    SELECT a.regel_id INTO wrong FROM added a
    WHERE a.omzet <> round(a.uren * a.tarief, 2)
        OR a.premie <> round(a.uren * a.premie_per_uur, 2)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Omzet en premie van regel % volgen niet uit de uren.',
            wrong.regel_id USING ERRCODE = 'check_violation';
    END IF;
    SELECT a.regel_id INTO wrong FROM added a
    WHERE a.corrigeert_regel_id <> '' AND NOT EXISTS (
        SELECT 1 FROM billing_line l
        WHERE l.source_id = a.source_id AND l.regel_id = a.corrigeert_regel_id)
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Regel % corrigeert een onbekende regel.', wrong.regel_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    -- Within a half-year an index refuses this; across half-years nothing else does.
    FOR wrong IN SELECT DISTINCT period_id FROM added LOOP
        EXECUTE format(
            'SELECT a.regel_id FROM added a JOIN billing_line l '
            'ON l.source_id = a.source_id AND l.regel_id = a.regel_id '
            'WHERE a.period_id = %1$s AND l.period_id <> %1$s LIMIT 1',
            wrong.period_id) INTO twice;
        IF twice IS NOT NULL THEN
            RAISE EXCEPTION 'Regel % is al aangeleverd.', twice
                USING ERRCODE = 'unique_violation';
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
"""

# After who takes in lines now: else neither would see the other.
COVERAGE = """
CREATE OR REPLACE FUNCTION billing_coverage_keeps_its_lines() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    outside record;
BEGIN
    PERFORM 1 FROM instruments_instrument WHERE id = OLD.instrument_id
        FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT 1 FROM billing_line l JOIN billing_period p ON p.id = l.period_id
        WHERE l.coverage_id = OLD.id AND (
            (NEW.id, NEW.agreement_id, NEW.instrument_id, NEW.gemeente_id)
             <> (OLD.id, OLD.agreement_id, OLD.instrument_id, OLD.gemeente_id)
            OR p.closed_at IS NOT NULL
                AND (l.datum < NEW.starts_on OR l.datum > NEW.ends_on)))
    THEN
        RAISE EXCEPTION 'Onder deze overeenkomst is gewerkt: haar gemeente blijft, en '
            'de dagen die zijn afgerekend.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    -- Hours that are not settled yet: corrected first, or the days stay.
    IF NEW.starts_on > OLD.starts_on
        OR coalesce(NEW.ends_on, 'infinity') < coalesce(OLD.ends_on, 'infinity')
    THEN
        SELECT min(datum) AS first_day, max(datum) AS last_day,
            count(*) FILTER (WHERE datum < NEW.starts_on) AS before,
            count(*) FILTER (WHERE datum > NEW.ends_on) AS after INTO outside
        FROM billing_standing_lines(ARRAY[NEW.id], ARRAY[NEW.starts_on],
            ARRAY[NEW.ends_on]);
        IF outside.after > 0 THEN
            RAISE EXCEPTION 'Er zijn uren aangeleverd van na die dag (% %, tot en met '
                '%). Laat die eerst corrigeren, of kies een latere laatste dag.',
                outside.after, CASE outside.after WHEN 1 THEN 'regel' ELSE 'regels' END,
                to_char(outside.last_day, 'DD-MM-YYYY')
                USING ERRCODE = 'integrity_constraint_violation';
        ELSIF outside.before > 0 THEN
            RAISE EXCEPTION 'Er zijn uren aangeleverd van voor die dag (% %, vanaf %). '
                'Laat die eerst corrigeren, of kies een eerdere eerste dag.',
                outside.before,
                CASE outside.before WHEN 1 THEN 'regel' ELSE 'regels' END,
                to_char(outside.first_day, 'DD-MM-YYYY')
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("billing", "0012_receipts_guards")]
    operations = [
        migrations.RunSQL(sql, migrations.RunSQL.noop)
        for sql in (STANDING, LINES, COVERAGE)
    ]
