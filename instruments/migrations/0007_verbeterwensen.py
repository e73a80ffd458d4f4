"""Verbeterwensen, their steps, and the voorstellen that come of them."""

from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import membership.identifiers

EVENTS = ("alvlimit", "covercriterion")
APPEND_ONLY = ("verbeterwens", "verbeterwensstep", "wensremark")
KEPT = ("ontwikkelvoorstel", "wenssupport")

# The same table as instruments.wishes.stages: a test compares them.
GUARDS = """
CREATE FUNCTION instruments_wish_step_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    last text;
    follows jsonb := '{
        "": ["taken_up", "merged", "declined", "withdrawn"],
        "taken_up": ["validated", "merged", "declined", "withdrawn"],
        "validated": ["prioritised", "validated", "merged", "declined", "withdrawn"],
        "prioritised": ["from_kas", "other_money", "prioritised", "merged", "declined",
            "withdrawn"],
        "from_kas": ["proposed", "other_money", "declined", "withdrawn"],
        "other_money": ["proposed", "from_kas", "declined", "withdrawn"],
        "proposed": ["agreed", "sent_back", "declined"],
        "sent_back": ["proposed", "from_kas", "other_money", "declined", "withdrawn"],
        "agreed": ["adopted", "rejected", "ordered", "withdrawn"],
        "adopted": ["ordered", "withdrawn"],
        "ordered": ["delivered", "withdrawn"],
        "delivered": ["accepted", "returned"],
        "returned": ["delivered", "withdrawn"],
        "accepted": ["reported"]
    }';
BEGIN
    PERFORM 1 FROM instruments_verbeterwens WHERE id = NEW.wens_id FOR UPDATE;
    SELECT kind INTO last FROM instruments_verbeterwensstep
        WHERE wens_id = NEW.wens_id ORDER BY id DESC LIMIT 1;
    IF NOT COALESCE(follows -> COALESCE(last, '') ? NEW.kind, false) THEN
        RAISE EXCEPTION 'Deze stap volgt niet op de vorige stap van de wens.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.kind = 'ordered' AND NOT EXISTS (
        SELECT 1 FROM instruments_ontwikkelvoorstel v WHERE v.id = NEW.voorstel_id
            AND v.ended_at IS NULL AND v.agreed_at IS NOT NULL
            AND (NOT v.needs_alv OR v.besluit_id IS NOT NULL)
    ) THEN
        RAISE EXCEPTION 'Zonder besluit komt er geen opdracht.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.voorstel_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM instruments_ontwikkelvoorstel v
        WHERE v.id = NEW.voorstel_id AND v.wens_id = NEW.wens_id
    ) THEN
        RAISE EXCEPTION 'Dit voorstel hoort bij een andere wens.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_step_of_a_wens_follows_the_last
    BEFORE INSERT ON instruments_verbeterwensstep
    FOR EACH ROW EXECUTE FUNCTION instruments_wish_step_fits();

-- What was put forward stands; who agreed, the besluit and the end are added once.
CREATE FUNCTION instruments_voorstel_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    akkoord text[] := ARRAY['criteria', 'agreed_by_id', 'agreed_at', 'needs_alv'];
    later text[] := ARRAY['besluit_id', 'ended_at'];
BEGIN
    IF OLD.ended_at IS NOT NULL
        OR to_jsonb(NEW) - akkoord - later <> to_jsonb(OLD) - akkoord - later
        OR OLD.agreed_at IS NOT NULL AND to_jsonb(NEW) - later <> to_jsonb(OLD) - later
        OR OLD.besluit_id IS NOT NULL AND NEW.besluit_id IS DISTINCT FROM OLD.besluit_id
    THEN
        RAISE EXCEPTION 'Een voorstel dat is voorgelegd, verandert niet meer.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_voorstel_stands_once_it_is_made
    BEFORE UPDATE ON instruments_ontwikkelvoorstel
    FOR EACH ROW EXECUTE FUNCTION instruments_voorstel_stands();

CREATE FUNCTION instruments_support_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL
        OR to_jsonb(NEW) - 'ended_at' <> to_jsonb(OLD) - 'ended_at'
    THEN
        RAISE EXCEPTION 'Steun wordt alleen ingetrokken.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER support_of_a_wens_only_ends BEFORE UPDATE ON instruments_wenssupport
    FOR EACH ROW EXECUTE FUNCTION instruments_support_only_ends();
"""
UNGUARDED = """
DROP TRIGGER support_of_a_wens_only_ends ON instruments_wenssupport;
DROP FUNCTION instruments_support_only_ends();
DROP TRIGGER a_voorstel_stands_once_it_is_made ON instruments_ontwikkelvoorstel;
DROP FUNCTION instruments_voorstel_stands();
DROP TRIGGER a_step_of_a_wens_follows_the_last ON instruments_verbeterwensstep;
DROP FUNCTION instruments_wish_step_fits();
"""


