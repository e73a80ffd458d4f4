"""A verbeterwens of a gemeente that goes into another is taken over by its successor;
what was handed in stands."""

import django.db.models.deletion
from django.db import migrations, models

STANDS = """
DROP TRIGGER instruments_verbeterwens_is_only_added_to ON instruments_verbeterwens;
CREATE TRIGGER instruments_verbeterwens_is_kept
    BEFORE DELETE ON instruments_verbeterwens
    FOR EACH ROW EXECUTE FUNCTION nvsi_refuse();
CREATE TRIGGER instruments_verbeterwens_stands
    BEFORE UPDATE ON instruments_verbeterwens FOR EACH ROW
    WHEN (to_jsonb(OLD) - 'taken_over_by_id' <> to_jsonb(NEW) - 'taken_over_by_id'
        OR NEW.taken_over_by_id IS NULL)
    EXECUTE FUNCTION nvsi_refuse();

-- Who asks for it now is dissolved, or will be, and goes into who takes it over.
CREATE FUNCTION instruments_wens_goes_to_the_successor() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    asker bigint := NEW.organisation_id;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        asker := COALESCE(OLD.taken_over_by_id, OLD.organisation_id);
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM membership_dissolution d
        JOIN membership_redivision r ON r.id = d.redivision_id
        WHERE d.organisation_id = asker AND NOT d.is_withdrawn
            AND r.successor_id = NEW.taken_over_by_id
    ) THEN
        RAISE EXCEPTION 'Alleen de opvolger bij een herindeling neemt een wens over.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER only_the_successor_takes_over_a_wens
    BEFORE INSERT OR UPDATE ON instruments_verbeterwens FOR EACH ROW
    WHEN (NEW.taken_over_by_id IS NOT NULL)
    EXECUTE FUNCTION instruments_wens_goes_to_the_successor();
"""
APPEND_ONLY = """
DROP TRIGGER only_the_successor_takes_over_a_wens ON instruments_verbeterwens;
DROP FUNCTION instruments_wens_goes_to_the_successor();
DROP TRIGGER instruments_verbeterwens_stands ON instruments_verbeterwens;
DROP TRIGGER instruments_verbeterwens_is_kept ON instruments_verbeterwens;
CREATE TRIGGER instruments_verbeterwens_is_only_added_to
    BEFORE UPDATE OR DELETE ON instruments_verbeterwens
    FOR EACH ROW EXECUTE FUNCTION nvsi_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("instruments", "0013_words_in_beheer"),
        ("membership", "0033_words_in_beheer"),
    ]

    operations = [
        migrations.AddField(
            model_name="verbeterwens",
            name="taken_over_by",
            field=models.ForeignKey(
                blank=True,
                help_text="De opvolger, bij een herindeling.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="membership.organisation",
                verbose_name="overgenomen door",
            ),
        ),
        migrations.RunSQL(STANDS, APPEND_ONLY),
    ]
