"""From where on the regiegroep wants to know of an assignment or an opdrachtgever."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import nvsi.fields

LEAST = [django.core.validators.MinValueValidator(1)]


class Migration(migrations.Migration):
    dependencies = [
        ("instruments", "0004_minimum_wage"),
        ("billing", "0007_figures"),
    ]
    operations = [
        migrations.CreateModel(
            name="SignalLimit",
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
                    "from_halfyear",
                    nvsi.fields.HalfYearField(verbose_name="vanaf halfjaar"),
                ),
                (
                    "opdracht_uren",
                    models.PositiveIntegerField(
                        help_text="In een halfjaar.",
                        validators=LEAST,
                        verbose_name="uren per opdracht",
                    ),
                ),
                (
                    "opdracht_weken",
                    models.PositiveIntegerField(
                        help_text="Van de eerste tot en met de laatste dag, over twee "
                        "halfjaren.",
                        validators=LEAST,
                        verbose_name="weken per opdracht",
                    ),
                ),
                (
                    "opdrachtgever_kandidaten",
                    models.PositiveIntegerField(
                        help_text="In een halfjaar.",
                        validators=LEAST,
                        verbose_name="kandidaten per opdrachtgever",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        help_text="Welk besluit dit is.",
                        max_length=200,
                        verbose_name="bron",
                    ),
                ),
                (
                    "instrument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="instruments.instrument",
                        verbose_name="instrument",
                    ),
                ),
            ],
            options={
                "verbose_name": "signaalgrens",
                "verbose_name_plural": "signaalgrenzen",
                "ordering": ["instrument", "from_halfyear"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("instrument", "from_halfyear"),
                        name="signal_limits_change_once_in_a_halfyear",
                        violation_error_message="Voor dit halfjaar staan er al "
                        "grenzen.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opdracht_uren__gt", 0),
                            ("opdracht_weken__gt", 0),
                            ("opdrachtgever_kandidaten__gt", 0),
                        ),
                        name="a_signal_limit_is_above_zero",
                        violation_error_message="Een grens ligt boven nul.",
                    ),
                ],
            },
        ),
    ]
