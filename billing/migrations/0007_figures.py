"""What was published of a half-year, which stays as it was."""

import django.db.models.deletion
from django.db import migrations, models

GUARDS = """
CREATE FUNCTION billing_figures_are_approved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM billing_settlementrun r
        WHERE r.id = NEW.run_id AND r.status = 'approved')
    THEN
        RAISE EXCEPTION 'Alleen cijfers die zijn vastgesteld, zijn openbaar.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER only_what_is_approved_is_published BEFORE INSERT ON billing_figures
    FOR EACH ROW EXECUTE FUNCTION billing_figures_are_approved();
CREATE TRIGGER billing_figures_is_only_added_to
    BEFORE UPDATE OR DELETE ON billing_figures
    FOR EACH ROW EXECUTE FUNCTION nvsi_refuse();
CREATE TRIGGER billing_figures_is_not_emptied BEFORE TRUNCATE ON billing_figures
    FOR EACH STATEMENT EXECUTE FUNCTION nvsi_refuse();
"""
UNGUARDED = """
DROP TRIGGER only_what_is_approved_is_published ON billing_figures;
DROP FUNCTION billing_figures_are_approved();
DROP TRIGGER billing_figures_is_only_added_to ON billing_figures;
DROP TRIGGER billing_figures_is_not_emptied ON billing_figures;
"""


class Migration(migrations.Migration):
    dependencies = [("billing", "0006_uploads")]
    operations = [
        migrations.CreateModel(
            name="Figures",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("content", models.JSONField(verbose_name="cijfers")),
                (
                    "made_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="gemaakt op"),
                ),
                (
                    "run",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="billing.settlementrun",
                        verbose_name="ronde",
                    ),
                ),
            ],
            options={
                "verbose_name": "openbare cijfers",
                "verbose_name_plural": "openbare cijfers",
                "ordering": ["-run__period__halfyear", "-run__sequence"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("content__has_keys", ["halfyear", "gemeenten"])
                        ),
                        name="figures_say_of_which_halfyear_they_are",
                    )
                ],
            },
        ),
        migrations.RunSQL(GUARDS, UNGUARDED),
    ]
