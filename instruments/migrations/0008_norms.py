"""Kaders: numbered norms with their versions, and what gemeenten set beside them."""

from decimal import Decimal

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import membership.identifiers

# A row says what it said; only its end is added, and once that has been it stays too.
# What did not begin yet may be taken back.
GUARDS = """
CREATE FUNCTION instruments_norm_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Een kader dat geldt of gold, blijft zoals het is.'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
END $$;
CREATE FUNCTION instruments_value_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_kind text := (SELECT kind FROM instruments_norm WHERE id = NEW.norm_id);
BEGIN
    IF (of_kind = 'text') <> (NEW.words <> '')
        OR of_kind = 'yes_no' AND NEW.value NOT IN (0, 1)
        OR of_kind IN ('count', 'weeks') AND NEW.value <> trunc(NEW.value)
    THEN
        RAISE EXCEPTION 'Deze waarde past niet bij het kader.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_norm_stays_what_it_is BEFORE UPDATE ON instruments_norm FOR EACH ROW
    WHEN ((OLD.instrument_id, OLD.number, OLD.kind)
        IS DISTINCT FROM (NEW.instrument_id, NEW.number, NEW.kind))
    EXECUTE FUNCTION instruments_norm_stands();
CREATE TRIGGER instruments_norm_is_kept BEFORE DELETE ON instruments_norm
    FOR EACH ROW EXECUTE FUNCTION nvsi_refuse();
"""
PER_TABLE = """
CREATE TRIGGER a_{row}_only_ends BEFORE UPDATE ON instruments_{table} FOR EACH ROW
    WHEN (to_jsonb(OLD) - 'ends_on' IS DISTINCT FROM to_jsonb(NEW) - 'ends_on'
        OR OLD.ends_on < (now() AT TIME ZONE 'Europe/Amsterdam')::date)
    EXECUTE FUNCTION instruments_norm_stands();
CREATE TRIGGER a_{row}_that_began_is_kept BEFORE DELETE ON instruments_{table}
    FOR EACH ROW
    WHEN (OLD.starts_on <= (now() AT TIME ZONE 'Europe/Amsterdam')::date)
    EXECUTE FUNCTION nvsi_refuse();
CREATE TRIGGER a_{row}_fits_its_kind BEFORE INSERT ON instruments_{table}
    FOR EACH ROW EXECUTE FUNCTION instruments_value_fits();
"""
NOT_EMPTIED = """
CREATE TRIGGER instruments_{table}_is_not_emptied BEFORE TRUNCATE
    ON instruments_{table} FOR EACH STATEMENT EXECUTE FUNCTION nvsi_refuse();
"""
SQL = (
    GUARDS
    + PER_TABLE.format(row="norm_version", table="normversion")
    + PER_TABLE.format(row="local_norm", table="localnorm")
    + "".join(
        NOT_EMPTIED.format(table=table)
        for table in ("norm", "normversion", "localnorm")
    )
)


