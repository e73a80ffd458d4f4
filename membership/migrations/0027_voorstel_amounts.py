"""What a voorstel asks in euros; it stands once members were convened."""

from decimal import Decimal

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import membership.identifiers

GUARDS = """
CREATE FUNCTION nvsi_amount_of_a_draft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM membership_voorstel v JOIN membership_assembly a
            ON a.id = v.assembly_id
        WHERE v.id IN (OLD.voorstel_id, NEW.voorstel_id) AND a.status <> 'draft')
    THEN
        RAISE EXCEPTION 'De bedragen blijven zoals de leden ze konden lezen.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER an_amount_changes_in_a_draft_only
    BEFORE INSERT OR UPDATE OR DELETE ON membership_voorstelamount FOR EACH ROW
    EXECUTE FUNCTION nvsi_amount_of_a_draft();
CREATE TRIGGER membership_voorstelamount_is_not_emptied
    BEFORE TRUNCATE ON membership_voorstelamount
    FOR EACH STATEMENT EXECUTE FUNCTION nvsi_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("membership", "0026_votes"),
    ]

    operations = [
        migrations.CreateModel(
            name="VoorstelAmount",
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
                ("position", models.PositiveSmallIntegerField(verbose_name="plaats")),
                (
                    "group",
                    models.CharField(
                        blank=True,
                        max_length=120,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="onder",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        max_length=120,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="waarvoor",
                    ),
                ),
                (
                    "euros",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0.01"))
                        ],
                        verbose_name="bedrag",
                    ),
                ),
                (
                    "voorstel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amounts",
                        to="membership.voorstel",
                        verbose_name="voorstel",
                    ),
                ),
            ],
            options={
                "verbose_name": "bedrag van een voorstel",
                "verbose_name_plural": "bedragen van voorstellen",
                "ordering": ["voorstel", "position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("voorstel", "position"),
                        name="an_amount_has_its_own_place_in_a_voorstel",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("euros__gt", 0), models.Q(("name", ""), _negated=True)
                        ),
                        name="an_amount_of_a_voorstel_is_for_something",
                        violation_error_message="Vul een bedrag boven nul in, en waarvoor.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
