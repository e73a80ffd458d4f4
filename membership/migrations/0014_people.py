"""Who does the money, the FG, what people say of themselves, and who may sign."""

import django.core.validators
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import membership.identifiers


class Migration(migrations.Migration):
    dependencies = [("membership", "0013_deadlines")]
    operations = [
        migrations.CreateModel(
            name="SignerProposal",
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
                    "name",
                    models.CharField(
                        max_length=200,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="naam",
                    ),
                ),
                (
                    "function",
                    models.CharField(
                        max_length=200,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="functie",
                    ),
                ),
                (
                    "email",
                    models.EmailField(max_length=254, verbose_name="e-mailadres"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("proposed", "voorgedragen"),
                            ("confirmed", "bevestigd"),
                            ("declined", "niet bevestigd"),
                        ],
                        default="proposed",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        auto_now_add=True, verbose_name="voorgedragen op"
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("office", "ambt of statuten"),
                            ("mandate", "mandaat"),
                        ],
                        max_length=10,
                        verbose_name="mag tekenen door",
                    ),
                ),
                (
                    "reason",
                    models.TextField(
                        blank=True,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="reden",
                    ),
                ),
            ],
            options={
                "verbose_name": "voordracht",
                "verbose_name_plural": "voordrachten",
                "ordering": ["at", "id"],
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="person",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="person",
            name="update_update",
        ),
        migrations.RemoveConstraint(
            model_name="role",
            name="a_role_of_the_association_has_no_organisation",
        ),
        migrations.AddField(
            model_name="person",
            name="details_asked_on",
            field=models.DateField(
                blank=True,
                editable=False,
                null=True,
                verbose_name="gevraagd of de gegevens kloppen op",
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="details_confirmed_on",
            field=models.DateField(
                blank=True,
                editable=False,
                null=True,
                verbose_name="gegevens bevestigd op",
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="function",
            field=models.CharField(
                blank=True,
                max_length=200,
                validators=[membership.identifiers.validate_without_bsn],
                verbose_name="functie",
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="telephone",
            field=models.CharField(
                blank=True,
                max_length=20,
                validators=[membership.identifiers.validate_without_bsn],
                verbose_name="telefoon",
            ),
        ),
        migrations.AddField(
            model_name="personevent",
            name="function",
            field=models.CharField(
                blank=True,
                max_length=200,
                validators=[membership.identifiers.validate_without_bsn],
                verbose_name="functie",
            ),
        ),
        migrations.AddField(
            model_name="personevent",
            name="telephone",
            field=models.CharField(
                blank=True,
                max_length=20,
                validators=[membership.identifiers.validate_without_bsn],
                verbose_name="telefoon",
            ),
        ),
        migrations.AlterField(
            model_name="person",
            name="name",
            field=models.CharField(
                max_length=200,
                validators=[membership.identifiers.validate_without_bsn],
                verbose_name="naam",
            ),
        ),
        migrations.AlterField(
            model_name="personevent",
            name="name",
            field=models.CharField(
                max_length=200,
                validators=[membership.identifiers.validate_without_bsn],
                verbose_name="naam",
            ),
        ),
        migrations.AlterField(
            model_name="role",
            name="name",
            field=models.CharField(
                choices=[
                    ("contactpersoon", "contactpersoon"),
                    ("ondertekenaar", "ondertekenaar"),
                    ("financieel", "financieel"),
                    ("fg", "functionaris gegevensbescherming"),
                    ("regiegroeplid", "regiegroeplid"),
                    ("uitvoerder", "uitvoerder"),
                    ("bureau", "bureau"),
                    ("penningmeester", "penningmeester"),
                    ("bestuur", "bestuur"),
                ],
                max_length=20,
                verbose_name="rol",
            ),
        ),
        migrations.AlterField(
            model_name="roleevent",
            name="name",
            field=models.CharField(
                choices=[
                    ("contactpersoon", "contactpersoon"),
                    ("ondertekenaar", "ondertekenaar"),
                    ("financieel", "financieel"),
                    ("fg", "functionaris gegevensbescherming"),
                    ("regiegroeplid", "regiegroeplid"),
                    ("uitvoerder", "uitvoerder"),
                    ("bureau", "bureau"),
                    ("penningmeester", "penningmeester"),
                    ("bestuur", "bestuur"),
                ],
                max_length=20,
                verbose_name="rol",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "membership_personevent" ("email", "function", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "telephone") VALUES (NEW."email", NEW."function", NEW."id", NEW."is_active", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."telephone"); RETURN NULL;',
                    hash="c5b41821eaa21b763d84cfa9c3b66f6aebc9cd14",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_e6986",
                    table="membership_person",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="person",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."function" IS DISTINCT FROM (NEW."function") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."name" IS DISTINCT FROM (NEW."name") OR OLD."telephone" IS DISTINCT FROM (NEW."telephone"))',
                    func='INSERT INTO "membership_personevent" ("email", "function", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "telephone") VALUES (NEW."email", NEW."function", NEW."id", NEW."is_active", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."telephone"); RETURN NULL;',
                    hash="db1454fce2f91f3cda0c3ecdd910b20a248c7206",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_a7b3c",
                    table="membership_person",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="role",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("name__in", ["bureau", "penningmeester", "bestuur"]),
                        ("organisation__isnull", True),
                    ),
                    models.Q(
                        (
                            "name__in",
                            [
                                "contactpersoon",
                                "ondertekenaar",
                                "financieel",
                                "fg",
                                "regiegroeplid",
                                "uitvoerder",
                            ],
                        ),
                        ("organisation__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="a_role_of_the_association_has_no_organisation",
                violation_error_message="Bureau, penningmeester en bestuur horen bij de vereniging; elke andere rol hoort bij een organisatie.",
            ),
        ),
        migrations.AddField(
            model_name="signerproposal",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="voorgedragen door",
            ),
        ),
        migrations.AddField(
            model_name="signerproposal",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="besloten door",
            ),
        ),
        migrations.AddField(
            model_name="signerproposal",
            name="mandate",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="membership.mandate",
                verbose_name="mandaat",
            ),
        ),
        migrations.AddField(
            model_name="signerproposal",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="signer_proposals",
                to="membership.organisation",
                verbose_name="organisatie",
            ),
        ),
        migrations.AddConstraint(
            model_name="signerproposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "proposed")),
                fields=("organisation", "email"),
                name="a_signer_is_put_forward_once",
                violation_error_message="Deze collega is al voorgedragen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="signerproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "confirmed"), _negated=True),
                    models.Q(("ground", "office"), ("mandate__isnull", True)),
                    models.Q(("ground", "mandate"), ("mandate__isnull", False)),
                    _connector="OR",
                ),
                name="a_signer_signs_by_office_or_by_a_mandate",
                violation_error_message="Kies het mandaat, of ambt of statuten.",
            ),
        ),
        migrations.AddConstraint(
            model_name="signerproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "declined"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="a_signer_is_declined_with_a_reason",
                violation_error_message="Geef de reden.",
            ),
        ),
        migrations.AddConstraint(
            model_name="signerproposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_by__isnull", True), ("status", "proposed")),
                    models.Q(
                        ("decided_by__isnull", False),
                        models.Q(("decided_by", models.F("by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="who_puts_a_signer_forward_does_not_confirm",
                violation_error_message="U beslist niet over uw eigen voordracht.",
            ),
        ),
    ]
