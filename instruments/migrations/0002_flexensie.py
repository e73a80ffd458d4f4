"""The first instrument, as its papers describe it: Flexensie, 1% and 1%.

The date of the ALV decision is not known; the bureau records it in the admin.
"""

import datetime

from django.db import migrations


def add(apps, schema_editor):
    organisation = apps.get_model("membership", "Organisation").objects.create(
        code="flexensie",
        kind="uitvoerder",
        name="Flexensie Nederland b.v.",
        short_name="Flexensie",
    )
    besluit = apps.get_model("membership", "AlvBesluit").objects.create(
        reference="ALV-2017-bijdrage",
        subject="ALV-besluit bijdrage 2% van de bruto-omzet, gedeeld 1% en 1%",
    )
    instrument = apps.get_model("instruments", "Instrument").objects.create(
        slug="flexensie",
        name="Flexensie",
        description="Tijdelijk werk met behoud van uitkering en een premie per uur.",
    )
    apps.get_model("instruments", "Uitvoerder").objects.create(
        instrument=instrument,
        organisation=organisation,
        starts_on=datetime.date(2014, 1, 1),
    )
    apps.get_model("instruments", "ContributionRate").objects.create(
        instrument=instrument,
        from_halfyear=20141,
        gemeente_pct=1,
        uitvoerder_pct=1,
        besluit=besluit,
    )


class Migration(migrations.Migration):
    dependencies = [("instruments", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
