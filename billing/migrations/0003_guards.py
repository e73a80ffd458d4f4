"""What can never be, whoever asks: append-only books, closed half-years, frozen paper.

Every guard is attacked with raw SQL in tests/billing/test_guards.py.
"""

from django.db import migrations

# Rows that are only ever added.
APPEND_ONLY = [
    "billing_account",
    "billing_bankline",
    "billing_bankstatement",
    "billing_entry",
    "billing_import",
    "billing_line",
    "billing_match",
    "billing_payment",
    "billing_paymentbatch",
    "billing_posting",
]

# Rows that may still change, as the guards below say, but never disappear.
KEPT = [
    "billing_period",
    "billing_statement",
    "contracts_coverage",  # lines refer to it without a foreign key
]

NO_TRUNCATE = [
    *APPEND_ONLY,
    *KEPT,
    "billing_settlement",
    "billing_settlementline",
    "billing_settlementrun",
    "contracts_gebruiksovereenkomst",
    "contracts_terms",
    "contracts_verwerkersovereenkomst",
    "instruments_contributionrate",
]


def _append_only(table: str) -> str:
    return f"""
CREATE TRIGGER {table}_is_only_added_to BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION nvsi_refuse();
"""


def _kept(table: str) -> str:
    return f"""
CREATE TRIGGER {table}_is_kept BEFORE DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION nvsi_refuse();
"""


def _no_truncate(table: str) -> str:
    return f"""
CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION nvsi_refuse();
"""


# A delivery that becomes a partition as a whole is not seen by this trigger: for that the
# CHECKs of the table are validated at once, and the agreement of each day is found by the
# import itself (billing.deliveries.staging.make_days), which looks per gemeente and day, not per line.
LINES = """
CREATE FUNCTION billing_lines_belong() RETURNS trigger LANGUAGE plpgsql AS $$
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
    IF FOUND THEN
        RAISE EXCEPTION 'Een urenregel hoort bij een bestaande aanlevering, bij '
            'een overeenkomst van haar dag, en bij een open halfjaar: %', wrong
            USING ERRCODE = 'integrity_constraint_violation';
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
CREATE TRIGGER lines_belong_to_an_open_halfyear AFTER INSERT ON billing_line
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION billing_lines_belong();
"""

PERIODS = """
CREATE FUNCTION billing_period_closes_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.closed_at IS NULL THEN
            RETURN NEW;
        END IF;
    ELSIF OLD.closed_at IS NULL AND NEW.closed_at IS NOT NULL
        AND (NEW.id, NEW.instrument_id, NEW.halfyear)
            = (OLD.id, OLD.instrument_id, OLD.halfyear)
        AND EXISTS (SELECT 1 FROM billing_settlementrun r
                    WHERE r.period_id = NEW.id AND r.status = 'approved')
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Een halfjaar sluit eenmaal, bij het vaststellen.'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER a_period_closes_once BEFORE INSERT OR UPDATE ON billing_period
    FOR EACH ROW EXECUTE FUNCTION billing_period_closes_once();
"""

RUNS = """
CREATE FUNCTION billing_run_stays_approved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'draft' THEN
            RAISE EXCEPTION 'Een afrekenronde begint als concept.'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    ELSIF OLD.status <> 'draft' OR (TG_OP = 'UPDATE' AND NEW.period_id <> OLD.period_id)
    THEN
        RAISE EXCEPTION 'Een vastgestelde afrekenronde verandert niet meer.'
            USING ERRCODE = 'integrity_constraint_violation';
    -- Else who prepared could first say that it was another, and then approve.
    ELSIF TG_OP = 'UPDATE' AND (
        NEW.prepared_by_id IS DISTINCT FROM OLD.prepared_by_id
            AND (NEW.fingerprint, NEW.forced) = (OLD.fingerprint, OLD.forced)
        OR NEW.status = 'approved'
            AND to_jsonb(NEW) - '{status,approved_by_id,approved_at}'::text[]
                <> to_jsonb(OLD) - '{status,approved_by_id,approved_at}'::text[])
    THEN
        RAISE EXCEPTION 'Vaststellen verandert niet wat is opgesteld, en door wie.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER an_approved_run_does_not_change
    BEFORE INSERT OR UPDATE OR DELETE ON billing_settlementrun
    FOR EACH ROW EXECUTE FUNCTION billing_run_stays_approved();

-- At commit: what belongs together is approved together.
CREATE FUNCTION billing_run_is_approved_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM billing_settlement s
               WHERE s.run_id = NEW.id AND s.status = 'draft')
        OR EXISTS (SELECT 1 FROM billing_period p
                   WHERE p.id = NEW.period_id AND p.closed_at IS NULL)
    THEN
        RAISE EXCEPTION 'Met een afrekenronde worden al haar afrekeningen vastgesteld, '
            'en sluit haar halfjaar.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER a_run_is_approved_as_a_whole
    AFTER UPDATE ON billing_settlementrun DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.status = 'approved')
    EXECUTE FUNCTION billing_run_is_approved_whole();
"""

