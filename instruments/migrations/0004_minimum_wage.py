"""The legal minimum wage per hour, and the amounts until 2026 (domain 3.13).

The Staatscourant publishes them; the bureau checks and adds them in the admin.
"""

import datetime

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

AMOUNTS = [
    ("2024-01-01", "13.27"),
    ("2024-07-01", "13.68"),
    ("2025-01-01", "14.06"),
    ("2025-07-01", "14.40"),
    ("2026-01-01", "14.71"),
]
SOURCE = "Wet minimumloon; overgenomen bij de start, na te kijken in de Staatscourant"


def add(apps, schema_editor):
    wage = apps.get_model("instruments", "MinimumWage")
    wage.objects.bulk_create(
        wage(starts_on=datetime.date.fromisoformat(day), amount=amount, source=SOURCE)
        for day, amount in AMOUNTS
    )


class Migration(migrations.Migration):
    dependencies = [
        ("instruments", "0003_history_is_kept"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="MinimumWageEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("starts_on", models.DateField(verbose_name="vanaf")),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=6, verbose_name="minimumuurloon"
                    ),
                ),
                ("source", models.CharField(max_length=200, verbose_name="bron")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MinimumWage",
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
                        decimal_places=2, max_digits=6, verbose_name="minimumuurloon"
                    ),
                ),
                ("source", models.CharField(max_length=200, verbose_name="bron")),
            ],
            options={
                "verbose_name": "minimumuurloon",
                "verbose_name_plural": "minimumuurlonen",
                "ordering": ["-starts_on"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("starts_on",),
                        name="a_minimum_wage_starts_on_a_day_once",
                        violation_error_message="Vanaf deze dag staat er al een bedrag.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("amount__gt", 0)),
                        name="a_minimum_wage_is_above_zero",
                        violation_error_message="Het minimumuurloon ligt boven nul.",
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="minimumwage",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "instruments_minimumwageevent" ("amount", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "starts_on") VALUES (NEW."amount", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source", NEW."starts_on"); RETURN NULL;',
                    hash="237d8cb1305f3e770116ec8539a312cbf8506143",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_34506",
                    table="instruments_minimumwage",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="minimumwage",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "instruments_minimumwageevent" ("amount", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source", "starts_on") VALUES (NEW."amount", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source", NEW."starts_on"); RETURN NULL;',
                    hash="f663376390126d462ad7a8a1a50f572be60da5c4",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_77f4a",
                    table="instruments_minimumwage",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="minimumwageevent",
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
            model_name="minimumwageevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="instruments.minimumwage",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="minimumwageevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="2bf2f62a32c7df76db89d474b3f3ae10b0cfda0c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_4337d",
                    table="instruments_minimumwageevent",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(
            "CREATE TRIGGER instruments_minimumwageevent_is_not_emptied "
            "BEFORE TRUNCATE ON instruments_minimumwageevent "
            "FOR EACH STATEMENT EXECUTE FUNCTION nvsi_refuse()",
            "DROP TRIGGER instruments_minimumwageevent_is_not_emptied "
            "ON instruments_minimumwageevent",
        ),
        migrations.RunPython(add, migrations.RunPython.noop),
    ]
