"""An ALV has a presentielijst beside its besluitenlijst."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("membership", "0031_names_of_seats_have_a_term")]

    operations = [
        migrations.AlterField(
            model_name="assemblypaper",
            name="kind",
            field=models.CharField(
                choices=[
                    ("vergaderstuk", "vergaderstuk"),
                    ("oproeping", "oproeping"),
                    ("besluitenlijst", "besluitenlijst"),
                    ("presentielijst", "presentielijst"),
                    ("concept", "conceptnotulen"),
                    ("notulen", "notulen"),
                ],
                default="vergaderstuk",
                max_length=20,
                verbose_name="soort",
            ),
        )
    ]
