"""People who were there twice, and what went along."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("membership", "0018_consultations")]
    operations = [
        migrations.CreateModel(
            name="PersonMerge",
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
                    "was_active",
                    models.BooleanField(default=True, verbose_name="was actief"),
                ),
                (
                    "at",
                    models.DateTimeField(
                        auto_now_add=True, verbose_name="samengevoegd op"
                    ),
                ),
                (
                    "undone_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="ongedaan gemaakt op"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="samengevoegd door",
                    ),
                ),
                (
                    "gone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged_into",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gaat op in",
                    ),
                ),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merges",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="blijft",
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ongedaan gemaakt door",
                    ),
                ),
            ],
            options={
                "verbose_name": "samenvoeging",
                "verbose_name_plural": "samenvoegingen",
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="MovedRow",
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
                ("label", models.CharField(max_length=60, verbose_name="soort")),
                ("row_id", models.BigIntegerField(verbose_name="record")),
                ("field", models.CharField(max_length=30, verbose_name="veld")),
                ("before", models.JSONField(verbose_name="was")),
                ("became", models.JSONField(verbose_name="werd")),
                (
                    "merge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rows",
                        to="membership.personmerge",
                        verbose_name="samenvoeging",
                    ),
                ),
            ],
            options={
                "verbose_name": "verplaatst record",
                "verbose_name_plural": "verplaatste records",
                "ordering": ["id"],
            },
        ),
        migrations.AddConstraint(
            model_name="personmerge",
            constraint=models.CheckConstraint(
                condition=models.Q(("kept", models.F("gone")), _negated=True),
                name="nobody_is_merged_with_himself",
                violation_error_message="Kies twee verschillende personen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="personmerge",
            constraint=models.UniqueConstraint(
                condition=models.Q(("undone_at__isnull", True)),
                fields=("gone",),
                name="a_person_is_merged_into_one_other",
                violation_error_message="Deze persoon is al samengevoegd.",
            ),
        ),
        migrations.AddConstraint(
            model_name="personmerge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("undone_at__isnull", True), ("undone_by__isnull", True)),
                    models.Q(
                        ("undone_at__isnull", False), ("undone_by__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="a_merge_that_was_undone_says_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="movedrow",
            constraint=models.UniqueConstraint(
                fields=("merge", "label", "row_id", "field"),
                name="a_row_moves_once_in_a_merge",
            ),
        ),
    ]
