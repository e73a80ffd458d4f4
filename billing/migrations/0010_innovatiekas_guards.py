"""What can never be in a kas: below zero, without a decision, or outside the books."""

from django.db import migrations

# A share is settled with the half-year: what was decided later, counts later.
SHARES = """
CREATE FUNCTION billing_kas_share_is_settled() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    share billing_kasshare := COALESCE(OLD, NEW);
BEGIN
    -- After who approves now: else neither would see the other.
    PERFORM 1 FROM instruments_instrument WHERE id = share.instrument_id
        FOR NO KEY UPDATE;
    IF TG_OP = 'UPDATE' AND NEW.instrument_id <> OLD.instrument_id OR EXISTS (
        SELECT 1 FROM billing_period p
        WHERE p.instrument_id = share.instrument_id AND p.closed_at IS NOT NULL
            AND p.halfyear >= LEAST(share.from_halfyear,
                                    COALESCE(NEW.from_halfyear, share.from_halfyear)))
    THEN
        RAISE EXCEPTION 'Dit halfjaar is al vastgesteld. Kies een later halfjaar voor '
            'het deel dat naar de innovatiekas gaat.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER the_share_of_a_closed_halfyear_does_not_change
    BEFORE INSERT OR UPDATE OR DELETE ON billing_kasshare
    FOR EACH ROW EXECUTE FUNCTION billing_kas_share_is_settled();
"""

DOTATIES = """
CREATE FUNCTION billing_dotatie_is_decided_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'proposed' THEN
            RAISE EXCEPTION 'Een dotatie wacht eerst op een tweede persoon.'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    ELSIF OLD.status <> 'proposed'
        OR to_jsonb(NEW) - '{status,decided_by_id,decided_at}'::text[]
            <> to_jsonb(OLD) - '{status,decided_by_id,decided_at}'::text[]
    THEN
        RAISE EXCEPTION 'Een dotatie verandert niet meer, behalve dat een ander haar '
            'boekt of niet.' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_dotatie_is_decided_once BEFORE INSERT OR UPDATE ON billing_kasdotatie
    FOR EACH ROW EXECUTE FUNCTION billing_dotatie_is_decided_once();

-- At commit: what was confirmed, is in the kas.
CREATE FUNCTION billing_dotatie_is_in_the_kas() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM billing_kasmovement m WHERE m.dotatie_id = NEW.id) THEN
        RAISE EXCEPTION 'Een dotatie die is bevestigd, is geboekt.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER a_confirmed_dotatie_is_in_the_kas
    AFTER UPDATE ON billing_kasdotatie DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.status = 'confirmed')
    EXECUTE FUNCTION billing_dotatie_is_in_the_kas();
"""

