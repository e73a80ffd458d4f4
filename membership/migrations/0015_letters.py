"""Letters to members, with their files and their receivers."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import membership.identifiers

GUARDS = """
-- A letter that was sent stands; its number follows the one before of that year.
CREATE FUNCTION nvsi_letter_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Een verzonden brief blijft zoals hij is.'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
END $$;
CREATE TRIGGER a_sent_letter_stands
    BEFORE UPDATE ON membership_letter FOR EACH ROW WHEN (OLD.status IN ('sent', 'dropped'))
    EXECUTE FUNCTION nvsi_letter_stands();

CREATE FUNCTION nvsi_letter_is_numbered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.number_sequence <> 1 + (
        SELECT coalesce(max(number_sequence), 0) FROM membership_letter
        WHERE number_year = NEW.number_year AND id <> NEW.id
    ) THEN
        RAISE EXCEPTION 'De nummers van brieven volgen op elkaar.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER letters_are_numbered_without_a_gap
    BEFORE INSERT OR UPDATE ON membership_letter FOR EACH ROW WHEN (NEW.status = 'sent')
    EXECUTE FUNCTION nvsi_letter_is_numbered();

CREATE FUNCTION nvsi_attachment_is_of_a_draft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM membership_letter
        WHERE id IN (OLD.letter_id, NEW.letter_id) AND status <> 'draft'
    ) THEN
        RAISE EXCEPTION 'De bijlagen van deze brief liggen vast.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER an_attachment_belongs_to_a_draft
    BEFORE INSERT OR UPDATE OR DELETE ON membership_letterattachment
    FOR EACH ROW EXECUTE FUNCTION nvsi_attachment_is_of_a_draft();

CREATE FUNCTION nvsi_receiver_is_of_a_sent_letter() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT FROM membership_letter WHERE id = NEW.letter_id AND status = 'sent'
    ) OR TG_OP = 'UPDATE' AND (
        (OLD.letter_id, OLD.organisation_id, OLD.person_id, OLD.addressee)
        IS DISTINCT FROM (NEW.letter_id, NEW.organisation_id, NEW.person_id, NEW.addressee)
    ) THEN
        RAISE EXCEPTION 'Een ontvanger is van een verzonden brief, en blijft wie hij was.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_receiver_stays_of_its_letter
    BEFORE INSERT OR UPDATE ON membership_letterreceiver
    FOR EACH ROW EXECUTE FUNCTION nvsi_receiver_is_of_a_sent_letter();