SETTLEMENTS = """
CREATE FUNCTION billing_settlement_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
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
            ('approved', 'paid'), ('approved', 'reversed'), ('paid', 'reversed'))
        AND to_jsonb(NEW) - 'status' = to_jsonb(OLD) - 'status'
    THEN
        -- Per holder: what replaces a settlement may have been paid before it.
        IF NEW.status = 'paid' AND (NEW.kind <> 'settlement'
            OR NEW.uitkering_gemeente <= 0
            OR NEW.uitkering_gemeente IS DISTINCT FROM (
                SELECT sum(m.amount) FROM billing_match m
                JOIN billing_payment p ON p.id = m.payment_id
                JOIN billing_paymentbatch b ON b.id = p.batch_id
                WHERE b.period_id = NEW.period_id AND p.settlement_id IS NOT NULL
                    AND p.organisation_id = NEW.organisation_id))
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
CREATE TRIGGER an_approved_settlement_does_not_change
    BEFORE INSERT OR UPDATE OR DELETE ON billing_settlement
    FOR EACH ROW EXECUTE FUNCTION billing_settlement_is_frozen();

-- At commit, since the status comes before the reversal.
CREATE FUNCTION billing_reversed_has_its_reversal() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM billing_settlement r WHERE r.reverses_id = NEW.id) THEN
        RAISE EXCEPTION 'Een teruggedraaide afrekening heeft een creditafrekening.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER a_reversed_settlement_has_its_reversal
    AFTER UPDATE ON billing_settlement DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.status = 'reversed')
    EXECUTE FUNCTION billing_reversed_has_its_reversal();

CREATE FUNCTION billing_drafts_are_in_a_draft_run() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM added n JOIN billing_settlementrun r ON r.id = n.run_id
        WHERE n.status = 'draft'
            AND (r.status <> 'draft' OR r.period_id <> n.period_id))
    THEN
        RAISE EXCEPTION 'Een afrekening komt in een concept-ronde van haar halfjaar.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER drafts_are_added_to_a_draft_run AFTER INSERT ON billing_settlement
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION billing_drafts_are_in_a_draft_run();

CREATE FUNCTION billing_numbers_have_no_gaps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM changed n
        WHERE n.number_sequence > 1 AND NOT EXISTS (
            SELECT 1 FROM billing_settlement s
            WHERE s.number_year = n.number_year
                AND s.number_sequence = n.number_sequence - 1))
    THEN
        RAISE EXCEPTION 'Nummers van afrekeningen sluiten op elkaar aan.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER inserted_numbers_have_no_gaps AFTER INSERT ON billing_settlement
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION billing_numbers_have_no_gaps();
CREATE TRIGGER updated_numbers_have_no_gaps AFTER UPDATE ON billing_settlement
    REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION billing_numbers_have_no_gaps();
"""

