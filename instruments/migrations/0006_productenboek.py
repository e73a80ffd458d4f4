"""The productenboek: factsheets that stand, the routekaart, and interest."""

import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import membership.identifiers

GUARDS = """
CREATE FUNCTION instruments_factsheet_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Een gepubliceerde factsheet blijft zoals zij is.'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
END $$;
CREATE TRIGGER a_published_factsheet_stands
    BEFORE UPDATE ON instruments_factsheet FOR EACH ROW
    WHEN (OLD.published_at IS NOT NULL)
    EXECUTE FUNCTION instruments_factsheet_stands();
CREATE TRIGGER instruments_factsheet_is_kept BEFORE DELETE ON instruments_factsheet
    FOR EACH ROW EXECUTE FUNCTION nvsi_refuse();
CREATE TRIGGER instruments_factsheet_is_not_emptied BEFORE TRUNCATE
    ON instruments_factsheet FOR EACH STATEMENT EXECUTE FUNCTION nvsi_refuse();
CREATE TRIGGER instruments_milestoneevent_is_not_emptied BEFORE TRUNCATE
    ON instruments_milestoneevent FOR EACH STATEMENT EXECUTE FUNCTION nvsi_refuse();
"""
UNGUARDED = """
DROP TRIGGER a_published_factsheet_stands ON instruments_factsheet;
DROP TRIGGER instruments_factsheet_is_kept ON instruments_factsheet;
DROP TRIGGER instruments_factsheet_is_not_emptied ON instruments_factsheet;
DROP TRIGGER instruments_milestoneevent_is_not_emptied ON instruments_milestoneevent;
DROP FUNCTION instruments_factsheet_stands();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("instruments", "0005_tariffs"),
        ("membership", "0023_terms_of_letters_and_names"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="instrument",
            name="is_example",
            field=models.BooleanField(
                default=False,
                help_text="Niet van de NVSI: staat apart, en er is geen overeenkomst over.",
                verbose_name="voorbeeld",
            ),
        ),
        migrations.CreateModel(
            name="Milestone",
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
                            ("available", "komt beschikbaar"),
                            ("decision", "wordt besloten"),
                            ("end", "loopt af"),
                        ],
                        max_length=20,
                        verbose_name="wat gebeurt er",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        max_length=100,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="mijlpaal",
                    ),
                ),
                (
                    "explanation",
                    models.TextField(
                        blank=True,
                        max_length=1000,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="toelichting",
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(2000),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="jaar",
                    ),
                ),
                (
                    "quarter",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (1, "1e kwartaal"),
                            (2, "2e kwartaal"),
                            (3, "3e kwartaal"),
                            (4, "4e kwartaal"),
                        ],
                        help_text="Leeg: ergens in het jaar.",
                        null=True,
                        verbose_name="kwartaal",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "gepland"),
                            ("reached", "gehaald"),
                            ("dropped", "gaat niet door"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="stand",
                    ),
                ),
                (
                    "reached_on",
                    models.DateField(blank=True, null=True, verbose_name="gehaald op"),
                ),
                (
                    "dropped_because",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="waarom niet",
                    ),
                ),
                (
                    "besluit",
                    models.ForeignKey(
                        blank=True,
                        help_text="Het besluit waarop dit rust, als het er is.",
                        null=True,
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
                        related_name="milestones",
                        to="instruments.instrument",
                        verbose_name="instrument",
                    ),
                ),
            ],
            options={
                "verbose_name": "mijlpaal",
                "verbose_name_plural": "routekaart",
                "ordering": [
                    "year",
                    models.OrderBy(models.F("quarter"), nulls_last=True),
                    "title",
                ],
            },
        ),
        migrations.CreateModel(
            name="MilestoneEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("available", "komt beschikbaar"),
                            ("decision", "wordt besloten"),
                            ("end", "loopt af"),
                        ],
                        max_length=20,
                        verbose_name="wat gebeurt er",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        max_length=100,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="mijlpaal",
                    ),
                ),
                (
                    "explanation",
                    models.TextField(
                        blank=True,
                        max_length=1000,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="toelichting",
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(2000),
                            django.core.validators.MaxValueValidator(2100),
                        ],
                        verbose_name="jaar",
                    ),
                ),
                (
                    "quarter",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=[
                            (1, "1e kwartaal"),
                            (2, "2e kwartaal"),
                            (3, "3e kwartaal"),
                            (4, "4e kwartaal"),
                        ],
                        help_text="Leeg: ergens in het jaar.",
                        null=True,
                        verbose_name="kwartaal",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "gepland"),
                            ("reached", "gehaald"),
                            ("dropped", "gaat niet door"),
                        ],
                        default="planned",
                        max_length=10,
                        verbose_name="stand",
                    ),
                ),
                (
                    "reached_on",
                    models.DateField(blank=True, null=True, verbose_name="gehaald op"),
                ),
                (
                    "dropped_because",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="waarom niet",
                    ),
                ),
                (
                    "besluit",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Het besluit waarop dit rust, als het er is.",
                        null=True,
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
                        to="instruments.milestone",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Factsheet",
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
                ("number", models.PositiveIntegerField(verbose_name="versie")),
                (
                    "note",
                    models.CharField(
                        help_text="Wat verandert er ten opzichte van de vorige versie?",
                        max_length=500,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="wat is er anders",
                    ),
                ),
                (
                    "phase",
                    models.CharField(
                        choices=[
                            ("idee", "idee"),
                            ("in_ontwikkeling", "in ontwikkeling"),
                            ("opschalen", "klaar om op te schalen"),
                            ("in_gebruik", "in gebruik"),
                            ("loopt_af", "loopt af"),
                        ],
                        max_length=20,
                        verbose_name="fase",
                    ),
                ),
                (
                    "binding",
                    models.CharField(
                        choices=[
                            ("vrij", "vrij"),
                            ("vrijwillig", "vrijwillig maar niet vrijblijvend"),
                            ("bindend", "bindend voor allen"),
                        ],
                        max_length=20,
                        verbose_name="hoe bindend",
                    ),
                ),
                (
                    "summary",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="in één zin",
                    ),
                ),
                (
                    "what",
                    models.TextField(
                        blank=True,
                        max_length=4000,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="wat is het, en wat kunt u ermee?",
                    ),
                ),
                (
                    "developed_by",
                    models.TextField(
                        blank=True,
                        max_length=4000,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="wie heeft het ontwikkeld?",
                    ),
                ),
                (
                    "used_by",
                    models.TextField(
                        blank=True,
                        help_text="Voor wie het is, en wie meedoet.",
                        max_length=4000,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="wie gebruikt het?",
                    ),
                ),
                (
                    "it",
                    models.TextField(
                        blank=True,
                        max_length=4000,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="wat vraagt het van de ICT?",
                    ),
                ),
                (
                    "process",
                    models.TextField(
                        blank=True,
                        max_length=4000,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="wat vraagt het van het werkproces?",
                    ),
                ),
                (
                    "people",
                    models.TextField(
                        blank=True,
                        max_length=4000,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="wat vraagt het van de mensen?",
                    ),
                ),
                (
                    "costs",
                    models.TextField(
                        blank=True,
                        max_length=4000,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="wat kost het?",
                    ),
                ),
                (
                    "yields",
                    models.TextField(
                        blank=True,
                        max_length=4000,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="wat levert het op?",
                    ),
                ),
                (
                    "rights",
                    models.TextField(
                        blank=True,
                        max_length=4000,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="van wie zijn de rechten?",
                    ),
                ),
                (
                    "legal_frame",
                    models.TextField(
                        blank=True,
                        max_length=4000,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="welke wet- en regelgeving hoort erbij?",
                    ),
                ),
                (
                    "personal_data",
                    models.TextField(
                        blank=True,
                        max_length=4000,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="welke persoonsgegevens zijn nodig?",
                    ),
                ),
                (
                    "written_at",
                    models.DateTimeField(
                        auto_now=True, verbose_name="laatst gewijzigd op"
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="gepubliceerd op"
                    ),
                ),
                (
                    "instrument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="factsheets",
                        to="instruments.instrument",
                        verbose_name="instrument",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gepubliceerd door",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="laatst gewijzigd door",
                    ),
                ),
            ],
            options={
                "verbose_name": "factsheet",
                "verbose_name_plural": "factsheets",
                "ordering": ["instrument", "-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("instrument", "number"),
                        name="a_factsheet_has_a_number_of_its_own",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("published_at__isnull", True)),
                        fields=("instrument",),
                        name="an_instrument_has_one_draft_of_its_factsheet",
                        violation_error_message="Er is al een concept van deze factsheet. Werk daarin verder.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("published_at__isnull", True),
                                ("published_by__isnull", True),
                            ),
                            models.Q(
                                ("published_at__isnull", False),
                                ("published_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_published_factsheet_says_by_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("published_at__isnull", True),
                            models.Q(
                                models.Q(("summary", ""), _negated=True),
                                models.Q(("what", ""), _negated=True),
                                models.Q(("developed_by", ""), _negated=True),
                                models.Q(("used_by", ""), _negated=True),
                                models.Q(("it", ""), _negated=True),
                                models.Q(("process", ""), _negated=True),
                                models.Q(("people", ""), _negated=True),
                                models.Q(("costs", ""), _negated=True),
                                models.Q(("yields", ""), _negated=True),
                                models.Q(("rights", ""), _negated=True),
                                models.Q(("legal_frame", ""), _negated=True),
                                models.Q(("personal_data", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_published_factsheet_answers_every_question",
                        violation_error_message="Beantwoord eerst alle vragen.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Interest",
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
                    "words",
                    models.TextField(
                        blank=True,
                        max_length=2000,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="toelichting",
                    ),
                ),
                (
                    "shown_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="getoond op"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "wacht op antwoord"),
                            ("answered", "beantwoord"),
                            ("withdrawn", "ingetrokken"),
                            ("closed", "afgesloten"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="stand",
                    ),
                ),
                (
                    "answer",
                    models.TextField(
                        blank=True,
                        max_length=2000,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="antwoord",
                    ),
                ),
                (
                    "answered_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="beantwoord op"
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="beantwoord door",
                    ),
                ),
                (
                    "instrument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interests",
                        to="instruments.instrument",
                        verbose_name="instrument",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interests",
                        to="membership.organisation",
                        verbose_name="organisatie",
                    ),
                ),
                (
                    "shown_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="getoond door",
                    ),
                ),
            ],
            options={
                "verbose_name": "belangstelling",
                "verbose_name_plural": "belangstelling",
                "ordering": ["-shown_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status__in", ("open", "answered"))),
                        fields=("instrument", "organisation"),
                        name="an_organisation_is_interested_once_at_a_time",
                        violation_error_message="Deze organisatie toonde al belangstelling.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", ""),
                                ("answered_at__isnull", True),
                                ("answered_by__isnull", True),
                            ),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="an_answer_to_interest_says_by_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "answered"), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="answered_interest_has_an_answer",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="milestone",
            constraint=models.UniqueConstraint(
                fields=("instrument", "title"),
                name="an_instrument_names_a_milestone_once",
                violation_error_message="Deze mijlpaal staat er al.",
            ),
        ),
        migrations.AddConstraint(
            model_name="milestone",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("year__range", (2000, 2100)),
                    models.Q(
                        ("quarter__isnull", True),
                        ("quarter__range", (1, 4)),
                        _connector="OR",
                    ),
                ),
                name="a_milestone_is_in_a_year_of_the_calendar",
                violation_error_message="Kies een jaar, en een kwartaal van 1 tot 4.",
            ),
        ),
        migrations.AddConstraint(
            model_name="milestone",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("dropped_because", ""),
                        ("reached_on__isnull", True),
                        ("status", "planned"),
                    ),
                    models.Q(
                        ("dropped_because", ""),
                        ("reached_on__isnull", False),
                        ("status", "reached"),
                    ),
                    models.Q(
                        ("reached_on__isnull", True),
                        ("status", "dropped"),
                        models.Q(("dropped_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_milestone_says_what_became_of_it",
                violation_error_message="Vul bij 'gehaald' de dag in, bij 'gaat niet door' waarom, en bij 'gepland' geen van beide.",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="milestone",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "instruments_milestoneevent" ("besluit_id", "dropped_because", "explanation", "id", "instrument_id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quarter", "reached_on", "status", "title", "year") VALUES (NEW."besluit_id", NEW."dropped_because", NEW."explanation", NEW."id", NEW."instrument_id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."quarter", NEW."reached_on", NEW."status", NEW."title", NEW."year"); RETURN NULL;',
                    hash="b7d7b0d7b14d655177b790e6bd08f566a38be7dd",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_1d8df",
                    table="instruments_milestone",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="milestone",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "instruments_milestoneevent" ("besluit_id", "dropped_because", "explanation", "id", "instrument_id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quarter", "reached_on", "status", "title", "year") VALUES (NEW."besluit_id", NEW."dropped_because", NEW."explanation", NEW."id", NEW."instrument_id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."quarter", NEW."reached_on", NEW."status", NEW."title", NEW."year"); RETURN NULL;',
                    hash="e9d19e937cb1722cb710632fc17a7593d41f48ef",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_63c09",
                    table="instruments_milestone",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="milestoneevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="ceb1fb282e45fbc1f11df3f8a9f3a80ed7530ed9",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_c0231",
                    table="instruments_milestoneevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(GUARDS, UNGUARDED),
    ]
