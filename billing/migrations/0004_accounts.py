"""The accounts of the road of the money; docs/settlement.md shows an entry."""

from django.db import migrations

ACCOUNTS = [
    ("1000", "Bank, afrekeningen Flexensie", "asset"),
    ("1300", "Te ontvangen van opdrachtgevers", "asset"),
    ("1600", "Te betalen premies aan kandidaten", "liability"),
    ("1610", "Te betalen aan gemeenten", "liability"),
    ("1620", "Te betalen aan de uitvoerder", "liability"),
    ("8000", "Bijdrage van gemeenten", "income"),
    ("8010", "Bijdrage van de uitvoerder", "income"),
]


def add(apps, schema_editor):
    account = apps.get_model("billing", "Account")
    account.objects.bulk_create(
        account(code=code, name=name, kind=kind) for code, name, kind in ACCOUNTS
    )


class Migration(migrations.Migration):
    dependencies = [("billing", "0003_guards")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
