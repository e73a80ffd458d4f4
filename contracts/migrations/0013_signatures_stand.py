"""Signatures fit the offer that they are under, and stand; so does what proves them."""

from django.db import migrations

GUARDS = """
-- A signature is under the document of an offer that waits for it, in the order that was
-- set; and it is never changed.
CREATE FUNCTION nvsi_signature_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    theirs contracts_offer%ROWTYPE;
BEGIN
    SELECT * INTO theirs FROM contracts_offer WHERE id = NEW.offer_id FOR UPDATE;
    IF theirs.offered_at IS NULL OR theirs.declined_at IS NOT NULL
        OR theirs.withdrawn_at IS NOT NULL OR theirs.lapsed_at IS NOT NULL
        OR theirs.concluded_at IS NOT NULL
    THEN
        RAISE EXCEPTION 'Dit aanbod wacht niet op een handtekening.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.document_sha256 <> theirs.document_sha256 THEN
        RAISE EXCEPTION 'De handtekening is onder een ander document.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.party <> theirs.signs_first AND NOT EXISTS (
        SELECT 1 FROM contracts_signature s
        WHERE s.offer_id = NEW.offer_id AND s.party = theirs.signs_first
    ) THEN
        RAISE EXCEPTION 'Eerst tekent de andere partij.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.scan_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM contracts_scan s WHERE s.id = NEW.scan_id
            AND s.offer_id = NEW.offer_id AND s.party = NEW.party
            AND s.status = 'confirmed'
    ) THEN
        RAISE EXCEPTION 'Het exemplaar op papier is niet vergeleken.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_signature_fits_its_offer BEFORE INSERT ON contracts_signature
    FOR EACH ROW EXECUTE FUNCTION nvsi_signature_fits();
CREATE TRIGGER contracts_signature_is_only_added_to BEFORE UPDATE OR DELETE
    ON contracts_signature FOR EACH ROW EXECUTE FUNCTION nvsi_refuse();
CREATE TRIGGER contracts_signature_is_not_emptied BEFORE TRUNCATE
    ON contracts_signature FOR EACH STATEMENT EXECUTE FUNCTION nvsi_refuse();

-- A scan is decided on once, and stays what was handed in.
CREATE FUNCTION nvsi_scan_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := ARRAY['status', 'decided_by_id', 'reason'];
BEGIN
    IF OLD.status <> 'waiting'
        OR to_jsonb(NEW) - free <> to_jsonb(OLD) - free
    THEN
        RAISE EXCEPTION 'Over een exemplaar op papier wordt eenmaal beslist.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_scan_is_only_decided_on BEFORE UPDATE ON contracts_scan
    FOR EACH ROW EXECUTE FUNCTION nvsi_scan_stands();
CREATE TRIGGER contracts_scan_is_kept BEFORE DELETE ON contracts_scan
    FOR EACH ROW EXECUTE FUNCTION nvsi_refuse();
CREATE TRIGGER contracts_scan_is_not_emptied BEFORE TRUNCATE ON contracts_scan
    FOR EACH STATEMENT EXECUTE FUNCTION nvsi_refuse();

-- The sealed document is of what both parties signed.
CREATE FUNCTION nvsi_sealed_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(*) FROM contracts_signature WHERE offer_id = NEW.offer_id) < 2
    THEN
        RAISE EXCEPTION 'Alleen wat beide partijen tekenden, wordt verzegeld.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER what_is_sealed_was_signed_by_both
    BEFORE INSERT ON contracts_sealeddocument
    FOR EACH ROW EXECUTE FUNCTION nvsi_sealed_fits();
CREATE TRIGGER contracts_sealeddocument_is_only_added_to BEFORE UPDATE OR DELETE
    ON contracts_sealeddocument FOR EACH ROW EXECUTE FUNCTION nvsi_refuse();
CREATE TRIGGER contracts_sealeddocument_is_not_emptied BEFORE TRUNCATE
    ON contracts_sealeddocument FOR EACH STATEMENT EXECUTE FUNCTION nvsi_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0012_signatures"),
        ("membership", "0002_guards"),
    ]
    operations = [migrations.RunSQL(GUARDS, migrations.RunSQL.noop)]
