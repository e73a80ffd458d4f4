"""Uploads: files of hour lines on their way in. Their bytes go; that they were does not."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEPT = """
CREATE TRIGGER billing_upload_is_kept BEFORE DELETE ON billing_upload
    FOR EACH ROW EXECUTE FUNCTION nvsi_refuse();
CREATE TRIGGER billing_upload_is_not_emptied BEFORE TRUNCATE ON billing_upload
    FOR EACH STATEMENT EXECUTE FUNCTION nvsi_refuse();
-- The bytes go in and out as they are: packing them costs more than it saves.
ALTER TABLE billing_uploadpiece ALTER content SET STORAGE EXTERNAL;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0005_questions"),
        ("instruments", "0003_history_is_kept"),
        ("membership", "0004_cache"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Upload",
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
                ("file_name", models.CharField(max_length=200, verbose_name="bestand")),
                (
                    "sha256",
                    models.CharField(max_length=64, verbose_name="controlegetal"),
                ),
                (
                    "size",
                    models.PositiveBigIntegerField(verbose_name="grootte in bytes"),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("checking", "wordt gecontroleerd"),
                            ("refused", "geweigerd"),
                            ("ready", "klaar om te bevestigen"),
                            ("confirmed", "wordt verwerkt"),
                            ("done", "verwerkt"),
                            ("failed", "mislukt"),
                            ("withdrawn", "ingetrokken"),
                        ],
                        default="checking",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "received_at",
                    models.DateTimeField(
                        auto_now_add=True, verbose_name="ontvangen op"
                    ),
                ),
                (
                    "started_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="begonnen op"
                    ),
                ),
                (
                    "attempts",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="pogingen"
                    ),
                ),
                (
                    "rows_count",
                    models.PositiveIntegerField(default=0, verbose_name="regels"),
                ),
                (
                    "preview",
                    models.JSONField(blank=True, null=True, verbose_name="voorbeeld"),
                ),
                (
                    "fingerprint",
                    models.CharField(
                        blank=True, max_length=64, verbose_name="vingerafdruk"
                    ),
                ),
                (
                    "changes",
                    models.JSONField(
                        blank=True, default=list, verbose_name="veranderd"
                    ),
                ),
                (
                    "errors",
                    models.JSONField(blank=True, default=list, verbose_name="fouten"),
                ),
                (
                    "errors_count",
                    models.PositiveIntegerField(
                        default=0, verbose_name="aantal fouten"
                    ),
                ),
                (
                    "refused_csv",
                    models.BinaryField(
                        blank=True, null=True, verbose_name="geweigerde regels"
                    ),
                ),
                (
                    "failure",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="mislukt door"
                    ),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="bevestigd op"
                    ),
                ),
                (
                    "finished_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="afgerond op"
                    ),
                ),
            ],
            options={
                "verbose_name": "aangeleverd bestand",
                "verbose_name_plural": "aangeleverde bestanden",
                "ordering": ["-received_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="UploadPiece",
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
                ("sequence", models.PositiveIntegerField(verbose_name="volgnummer")),
                ("content", models.BinaryField(verbose_name="inhoud")),
            ],
            options={
                "ordering": ["sequence"],
            },
        ),
        migrations.AddField(
            model_name="upload",
            name="confirmed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="bevestigd door",
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="delivery",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="upload",
                to="billing.import",
                verbose_name="aanlevering",
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="instrument",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="instruments.instrument",
                verbose_name="instrument",
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="mends",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="mended_by",
                to="billing.upload",
                verbose_name="herstelt",
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="received_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="door",
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="uploads",
                to="membership.organisation",
                verbose_name="van",
            ),
        ),
        migrations.AddField(
            model_name="uploadpiece",
            name="upload",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pieces",
                to="billing.upload",
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "withdrawn"), _negated=True),
                fields=("source", "sha256"),
                name="a_file_is_uploaded_once",
                violation_error_message="Dit bestand is al aangeleverd.",
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(("size__gt", 0)), name="an_upload_is_not_empty"
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["ready", "confirmed"]), _negated=True),
                    models.Q(
                        ("preview__isnull", False),
                        models.Q(("fingerprint", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="an_upload_to_confirm_has_a_preview",
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("confirmed_at__isnull", True),
                        ("confirmed_by__isnull", True),
                        models.Q(("status", "confirmed"), _negated=True),
                    ),
                    models.Q(
                        ("confirmed_at__isnull", False), ("confirmed_by__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="a_confirmed_upload_says_by_whom_and_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("delivery__isnull", True),
                    models.Q(("confirmed_by__isnull", False), ("status", "done")),
                    _connector="OR",
                ),
                name="an_upload_is_taken_in_after_it_was_confirmed",
            ),
        ),
        migrations.AddConstraint(
            model_name="uploadpiece",
            constraint=models.UniqueConstraint(
                fields=("upload", "sequence"), name="a_piece_of_an_upload_has_its_place"
            ),
        ),
        migrations.RunSQL(
            KEPT,
            "DROP TRIGGER billing_upload_is_kept ON billing_upload;"
            "DROP TRIGGER billing_upload_is_not_emptied ON billing_upload;",
        ),
    ]
