"""Tariffs beside the percentage; an instrument does not ask both in one time."""

from decimal import Decimal

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

EVENTS = ("tariff", "tariffband", "tariffbudget", "tariffexemption", "tariffindexation")

# A contribution holds from its half-year until the next one; one of 0% asks nothing.
# The lock makes two people who add one of each at the same moment wait for each other.
ONE_WAY = """
CREATE FUNCTION instruments_paid_in_one_way() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_instrument bigint := CASE WHEN TG_OP = 'DELETE'
        THEN OLD.instrument_id ELSE NEW.instrument_id END;
BEGIN
    PERFORM 1 FROM instruments_instrument WHERE id = of_instrument FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT 1 FROM instruments_tariff t, (
            SELECT gemeente_pct + uitvoerder_pct AS pct,
                make_date(from_halfyear / 10, from_halfyear % 10 * 6 - 5, 1) AS since,
                lead(make_date(from_halfyear / 10, from_halfyear % 10 * 6 - 5, 1))
                    OVER (ORDER BY from_halfyear) AS next
            FROM instruments_contributionrate WHERE instrument_id = of_instrument) r
        WHERE t.instrument_id = of_instrument AND r.pct > 0
            AND daterange(t.starts_on, t.ends_on, '[]')
                && daterange(r.since, r.next, '[)'))
    THEN
        RAISE EXCEPTION 'Dit instrument vraagt in die tijd al een percentage.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER a_tariff_does_not_stand_beside_a_percentage
    AFTER INSERT OR UPDATE ON instruments_tariff
    FOR EACH ROW EXECUTE FUNCTION instruments_paid_in_one_way();
CREATE TRIGGER a_percentage_does_not_stand_beside_a_tariff
    AFTER INSERT OR UPDATE OR DELETE ON instruments_contributionrate
    FOR EACH ROW EXECUTE FUNCTION instruments_paid_in_one_way();
"""
BOTH_WAYS = """
DROP TRIGGER a_percentage_does_not_stand_beside_a_tariff
    ON instruments_contributionrate;
DROP TRIGGER a_tariff_does_not_stand_beside_a_percentage ON instruments_tariff;
DROP FUNCTION instruments_paid_in_one_way();
"""


