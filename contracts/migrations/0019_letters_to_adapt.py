"""A letter of a takeover also as DOCX; and plainer names of what stands in a datalek."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import membership.identifiers

_LETTER = """
DROP TRIGGER contracts_takeoverletter_is_only_added_to ON contracts_takeoverletter;
CREATE TRIGGER contracts_takeoverletter_is_only_added_to
    BEFORE UPDATE OR DELETE ON contracts_takeoverletter
    FOR EACH ROW EXECUTE FUNCTION contracts_stands_for_its_term(
        '{{offer,agreement}}', 'offer_id', '{{{gone}}}'
    );
"""
GONE = r'"content": "\\x", "file_name": "vernietigd"'
WITH_DOCX = _LETTER.format(gone=GONE + r', "docx": "\\x"')
WITHOUT_DOCX = _LETTER.format(gone=GONE)
NATURES = [
    ("sent", "gestuurd of gegeven aan de verkeerde persoon"),
    ("seen", "ingezien door wie dat niet mocht"),
    ("published", "openbaar geworden"),
    ("lost", "apparaat, gegevensdrager of papier kwijt of gestolen"),
    ("broken_into", "inbraak, phishing of schadelijke software"),
    ("destroyed", "gegevens gewist, gewijzigd of onbereikbaar"),
    ("other", "anders"),
]


class Migration(migrations.Migration):
    dependencies = [("contracts", "0018_papers_and_names_have_a_term")]
    operations = [
        migrations.AddField(
            "takeoverletter",
            "docx",
            models.BinaryField(
                blank=True, default=bytes, verbose_name="om aan te passen"
            ),
        ),
        migrations.RunSQL(WITH_DOCX, WITHOUT_DOCX),
        migrations.AlterModelOptions(
            "takeoverrun",
            {
                "ordering": ["-asked_at", "-id"],
                "verbose_name": "ronde van overnames",
                "verbose_name_plural": "rondes van overnames",
            },
        ),
        migrations.AlterField(
            "breach",
            "reported_by",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="ingevoerd in het portaal door",
            ),
        ),
        migrations.AlterField(
            "breach",
            "caller",
            models.CharField(
                blank=True,
                max_length=200,
                validators=[membership.identifiers.validate_without_bsn],
                verbose_name="gemeld door (naam van de beller)",
            ),
        ),
        migrations.AlterField(
            "breachdescription",
            "nature",
            models.CharField(
                choices=NATURES, max_length=20, verbose_name="wat voor datalek"
            ),
        ),
    ]
