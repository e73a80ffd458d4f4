"""Lists as files, made by the worker, and filters that people keep."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("membership", "0007_dossier_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="Export",
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
                    "asked_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="gevraagd op"),
                ),
                ("list_label", models.CharField(max_length=60, verbose_name="lijst")),
                ("query", models.TextField(blank=True, verbose_name="vraag")),
                (
                    "chosen",
                    models.CharField(blank=True, max_length=300, verbose_name="filter"),
                ),
                (
                    "format",
                    models.CharField(
                        choices=[("xlsx", "XLSX"), ("csv", "CSV")],
                        max_length=4,
                        verbose_name="bestandsvorm",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("queued", "in de wachtrij"),
                            ("working", "wordt gemaakt"),
                            ("done", "klaar"),
                            ("failed", "mislukt"),
                        ],
                        default="queued",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "rows_count",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="rijen"
                    ),
                ),
                (
                    "rows_done",
                    models.PositiveIntegerField(default=0, verbose_name="rijen klaar"),
                ),
                (
                    "attempts",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="pogingen"
                    ),
                ),
                (
                    "seen_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="laatst gezien"
                    ),
                ),
                (
                    "error",
                    models.CharField(blank=True, max_length=300, verbose_name="fout"),
                ),
                (
                    "finished_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="afgerond op"
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exports",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gevraagd door",
                    ),
                ),
            ],
            options={
                "verbose_name": "export",
                "verbose_name_plural": "exports",
                "ordering": ["-asked_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ExportPiece",
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
                (
                    "export",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pieces",
                        to="membership.export",
                    ),
                ),
            ],
            options={
                "ordering": ["sequence"],
            },
        ),
        migrations.CreateModel(
            name="SavedFilter",
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
                ("list_label", models.CharField(max_length=60, verbose_name="lijst")),
                ("name", models.CharField(max_length=60, verbose_name="naam")),
                ("query", models.CharField(max_length=1000, verbose_name="filter")),
                (
                    "shared",
                    models.BooleanField(
                        default=False, verbose_name="gedeeld met collega's"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="saved_filters",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="bewaard door",
                    ),
                ),
            ],
            options={
                "verbose_name": "bewaard filter",
                "verbose_name_plural": "bewaarde filters",
                "ordering": ["name", "id"],
            },
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("finished_at__isnull", False),
                        ("status__in", ["done", "failed"]),
                    ),
                    models.Q(
                        ("finished_at__isnull", True),
                        ("status__in", ["queued", "working"]),
                    ),
                    _connector="OR",
                ),
                name="an_export_that_is_over_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "done"), _negated=True),
                    ("rows_count__isnull", False),
                    _connector="OR",
                ),
                name="an_export_that_is_done_says_how_many_rows",
            ),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "working"), _negated=True),
                    ("seen_at__isnull", False),
                    _connector="OR",
                ),
                name="an_export_under_way_was_seen",
            ),
        ),
        migrations.AddConstraint(
            model_name="exportpiece",
            constraint=models.UniqueConstraint(
                fields=("export", "sequence"), name="a_piece_of_an_export_has_its_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="savedfilter",
            constraint=models.UniqueConstraint(
                fields=("person", "list_label", "name"),
                name="a_saved_filter_has_a_name_of_its_own",
                violation_error_message="U hebt bij deze lijst al een filter met die naam.",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedfilter",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True),
                name="a_saved_filter_has_a_name",
                violation_error_message="Geef het filter een naam.",
            ),
        ),
        migrations.AddConstraint(
            model_name="savedfilter",
            constraint=models.CheckConstraint(
                condition=models.Q(("query", ""), _negated=True),
                name="a_saved_filter_chooses_something",
                violation_error_message="Kies eerst een filter of zoek iets.",
            ),
        ),
    ]
