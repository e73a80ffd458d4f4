"""Who sat in a body is known for seven years, unless the bureau decides otherwise."""

from django.db import migrations, models

KINDS = [
    ("application", "aanvragen waarover is besloten"),
    ("dossier", "stukken van dossiers die niet tot lidmaatschap leidden"),
    ("former", "stukken van dossiers van wie niet meer bij ons hoort"),
    ("person", "mensen zonder rol"),
    ("seat", "mensen die een zetel in een orgaan hadden"),
    ("email", "verzonden e-mails"),
    ("export", "lijsten die als bestand zijn meegenomen"),
    ("notice", "brieven waarmee een lidmaatschap is opgezegd"),
    ("proposal", "voordrachten waarover is besloten"),
    ("contact", "wie aanspreekpunt van een regio was"),
    ("offer", "aanbiedingen die geen overeenkomst werden"),
    ("agreement", "stukken en handtekeningen van geëindigde overeenkomsten"),
    ("scan", "exemplaren op papier die zijn teruggestuurd"),
    ("model", "eigen modellen die zijn teruggestuurd"),
    ("clearing", "verklaringen over gegevens na afloop"),
    ("breach", "namen bij afgesloten datalekken"),
]


def _kind(**options: bool) -> models.CharField:
    return models.CharField(
        choices=KINDS, max_length=20, verbose_name="soort", **options
    )


TERM = """
INSERT INTO membership_retentionterm (kind, amount, unit, ground) VALUES ('seat', 7,
    'years', 'Voorstel: zo lang als de administratie, BW artikel 2:10 lid 3');
"""
TAKE_OUT = "DELETE FROM membership_retentionterm WHERE kind = 'seat';"
# A name leaves the history with the person, and with the seats that he had.
HISTORY = """
CREATE OR REPLACE FUNCTION history_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE'
        AND to_jsonb(NEW) - 'subject' = to_jsonb(OLD) - 'subject'
        AND (
            OLD.subject_type = 'membership.person'
            AND NEW.subject = 'persoon ' || OLD.subject_id
            AND destruction_decided(ARRAY['person', 'seat'], OLD.subject_id)
            OR OLD.subject_type = 'membership.seat'
            AND NEW.subject = 'zetel ' || OLD.subject_id
            AND EXISTS (
                SELECT FROM membership_seat s WHERE s.id = OLD.subject_id
                AND destruction_decided(ARRAY['seat'], s.person_id)
            )
        )
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% wordt nooit gewijzigd of verwijderd (%).', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("membership", "0030_answers_to_meetings")]
    operations = [
        migrations.AlterField("retentionterm", "kind", _kind(unique=True)),
        migrations.AlterField("retentiontermevent", "kind", _kind()),
        migrations.AlterField("destructionline", "kind", _kind()),
        migrations.RunSQL(TERM, TAKE_OUT),
        migrations.RunSQL(HISTORY, migrations.RunSQL.noop),
    ]
