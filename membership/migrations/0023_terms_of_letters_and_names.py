"""Terms of three kinds more, and no gemeente that is gone enters a region."""

from django.db import migrations, models

# Proposals for the bureau to change: the law gives no number of years here.
TERMS = [
    ("notice", 7, "years", "Voorstel; stel vast naar de selectielijst (Archiefwet)"),
    ("proposal", 1, "years", "AVG artikel 5 lid 1 onder e: niet langer dan nodig"),
    ("contact", 1, "years", "AVG artikel 5 lid 1 onder e: niet langer dan nodig"),
]
FILL = [
    (
        "INSERT INTO membership_retentionterm (kind, amount, unit, ground) "
        "VALUES (%s, %s, %s, %s)",
        list(term),
    )
    for term in TERMS
]
TAKE_OUT = (
    "DELETE FROM membership_retentionterm WHERE kind IN "
    "('notice', 'proposal', 'contact')"
)
# A letter gives way to a line that a person decided on, to nothing else.
LETTERS = """
DROP TRIGGER a_submitted_notice_is_only_answered ON membership_submittednotice;
CREATE TRIGGER a_submitted_notice_is_only_answered
    BEFORE UPDATE ON membership_submittednotice
    FOR EACH ROW WHEN (NOT (
        length(NEW.content) = 0 AND NEW.file_name = 'vernietigd'
        AND to_jsonb(NEW) - ARRAY['content', 'file_name']
            = to_jsonb(OLD) - ARRAY['content', 'file_name']
        AND destruction_decided(ARRAY['notice'], OLD.id)
    )) EXECUTE FUNCTION notice_is_only_answered();
"""
LETTERS_STAY = """
DROP TRIGGER a_submitted_notice_is_only_answered ON membership_submittednotice;
CREATE TRIGGER a_submitted_notice_is_only_answered
    BEFORE UPDATE ON membership_submittednotice
    FOR EACH ROW EXECUTE FUNCTION notice_is_only_answered();
"""
NAME = "a_regionmember_begins_at_a_gemeente_that_is_there"
REGIONS = f"""
CREATE TRIGGER {NAME} BEFORE INSERT OR UPDATE ON membership_regionmember
    FOR EACH ROW EXECUTE FUNCTION nvsi_gemeente_is_there('organisation_id');
"""
KINDS = [
    ("application", "aanvragen waarover is besloten"),
    ("dossier", "stukken van dossiers die niet tot lidmaatschap leidden"),
    ("former", "stukken van dossiers van wie niet meer bij ons hoort"),
    ("person", "mensen zonder rol"),
    ("email", "verzonden e-mails"),
    ("export", "lijsten die als bestand zijn meegenomen"),
    ("notice", "brieven waarmee een lidmaatschap is opgezegd"),
    ("proposal", "voordrachten waarover is besloten"),
    ("contact", "wie aanspreekpunt van een regio was"),
]


def _kind(**options: bool) -> models.CharField:
    return models.CharField(
        choices=KINDS, max_length=20, verbose_name="soort", **options
    )


class Migration(migrations.Migration):
    dependencies = [("membership", "0022_mandates_of_people")]
    operations = [
        migrations.AlterField("retentionterm", "kind", _kind(unique=True)),
        migrations.AlterField("retentiontermevent", "kind", _kind()),
        migrations.AlterField("destructionline", "kind", _kind()),
        migrations.RunSQL(FILL, TAKE_OUT),
        migrations.RunSQL(LETTERS, LETTERS_STAY),
        migrations.RunSQL(REGIONS, f"DROP TRIGGER {NAME} ON membership_regionmember"),
    ]