MOVEMENTS = """
CREATE FUNCTION billing_kas_covers_its_movements() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    -- One at a time per instrument, or two could each spend what is there once.
    PERFORM 1 FROM instruments_instrument i
    WHERE i.id IN (SELECT instrument_id FROM added) ORDER BY i.id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT 1 FROM billing_kasmovement m
        WHERE m.instrument_id IN (SELECT instrument_id FROM added)
        GROUP BY m.instrument_id
        HAVING sum(CASE m.kind WHEN 'fill' THEN m.amount WHEN 'release' THEN m.amount
                               WHEN 'reserve' THEN -m.amount ELSE 0 END) < 0)
    THEN
        RAISE EXCEPTION 'Zo veel is er niet vrij in de innovatiekas.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM billing_kasmovement m
        WHERE m.voorstel_id IN (SELECT voorstel_id FROM added)
        GROUP BY m.voorstel_id
        HAVING sum(CASE m.kind WHEN 'reserve' THEN m.amount ELSE -m.amount END) < 0)
    THEN
        RAISE EXCEPTION 'Zo veel is er niet gereserveerd voor dit voorstel.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER a_kas_is_never_below_zero AFTER INSERT ON billing_kasmovement
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION billing_kas_covers_its_movements();

CREATE FUNCTION billing_kas_movement_has_its_ground() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.period_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM billing_period p
        JOIN billing_kasshare s ON s.id = NEW.share_id
            AND s.instrument_id = p.instrument_id AND s.from_halfyear <= p.halfyear
        WHERE p.id = NEW.period_id AND p.instrument_id = NEW.instrument_id
            AND p.closed_at IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM billing_kasshare later
                WHERE later.instrument_id = p.instrument_id
                    AND later.from_halfyear > s.from_halfyear
                    AND later.from_halfyear <= p.halfyear))
    THEN
        RAISE EXCEPTION 'Uit bijdragen komt het deel dat in dat halfjaar gold, als het '
            'is vastgesteld.' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.dotatie_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM billing_kasdotatie d
        WHERE d.id = NEW.dotatie_id AND d.status = 'confirmed'
            AND (d.instrument_id, d.amount) = (NEW.instrument_id, NEW.amount))
    THEN
        RAISE EXCEPTION 'Een dotatie komt in de kas zoals een ander haar bevestigde.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.voorstel_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM instruments_ontwikkelvoorstel v
        JOIN instruments_verbeterwens w ON w.id = v.wens_id
        WHERE v.id = NEW.voorstel_id AND w.instrument_id = NEW.instrument_id
            AND v.agreed_at IS NOT NULL
            AND (v.besluit_id IS NOT NULL OR NOT v.needs_alv)
            AND (NEW.kind = 'release' OR v.ended_at IS NULL)
            AND (NEW.kind <> 'reserve' OR v.from_kas = NEW.amount)
            AND (NEW.kind <> 'spend' OR EXISTS (
                SELECT 1 FROM instruments_verbeterwensstep t
                WHERE t.voorstel_id = v.id AND t.kind = 'ordered')))
    THEN
        RAISE EXCEPTION 'Uit de innovatiekas gaat niets zonder besluit.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_kas_never_moves_without_a_decision
    BEFORE INSERT ON billing_kasmovement
    FOR EACH ROW EXECUTE FUNCTION billing_kas_movement_has_its_ground();

-- At commit, for the entry and for the movement: the one says what the other does.
CREATE FUNCTION billing_kas_is_booked() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    booked bigint := NEW.id;
    moved billing_kasmovement;
BEGIN
    IF TG_TABLE_NAME = 'billing_kasmovement' THEN
        booked := NEW.entry_id;
    END IF;
    SELECT * INTO moved FROM billing_kasmovement WHERE entry_id = booked;
    IF EXISTS (
        SELECT 1 FROM (
            SELECT a.code, p.debit - p.credit AS amount
            FROM billing_posting p JOIN billing_account a ON a.id = p.account_id
            WHERE p.entry_id = booked
                AND (moved.id IS NOT NULL
                     OR a.code IN ('0700', '0710', '9700', '9710'))
            UNION ALL
            SELECT s.code, -s.side * moved.amount
            FROM (VALUES
                ('fill', '9700', 1), ('fill', '0700', -1),
                ('reserve', '0700', 1), ('reserve', '0710', -1),
                ('release', '0710', 1), ('release', '0700', -1),
                ('spend', '4700', 1), ('spend', '1630', -1),
                ('spend', '0710', 1), ('spend', '9710', -1)
            ) s (kind, code, side)
            WHERE s.kind = moved.kind) AS both_sides
        GROUP BY code HAVING sum(amount) <> 0)
    THEN
        RAISE EXCEPTION 'De innovatiekas en haar boeking zeggen hetzelfde.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER a_movement_of_a_kas_is_what_is_booked
    AFTER INSERT ON billing_kasmovement DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION billing_kas_is_booked();
CREATE CONSTRAINT TRIGGER what_is_booked_on_a_kas_is_a_movement
    AFTER INSERT ON billing_entry DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION billing_kas_is_booked();
"""

KEPT = """
CREATE TRIGGER billing_kasmovement_is_only_added_to
    BEFORE UPDATE OR DELETE ON billing_kasmovement
    FOR EACH ROW EXECUTE FUNCTION nvsi_refuse();
CREATE TRIGGER billing_kasdotatie_is_kept BEFORE DELETE ON billing_kasdotatie
    FOR EACH ROW EXECUTE FUNCTION nvsi_refuse();
""" + "".join(
    f"""
CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION nvsi_refuse();
"""
    for table in ("billing_kasmovement", "billing_kasdotatie", "billing_kasshare")
)


class Migration(migrations.Migration):
    dependencies = [("billing", "0009_innovatiekas")]
    operations = [
        migrations.RunSQL(sql, migrations.RunSQL.noop)
        for sql in (SHARES, DOTATIES, MOVEMENTS, KEPT)
    ]
