"""What can never be of receipts, and of payments for an order.

What a holder owes or gets of a half-year is one sum: all that was settled, less what
was ordered and did not come back, plus what it paid itself.
"""

from django.db import migrations

DUES = """
-- Euros that a holder still gets of a half-year; below zero it still owes them.
CREATE FUNCTION billing_due(period bigint, holder bigint) RETURNS numeric
LANGUAGE sql STABLE AS $$
    SELECT COALESCE((
        SELECT sum(s.uitkering_gemeente) FROM billing_settlement s
        WHERE s.period_id = period AND s.organisation_id = holder
            AND s.status <> 'draft'), 0)
    - COALESCE((
        SELECT sum(p.amount + COALESCE(
            (SELECT sum(m.amount) FROM billing_match m
             WHERE m.payment_id = p.id AND m.amount < 0), 0))
        FROM billing_payment p
        JOIN billing_paymentbatch b ON b.id = p.batch_id
        WHERE b.period_id = period AND p.organisation_id = holder
            AND p.settlement_id IS NOT NULL), 0)
    - COALESCE((
        SELECT sum(m.amount) FROM billing_match m
        JOIN billing_settlement s ON s.id = m.settlement_id
        WHERE s.period_id = period AND s.organisation_id = holder), 0)
$$;
-- Euros that the bank moved for a holder: paid to it, less what it paid and sent back.
CREATE FUNCTION billing_moved(period bigint, holder bigint) RETURNS numeric
LANGUAGE sql STABLE AS $$
    SELECT sum(m.amount) FROM billing_match m
    LEFT JOIN billing_payment p ON p.id = m.payment_id
    LEFT JOIN billing_paymentbatch b ON b.id = p.batch_id
    LEFT JOIN billing_settlement s ON s.id = m.settlement_id
    WHERE b.period_id = period AND p.organisation_id = holder
            AND p.settlement_id IS NOT NULL
        OR s.period_id = period AND s.organisation_id = holder
$$;
"""

PAYMENTS = """
CREATE OR REPLACE FUNCTION billing_payments_are_owed() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    -- One at a time per half-year, or two files could each order what is owed once.
    PERFORM 1 FROM billing_period p
    WHERE p.id IN (SELECT b.period_id FROM added a
                   JOIN billing_paymentbatch b ON b.id = a.batch_id)
    ORDER BY p.id FOR NO KEY UPDATE;
    -- And per order: it may be in the file of any half-year.
    PERFORM 1 FROM billing_kasmovement k
    WHERE k.id IN (SELECT movement_id FROM added) ORDER BY k.id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT 1 FROM added a
        JOIN billing_paymentbatch b ON b.id = a.batch_id
        JOIN billing_settlementrun r ON r.period_id = b.period_id
        WHERE r.approved_by_id = b.exported_by_id)
    THEN
        RAISE EXCEPTION 'Wie de afrekening vaststelde, betaalt haar niet uit.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM added a
        JOIN billing_paymentbatch b ON b.id = a.batch_id
        JOIN billing_kasmovement k ON k.id = a.movement_id
        JOIN billing_entry e ON e.id = k.entry_id
        WHERE e.booked_by_id = b.exported_by_id)
    THEN
        RAISE EXCEPTION 'Wie een opdracht aanvaardde, betaalt haar niet uit.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM added a
        JOIN billing_paymentbatch b ON b.id = a.batch_id
        CROSS JOIN LATERAL (
            SELECT h.by_id FROM membership_historyevent h
            WHERE h.subject_type = 'membership.organisation'
                AND h.subject_id = a.organisation_id AND h.action = 'iban changed'
            ORDER BY h.id DESC LIMIT 1) AS last_change
        WHERE last_change.by_id = b.exported_by_id AND NOT EXISTS (
            SELECT 1 FROM billing_payment p
            WHERE p.organisation_id = a.organisation_id AND p.iban = a.iban
                AND p.batch_id <> a.batch_id))
    THEN
        RAISE EXCEPTION 'Wie een rekeningnummer wijzigde, betaalt er niet als eerste '
            'naar.' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM added a
        JOIN billing_paymentbatch b ON b.id = a.batch_id
        JOIN billing_settlement s ON s.id = a.settlement_id
        WHERE s.status = 'draft' OR s.period_id <> b.period_id
            OR s.organisation_id <> a.organisation_id)
    THEN
        RAISE EXCEPTION 'Een betaling hoort bij een vastgestelde afrekening van '
            'dezelfde organisatie en hetzelfde halfjaar.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM added a
        JOIN billing_paymentbatch b ON b.id = a.batch_id
        JOIN billing_period p ON p.id = b.period_id
        JOIN billing_kasmovement k ON k.id = a.movement_id
        WHERE k.kind <> 'spend' OR k.instrument_id <> p.instrument_id
            OR NOT EXISTS (
                SELECT 1 FROM billing_posting o
                JOIN billing_account c ON c.id = o.account_id AND c.code = '1630'
                WHERE o.entry_id = k.entry_id AND o.organisation_id = a.organisation_id)
            OR k.amount < (
                SELECT sum(y.amount + COALESCE(
                    (SELECT sum(m.amount) FROM billing_match m
                     WHERE m.payment_id = y.id AND m.amount < 0), 0))
                FROM billing_payment y WHERE y.movement_id = k.id))
    THEN
        RAISE EXCEPTION 'Voor een opdracht krijgt de uitvoerder wat de innovatiekas '
            'besteedde, niet meer.' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM added a JOIN billing_paymentbatch b ON b.id = a.batch_id
        WHERE a.settlement_id IS NOT NULL
            AND billing_due(b.period_id, a.organisation_id) < 0)
    THEN
        RAISE EXCEPTION 'Er wordt niet meer betaald dan is vastgesteld.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    -- The fee of the uitvoerder is owed over all settlements.
    IF EXISTS (
        SELECT 1
        FROM (SELECT DISTINCT b.period_id
              FROM added a JOIN billing_paymentbatch b ON b.id = a.batch_id
              WHERE a.settlement_id IS NULL AND a.movement_id IS NULL) r
        WHERE (
            SELECT sum(p.amount + COALESCE(
                (SELECT sum(m.amount) FROM billing_match m
                 WHERE m.payment_id = p.id AND m.amount < 0), 0))
            FROM billing_payment p JOIN billing_paymentbatch b ON b.id = p.batch_id
            WHERE b.period_id = r.period_id AND p.settlement_id IS NULL
                AND p.movement_id IS NULL
        ) > (
            SELECT COALESCE(sum(s.uitkering_uitvoerder), 0)
            FROM billing_settlement s
            WHERE s.period_id = r.period_id AND s.status <> 'draft'))
    THEN
        RAISE EXCEPTION 'Er wordt niet meer betaald dan is vastgesteld.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
"""