SETTLEMENT_LINES = """
CREATE FUNCTION billing_settlement_line_is_frozen() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    settlement bigint := COALESCE(NEW.settlement_id, OLD.settlement_id);
BEGIN
    IF EXISTS (SELECT 1 FROM billing_settlement s WHERE s.id = settlement
               AND s.status <> 'draft'
               AND NOT (TG_OP = 'INSERT' AND s.kind = 'reversal'))
        OR (TG_OP = 'UPDATE' AND NEW.settlement_id <> OLD.settlement_id)
    THEN
        RAISE EXCEPTION 'Een vastgestelde afrekening verandert niet meer.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER lines_of_an_approved_settlement_do_not_change
    BEFORE INSERT OR UPDATE OR DELETE ON billing_settlementline
    FOR EACH ROW EXECUTE FUNCTION billing_settlement_line_is_frozen();

-- At commit, once for what was approved or reversed: the whole is its parts.
CREATE FUNCTION billing_settlement_is_its_lines() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    settlement bigint := NEW.id;
BEGIN
    IF TG_TABLE_NAME = 'billing_settlementline' THEN
        settlement := NEW.settlement_id;
    END IF;
    IF EXISTS (SELECT 1 FROM billing_settlement s
               WHERE s.id = settlement AND s.status = 'draft')
    THEN
        RETURN NULL;
    END IF;
    IF EXISTS (
        SELECT 1 FROM billing_settlement s
        LEFT JOIN billing_settlementline l ON l.settlement_id = s.id
        WHERE s.id = settlement
        GROUP BY s.id
        HAVING (s.uren, s.bruto_omzet, s.premies, s.vergoeding, s.afdracht_gemeente,
                s.afdracht_uitvoerder, s.uitkering_gemeente, s.uitkering_uitvoerder,
                s.bijdrage_nvsi)
            IS DISTINCT FROM
               (sum(l.uren), sum(l.bruto_omzet), sum(l.premies), sum(l.vergoeding),
                sum(l.afdracht_gemeente), sum(l.afdracht_uitvoerder),
                sum(l.uitkering_gemeente), sum(l.uitkering_uitvoerder),
                sum(l.bijdrage_nvsi)))
    THEN
        RAISE EXCEPTION 'Een afrekening is de som van haar gemeenten.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    -- Each gemeente once in what is reversed, and once in the reversal.
    IF EXISTS (
        SELECT 1 FROM billing_settlement s
        JOIN billing_settlementline l ON l.settlement_id IN (s.id, s.reverses_id)
        CROSS JOIN LATERAL (VALUES (
            CASE WHEN l.settlement_id = s.id THEN -1 ELSE 1 END)) AS turned (sign)
        WHERE s.id = settlement AND s.kind = 'reversal'
        GROUP BY l.gemeente_id, l.lines_count, sign * l.uren, sign * l.bruto_omzet,
            sign * l.premies, sign * l.vergoeding, sign * l.afdracht_gemeente,
            sign * l.afdracht_uitvoerder, sign * l.uitkering_gemeente,
            sign * l.uitkering_uitvoerder, sign * l.bijdrage_nvsi
        HAVING count(*) <> 2)
    THEN
        RAISE EXCEPTION 'Een creditafrekening spiegelt een afrekening, per gemeente.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER an_approved_settlement_is_the_sum_of_its_lines
    AFTER INSERT OR UPDATE ON billing_settlement
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.status <> 'draft')
    EXECUTE FUNCTION billing_settlement_is_its_lines();
CREATE CONSTRAINT TRIGGER a_settlement_line_fits_its_settlement
    AFTER INSERT ON billing_settlementline
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION billing_settlement_is_its_lines();
"""

BOOKS = """
CREATE FUNCTION billing_entries_are_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM billing_posting p
        WHERE p.entry_id IN (SELECT entry_id FROM added)
        GROUP BY p.entry_id HAVING sum(p.debit) <> sum(p.credit))
    THEN
        RAISE EXCEPTION 'Een boeking is in balans: debet is credit.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM billing_entry e
        WHERE e.id IN (SELECT entry_id FROM added) AND e.booked_at <> now())
    THEN
        RAISE EXCEPTION 'Aan een boeking komt later niets bij.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER entries_are_balanced AFTER INSERT ON billing_posting
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION billing_entries_are_balanced();

-- At commit. Only a settlement that comes to nothing has nothing to post.
CREATE FUNCTION billing_entry_has_postings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM billing_posting p WHERE p.entry_id = NEW.id)
        AND NOT EXISTS (
            SELECT 1 FROM billing_settlement s
            WHERE s.id = NEW.settlement_id
                AND (s.bruto_omzet, s.premies, s.uitkering_gemeente,
                     s.uitkering_uitvoerder, s.afdracht_gemeente,
                     s.afdracht_uitvoerder) = (0, 0, 0, 0, 0, 0))
    THEN
        RAISE EXCEPTION 'Een boeking heeft boekingsregels.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER an_entry_has_postings
    AFTER INSERT ON billing_entry DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION billing_entry_has_postings();

CREATE FUNCTION billing_entries_are_chained() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM added n LEFT JOIN billing_entry p ON p.number = n.number - 1
        WHERE n.previous_sha256 <> COALESCE(p.sha256, repeat('0', 64))
            OR (n.number > 1 AND p.id IS NULL))
    THEN
        RAISE EXCEPTION 'Boekstukken sluiten op elkaar aan.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER entries_are_chained AFTER INSERT ON billing_entry
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION billing_entries_are_chained();
"""

