"""Regions over time: one arbeidsmarktregio at a time, and one centrumgemeente."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models

# One gemeente at a time: of two who place it at once, the second sees the first.
GUARDS = """
CREATE FUNCTION nvsi_one_arbeidsmarktregio() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('nvsi_one_arbeidsmarktregio'), NEW.organisation_id::int);
    IF EXISTS (
        SELECT FROM membership_regionmember other
        JOIN membership_region theirs ON theirs.id = other.region_id
        JOIN membership_region ours ON ours.id = NEW.region_id AND ours.type = theirs.type
        WHERE theirs.type = 'arbeidsmarktregio' AND other.id <> NEW.id
        AND other.organisation_id = NEW.organisation_id
        AND daterange(other.starts_on, other.ends_on, '[]')
            && daterange(NEW.starts_on, NEW.ends_on, '[]')
    ) THEN
        RAISE EXCEPTION 'Deze gemeente is in die tijd al in een arbeidsmarktregio.'
            USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'a_gemeente_is_in_one_arbeidsmarktregio';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER a_gemeente_is_in_one_arbeidsmarktregio
    AFTER INSERT OR UPDATE ON membership_regionmember
    FOR EACH ROW EXECUTE FUNCTION nvsi_one_arbeidsmarktregio();

CREATE FUNCTION nvsi_keep_type() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'De soort staat vast: maak een nieuwe aan.'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
END $$;
CREATE TRIGGER a_region_keeps_its_type
    BEFORE UPDATE ON membership_region FOR EACH ROW
    WHEN (OLD.type <> NEW.type) EXECUTE FUNCTION nvsi_keep_type();

CREATE TRIGGER membership_regionmember_is_kept
    BEFORE DELETE ON membership_regionmember
    FOR EACH ROW EXECUTE FUNCTION nvsi_refuse();
CREATE TRIGGER membership_regionmember_is_not_emptied
    BEFORE TRUNCATE ON membership_regionmember
    FOR EACH STATEMENT EXECUTE FUNCTION nvsi_refuse();
"""
BACK = """
DROP TRIGGER membership_regionmember_is_not_emptied ON membership_regionmember;
DROP TRIGGER membership_regionmember_is_kept ON membership_regionmember;
DROP TRIGGER a_region_keeps_its_type ON membership_region;
DROP FUNCTION nvsi_keep_type;
DROP TRIGGER a_gemeente_is_in_one_arbeidsmarktregio ON membership_regionmember;
DROP FUNCTION nvsi_one_arbeidsmarktregio;
"""


class Migration(migrations.Migration):
    dependencies = [("membership", "0005_dossiers")]

    operations = [
        migrations.RemoveConstraint(
            model_name="regionmember",
            name="an_organisation_is_in_a_region_once",
        ),
        migrations.AddField(
            model_name="regionmember",
            name="is_centrumgemeente",
            field=models.BooleanField(default=False, verbose_name="centrumgemeente"),
        ),
        migrations.AddConstraint(
            model_name="regionmember",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("region", "="),
                    ("organisation", "="),
                    (
                        models.Case(
                            models.When(
                                ends_on__lt=models.F("starts_on"),
                                then=models.Value(
                                    None,
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                            ),
                            default=models.Func(
                                "starts_on",
                                "ends_on",
                                models.Value("[]"),
                                function="daterange",
                                output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                            ),
                        ),
                        "&&",
                    ),
                ],
                name="an_organisation_is_in_a_region_once",
                violation_error_message="Deze organisatie is in die tijd al in deze regio.",
            ),
        ),
        migrations.AddConstraint(
            model_name="regionmember",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("is_centrumgemeente", True)),
                expressions=[
                    ("region", "="),
                    (
                        models.Case(
                            models.When(
                                ends_on__lt=models.F("starts_on"),
                                then=models.Value(
                                    None,
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                            ),
                            default=models.Func(
                                "starts_on",
                                "ends_on",
                                models.Value("[]"),
                                function="daterange",
                                output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                            ),
                        ),
                        "&&",
                    ),
                ],
                name="a_region_has_one_centrumgemeente_at_a_time",
                violation_error_message="Deze regio heeft in die tijd al een centrumgemeente.",
            ),
        ),
        migrations.RunSQL(GUARDS, BACK),
    ]
