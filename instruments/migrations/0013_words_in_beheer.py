"""One milestone is a mijlpaal, and many are those of the routekaart."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("instruments", "0012_seat_requests_that_go_along"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="milestone",
            options={
                "ordering": [
                    "year",
                    models.OrderBy(models.F("quarter"), nulls_last=True),
                    "title",
                ],
                "verbose_name": "mijlpaal",
                "verbose_name_plural": "mijlpalen van de routekaart",
            },
        ),
    ]
