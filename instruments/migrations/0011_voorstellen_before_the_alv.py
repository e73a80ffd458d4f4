"""A voorstel of a regiegroep names where it stands on the agenda of the ALV."""

import django.db.models.deletion
from django.db import migrations, models

# As in 0007, and the place on the agenda is filled in later, until the ALV decided.
STANDS = """
CREATE OR REPLACE FUNCTION instruments_voorstel_stands() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    akkoord text[] := ARRAY['criteria', 'agreed_by_id', 'agreed_at', 'needs_alv'];
    later text[] := ARRAY['besluit_id', 'ended_at', 'alv_voorstel_id'];
BEGIN
    IF OLD.ended_at IS NOT NULL
        OR to_jsonb(NEW) - akkoord - later <> to_jsonb(OLD) - akkoord - later
        OR OLD.agreed_at IS NOT NULL AND to_jsonb(NEW) - later <> to_jsonb(OLD) - later
        OR OLD.besluit_id IS NOT NULL AND (
            NEW.besluit_id IS DISTINCT FROM OLD.besluit_id
            OR NEW.alv_voorstel_id IS DISTINCT FROM OLD.alv_voorstel_id
        )
    THEN
        RAISE EXCEPTION 'Een voorstel dat is voorgelegd, verandert niet meer.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("instruments", "0010_milestones_of_voorstellen"),
        ("membership", "0027_voorstel_amounts"),
    ]

    operations = [
        migrations.AddField(
            model_name="ontwikkelvoorstel",
            name="alv_voorstel",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="membership.voorstel",
                verbose_name="op de agenda van de ALV",
            ),
        ),
        migrations.AddConstraint(
            model_name="ontwikkelvoorstel",
            constraint=models.CheckConstraint(
                condition=models.Q(alv_voorstel__isnull=True)
                | models.Q(agreed_at__isnull=False, needs_alv=True),
                name="what_the_alv_does_not_decide_is_not_on_its_agenda",
                violation_error_message="Hierover besluit de ALV niet.",
            ),
        ),
        migrations.RunSQL(STANDS, migrations.RunSQL.noop),
    ]