BANK = """
CREATE OR REPLACE FUNCTION billing_matches_fit() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    -- One at a time per half-year, payment and line, or two could match the same money.
    PERFORM 1 FROM billing_period p WHERE p.id IN (
        SELECT s.period_id FROM added a
        JOIN billing_settlement s ON s.id = a.settlement_id)
        ORDER BY p.id FOR NO KEY UPDATE;
    PERFORM 1 FROM billing_payment p WHERE p.id IN (SELECT payment_id FROM added)
        ORDER BY p.id FOR NO KEY UPDATE;
    PERFORM 1 FROM billing_bankline l WHERE l.id IN (SELECT line_id FROM added)
        ORDER BY l.id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT 1 FROM billing_payment p JOIN billing_match m ON m.payment_id = p.id
        WHERE p.id IN (SELECT payment_id FROM added)
        GROUP BY p.id HAVING sum(m.amount) NOT BETWEEN 0 AND p.amount)
    THEN
        RAISE EXCEPTION 'Van een betaling is niet meer betaald dan het bedrag, en '
            'komt niet meer terug dan is betaald.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM added a LEFT JOIN billing_match o ON o.id = a.undoes_id
        WHERE a.undoes_id IS NOT NULL AND (o.undoes_id IS NOT NULL
            OR (o.line_id, o.settlement_id, o.amount)
                IS DISTINCT FROM (a.line_id, a.settlement_id, -a.amount)))
    THEN
        RAISE EXCEPTION 'Wat een ontvangst ongedaan maakt, is haar tegendeel.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM billing_bankline l JOIN billing_match m ON m.line_id = l.id
        LEFT JOIN billing_match u ON u.undoes_id = m.id
        WHERE l.id IN (SELECT line_id FROM added)
        GROUP BY l.id
        HAVING sum(m.amount) FILTER (WHERE m.undoes_id IS NULL AND u.id IS NULL)
            <> -l.amount)
    THEN
        RAISE EXCEPTION 'Een bankregel wordt in zijn geheel gekoppeld, en eenmaal.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM added a JOIN billing_settlement s ON s.id = a.settlement_id
        WHERE s.status = 'draft'
            OR a.undoes_id IS NULL AND billing_due(s.period_id, s.organisation_id) > 0)
    THEN
        RAISE EXCEPTION 'Er wordt niet meer ontvangen dan is vastgesteld.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM added a JOIN billing_payment p ON p.id = a.payment_id
        JOIN billing_paymentbatch b ON b.id = p.batch_id
        JOIN billing_settlement s ON s.period_id = b.period_id
            AND s.organisation_id = p.organisation_id AND s.status = 'paid'
        WHERE a.amount < 0 AND p.settlement_id IS NOT NULL)
    THEN
        RAISE EXCEPTION 'Van een betaalde afrekening komt niets terug. Draai haar eerst '
            'terug.' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM added a JOIN billing_settlement r ON r.id = a.settlement_id
        JOIN billing_settlement s ON s.period_id = r.period_id
            AND s.organisation_id = r.organisation_id AND s.status = 'paid'
        WHERE a.undoes_id IS NOT NULL)
    THEN
        RAISE EXCEPTION 'Een afrekening is niet meer betaald als de ontvangst ongedaan '
            'wordt gemaakt.' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
"""

