"""An aanmelding is also the paper by which somebody joins: say of what this one is."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("membership", "0032_presentielijst"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="attendance",
            options={
                "ordering": ["assembly", "organisation__name"],
                "verbose_name": "aanmelding voor een ALV",
                "verbose_name_plural": "aanmeldingen voor een ALV",
            },
        ),
    ]
