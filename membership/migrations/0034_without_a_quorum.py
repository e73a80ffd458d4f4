from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("membership", "0033_words_in_beheer"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="beslispunt",
            name="what_was_adopted_is_a_besluit",
        ),
        migrations.AlterField(
            model_name="beslispunt",
            name="outcome",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "nog niet besloten"),
                    ("aangenomen", "aangenomen"),
                    ("verworpen", "verworpen"),
                    ("geen", "geen besluit"),
                ],
                default="",
                max_length=10,
                verbose_name="uitkomst",
            ),
        ),
        migrations.AddConstraint(
            model_name="beslispunt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("besluit__isnull", True), ("outcome", ""), ("sentence", "")
                    ),
                    models.Q(
                        ("besluit__isnull", True),
                        ("outcome__in", ["verworpen", "geen"]),
                        models.Q(("sentence", ""), _negated=True),
                    ),
                    models.Q(
                        ("besluit__isnull", False),
                        ("outcome", "aangenomen"),
                        models.Q(("sentence", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="what_was_adopted_is_a_besluit",
            ),
        ),
    ]
