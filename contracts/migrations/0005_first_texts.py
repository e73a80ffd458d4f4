"""The first text of each kind of agreement, written for the purpose.

Nobody of the NVSI wrote or published them, and they say so. Whoever wants other words
writes version 2 in the admin.
"""

import datetime
from pathlib import Path

from django.db import migrations
from django.utils import timezone

TEXTS = Path(__file__).resolve().parents[1] / "texts" / "first"
NOTE = "Eerste tekst, meegeleverd met het portaal."
KINDS = ("verwerkers", "gebruiks", "uitvoerings")


def lay_down(apps, schema_editor):
    texts = apps.get_model("contracts", "TextVersion").objects
    for kind in KINDS:
        texts.create(
            kind=kind,
            number=1,
            body=(TEXTS / f"{kind}.txt").read_text(encoding="utf-8"),
            note=NOTE,
            used_from=datetime.date(2026, 1, 1),
            published_at=timezone.now(),
        )


class Migration(migrations.Migration):
    dependencies = [("contracts", "0004_texts")]
    operations = [migrations.RunPython(lay_down, migrations.RunPython.noop)]
