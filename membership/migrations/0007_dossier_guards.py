"""What can never be of a dossier, whoever asks: the order of law, held by the database.

The same rules as membership.admission.steps, for what comes in by another way. Source:
Gemeentewet art. 160 lid 2, domain rules 27-30. Each is attacked in tests/billing/attacks.
"""

from django.db import migrations

GUARDS = """
CREATE FUNCTION dossier_place(kind text) RETURNS int LANGUAGE sql IMMUTABLE AS $$
    SELECT array_position(ARRAY['proposed', 'drafted', 'sent', 'heard', 'answered',
        'decided', 'informed', 'applied', 'checked', 'admitted'], kind)
$$;

CREATE FUNCTION dossier_required(of_dossier bigint) RETURNS text[] LANGUAGE sql STABLE
AS $$
    SELECT CASE
        WHEN d.aim = 'participant' THEN ARRAY['applied', 'checked']
        WHEN o.kind <> 'gemeente' THEN ARRAY['decided', 'applied', 'checked']
        WHEN weighed.outcome = 'inform' AND judged.outcome = 'accepted' THEN
            ARRAY['weighed', 'judged', 'proposed', 'decided', 'informed', 'applied',
                'checked']
        WHEN heard.outcome = 'given' THEN
            ARRAY['weighed', 'proposed', 'drafted', 'sent', 'heard', 'answered',
                'decided', 'applied', 'checked']
        ELSE
            ARRAY['weighed', 'proposed', 'drafted', 'sent', 'heard', 'decided',
                'applied', 'checked']
        END
    FROM membership_dossier d
    JOIN membership_organisation o ON o.id = d.organisation_id
    LEFT JOIN membership_dossierstep weighed ON weighed.dossier_id = d.id
        AND weighed.kind = 'weighed' AND weighed.replaced_at IS NULL
    LEFT JOIN membership_dossierstep judged ON judged.dossier_id = d.id
        AND judged.kind = 'judged' AND judged.replaced_at IS NULL
    LEFT JOIN membership_dossierstep heard ON heard.dossier_id = d.id
        AND heard.kind = 'heard' AND heard.replaced_at IS NULL
    WHERE d.id = of_dossier
$$;

CREATE FUNCTION dossier_step_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    dossier membership_dossier;
    missing text[];
BEGIN
    SELECT * INTO dossier FROM membership_dossier WHERE id = NEW.dossier_id FOR UPDATE;
    IF dossier.status <> 'running' THEN
        RAISE EXCEPTION 'Dit dossier is afgerond; er kan geen stap meer bij.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM membership_dossierstep s
        WHERE s.dossier_id = NEW.dossier_id AND s.replaced_at IS NULL
            AND (dossier_place(s.kind) < dossier_place(NEW.kind) AND s.on > NEW.on
                OR dossier_place(s.kind) > dossier_place(NEW.kind) AND s.on < NEW.on
                OR s.kind = 'sent' AND NEW.kind = 'decided' AND s.on >= NEW.on
                OR s.kind = 'decided' AND NEW.kind = 'sent' AND s.on <= NEW.on)
    ) THEN
        RAISE EXCEPTION 'De datums van dit dossier staan niet in de volgorde van de '
            'stappen (Gemeentewet artikel 160 lid 2).'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.kind = 'heard' AND NEW.outcome = 'lapsed' AND NOT EXISTS (
        SELECT 1 FROM membership_dossierstep s
        WHERE s.dossier_id = NEW.dossier_id AND s.replaced_at IS NULL
            AND s.kind = 'sent' AND s.until < NEW.on
    ) THEN
        RAISE EXCEPTION 'De termijn die de gemeente aan de raad gaf, is nog niet voorbij.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.mandate_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM membership_mandate m
        WHERE m.id = NEW.mandate_id AND m.organisation_id = dossier.organisation_id
            AND m.purpose IN ('all', 'membership') AND m.starts_on <= NEW.on
            AND (m.ends_on IS NULL OR m.ends_on >= NEW.on)
    ) THEN
        RAISE EXCEPTION 'Het mandaat geldt niet voor deze aanmelding.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.kind = 'admitted' THEN
        SELECT array_agg(kind) INTO missing
        FROM unnest(dossier_required(NEW.dossier_id)) AS required (kind)
        WHERE NOT EXISTS (
            SELECT 1 FROM membership_dossierstep s
            WHERE s.dossier_id = NEW.dossier_id AND s.kind = required.kind
                AND s.replaced_at IS NULL
        ) OR required.kind IN ('drafted', 'decided', 'applied') AND NOT EXISTS (
            SELECT 1 FROM membership_evidence e
            WHERE e.dossier_id = NEW.dossier_id AND e.kind = required.kind
                AND e.replaced_at IS NULL
        );
        IF missing IS NOT NULL THEN
            RAISE EXCEPTION 'Toelaten kan niet: er ontbreekt een stap of een stuk (%).',
                array_to_string(missing, ', ')
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF dossier.aim = 'lid' AND EXISTS (
            SELECT 1 FROM membership_dossierstep s
            WHERE s.dossier_id = NEW.dossier_id AND s.kind = 'checked'
                AND s.replaced_at IS NULL AND s.by_id = NEW.by_id
        ) THEN
            RAISE EXCEPTION 'Wie een dossier controleert, laat niet zelf toe.'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_step_fits_in_its_dossier BEFORE INSERT ON membership_dossierstep
    FOR EACH ROW EXECUTE FUNCTION dossier_step_fits();

-- What was recorded is set aside once, while nobody checked it, and never changed.
CREATE FUNCTION dossier_set_aside() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.replaced_at IS NOT NULL OR NEW.replaced_at IS NULL
        OR to_jsonb(NEW) - 'replaced_at' <> to_jsonb(OLD) - 'replaced_at'
    THEN
        RAISE EXCEPTION 'Wat in een dossier staat, wordt alleen vervangen.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM membership_dossierstep s
        WHERE s.dossier_id = OLD.dossier_id AND s.kind = 'checked'
            AND s.replaced_at IS NULL
    ) THEN
        RAISE EXCEPTION 'Dit dossier is gecontroleerd; de stappen liggen vast.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_step_is_only_set_aside BEFORE UPDATE ON membership_dossierstep
    FOR EACH ROW EXECUTE FUNCTION dossier_set_aside();
CREATE TRIGGER a_paper_is_only_set_aside BEFORE UPDATE ON membership_evidence
    FOR EACH ROW EXECUTE FUNCTION dossier_set_aside();

CREATE FUNCTION dossier_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status <> 'running'
        OR to_jsonb(NEW) - ARRAY['status', 'ended_at']
            <> to_jsonb(OLD) - ARRAY['status', 'ended_at']
        OR NEW.status = 'admitted' AND NOT EXISTS (
            SELECT 1 FROM membership_dossierstep s
            WHERE s.dossier_id = OLD.id AND s.kind = 'admitted'
        )
    THEN
        RAISE EXCEPTION 'Een dossier wordt alleen afgerond, en toegelaten na toelating.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_dossier_only_ends BEFORE UPDATE ON membership_dossier
    FOR EACH ROW EXECUTE FUNCTION dossier_stands();

-- Who came in through a dossier was admitted there (domain rule 27).
CREATE FUNCTION membership_was_admitted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.dossier_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM membership_dossier d
        WHERE d.id = NEW.dossier_id AND d.organisation_id = NEW.organisation_id
            AND (NEW.kind = 'aspirant_lid' AND d.aim = 'lid'
                OR NEW.kind = d.aim AND EXISTS (
                    SELECT 1 FROM membership_dossierstep s
                    WHERE s.dossier_id = d.id AND s.kind = 'admitted'))
    ) THEN
        RAISE EXCEPTION 'Dit lidmaatschap rust niet op een toelating in dit dossier.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_membership_of_a_dossier_was_admitted
    BEFORE INSERT OR UPDATE ON membership_membership
    FOR EACH ROW EXECUTE FUNCTION membership_was_admitted();
"""
ADDED_TO = ("note",)
KEPT = ("dossier", "dossierstep", "evidence", "wish", "mandate")
EMPTIED = (*ADDED_TO, *KEPT, "mandateevent")


def _refuse(name: str, when: str, table: str, each: str) -> str:
    return (
        f"CREATE TRIGGER membership_{table}_{name} BEFORE {when} "
        f"ON membership_{table} FOR EACH {each} EXECUTE FUNCTION nvsi_refuse();"
    )


REFUSED = "".join(
    [
        *(_refuse("is_only_added_to", "UPDATE OR DELETE", t, "ROW") for t in ADDED_TO),
        *(_refuse("is_kept", "DELETE", t, "ROW") for t in KEPT),
        *(_refuse("is_not_emptied", "TRUNCATE", t, "STATEMENT") for t in EMPTIED),
    ]
)


class Migration(migrations.Migration):
    dependencies = [("membership", "0006_regions")]
    operations = [migrations.RunSQL(GUARDS + REFUSED, migrations.RunSQL.noop)]
