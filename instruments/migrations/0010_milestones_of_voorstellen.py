"""A milestone names the voorstel on which the members decide."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("instruments", "0009_steering"),
        ("membership", "0025_assemblies"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="milestone",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="milestone",
            name="update_update",
        ),
        migrations.AddField(
            model_name="milestone",
            name="voorstel",
            field=models.ForeignKey(
                blank=True,
                help_text="Het voorstel waarover de leden besluiten, als het er is.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="membership.voorstel",
                verbose_name="voorstel aan de ALV",
            ),
        ),
        migrations.AddField(
            model_name="milestoneevent",
            name="voorstel",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                help_text="Het voorstel waarover de leden besluiten, als het er is.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="membership.voorstel",
                verbose_name="voorstel aan de ALV",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="milestone",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "instruments_milestoneevent" ("besluit_id", "dropped_because", "explanation", "id", "instrument_id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quarter", "reached_on", "status", "title", "voorstel_id", "year") VALUES (NEW."besluit_id", NEW."dropped_because", NEW."explanation", NEW."id", NEW."instrument_id", NEW."kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."quarter", NEW."reached_on", NEW."status", NEW."title", NEW."voorstel_id", NEW."year"); RETURN NULL;',
                    hash="38c6a544ef5a3a1495d44d2efba013654a86b64f",
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
                    func='INSERT INTO "instruments_milestoneevent" ("besluit_id", "dropped_because", "explanation", "id", "instrument_id", "kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quarter", "reached_on", "status", "title", "voorstel_id", "year") VALUES (NEW."besluit_id", NEW."dropped_because", NEW."explanation", NEW."id", NEW."instrument_id", NEW."kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."quarter", NEW."reached_on", NEW."status", NEW."title", NEW."voorstel_id", NEW."year"); RETURN NULL;',
                    hash="a68454bf24c7692992326993abfa94e96dbd172a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_63c09",
                    table="instruments_milestone",
                    when="AFTER",
                ),
            ),
        ),
    ]