def _is_not_emptied(model):
    table = f"instruments_{model}event"
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION nvsi_refuse()",
        f"DROP TRIGGER {table}_is_not_emptied ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("instruments", "0004_minimum_wage"),
        ("membership", "0023_terms_of_letters_and_names"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Tariff",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("inhabitant", "bedrag per inwoner per jaar"),
                            ("users", "eenmalig en per jaar naar aantal gebruikers"),
                            ("free", "gratis"),
                        ],
                        max_length=20,
                        verbose_name="manier van betalen",
                    ),
                ),
                (
                    "starts_on",
                    models.DateField(help_text="Een 1 januari.", verbose_name="vanaf"),
                ),
                (
                    "ends_on",
                    models.DateField(
                        blank=True,
                        help_text="Een 31 december, of leeg.",
                        null=True,
                        verbose_name="tot en met",
                    ),
                ),
                (
                    "inhabitants",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Alleen bij een bedrag per inwoner: van alle gemeenten die meedoen.",
                        null=True,
                        verbose_name="inwoners waarover is verdeeld",
                    ),
                ),
                (
                    "price_level",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Alleen bij een bedrag per inwoner: het jaar van de begrotingen.",
                        null=True,
                        verbose_name="prijspeil (jaar)",
                    ),
                ),
                (
                    "one_off",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Alleen bij een bedrag naar aantal gebruikers.",
                        max_digits=10,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0"))
                        ],
                        verbose_name="eenmalig bedrag",
                    ),
                ),
                (
                    "besluit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="membership.alvbesluit",
                        verbose_name="ALV-besluit",
                    ),
                ),
                (
                    "instrument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tariffs",
                        to="instruments.instrument",
                        verbose_name="instrument",
                    ),
                ),
            ],
            options={
                "verbose_name": "tarief",
                "verbose_name_plural": "tarieven",
                "ordering": ["instrument", "starts_on"],
            },
        ),
        migrations.CreateModel(
            name="TariffBand",
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
                    "from_users",
                    models.PositiveIntegerField(verbose_name="vanaf aantal gebruikers"),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=10,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0"))
                        ],
                        verbose_name="bedrag per jaar",
                    ),
                ),
                (
                    "tariff",
                    models.ForeignKey(
                        limit_choices_to={"kind": "users"},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bands",
                        to="instruments.tariff",
                        verbose_name="tarief",
                    ),
                ),
            ],
            options={
                "verbose_name": "staffel",
                "verbose_name_plural": "staffels",
                "ordering": ["tariff", "from_users"],
            },
        ),
        migrations.CreateModel(
            name="TariffBandEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "from_users",
                    models.PositiveIntegerField(verbose_name="vanaf aantal gebruikers"),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=10,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0"))
                        ],
                        verbose_name="bedrag per jaar",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="instruments.tariffband",
                    ),
                ),
                (
                    "tariff",
                    models.ForeignKey(
                        db_constraint=False,
                        limit_choices_to={"kind": "users"},
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="instruments.tariff",
                        verbose_name="tarief",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TariffBudget",
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
                ("name", models.CharField(max_length=100, verbose_name="waarvoor")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, verbose_name="begroting"
                    ),
                ),
                (
                    "tariff",
                    models.ForeignKey(
                        limit_choices_to={"kind": "inhabitant"},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="budgets",
                        to="instruments.tariff",
                        verbose_name="tarief",
                    ),
                ),
            ],
            options={
                "verbose_name": "begroting bij een tarief",
                "verbose_name_plural": "begrotingen bij tarieven",
                "ordering": ["tariff", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TariffBudgetEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=100, verbose_name="waarvoor")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, verbose_name="begroting"
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="instruments.tariffbudget",
                    ),
                ),
                (
                    "tariff",
                    models.ForeignKey(
                        db_constraint=False,
                        limit_choices_to={"kind": "inhabitant"},
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="instruments.tariff",
                        verbose_name="tarief",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TariffEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("inhabitant", "bedrag per inwoner per jaar"),
                            ("users", "eenmalig en per jaar naar aantal gebruikers"),
                            ("free", "gratis"),
                        ],
                        max_length=20,
                        verbose_name="manier van betalen",
                    ),
                ),
                (
                    "starts_on",
                    models.DateField(help_text="Een 1 januari.", verbose_name="vanaf"),
                ),
                (
                    "ends_on",
                    models.DateField(
                        blank=True,
                        help_text="Een 31 december, of leeg.",
                        null=True,
                        verbose_name="tot en met",
                    ),
                ),
                (
                    "inhabitants",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="Alleen bij een bedrag per inwoner: van alle gemeenten die meedoen.",
                        null=True,
                        verbose_name="inwoners waarover is verdeeld",
                    ),
                ),
                (
                    "price_level",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Alleen bij een bedrag per inwoner: het jaar van de begrotingen.",
                        null=True,
                        verbose_name="prijspeil (jaar)",
                    ),
                ),
                (
                    "one_off",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="Alleen bij een bedrag naar aantal gebruikers.",
                        max_digits=10,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0"))
                        ],
                        verbose_name="eenmalig bedrag",
                    ),
                ),
                (
                    "besluit",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="membership.alvbesluit",
                        verbose_name="ALV-besluit",
                    ),
                ),
                (
                    "instrument",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="instruments.instrument",
                        verbose_name="instrument",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="instruments.tariff",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TariffExemption",
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
                ("starts_on", models.DateField(verbose_name="vanaf")),
                (
                    "ends_on",
                    models.DateField(blank=True, null=True, verbose_name="tot en met"),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="reden")),
                (
                    "organisation",
                    models.ForeignKey(
                        limit_choices_to={"kind": "gemeente"},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="membership.organisation",
                        verbose_name="gemeente",
                    ),
                ),
                (
                    "tariff",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exemptions",
                        to="instruments.tariff",
                        verbose_name="tarief",
                    ),
                ),
            ],
            options={
                "verbose_name": "vrijstelling",
                "verbose_name_plural": "vrijstellingen",
                "ordering": ["tariff", "organisation"],
            },
        ),
        migrations.CreateModel(
            name="TariffExemptionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("starts_on", models.DateField(verbose_name="vanaf")),
                (
                    "ends_on",
                    models.DateField(blank=True, null=True, verbose_name="tot en met"),
                ),
                ("reason", models.CharField(max_length=200, verbose_name="reden")),
                (
                    "organisation",
                    models.ForeignKey(
                        db_constraint=False,
                        limit_choices_to={"kind": "gemeente"},
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="membership.organisation",
                        verbose_name="gemeente",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="instruments.tariffexemption",
                    ),
                ),
                (
                    "tariff",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="instruments.tariff",
                        verbose_name="tarief",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TariffIndexation",
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
                ("year", models.PositiveSmallIntegerField(verbose_name="vanaf jaar")),
                (
                    "pct",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("-20")),
                            django.core.validators.MaxValueValidator(Decimal("20")),
                        ],
                        verbose_name="indexering (%)",
                    ),
                ),
                (
                    "besluit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="membership.alvbesluit",
                        verbose_name="ALV-besluit",
                    ),
                ),
                (
                    "tariff",
                    models.ForeignKey(
                        limit_choices_to={"kind": "inhabitant"},
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="indexations",
                        to="instruments.tariff",
                        verbose_name="tarief",
                    ),
                ),
            ],
            options={
                "verbose_name": "indexering",
                "verbose_name_plural": "indexeringen",
                "ordering": ["tariff", "year"],
            },
        ),
        migrations.CreateModel(
            name="TariffIndexationEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("year", models.PositiveSmallIntegerField(verbose_name="vanaf jaar")),
                (
                    "pct",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=5,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("-20")),
                            django.core.validators.MaxValueValidator(Decimal("20")),
                        ],
                        verbose_name="indexering (%)",
                    ),
                ),
                (
                    "besluit",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="membership.alvbesluit",
                        verbose_name="ALV-besluit",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="instruments.tariffindexation",
                    ),
                ),
                (
                    "tariff",
                    models.ForeignKey(
                        db_constraint=False,
                        limit_choices_to={"kind": "inhabitant"},
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="instruments.tariff",
                        verbose_name="tarief",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="tariff",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="a_tariff_ends_after_it_starts",
                violation_error_message="De einddatum ligt voor de begindatum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="tariff",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("instrument", "="),
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
                name="an_instrument_has_one_tariff_at_a_time",
                violation_error_message="Dit instrument heeft in die tijd al een tarief.",
            ),
        ),
        migrations.AddConstraint(
            model_name="tariff",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("starts_on__day", 1),
                    ("starts_on__month", 1),
                    models.Q(
                        ("ends_on__isnull", True),
                        models.Q(("ends_on__day", 31), ("ends_on__month", 12)),
                        _connector="OR",
                    ),
                ),
                name="a_tariff_holds_for_whole_years",
                violation_error_message="Een tarief begint op 1 januari en eindigt op 31 december.",
            ),
        ),
        migrations.AddConstraint(
            model_name="tariff",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("inhabitants__gt", 0),
                        ("inhabitants__isnull", False),
                        ("kind", "inhabitant"),
                        ("one_off__isnull", True),
                        ("price_level__isnull", False),
                        ("price_level__range", (2000, 2100)),
                    ),
                    models.Q(
                        ("inhabitants__isnull", True),
                        ("kind", "users"),
                        ("one_off__gte", 0),
                        ("one_off__isnull", False),
                        ("price_level__isnull", True),
                    ),
                    models.Q(
                        ("inhabitants__isnull", True),
                        ("kind", "free"),
                        ("one_off__isnull", True),
                        ("price_level__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="a_tariff_has_what_its_kind_asks",
                violation_error_message="Vul bij een bedrag per inwoner het aantal inwoners en het prijspeil in, bij gebruikers het eenmalige bedrag, en bij gratis geen van drie.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tariff",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "instruments_tariffevent" ("besluit_id", "ends_on", "id", "inhabitants", "instrument_id", "kind", "one_off", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_level", "starts_on") VALUES (NEW."besluit_id", NEW."ends_on", NEW."id", NEW."inhabitants", NEW."instrument_id", NEW."kind", NEW."one_off", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."price_level", NEW."starts_on"); RETURN NULL;',
                    hash="a616e2bae00e49fb950de195d9458d3d05112a9d",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_1d89d",
                    table="instruments_tariff",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tariff",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "instruments_tariffevent" ("besluit_id", "ends_on", "id", "inhabitants", "instrument_id", "kind", "one_off", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price_level", "starts_on") VALUES (NEW."besluit_id", NEW."ends_on", NEW."id", NEW."inhabitants", NEW."instrument_id", NEW."kind", NEW."one_off", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."price_level", NEW."starts_on"); RETURN NULL;',
                    hash="1baa04086dfc462dc37ac08f14cbc3c3840c3f36",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_1df1e",
                    table="instruments_tariff",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="tariffband",
            constraint=models.UniqueConstraint(
                fields=("tariff", "from_users"),
                name="a_tariff_has_a_band_once",
                violation_error_message="Vanaf dit aantal staat er al een bedrag.",
            ),
        ),
        migrations.AddConstraint(
            model_name="tariffband",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gte", 0)),
                name="a_band_is_not_below_zero",
                violation_error_message="Een bedrag ligt niet onder nul.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tariffband",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "instruments_tariffbandevent" ("amount", "from_users", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tariff_id") VALUES (NEW."amount", NEW."from_users", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."tariff_id"); RETURN NULL;',
                    hash="f8aea434cfd9c3e3b2573f7be7f8cb62ca11917b",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b36f0",
                    table="instruments_tariffband",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tariffband",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "instruments_tariffbandevent" ("amount", "from_users", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tariff_id") VALUES (NEW."amount", NEW."from_users", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."tariff_id"); RETURN NULL;',
                    hash="f676d86d5d670d739df63595729b6232d8574be3",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8f5b6",
                    table="instruments_tariffband",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tariffbandevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="96bd494557c8bf1173d8d9507a38be5b552cbe94",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_9028a",
                    table="instruments_tariffbandevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="tariffbudget",
            constraint=models.UniqueConstraint(
                fields=("tariff", "name"),
                name="a_tariff_names_a_budget_once",
                violation_error_message="Deze begroting staat al bij het tarief.",
            ),
        ),
        migrations.AddConstraint(
            model_name="tariffbudget",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)),
                name="a_budget_is_above_zero",
                violation_error_message="Een begroting ligt boven nul.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tariffbudget",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "instruments_tariffbudgetevent" ("amount", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tariff_id") VALUES (NEW."amount", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."tariff_id"); RETURN NULL;',
                    hash="4b76e74040604f4c0b2dfd67fd029c325dac65e3",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_eeef1",
                    table="instruments_tariffbudget",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tariffbudget",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "instruments_tariffbudgetevent" ("amount", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tariff_id") VALUES (NEW."amount", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."tariff_id"); RETURN NULL;',
                    hash="e2b624e0552ec9894d10e88647bbda89b238714c",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_38c81",
                    table="instruments_tariffbudget",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tariffbudgetevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="419973ecb225002c6ab6d388feeaa12db0616cbb",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_86487",
                    table="instruments_tariffbudgetevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tariffevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="a338b6d6ceebb4aaa282d6ef87f8eebd7164702d",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_78b9d",
                    table="instruments_tariffevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="tariffexemption",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="an_exemption_ends_after_it_starts",
                violation_error_message="De einddatum ligt voor de begindatum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="tariffexemption",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("tariff", "="),
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
                name="a_gemeente_is_exempt_once_at_a_time",
                violation_error_message="Deze gemeente is in die tijd al vrijgesteld.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tariffexemption",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "instruments_tariffexemptionevent" ("ends_on", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_on", "tariff_id") VALUES (NEW."ends_on", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."starts_on", NEW."tariff_id"); RETURN NULL;',
                    hash="e7d88e26bef47e412580eb94f93f6fabdb59912e",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_249ad",
                    table="instruments_tariffexemption",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tariffexemption",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "instruments_tariffexemptionevent" ("ends_on", "id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_on", "tariff_id") VALUES (NEW."ends_on", NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."starts_on", NEW."tariff_id"); RETURN NULL;',
                    hash="8666e73cea8612e75859350c4216d4d04473dc7b",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f1853",
                    table="instruments_tariffexemption",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tariffexemptionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9b802c3706ece51444e37c54f1c443980bfffea8",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_fa54e",
                    table="instruments_tariffexemptionevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="tariffindexation",
            constraint=models.UniqueConstraint(
                fields=("tariff", "year"),
                name="a_tariff_is_indexed_once_a_year",
                violation_error_message="Voor dit jaar staat er al een indexering.",
            ),
        ),
        migrations.AddConstraint(
            model_name="tariffindexation",
            constraint=models.CheckConstraint(
                condition=models.Q(("pct__range", (Decimal("-20"), Decimal("20")))),
                name="an_indexation_is_no_leap",
                violation_error_message="Een indexering ligt tussen -20 en 20 procent.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tariffindexation",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "instruments_tariffindexationevent" ("besluit_id", "id", "pct", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tariff_id", "year") VALUES (NEW."besluit_id", NEW."id", NEW."pct", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."tariff_id", NEW."year"); RETURN NULL;',
                    hash="eb8eba80d5fb2610be7b5c9f62a71d8e9bcc81f9",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_535f6",
                    table="instruments_tariffindexation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tariffindexation",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "instruments_tariffindexationevent" ("besluit_id", "id", "pct", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tariff_id", "year") VALUES (NEW."besluit_id", NEW."id", NEW."pct", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."tariff_id", NEW."year"); RETURN NULL;',
                    hash="7e409962d9c776391daa038c51a7508c4cfbdc02",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0be11",
                    table="instruments_tariffindexation",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="tariffindexationevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="e97d9bdd3915198a72cf061e782e5c4c64b7aa47",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_58a6f",
                    table="instruments_tariffindexationevent",
                    when="BEFORE",
                ),
            ),
        ),
        *map(_is_not_emptied, EVENTS),
        migrations.RunSQL(ONE_WAY, BOTH_WAYS),
    ]
