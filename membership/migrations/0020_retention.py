"""How long what is kept, and the lists of what may be destroyed; held by the database."""

import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import membership.identifiers

# Proposals for the bureau to change: the law gives no number of years here.
TERMS = [
    ("application", 1, "years", "AVG artikel 5 lid 1 onder e: niet langer dan nodig"),
    ("dossier", 5, "years", "Voorstel; stel vast naar de selectielijst (Archiefwet)"),
    ("former", 7, "years", "Voorstel; stel vast naar de selectielijst (Archiefwet)"),
    ("person", 2, "years", "AVG artikel 5 lid 1 onder e: niet langer dan nodig"),
    ("email", 1, "years", "AVG artikel 5 lid 1 onder e: niet langer dan nodig"),
    ("export", 1, "years", "AVG artikel 5 lid 1 onder e: niet langer dan nodig"),
]
FILL = [
    (
        "INSERT INTO membership_retentionterm (kind, amount, unit, ground) "
        "VALUES (%s, %s, %s, %s)",
        list(term),
    )
    for term in TERMS
]
# What is only ever added to gives way to a line that a person decided on, to nothing
# else: then content goes, and the record that it was there stays.
GUARDS = """
CREATE FUNCTION destruction_decided(kinds text[], which bigint) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT EXISTS (
        SELECT 1 FROM membership_destructionline l
        WHERE l.kind = ANY(kinds) AND l.row_id = which AND l.decision = 'destroy'
    )
$$;

DROP TRIGGER a_paper_is_only_set_aside ON membership_evidence;
CREATE TRIGGER a_paper_is_only_set_aside BEFORE UPDATE ON membership_evidence
    FOR EACH ROW WHEN (NOT (
        length(NEW.content) = 0 AND NEW.file_name = 'vernietigd'
        AND to_jsonb(NEW) - ARRAY['content', 'file_name']
            = to_jsonb(OLD) - ARRAY['content', 'file_name']
        AND destruction_decided(ARRAY['dossier', 'former'], OLD.dossier_id)
    )) EXECUTE FUNCTION dossier_set_aside();

DROP TRIGGER membership_note_is_only_added_to ON membership_note;
CREATE TRIGGER membership_note_is_only_added_to BEFORE UPDATE OR DELETE
    ON membership_note FOR EACH ROW
    WHEN (NOT destruction_decided(ARRAY['dossier', 'former'], OLD.dossier_id))
    EXECUTE FUNCTION nvsi_refuse();

CREATE FUNCTION history_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.subject_type = 'membership.person'
        AND NEW.subject = 'persoon ' || OLD.subject_id
        AND to_jsonb(NEW) - 'subject' = to_jsonb(OLD) - 'subject'
        AND destruction_decided(ARRAY['person'], OLD.subject_id)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% wordt nooit gewijzigd of verwijderd (%).', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
DROP TRIGGER history_is_only_added_to ON membership_historyevent;
CREATE TRIGGER history_is_only_added_to
    BEFORE UPDATE OR DELETE ON membership_historyevent
    FOR EACH ROW EXECUTE FUNCTION history_stands();

CREATE TRIGGER a_decided_line_does_not_change BEFORE UPDATE
    ON membership_destructionline FOR EACH ROW WHEN (OLD.decision <> '')
    EXECUTE FUNCTION nvsi_refuse();
CREATE TRIGGER membership_destructionline_is_kept BEFORE DELETE
    ON membership_destructionline FOR EACH ROW EXECUTE FUNCTION nvsi_refuse();
CREATE TRIGGER membership_destructionline_is_not_emptied BEFORE TRUNCATE
    ON membership_destructionline FOR EACH STATEMENT EXECUTE FUNCTION nvsi_refuse();
CREATE TRIGGER membership_destructionlist_is_only_added_to BEFORE UPDATE OR DELETE
    ON membership_destructionlist FOR EACH ROW EXECUTE FUNCTION nvsi_refuse();
CREATE TRIGGER membership_destructionlist_is_not_emptied BEFORE TRUNCATE
    ON membership_destructionlist FOR EACH STATEMENT EXECUTE FUNCTION nvsi_refuse();
CREATE TRIGGER membership_retentiontermevent_is_not_emptied BEFORE TRUNCATE
    ON membership_retentiontermevent FOR EACH STATEMENT EXECUTE FUNCTION nvsi_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("membership", "0019_merges")]
    operations = [
        migrations.CreateModel(
            name="DestructionList",
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
                ("month", models.DateField(unique=True, verbose_name="maand")),
                (
                    "made_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="gemaakt op"),
                ),
            ],
            options={
                "verbose_name": "vernietigingslijst",
                "verbose_name_plural": "vernietigingslijsten",
                "ordering": ["-month"],
            },
        ),
        migrations.CreateModel(
            name="RetentionTermEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("application", "aanvragen waarover is besloten"),
                            (
                                "dossier",
                                "stukken van dossiers die niet tot lidmaatschap leidden",
                            ),
                            (
                                "former",
                                "stukken van dossiers van wie niet meer bij ons hoort",
                            ),
                            ("person", "mensen zonder rol"),
                            ("email", "verzonden e-mails"),
                            ("export", "lijsten die als bestand zijn meegenomen"),
                        ],
                        max_length=20,
                        verbose_name="soort",
                    ),
                ),
                (
                    "amount",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="termijn",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[("days", "dagen"), ("years", "jaar")],
                        max_length=10,
                        verbose_name="in",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        help_text="De wet, de selectielijst of het besluit.",
                        max_length=300,
                        verbose_name="grond",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="DestructionLine",
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
                            ("application", "aanvragen waarover is besloten"),
                            (
                                "dossier",
                                "stukken van dossiers die niet tot lidmaatschap leidden",
                            ),
                            (
                                "former",
                                "stukken van dossiers van wie niet meer bij ons hoort",
                            ),
                            ("person", "mensen zonder rol"),
                            ("email", "verzonden e-mails"),
                            ("export", "lijsten die als bestand zijn meegenomen"),
                        ],
                        max_length=20,
                        verbose_name="soort",
                    ),
                ),
                ("row_id", models.BigIntegerField(default=0, verbose_name="record")),
                ("subject", models.CharField(max_length=100, verbose_name="wat")),
                (
                    "count",
                    models.PositiveIntegerField(default=1, verbose_name="aantal"),
                ),
                ("ended_on", models.DateField(verbose_name="afgelopen op")),
                ("before_on", models.DateField(verbose_name="afgelopen voor")),
                ("ground", models.CharField(max_length=300, verbose_name="grond")),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("destroy", "vernietigd"),
                            ("keep", "langer bewaard"),
                            ("lapsed", "niet meer aan de beurt"),
                        ],
                        max_length=10,
                        verbose_name="besluit",
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="reden",
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="besloten op"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="besloten door",
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="membership.destructionlist",
                        verbose_name="lijst",
                    ),
                ),
            ],
            options={
                "verbose_name": "regel van een vernietigingslijst",
                "verbose_name_plural": "regels van vernietigingslijsten",
                "ordering": ["kind", "ended_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="RetentionTerm",
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
                            ("application", "aanvragen waarover is besloten"),
                            (
                                "dossier",
                                "stukken van dossiers die niet tot lidmaatschap leidden",
                            ),
                            (
                                "former",
                                "stukken van dossiers van wie niet meer bij ons hoort",
                            ),
                            ("person", "mensen zonder rol"),
                            ("email", "verzonden e-mails"),
                            ("export", "lijsten die als bestand zijn meegenomen"),
                        ],
                        max_length=20,
                        unique=True,
                        verbose_name="soort",
                    ),
                ),
                (
                    "amount",
                    models.PositiveSmallIntegerField(
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="termijn",
                    ),
                ),
                (
                    "unit",
                    models.CharField(
                        choices=[("days", "dagen"), ("years", "jaar")],
                        max_length=10,
                        verbose_name="in",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        help_text="De wet, de selectielijst of het besluit.",
                        max_length=300,
                        verbose_name="grond",
                    ),
                ),
            ],
            options={
                "verbose_name": "bewaartermijn",
                "verbose_name_plural": "bewaartermijnen",
                "ordering": ["kind"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount__gte", 1)),
                        name="a_retention_term_is_a_day_or_more",
                        violation_error_message="Een bewaartermijn is ten minste één dag.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ground", ""), _negated=True),
                        name="a_retention_term_has_a_ground",
                        violation_error_message="Noem de grond: de wet, de selectielijst of het besluit.",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="retentionterm",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "membership_retentiontermevent" ("amount", "ground", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit") VALUES (NEW."amount", NEW."ground", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."unit"); RETURN NULL;',
                    hash="52f187f96e15d1408058d95c8886838ecb96a2f5",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_1a32c",
                    table="membership_retentionterm",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="retentionterm",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "membership_retentiontermevent" ("amount", "ground", "id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unit") VALUES (NEW."amount", NEW."ground", NEW."id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."unit"); RETURN NULL;',
                    hash="3584d9a07e9e942487b590754f0def78d4a2884e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_060b4",
                    table="membership_retentionterm",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="retentiontermevent",
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
            model_name="retentiontermevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="membership.retentionterm",
            ),
        ),
        migrations.AddConstraint(
            model_name="destructionline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decision", "")),
                fields=("kind", "row_id"),
                name="a_record_waits_once_for_its_destruction",
            ),
        ),
        migrations.AddConstraint(
            model_name="destructionline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decision", "keep"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="what_is_kept_longer_has_a_reason",
                violation_error_message="Geef de reden om dit langer te bewaren.",
            ),
        ),
        migrations.AddConstraint(
            model_name="destructionline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", True),
                        ("decided_by__isnull", True),
                        ("decision", ""),
                    ),
                    models.Q(
                        models.Q(("decision", ""), _negated=True),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="a_person_decides_on_destruction",
            ),
        ),
        migrations.AddConstraint(
            model_name="destructionline",
            constraint=models.CheckConstraint(
                condition=models.Q(("ended_on__lt", models.F("before_on"))),
                name="only_what_had_its_time_is_destroyed",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="retentiontermevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="38f3997bb7b607388eedd8170ae6ce75424bee50",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_b1840",
                    table="membership_retentiontermevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