def _guard(model: str, name: str, moment: str, per: str) -> migrations.RunSQL:
    table = f"instruments_{model}"
    return migrations.RunSQL(
        f"CREATE TRIGGER {table}_{name} BEFORE {moment} ON {table} "
        f"FOR EACH {per} EXECUTE FUNCTION nvsi_refuse()",
        f"DROP TRIGGER {table}_{name} ON {table}",
    )


NOT_EMPTIED = (*APPEND_ONLY, *KEPT, *(f"{name}event" for name in EVENTS))
KEEPING = [
    *(_guard(m, "is_only_added_to", "UPDATE OR DELETE", "ROW") for m in APPEND_ONLY),
    *(_guard(m, "is_kept", "DELETE", "ROW") for m in KEPT),
    *(_guard(m, "is_not_emptied", "TRUNCATE", "STATEMENT") for m in NOT_EMPTIED),
]


class Migration(migrations.Migration):
    dependencies = [
        ("instruments", "0006_productenboek"),
        ("membership", "0024_bodies"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CoverCriterionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "text",
                    models.CharField(
                        max_length=300,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="criterium",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="vanaf")),
                (
                    "ends_on",
                    models.DateField(blank=True, null=True, verbose_name="tot en met"),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Ontwikkelvoorstel",
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
                    "version",
                    models.PositiveSmallIntegerField(default=1, verbose_name="versie"),
                ),
                (
                    "text",
                    models.TextField(
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="wat er komt",
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0"))
                        ],
                        verbose_name="bedrag",
                    ),
                ),
                (
                    "from_kas",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0"))
                        ],
                        verbose_name="uit de innovatiekas",
                    ),
                ),
                (
                    "other_cover",
                    models.TextField(
                        blank=True,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="andere dekking",
                    ),
                ),
                (
                    "proposed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="voorgelegd op"
                    ),
                ),
                (
                    "criteria",
                    models.JSONField(
                        blank=True,
                        default=list,
                        verbose_name="criteria van het bestuur",
                    ),
                ),
                (
                    "agreed_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="akkoord op"
                    ),
                ),
                (
                    "needs_alv",
                    models.BooleanField(default=True, verbose_name="de ALV besluit"),
                ),
                (
                    "ended_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="vervallen op"
                    ),
                ),
            ],
            options={
                "verbose_name": "voorstel voor doorontwikkeling",
                "verbose_name_plural": "voorstellen voor doorontwikkeling",
                "ordering": ["wens", "version"],
            },
        ),
        migrations.CreateModel(
            name="Verbeterwens",
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
                ("number", models.PositiveIntegerField(verbose_name="nummer")),
                (
                    "title",
                    models.CharField(
                        max_length=120,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="titel",
                    ),
                ),
                (
                    "problem",
                    models.TextField(
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="probleem",
                    ),
                ),
                (
                    "proposal",
                    models.TextField(
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="voorstel",
                    ),
                ),
                (
                    "for_whom",
                    models.CharField(
                        max_length=200,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="voor wie",
                    ),
                ),
                (
                    "handed_in_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="ingediend op"
                    ),
                ),
            ],
            options={
                "verbose_name": "verbeterwens",
                "verbose_name_plural": "verbeterwensen",
                "ordering": ["-handed_in_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="VerbeterwensStep",
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
                            ("taken_up", "in behandeling genomen"),
                            ("validated", "gevalideerd"),
                            ("prioritised", "geprioriteerd"),
                            ("from_kas", "te betalen uit de innovatiekas"),
                            ("other_money", "nieuwe functionaliteit, ander geld nodig"),
                            ("proposed", "voorstel bij het bestuur"),
                            ("sent_back", "teruggestuurd door het bestuur"),
                            ("agreed", "akkoord van het bestuur"),
                            ("adopted", "aangenomen door de ALV"),
                            ("rejected", "verworpen door de ALV"),
                            ("ordered", "opdracht gegeven"),
                            ("delivered", "opgeleverd"),
                            ("returned", "nog niet aanvaard"),
                            ("accepted", "aanvaard"),
                            ("reported", "teruggemeld"),
                            ("declined", "afgewezen"),
                            ("merged", "samengevoegd"),
                            ("withdrawn", "ingetrokken"),
                        ],
                        max_length=20,
                        verbose_name="stap",
                    ),
                ),
                (
                    "on",
                    models.DateField(
                        default=django.utils.timezone.localdate, verbose_name="datum"
                    ),
                ),
                (
                    "for_party",
                    models.CharField(
                        choices=[
                            ("asker", "de organisatie die de wens indiende"),
                            ("regiegroep", "de regiegroep"),
                            (
                                "leading",
                                "de voorzitter of secretaris van de regiegroep",
                            ),
                            ("uitvoerder", "de uitvoerder"),
                            ("bestuur", "het bestuur"),
                            (
                                "bureau",
                                "het bureau of het bestuur, na het besluit van de ALV",
                            ),
                        ],
                        max_length=20,
                        verbose_name="als",
                    ),
                ),
                (
                    "words",
                    models.TextField(
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="reden",
                    ),
                ),
                (
                    "hours",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="uren"
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0"))
                        ],
                        verbose_name="geschat bedrag",
                    ),
                ),
                (
                    "feasibility",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("well", "goed haalbaar"),
                            ("partly", "haalbaar met aanpassingen"),
                            ("not", "niet haalbaar"),
                        ],
                        max_length=10,
                        verbose_name="haalbaarheid",
                    ),
                ),
                (
                    "rank",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="plaats"
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="vastgelegd op"
                    ),
                ),
            ],
            options={
                "verbose_name": "stap van een verbeterwens",
                "verbose_name_plural": "stappen van verbeterwensen",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="WensFollower",
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
            ],
            options={
                "verbose_name": "volger van een verbeterwens",
                "verbose_name_plural": "volgers van verbeterwensen",
                "ordering": ["wens", "id"],
            },
        ),
        migrations.CreateModel(
            name="WensRemark",
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
                    "text",
                    models.TextField(
                        max_length=2000,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="opmerking",
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="geschreven op"
                    ),
                ),
            ],
            options={
                "verbose_name": "opmerking bij een verbeterwens",
                "verbose_name_plural": "opmerkingen bij verbeterwensen",
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="WensSupport",
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
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="gegeven op"
                    ),
                ),
                (
                    "ended_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="ingetrokken op"
                    ),
                ),
            ],
            options={
                "verbose_name": "steun voor een verbeterwens",
                "verbose_name_plural": "steun voor verbeterwensen",
                "ordering": ["wens", "at", "id"],
            },
        ),
        migrations.CreateModel(
            name="AlvLimit",
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
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0"))
                        ],
                        verbose_name="tot en met dit bedrag besluit het bestuur",
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
                        related_name="alv_limits",
                        to="instruments.instrument",
                        verbose_name="instrument",
                    ),
                ),
            ],
            options={
                "verbose_name": "grens voor de ALV",
                "verbose_name_plural": "grenzen voor de ALV",
                "ordering": ["instrument", "-starts_on"],
            },
        ),
        migrations.CreateModel(
            name="AlvLimitEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("starts_on", models.DateField(verbose_name="vanaf")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0"))
                        ],
                        verbose_name="tot en met dit bedrag besluit het bestuur",
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
                        to="instruments.alvlimit",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CoverCriterion",
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
                    "text",
                    models.CharField(
                        max_length=300,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="criterium",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="vanaf")),
                (
                    "ends_on",
                    models.DateField(blank=True, null=True, verbose_name="tot en met"),
                ),
            ],
            options={
                "verbose_name": "criterium voor de dekking",
                "verbose_name_plural": "criteria voor de dekking",
                "ordering": ["starts_on", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="a_criterion_ends_after_it_starts",
                        violation_error_message="De einddatum ligt voor de begindatum.",
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="covercriterion",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "instruments_covercriterionevent" ("ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "text") VALUES (NEW."ends_on", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts_on", NEW."text"); RETURN NULL;',
                    hash="586278cee93eac5369c6a5335b86603818ed786e",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_fc170",
                    table="instruments_covercriterion",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="covercriterion",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "instruments_covercriterionevent" ("ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "text") VALUES (NEW."ends_on", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts_on", NEW."text"); RETURN NULL;',
                    hash="e362a3f5e8418bee3403bff6a4eda60b07086112",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d3706",
                    table="instruments_covercriterion",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="covercriterionevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="covercriterionevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="instruments.covercriterion",
            ),
        ),
        migrations.AddField(
            model_name="ontwikkelvoorstel",
            name="agreed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="akkoord van",
            ),
        ),
        migrations.AddField(
            model_name="ontwikkelvoorstel",
            name="besluit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="voorstellen",
                to="membership.alvbesluit",
                verbose_name="ALV-besluit",
            ),
        ),
        migrations.AddField(
            model_name="ontwikkelvoorstel",
            name="decision",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="voorstellen",
                to="membership.bodydecision",
                verbose_name="besluit van de regiegroep",
            ),
        ),
        migrations.AddField(
            model_name="ontwikkelvoorstel",
            name="proposed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="voorgelegd door",
            ),
        ),
        migrations.AddField(
            model_name="verbeterwens",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="ingediend door",
            ),
        ),
        migrations.AddField(
            model_name="verbeterwens",
            name="instrument",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="verbeterwensen",
                to="instruments.instrument",
                verbose_name="instrument",
            ),
        ),
        migrations.AddField(
            model_name="verbeterwens",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="verbeterwensen",
                to="membership.organisation",
                verbose_name="namens",
            ),
        ),
        migrations.AddField(
            model_name="ontwikkelvoorstel",
            name="wens",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="voorstellen",
                to="instruments.verbeterwens",
                verbose_name="verbeterwens",
            ),
        ),
        migrations.AddField(
            model_name="verbeterwensstep",
            name="besluit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="membership.alvbesluit",
                verbose_name="ALV-besluit",
            ),
        ),
        migrations.AddField(
            model_name="verbeterwensstep",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="vastgelegd door",
            ),
        ),
        migrations.AddField(
            model_name="verbeterwensstep",
            name="decision",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="wish_steps",
                to="membership.bodydecision",
                verbose_name="besluit van de regiegroep",
            ),
        ),
        migrations.AddField(
            model_name="verbeterwensstep",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="instruments.verbeterwens",
                verbose_name="samengevoegd met",
            ),
        ),
        migrations.AddField(
            model_name="verbeterwensstep",
            name="voorstel",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="steps",
                to="instruments.ontwikkelvoorstel",
                verbose_name="voorstel",
            ),
        ),
        migrations.AddField(
            model_name="verbeterwensstep",
            name="wens",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="steps",
                to="instruments.verbeterwens",
                verbose_name="verbeterwens",
            ),
        ),
        migrations.AddField(
            model_name="wensfollower",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="persoon",
            ),
        ),
        migrations.AddField(
            model_name="wensfollower",
            name="wens",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="followers",
                to="instruments.verbeterwens",
                verbose_name="verbeterwens",
            ),
        ),
        migrations.AddField(
            model_name="wensremark",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="geschreven door",
            ),
        ),
        migrations.AddField(
            model_name="wensremark",
            name="organisation",
            field=models.ForeignKey(
                blank=True,
                help_text="Leeg voor de vereniging zelf.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="membership.organisation",
                verbose_name="namens",
            ),
        ),
        migrations.AddField(
            model_name="wensremark",
            name="wens",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="remarks",
                to="instruments.verbeterwens",
                verbose_name="verbeterwens",
            ),
        ),
        migrations.AddField(
            model_name="wenssupport",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="gegeven door",
            ),
        ),
        migrations.AddField(
            model_name="wenssupport",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="membership.organisation",
                verbose_name="organisatie",
            ),
        ),
        migrations.AddField(
            model_name="wenssupport",
            name="wens",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="support",
                to="instruments.verbeterwens",
                verbose_name="verbeterwens",
            ),
        ),
        migrations.AddConstraint(
            model_name="alvlimit",
            constraint=models.UniqueConstraint(
                fields=("instrument", "starts_on"),
                name="a_limit_for_the_alv_starts_on_a_day_once",
                violation_error_message="Vanaf deze dag staat er al een grens.",
            ),
        ),
        migrations.AddConstraint(
            model_name="alvlimit",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gte", 0)),
                name="a_limit_for_the_alv_is_not_below_zero",
                violation_error_message="Een grens ligt niet onder nul.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alvlimit",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "instruments_alvlimitevent" ("amount", "besluit_id", "id", "instrument_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (NEW."amount", NEW."besluit_id", NEW."id", NEW."instrument_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts_on"); RETURN NULL;',
                    hash="fb7b0b0176e977080e0d23979f4b0b945a37774e",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_efeef",
                    table="instruments_alvlimit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alvlimit",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "instruments_alvlimitevent" ("amount", "besluit_id", "id", "instrument_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (NEW."amount", NEW."besluit_id", NEW."id", NEW."instrument_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts_on"); RETURN NULL;',
                    hash="acebc82f2b432a1fc5f7d9c24e8020e44dd0ea54",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_18d98",
                    table="instruments_alvlimit",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="alvlimitevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4b752f40cec738e19ad6b6b2f54f00beab451183",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_9925f",
                    table="instruments_alvlimitevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="covercriterionevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="0339423fa9eca8890a3ff29332a4a7da952e92a1",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_0a477",
                    table="instruments_covercriterionevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="verbeterwens",
            constraint=models.UniqueConstraint(
                fields=("instrument", "number"), name="a_wens_has_a_number_of_its_own"
            ),
        ),
        migrations.AddConstraint(
            model_name="verbeterwens",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("title", ""), _negated=True),
                    models.Q(("problem", ""), _negated=True),
                    models.Q(("proposal", ""), _negated=True),
                    models.Q(("for_whom", ""), _negated=True),
                ),
                name="a_wens_says_what_and_for_whom",
                violation_error_message="Vul probleem, voorstel en voor wie in.",
            ),
        ),
        migrations.AddConstraint(
            model_name="ontwikkelvoorstel",
            constraint=models.UniqueConstraint(
                fields=("wens", "version"), name="a_voorstel_has_a_version_of_its_own"
            ),
        ),
        migrations.AddConstraint(
            model_name="ontwikkelvoorstel",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("wens",),
                name="a_wens_has_one_running_voorstel",
                violation_error_message="Voor deze wens loopt al een voorstel.",
            ),
        ),
        migrations.AddConstraint(
            model_name="ontwikkelvoorstel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("from_kas__gte", 0),
                    ("from_kas__lte", models.F("amount")),
                    models.Q(
                        ("from_kas", models.F("amount")),
                        models.Q(("other_cover", ""), _negated=True),
                        _connector="OR",
                    ),
                ),
                name="a_voorstel_is_covered",
                violation_error_message="Zeg waar het hele bedrag vandaan komt. Uit de innovatiekas komt nooit meer dan het bedrag.",
            ),
        ),
        migrations.AddConstraint(
            model_name="ontwikkelvoorstel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("agreed_at__isnull", True), ("agreed_by__isnull", True)),
                    models.Q(
                        ("agreed_at__isnull", False),
                        ("agreed_by__isnull", False),
                        models.Q(("agreed_by", models.F("proposed_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="somebody_else_agrees_with_a_voorstel",
                violation_error_message="Wie een voorstel voorlegt, geeft niet zelf het akkoord.",
            ),
        ),
        migrations.AddConstraint(
            model_name="ontwikkelvoorstel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("besluit__isnull", True),
                    models.Q(("agreed_at__isnull", False), ("needs_alv", True)),
                    _connector="OR",
                ),
                name="the_alv_decides_after_the_bestuur",
                violation_error_message="Eerst geeft het bestuur akkoord.",
            ),
        ),
        migrations.AddConstraint(
            model_name="verbeterwensstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True),
                name="a_step_of_a_wens_gives_its_reason",
                violation_error_message="Geef de reden.",
            ),
        ),
        migrations.AddConstraint(
            model_name="verbeterwensstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("amount__gte", 0),
                        ("amount__isnull", False),
                        ("hours__isnull", False),
                        ("kind", "validated"),
                        models.Q(("feasibility", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("kind", "validated"), _negated=True),
                        ("amount__isnull", True),
                        ("feasibility", ""),
                        ("hours__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="a_validation_says_effort_and_feasibility",
                violation_error_message="Vul uren, bedrag en haalbaarheid in.",
            ),
        ),
        migrations.AddConstraint(
            model_name="verbeterwensstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "prioritised"),
                        ("rank__gte", 1),
                        ("rank__isnull", False),
                    ),
                    models.Q(
                        models.Q(("kind", "prioritised"), _negated=True),
                        ("rank__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="a_priority_is_a_place_in_the_order",
                violation_error_message="Vul de plaats in: 1 is de eerste.",
            ),
        ),
        migrations.AddConstraint(
            model_name="verbeterwensstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "merged"),
                        ("merged_into__isnull", False),
                        models.Q(("merged_into", models.F("wens")), _negated=True),
                    ),
                    models.Q(
                        models.Q(("kind", "merged"), _negated=True),
                        ("merged_into__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="a_wens_is_merged_with_another",
                violation_error_message="Kies een andere wens.",
            ),
        ),
        migrations.AddConstraint(
            model_name="verbeterwensstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "kind__in",
                            [
                                "proposed",
                                "sent_back",
                                "agreed",
                                "adopted",
                                "rejected",
                                "ordered",
                                "delivered",
                                "returned",
                                "accepted",
                            ],
                        ),
                        _negated=True,
                    ),
                    ("voorstel__isnull", False),
                    _connector="OR",
                ),
                name="from_the_bestuur_on_a_step_has_its_voorstel",
            ),
        ),
        migrations.AddConstraint(
            model_name="verbeterwensstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "adopted"), _negated=True),
                    ("besluit__isnull", False),
                    _connector="OR",
                ),
                name="what_the_alv_adopts_has_a_besluit",
                violation_error_message="Kies het besluit van de ALV.",
            ),
        ),
        migrations.AddConstraint(
            model_name="wensfollower",
            constraint=models.UniqueConstraint(
                fields=("wens", "person"),
                name="a_person_follows_a_wens_once",
                violation_error_message="U volgt deze wens al.",
            ),
        ),
        migrations.AddConstraint(
            model_name="wensremark",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True),
                name="a_remark_on_a_wens_says_something",
                violation_error_message="Schrijf een opmerking.",
            ),
        ),
        migrations.AddConstraint(
            model_name="wenssupport",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("wens", "organisation"),
                name="an_organisation_supports_a_wens_once",
                violation_error_message="Uw organisatie steunt deze wens al.",
            ),
        ),
        migrations.RunSQL(GUARDS, UNGUARDED),
        *KEEPING,
    ]