STATEMENTS = """
CREATE FUNCTION billing_statement_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NOT EXISTS (SELECT 1 FROM billing_settlement s
                       WHERE s.id = NEW.settlement_id AND s.status <> 'draft')
        THEN
            RAISE EXCEPTION 'Een document hoort bij een vastgestelde afrekening.'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    ELSIF OLD.state = 'done' OR (NEW.id, NEW.settlement_id, NEW.heading)
                             IS DISTINCT FROM (OLD.id, OLD.settlement_id, OLD.heading)
    THEN
        RAISE EXCEPTION 'Een document verandert niet meer.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_statement_does_not_change BEFORE INSERT OR UPDATE ON billing_statement
    FOR EACH ROW EXECUTE FUNCTION billing_statement_is_frozen();
"""

PAYMENTS = """
CREATE FUNCTION billing_payments_are_owed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- One at a time per half-year, or two files could each order what is owed once.
    PERFORM 1 FROM billing_period p
    WHERE p.id IN (SELECT b.period_id FROM added a
                   JOIN billing_paymentbatch b ON b.id = a.batch_id)
    ORDER BY p.id FOR NO KEY UPDATE;
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
    -- holder is empty for the fee of the uitvoerder, which is owed over all rows.
    IF EXISTS (
        SELECT 1
        FROM (SELECT DISTINCT b.period_id,
                  CASE WHEN a.settlement_id IS NOT NULL THEN a.organisation_id END
                      AS holder
              FROM added a JOIN billing_paymentbatch b ON b.id = a.batch_id) r
        WHERE (
            SELECT sum(p.amount + COALESCE(
                (SELECT sum(m.amount) FROM billing_match m
                 WHERE m.payment_id = p.id AND m.amount < 0), 0))
            FROM billing_payment p JOIN billing_paymentbatch b ON b.id = p.batch_id
            WHERE b.period_id = r.period_id
                AND CASE WHEN p.settlement_id IS NOT NULL THEN p.organisation_id END
                    IS NOT DISTINCT FROM r.holder
        ) > (
            SELECT COALESCE(sum(CASE WHEN r.holder IS NULL THEN s.uitkering_uitvoerder
                                ELSE s.uitkering_gemeente END), 0)
            FROM billing_settlement s
            WHERE s.period_id = r.period_id AND s.status <> 'draft'
                AND (r.holder IS NULL OR s.organisation_id = r.holder)
        ))
    THEN
        RAISE EXCEPTION 'Er wordt niet meer betaald dan is vastgesteld.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER payments_are_owed AFTER INSERT ON billing_payment
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION billing_payments_are_owed();

-- At commit, for the batch and for each of its payments: the file is what it orders.
CREATE FUNCTION billing_batch_is_its_payments() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    batch bigint := NEW.id;
BEGIN
    IF TG_TABLE_NAME = 'billing_payment' THEN
        batch := NEW.batch_id;
    END IF;
    IF EXISTS (
        SELECT 1 FROM billing_paymentbatch b
        LEFT JOIN billing_payment p ON p.batch_id = b.id
        WHERE b.id = batch GROUP BY b.id
        HAVING (b.total, b.payments_count) IS DISTINCT FROM (sum(p.amount), count(p.id))
            OR b.sha256 <> encode(sha256(b.xml), 'hex'))
    THEN
        RAISE EXCEPTION 'Een betaalbestand is de som van zijn betalingen.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER a_batch_is_the_sum_of_its_payments
    AFTER INSERT ON billing_paymentbatch DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION billing_batch_is_its_payments();
CREATE CONSTRAINT TRIGGER a_payment_fits_its_batch
    AFTER INSERT ON billing_payment DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION billing_batch_is_its_payments();
"""

BANK = """
CREATE FUNCTION billing_matches_fit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- One at a time per payment and per line, or two could match the same money.
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
        SELECT 1 FROM billing_bankline l JOIN billing_match m ON m.line_id = l.id
        WHERE l.id IN (SELECT line_id FROM added)
        GROUP BY l.id HAVING sum(m.amount) <> -l.amount)
    THEN
        RAISE EXCEPTION 'Een bankregel wordt in zijn geheel gekoppeld, en eenmaal.'
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
    RETURN NULL;
END $$;
CREATE TRIGGER matches_fit AFTER INSERT ON billing_match
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION billing_matches_fit();
"""

