"""About an example nothing is agreed, so nothing of it is ever settled."""

from django.db import migrations

GUARDS = """
CREATE FUNCTION contracts_is_no_example() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM instruments_instrument i
               WHERE i.id = NEW.instrument_id AND i.is_example)
    THEN
        RAISE EXCEPTION 'Over een voorbeeld sluit niemand een overeenkomst.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER nobody_is_offered_an_example
    BEFORE INSERT OR UPDATE OF instrument_id ON contracts_offer
    FOR EACH ROW EXECUTE FUNCTION contracts_is_no_example();
CREATE TRIGGER nobody_uses_an_example
    BEFORE INSERT OR UPDATE OF instrument_id ON contracts_gebruiksovereenkomst
    FOR EACH ROW EXECUTE FUNCTION contracts_is_no_example();
CREATE FUNCTION contracts_is_not_used() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM contracts_gebruiksovereenkomst g
               WHERE g.instrument_id = NEW.id)
        OR EXISTS (SELECT 1 FROM contracts_offer o WHERE o.instrument_id = NEW.id)
    THEN
        RAISE EXCEPTION 'Dit instrument wordt gebruikt: het is geen voorbeeld.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER what_is_used_is_no_example
    BEFORE UPDATE OF is_example ON instruments_instrument FOR EACH ROW
    WHEN (NEW.is_example) EXECUTE FUNCTION contracts_is_not_used();
"""
UNGUARDED = """
DROP TRIGGER nobody_is_offered_an_example ON contracts_offer;
DROP TRIGGER nobody_uses_an_example ON contracts_gebruiksovereenkomst;
DROP FUNCTION contracts_is_no_example();
DROP TRIGGER what_is_used_is_no_example ON instruments_instrument;
DROP FUNCTION contracts_is_not_used();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0014_existing"),
        ("instruments", "0006_productenboek"),
    ]
    operations = [migrations.RunSQL(GUARDS, UNGUARDED)]
