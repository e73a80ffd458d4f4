"""History is only ever added to; nvsi_refuse is what such tables answer."""

from django.db import migrations

GUARDS = """
CREATE FUNCTION nvsi_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% wordt nooit gewijzigd of verwijderd (%).', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER history_is_only_added_to
    BEFORE UPDATE OR DELETE ON membership_historyevent
    FOR EACH ROW EXECUTE FUNCTION nvsi_refuse();
CREATE TRIGGER history_is_not_emptied
    BEFORE TRUNCATE ON membership_historyevent
    FOR EACH STATEMENT EXECUTE FUNCTION nvsi_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("membership", "0001_initial")]
    operations = [migrations.RunSQL(GUARDS, migrations.RunSQL.noop)]
