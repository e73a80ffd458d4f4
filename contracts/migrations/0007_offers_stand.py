"""An offer stands as it was made, and what was agreed and ended is only added to."""

from django.db import migrations

# What may still change once an offer was made: how it ended, and what it became.
GUARDS = """
CREATE FUNCTION nvsi_offer_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := ARRAY['declined_at', 'declined_by_id', 'withdrawn_at',
        'withdrawn_by_id', 'reason', 'lapsed_at', 'concluded_at', 'answer_by',
        'verwerkersovereenkomst_id', 'gebruiksovereenkomst_id',
        'uitvoeringsovereenkomst_id'];
BEGIN
    IF OLD.declined_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL
        OR OLD.lapsed_at IS NOT NULL OR OLD.concluded_at IS NOT NULL
        OR to_jsonb(OLD) - free <> to_jsonb(NEW) - free
    THEN
        RAISE EXCEPTION 'Een aanbod dat is gedaan, verandert niet meer.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER an_offer_that_was_made_stands BEFORE UPDATE ON contracts_offer
    FOR EACH ROW WHEN (OLD.offered_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL)
    EXECUTE FUNCTION nvsi_offer_stands();
CREATE TRIGGER contracts_offer_is_kept BEFORE DELETE ON contracts_offer
    FOR EACH ROW EXECUTE FUNCTION nvsi_refuse();
CREATE TRIGGER contracts_offer_is_not_emptied BEFORE TRUNCATE ON contracts_offer
    FOR EACH STATEMENT EXECUTE FUNCTION nvsi_refuse();

CREATE FUNCTION nvsi_offered_gemeente_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    theirs bigint := COALESCE(NEW.offer_id, OLD.offer_id);
BEGIN
    PERFORM 1 FROM contracts_offer WHERE id = theirs FOR KEY SHARE;
    IF EXISTS (SELECT 1 FROM contracts_offer
        WHERE id = theirs AND offered_at IS NOT NULL)
    THEN
        RAISE EXCEPTION 'Een aanbod dat is gedaan, verandert niet meer.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER gemeenten_of_an_offer_stand
    BEFORE INSERT OR UPDATE OR DELETE ON contracts_offeredgemeente
    FOR EACH ROW EXECUTE FUNCTION nvsi_offered_gemeente_stands();

CREATE TRIGGER contracts_agreementnotice_is_only_added_to
    BEFORE UPDATE OR DELETE ON contracts_agreementnotice
    FOR EACH ROW EXECUTE FUNCTION nvsi_refuse();
CREATE TRIGGER contracts_agreementnotice_is_not_emptied
    BEFORE TRUNCATE ON contracts_agreementnotice
    FOR EACH STATEMENT EXECUTE FUNCTION nvsi_refuse();
CREATE TRIGGER contracts_uitvoeringsovereenkomstevent_is_not_emptied
    BEFORE TRUNCATE ON contracts_uitvoeringsovereenkomstevent
    FOR EACH STATEMENT EXECUTE FUNCTION nvsi_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0006_offers"),
        ("membership", "0002_guards"),
    ]
    operations = [migrations.RunSQL(GUARDS, migrations.RunSQL.noop)]