RATES = """
CREATE FUNCTION billing_terms_are_settled() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    terms contracts_terms := COALESCE(OLD, NEW);
BEGIN
    -- An agreement without terms was never settled.
    IF TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT 1 FROM contracts_terms t WHERE t.agreement_id = NEW.agreement_id)
    THEN
        RETURN NEW;
    END IF;
    -- After who approves now: else neither would see the other.
    PERFORM 1 FROM instruments_instrument i
        JOIN contracts_gebruiksovereenkomst a ON a.instrument_id = i.id
        WHERE a.id = terms.agreement_id FOR NO KEY UPDATE OF i;
    IF EXISTS (
        SELECT 1 FROM billing_settlement s
        JOIN billing_period p ON p.id = s.period_id
        JOIN contracts_gebruiksovereenkomst a ON a.id = terms.agreement_id
            AND a.organisation_id = s.organisation_id
            AND a.instrument_id = p.instrument_id
            AND (a.ends_on IS NULL OR p.halfyear <= extract(year FROM a.ends_on) * 10
                 + CASE WHEN extract(month FROM a.ends_on) <= 6 THEN 1 ELSE 2 END)
        WHERE s.kind = 'settlement' AND s.status IN ('approved', 'paid')
            AND p.halfyear >= LEAST(terms.from_halfyear,
                                    COALESCE(NEW.from_halfyear, terms.from_halfyear)))
    THEN
        RAISE EXCEPTION 'Deze vergoeding is al gebruikt in een vastgestelde '
            'afrekening. Draai die eerst terug.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER terms_of_a_settlement_do_not_change
    BEFORE INSERT OR UPDATE OR DELETE ON contracts_terms
    FOR EACH ROW EXECUTE FUNCTION billing_terms_are_settled();

CREATE FUNCTION billing_contribution_is_settled() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    rate instruments_contributionrate := COALESCE(OLD, NEW);
BEGIN
    PERFORM 1 FROM instruments_instrument WHERE id = rate.instrument_id
        FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT 1 FROM billing_settlement s
        JOIN billing_period p ON p.id = s.period_id
        WHERE p.instrument_id = rate.instrument_id
            AND s.kind = 'settlement' AND s.status IN ('approved', 'paid')
            AND p.halfyear >= LEAST(rate.from_halfyear,
                                    COALESCE(NEW.from_halfyear, rate.from_halfyear)))
    THEN
        RAISE EXCEPTION 'Deze bijdrage is al gebruikt in een vastgestelde '
            'afrekening. Draai die eerst terug.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER contribution_of_a_settlement_does_not_change
    BEFORE INSERT OR UPDATE OR DELETE ON instruments_contributionrate
    FOR EACH ROW EXECUTE FUNCTION billing_contribution_is_settled();
"""

AGREEMENTS = """
-- After who takes in lines now: else neither would see the other.
CREATE FUNCTION billing_coverage_keeps_its_lines() RETURNS trigger
LANGUAGE plpgsql AS $$
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
    RETURN NEW;
END $$;
CREATE TRIGGER a_coverage_keeps_its_lines BEFORE UPDATE ON contracts_coverage
    FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*)
    EXECUTE FUNCTION billing_coverage_keeps_its_lines();

CREATE FUNCTION billing_agreement_keeps_its_holder() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM instruments_instrument WHERE id = OLD.instrument_id
        FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT 1 FROM contracts_coverage c JOIN billing_line l ON l.coverage_id = c.id
        WHERE c.agreement_id = OLD.id)
    THEN
        RAISE EXCEPTION 'Onder deze overeenkomst is gewerkt: de houder en het instrument '
            'veranderen niet.' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER an_agreement_keeps_its_holder
    BEFORE UPDATE ON contracts_gebruiksovereenkomst
    FOR EACH ROW WHEN ((OLD.id, OLD.organisation_id, OLD.instrument_id)
        <> (NEW.id, NEW.organisation_id, NEW.instrument_id))
    EXECUTE FUNCTION billing_agreement_keeps_its_holder();
"""

GUARDS = [
    *map(_append_only, APPEND_ONLY),
    *map(_kept, KEPT),
    *map(_no_truncate, NO_TRUNCATE),
    LINES,
    PERIODS,
    RUNS,
    SETTLEMENTS,
    SETTLEMENT_LINES,
    BOOKS,
    STATEMENTS,
    PAYMENTS,
    BANK,
    RATES,
    AGREEMENTS,
]


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0002_lines"),
        ("contracts", "0001_initial"),
        ("instruments", "0001_initial"),
        ("membership", "0002_guards"),
    ]
    operations = [migrations.RunSQL(sql, migrations.RunSQL.noop) for sql in GUARDS]
