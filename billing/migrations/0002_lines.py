"""The lines: one partition per half-year, see billing/deliveries/lines.py."""

import django.db.models.deletion
from django.db import migrations, models

import nvsi.fields

# A text without what one does not see around it: PostgreSQL's own trims spaces alone,
# where a cell may begin with a tab, a hard space or a byte order mark. It is inlined.
TRIMMED = r"""
CREATE FUNCTION trimmed(cell text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN btrim(cell, E' \t\n\r\f\v\u00a0\u2007\u202f\u200b\ufeff');
"""
TABLE = """
CREATE SEQUENCE billing_line_id_seq CACHE 100;
CREATE TABLE billing_line (
    id bigint NOT NULL DEFAULT nextval('billing_line_id_seq'),
    import_id bigint NOT NULL,
    source_id bigint NOT NULL,
    period_id bigint NOT NULL,
    coverage_id bigint NOT NULL,
    worked_in integer NOT NULL,
    datum date NOT NULL,
    factuurdatum date NOT NULL,
    uren numeric(6,2) NOT NULL,
    tarief numeric(8,2) NOT NULL,
    premie_per_uur numeric(8,2) NOT NULL,
    omzet numeric(12,2) NOT NULL,
    premie numeric(12,2) NOT NULL,
    regel_id varchar COLLATE "C" NOT NULL,
    opdracht_id varchar NOT NULL,
    opdrachtgever_naam varchar NOT NULL,
    opdrachtgever_kvk varchar NOT NULL,
    kandidaat_ref varchar NOT NULL,
    factuurnummer varchar NOT NULL,
    corrigeert_regel_id varchar NOT NULL,
    PRIMARY KEY (id, period_id),
    CONSTRAINT a_line_is_delivered_once UNIQUE (source_id, regel_id, period_id),
    CONSTRAINT hours_fit_in_a_week CHECK (abs(uren) <= 168 AND uren <> 0),
    CONSTRAINT negative_hours_correct_a_line
        CHECK (uren > 0 OR corrigeert_regel_id <> ''),
    CONSTRAINT a_premie_is_not_above_the_tarief
        CHECK (tarief > 0 AND premie_per_uur >= 0 AND premie_per_uur <= tarief),
    CONSTRAINT a_line_does_not_correct_itself CHECK (corrigeert_regel_id <> regel_id),
    -- Without extract(), which makes the check of a million lines five times as slow.
    CONSTRAINT a_line_is_worked_in_the_halfyear_of_its_day CHECK (
        datum >= make_date(worked_in / 10, worked_in % 10 * 6 - 5, 1)
        AND datum <= make_date(worked_in / 10, worked_in % 10 * 6, 29 + worked_in % 10))
) PARTITION BY LIST (period_id);
ALTER SEQUENCE billing_line_id_seq OWNED BY billing_line.id;
"""


class Migration(migrations.Migration):
    dependencies = [("billing", "0001_initial")]
    operations = [
        migrations.RunSQL(TRIMMED, "DROP FUNCTION trimmed"),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(TABLE, "DROP TABLE billing_line CASCADE")
            ],
            state_operations=[
                migrations.CreateModel(
                    name="Line",
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
                        (
                            "worked_in",
                            nvsi.fields.HalfYearField(verbose_name="gewerkt in"),
                        ),
                        ("datum", models.DateField(verbose_name="datum")),
                        ("factuurdatum", models.DateField(verbose_name="factuurdatum")),
                        (
                            "uren",
                            models.DecimalField(
                                decimal_places=2, max_digits=6, verbose_name="uren"
                            ),
                        ),
                        (
                            "tarief",
                            models.DecimalField(
                                decimal_places=2, max_digits=8, verbose_name="tarief"
                            ),
                        ),
                        (
                            "premie_per_uur",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=8,
                                verbose_name="premie per uur",
                            ),
                        ),
                        (
                            "omzet",
                            models.DecimalField(
                                decimal_places=2, max_digits=12, verbose_name="omzet"
                            ),
                        ),
                        (
                            "premie",
                            models.DecimalField(
                                decimal_places=2, max_digits=12, verbose_name="premie"
                            ),
                        ),
                        (
                            "regel_id",
                            models.CharField(db_collation="C", verbose_name="regel"),
                        ),
                        ("opdracht_id", models.CharField(verbose_name="opdracht")),
                        (
                            "opdrachtgever_naam",
                            models.CharField(verbose_name="opdrachtgever"),
                        ),
                        (
                            "opdrachtgever_kvk",
                            models.CharField(verbose_name="KvK-nummer"),
                        ),
                        ("kandidaat_ref", models.CharField(verbose_name="kandidaat")),
                        ("factuurnummer", models.CharField(verbose_name="factuur")),
                        (
                            "corrigeert_regel_id",
                            models.CharField(
                                blank=True, default="", verbose_name="corrigeert regel"
                            ),
                        ),
                        (
                            "coverage",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="contracts.coverage",
                                verbose_name="gemeente",
                            ),
                        ),
                        (
                            "delivery",
                            models.ForeignKey(
                                db_column="import_id",
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="billing.import",
                                verbose_name="aanlevering",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="membership.organisation",
                                verbose_name="van",
                            ),
                        ),
                        (
                            "period",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lines",
                                to="billing.period",
                                verbose_name="afgerekend in",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "urenregel",
                        "verbose_name_plural": "urenregels",
                        "ordering": ["regel_id"],
                    },
                ),
                migrations.AddConstraint(
                    model_name="line",
                    constraint=models.UniqueConstraint(
                        fields=("source", "regel_id"), name="a_line_is_delivered_once"
                    ),
                ),
                migrations.AddConstraint(
                    model_name="line",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("uren__range", (-168, 168)),
                            models.Q(("uren", 0), _negated=True),
                        ),
                        name="hours_fit_in_a_week",
                        violation_error_message="Uren liggen tussen 0 en 168.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="line",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("uren__gt", 0),
                            models.Q(("corrigeert_regel_id", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="negative_hours_correct_a_line",
                        violation_error_message="Negatieve uren horen bij een correctie.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="line",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("tarief__gt", 0),
                            ("premie_per_uur__gte", 0),
                            ("premie_per_uur__lte", models.F("tarief")),
                        ),
                        name="a_premie_is_not_above_the_tarief",
                        violation_error_message="De premie ligt tussen 0 en het tarief.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="line",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            ("corrigeert_regel_id", models.F("regel_id")), _negated=True
                        ),
                        name="a_line_does_not_correct_itself",
                        violation_error_message="Een regel corrigeert een andere "
                        "regel.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="line",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            (
                                "worked_in",
                                models.F("datum__year") * 10
                                + models.Case(
                                    models.When(
                                        datum__month__lte=6, then=models.Value(1)
                                    ),
                                    default=models.Value(2),
                                ),
                            )
                        ),
                        name="a_line_is_worked_in_the_halfyear_of_its_day",
                        violation_error_message="De dag ligt niet in het halfjaar.",
                    ),
                ),
            ],
        ),
    ]