# As before, but for the last part: what is paid, and what no longer is.
SETTLEMENTS = """
CREATE OR REPLACE FUNCTION billing_settlement_is_frozen() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'draft' AND NEW.kind <> 'reversal' THEN
            RAISE EXCEPTION 'Een afrekening begint als concept.'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF NEW.kind = 'reversal' AND NOT EXISTS (
            SELECT 1 FROM billing_settlement o
            WHERE o.id = NEW.reverses_id AND o.status = 'reversed'
                AND o.kind = 'settlement' AND NEW.status = 'approved'
                AND (o.run_id, o.period_id, o.organisation_id)
                  = (NEW.run_id, NEW.period_id, NEW.organisation_id)
                AND (o.uren, o.bruto_omzet, o.premies, o.vergoeding,
                     o.afdracht_gemeente, o.afdracht_uitvoerder, o.uitkering_gemeente,
                     o.uitkering_uitvoerder, o.bijdrage_nvsi)
                  = (-NEW.uren, -NEW.bruto_omzet, -NEW.premies, -NEW.vergoeding,
                     -NEW.afdracht_gemeente, -NEW.afdracht_uitvoerder,
                     -NEW.uitkering_gemeente, -NEW.uitkering_uitvoerder,
                     -NEW.bijdrage_nvsi))
        THEN
            RAISE EXCEPTION 'Een creditafrekening spiegelt een afrekening.'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.status = 'draft' THEN
        IF TG_OP = 'UPDATE' AND NEW.status NOT IN ('draft', 'approved') THEN
            RAISE EXCEPTION 'Een concept wordt eerst vastgesteld.'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF TG_OP = 'UPDATE'
            AND (NEW.id, NEW.run_id, NEW.period_id, NEW.organisation_id, NEW.kind)
             <> (OLD.id, OLD.run_id, OLD.period_id, OLD.organisation_id, OLD.kind)
        THEN
            RAISE EXCEPTION 'Een afrekening blijft in haar ronde, bij haar organisatie.'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF TG_OP = 'UPDATE' AND NEW.status = 'approved' AND NOT EXISTS (
            SELECT 1 FROM billing_settlementrun r
            WHERE r.id = NEW.run_id AND r.status = 'approved')
        THEN
            RAISE EXCEPTION 'Een afrekening wordt met haar ronde vastgesteld.'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF TG_OP = 'UPDATE'
        AND (OLD.status, NEW.status) IN (
            ('approved', 'paid'), ('approved', 'reversed'), ('paid', 'reversed'),
            ('paid', 'approved'))
        AND to_jsonb(NEW) - 'status' = to_jsonb(OLD) - 'status'
        -- Only a receipt can be undone, and then what it paid is open again.
        AND (NEW.status <> 'approved' OR EXISTS (
            SELECT 1 FROM billing_match m
            JOIN billing_settlement s ON s.id = m.settlement_id
            WHERE s.period_id = NEW.period_id
                AND s.organisation_id = NEW.organisation_id))
    THEN
        -- Per holder: what replaces a settlement may have been paid before it.
        IF NEW.status = 'paid' AND (NEW.kind <> 'settlement'
            OR NEW.uitkering_gemeente = 0
            OR NEW.uitkering_gemeente
                IS DISTINCT FROM billing_moved(NEW.period_id, NEW.organisation_id))
        THEN
            RAISE EXCEPTION 'Een afrekening is betaald als de bank haar heeft betaald, '
                'niet meer en niet minder.'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Een vastgestelde afrekening verandert niet meer.'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("billing", "0011_receipts")]
    operations = [
        migrations.RunSQL(sql, migrations.RunSQL.noop)
        for sql in (DUES, PAYMENTS, BANK, SETTLEMENTS)
    ]