"""
KEPT = "".join(
    f"CREATE TRIGGER membership_{table}_is_kept BEFORE DELETE ON membership_{table} "
    "FOR EACH ROW EXECUTE FUNCTION nvsi_refuse();"
    for table in ("letter", "letterreceiver")
)
EMPTIED = "".join(
    f"CREATE TRIGGER membership_{table}_is_not_emptied BEFORE TRUNCATE "
    f"ON membership_{table} FOR EACH STATEMENT EXECUTE FUNCTION nvsi_refuse();"
    for table in ("letter", "letterattachment", "letterreceiver")
)
SQL = GUARDS + KEPT + EMPTIED


class Migration(migrations.Migration):
    dependencies = [
        ("membership", "0014_people"),
    ]

    operations = [
        migrations.CreateModel(
            name="Letter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                (
                    "number_year",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="jaar"
                    ),
                ),
                (
                    "number_sequence",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="volgnummer"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "concept"),
                            ("offered", "wacht op vrijgave"),
                            ("sent", "verzonden"),
                            ("dropped", "vervallen"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        max_length=150,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="onderwerp",
                    ),
                ),
                (
                    "salutation",
                    models.CharField(
                        default="Geacht college en geachte raad,",
                        max_length=100,
                        verbose_name="aanhef",
                    ),
                ),
                (
                    "summary",
                    models.TextField(
                        help_text="Staat ook in de e-mail. In een paar zinnen: wat is er, en wat vraagt u?",
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="samenvatting",
                    ),
                ),
                (
                    "body",
                    models.TextField(
                        help_text="Een witregel begint een alinea, ## een kop, - een punt, 1. een genummerd punt, **woord** maakt vet. Zonder aanhef en ondertekening.",
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="brief",
                    ),
                ),
                (
                    "belongs_on",
                    models.DateField(
                        default=django.utils.timezone.localdate,
                        help_text="De brief gaat naar wie op deze dag lid, aspirant-lid of participant is.",
                        verbose_name="stand op",
                    ),
                ),
                (
                    "membership_kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="lidmaatschap",
                    ),
                ),
                (
                    "organisation_kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="soort organisatie",
                    ),
                ),
                (
                    "province",
                    models.CharField(
                        blank=True, max_length=50, verbose_name="provincie"
                    ),
                ),
                (
                    "instrument",
                    models.CharField(
                        blank=True, max_length=50, verbose_name="gebruikt instrument"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        default="contactpersoon",
                        max_length=20,
                        verbose_name="rol van de ontvangers",
                    ),
                ),
                (
                    "written_at",
                    models.DateTimeField(
                        auto_now_add=True, verbose_name="geschreven op"
                    ),
                ),
                (
                    "sent_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="verzonden op"
                    ),
                ),
                (
                    "corrects",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrected_by",
                        to="membership.letter",
                        verbose_name="verbetert",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="membership.region",
                        verbose_name="regio",
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="vrijgegeven door",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="geschreven door",
                    ),
                ),
            ],
            options={
                "verbose_name": "ledenbrief",
                "verbose_name_plural": "ledenbrieven",
                "ordering": ["-sent_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="LetterAttachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("file_name", models.CharField(max_length=200, verbose_name="bestand")),
                ("media_type", models.CharField(max_length=100, verbose_name="soort")),
                ("size", models.PositiveIntegerField(verbose_name="grootte in bytes")),
                (
                    "sha256",
                    models.CharField(max_length=64, verbose_name="controlegetal"),
                ),
                ("content", models.BinaryField(verbose_name="inhoud")),
                (
                    "at",
                    models.DateTimeField(
                        auto_now_add=True, verbose_name="toegevoegd op"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="toegevoegd door",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="membership.letter",
                        verbose_name="ledenbrief",
                    ),
                ),
            ],
            options={
                "verbose_name": "bijlage",
                "verbose_name_plural": "bijlagen",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="LetterReceiver",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("addressee", models.TextField(verbose_name="adressering")),
                (
                    "address",
                    models.EmailField(
                        blank=True, max_length=254, verbose_name="e-mailadres"
                    ),
                ),
                (
                    "times",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="keer verstuurd"
                    ),
                ),
                (
                    "bounced_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="teruggekomen op"
                    ),
                ),
                (
                    "bounce",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="melding",
                    ),
                ),
                (
                    "email",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="membership.email",
                        verbose_name="e-mail",
                    ),
                ),
                (
                    "letter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receivers",
                        to="membership.letter",
                        verbose_name="ledenbrief",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="membership.organisation",
                        verbose_name="organisatie",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="persoon",
                    ),
                ),
            ],
            options={
                "verbose_name": "ontvanger van een ledenbrief",
                "verbose_name_plural": "ontvangers van ledenbrieven",
                "ordering": ["letter", "organisation__name", "id"],
            },
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.UniqueConstraint(
                fields=("number_year", "number_sequence"),
                name="a_letter_has_a_number_of_its_own",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("number_sequence__isnull", False),
                        ("number_year__isnull", False),
                        ("released_by__isnull", False),
                        ("sent_at__isnull", False),
                        ("status", "sent"),
                    ),
                    models.Q(
                        models.Q(("status", "sent"), _negated=True),
                        ("number_sequence__isnull", True),
                        ("number_year__isnull", True),
                        ("released_by__isnull", True),
                        ("sent_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="a_sent_letter_has_a_number_and_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("released_by__isnull", True),
                    models.Q(("released_by", models.F("written_by")), _negated=True),
                    _connector="OR",
                ),
                name="who_writes_a_letter_does_not_release_it",
                violation_error_message="Een collega geeft de brief vrij.",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("subject", ""), _negated=True),
                    models.Q(("summary", ""), _negated=True),
                    models.Q(("body", ""), _negated=True),
                ),
                name="a_letter_says_something",
                violation_error_message="Vul onderwerp, samenvatting en brief in.",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("corrects__isnull", True),
                    models.Q(("corrects", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="a_letter_does_not_correct_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="letterattachment",
            constraint=models.UniqueConstraint(
                fields=("letter", "sha256"),
                name="a_letter_has_an_attachment_once",
                violation_error_message="Dit bestand is al een bijlage.",
            ),
        ),
        migrations.AddConstraint(
            model_name="letterattachment",
            constraint=models.CheckConstraint(
                condition=models.Q(("size__gt", 0)), name="an_attachment_is_not_empty"
            ),
        ),
        migrations.AddConstraint(
            model_name="letterreceiver",
            constraint=models.UniqueConstraint(
                fields=("letter", "organisation", "person"),
                name="a_letter_goes_once_to_a_person_of_an_organisation",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="letterreceiver",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("bounce", ""), ("bounced_on__isnull", True)),
                    models.Q(
                        ("bounced_on__isnull", False),
                        models.Q(("bounce", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_bounce_says_when_and_what",
            ),
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