class Migration(migrations.Migration):
    dependencies = [
        ("instruments", "0007_verbeterwensen"),
        ("membership", "0024_bodies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Norm",
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
                    "number",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="nummer",
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        max_length=100,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="kader",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("euro_per_hour", "euro per uur"),
                            ("count", "aantal"),
                            ("hours", "uren per week"),
                            ("weeks", "weken"),
                            ("yes_no", "ja of nee"),
                            ("text", "tekst"),
                        ],
                        max_length=20,
                        verbose_name="soort waarde",
                    ),
                ),
                (
                    "measures",
                    models.CharField(
                        blank=True,
                        choices=[
                            (
                                "premie_per_uur",
                                "premie per uur van de aangeleverde uren",
                            )
                        ],
                        help_text="Leeg als het portaal dit kader nergens mee vergelijkt.",
                        max_length=20,
                        verbose_name="vergelijken met",
                    ),
                ),
                (
                    "instrument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="norms",
                        to="instruments.instrument",
                        verbose_name="instrument",
                    ),
                ),
            ],
            options={
                "verbose_name": "kader",
                "verbose_name_plural": "kaders",
                "ordering": ["instrument", "number"],
            },
        ),
        migrations.CreateModel(
            name="LocalNorm",
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
                    "value",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=7,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(
                                Decimal("99999.99")
                            ),
                        ],
                        verbose_name="waarde",
                    ),
                ),
                (
                    "words",
                    models.TextField(
                        blank=True,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="in woorden",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="vanaf")),
                (
                    "ends_on",
                    models.DateField(blank=True, null=True, verbose_name="tot en met"),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="vastgelegd op"
                    ),
                ),
                (
                    "reason",
                    models.TextField(
                        blank=True,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="reden om af te wijken",
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[
                            ("verordening", "verordening"),
                            ("beleidsregel", "beleidsregel"),
                            ("collegebesluit", "collegebesluit"),
                        ],
                        max_length=20,
                        verbose_name="vastgelegd in",
                    ),
                ),
                ("basis_on", models.DateField(verbose_name="datum daarvan")),
                (
                    "link",
                    models.URLField(
                        blank=True, max_length=300, verbose_name="link naar de tekst"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="local_norms",
                        to="membership.organisation",
                        verbose_name="organisatie",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="vastgelegd door",
                    ),
                ),
                (
                    "norm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="local_norms",
                        to="instruments.norm",
                        verbose_name="kader",
                    ),
                ),
            ],
            options={
                "verbose_name": "eigen kader",
                "verbose_name_plural": "eigen kaders",
                "ordering": ["organisation", "norm", "-starts_on"],
            },
        ),
        migrations.CreateModel(
            name="NormVersion",
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
                    "value",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=7,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(
                                Decimal("99999.99")
                            ),
                        ],
                        verbose_name="waarde",
                    ),
                ),
                (
                    "words",
                    models.TextField(
                        blank=True,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="in woorden",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="vanaf")),
                (
                    "ends_on",
                    models.DateField(blank=True, null=True, verbose_name="tot en met"),
                ),
                (
                    "recorded_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="vastgelegd op"
                    ),
                ),
                (
                    "lowest",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=7,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(
                                Decimal("99999.99")
                            ),
                        ],
                        verbose_name="laagste",
                    ),
                ),
                (
                    "highest",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=7,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(
                                Decimal("99999.99")
                            ),
                        ],
                        verbose_name="hoogste",
                    ),
                ),
                (
                    "is_law",
                    models.BooleanField(default=False, verbose_name="grens van de wet"),
                ),
                (
                    "explanation",
                    models.TextField(
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="toelichting",
                    ),
                ),
                (
                    "besluit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="norm_versions",
                        to="membership.alvbesluit",
                        verbose_name="ALV-besluit",
                    ),
                ),
                (
                    "decision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="norm_versions",
                        to="membership.bodydecision",
                        verbose_name="besluit van een orgaan",
                    ),
                ),
                (
                    "norm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="instruments.norm",
                        verbose_name="kader",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="vastgelegd door",
                    ),
                ),
            ],
            options={
                "verbose_name": "waarde van een kader",
                "verbose_name_plural": "waarden van kaders",
                "ordering": ["norm", "-starts_on"],
            },
        ),
        migrations.AddConstraint(
            model_name="norm",
            constraint=models.UniqueConstraint(
                fields=("instrument", "number"),
                name="an_instrument_has_a_norm_of_a_number_once",
                violation_error_message="Dit nummer is al van een ander kader.",
            ),
        ),
        migrations.AddConstraint(
            model_name="norm",
            constraint=models.CheckConstraint(
                condition=models.Q(("number__gte", 1)),
                name="norms_are_numbered_from_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="norm",
            constraint=models.UniqueConstraint(
                condition=models.Q(("measures", ""), _negated=True),
                fields=("instrument", "measures"),
                name="an_instrument_measures_a_thing_with_one_norm",
                violation_error_message="Een ander kader wordt hier al mee vergeleken.",
            ),
        ),
        migrations.AddConstraint(
            model_name="norm",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("measures", ""),
                    models.Q(("kind", "euro_per_hour"), ("measures", "premie_per_uur")),
                    _connector="OR",
                ),
                name="a_premie_per_uur_is_measured_in_euros",
                violation_error_message="De premie per uur is een kader in euro per uur.",
            ),
        ),
        migrations.AddConstraint(
            model_name="localnorm",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="a_local_norm_ends_after_it_starts",
                violation_error_message="De einddatum ligt voor de begindatum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="localnorm",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("norm", "="),
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
                name="an_organisation_has_one_local_norm_at_a_time",
                violation_error_message="Uw organisatie heeft in die tijd al een eigen waarde.",
            ),
        ),
        migrations.AddConstraint(
            model_name="localnorm",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("words", ""), _negated=True), ("value__isnull", True)
                    ),
                    models.Q(("value__isnull", False), ("words", "")),
                    _connector="OR",
                ),
                name="a_local_norm_has_a_number_or_words",
                violation_error_message="Vul een waarde in, of woorden.",
            ),
        ),
        migrations.AddConstraint(
            model_name="localnorm",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("basis__in", ["verordening", "beleidsregel", "collegebesluit"])
                ),
                name="a_local_norm_rests_on_a_rule",
            ),
        ),
        migrations.AddConstraint(
            model_name="normversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="a_norm_ends_after_it_starts",
                violation_error_message="De einddatum ligt voor de begindatum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="normversion",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("norm", "="),
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
                name="a_norm_says_one_thing_at_a_time",
                violation_error_message="Dit kader heeft in die tijd al een waarde.",
            ),
        ),
        migrations.AddConstraint(
            model_name="normversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("words", ""), _negated=True), ("value__isnull", True)
                    ),
                    models.Q(("value__isnull", False), ("words", "")),
                    _connector="OR",
                ),
                name="a_norm_has_a_number_or_words",
                violation_error_message="Vul een waarde in, of woorden.",
            ),
        ),
        migrations.AddConstraint(
            model_name="normversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("highest__isnull", True),
                        ("lowest__isnull", True),
                        ("value__isnull", True),
                    ),
                    models.Q(
                        ("highest__gte", models.F("value")),
                        ("lowest__gte", 0),
                        ("lowest__lte", models.F("value")),
                    ),
                    _connector="OR",
                ),
                name="a_norm_lies_within_its_own_room",
                violation_error_message="De waarde ligt tussen de laagste en de hoogste.",
            ),
        ),
        migrations.AddConstraint(
            model_name="normversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("besluit__isnull", False), ("decision__isnull", True)),
                    models.Q(("besluit__isnull", True), ("decision__isnull", False)),
                    _connector="OR",
                ),
                name="a_norm_rests_on_one_decision",
                violation_error_message="Kies het besluit van een orgaan, of dat van de ALV.",
            ),
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
