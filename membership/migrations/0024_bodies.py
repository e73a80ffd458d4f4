"""Bodies of the association: seats, meetings with agenda and papers, decisions."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import membership.identifiers

# A seat, a meeting and a paper stay; of each only its end is added. A decision stands.
GUARDS = """
CREATE FUNCTION nvsi_seat_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Van een zetel verandert alleen de laatste dag.'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
END $$;
CREATE TRIGGER a_seat_only_ends
    BEFORE UPDATE ON membership_seat FOR EACH ROW
    WHEN ((OLD.body_id, OLD.organisation_id, OLD.function, OLD.starts_on)
        IS DISTINCT FROM
        (NEW.body_id, NEW.organisation_id, NEW.function, NEW.starts_on))
    EXECUTE FUNCTION nvsi_seat_stands();

CREATE FUNCTION nvsi_body_meeting_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Wat is afgelast blijft dat, en een vergadering blijft van haar orgaan.'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
END $$;
CREATE TRIGGER a_meeting_of_a_body_stays_what_it_is
    BEFORE UPDATE ON membership_bodymeeting FOR EACH ROW
    WHEN (OLD.status = 'cancelled' OR NEW.sequence < OLD.sequence
        OR OLD.body_id <> NEW.body_id)
    EXECUTE FUNCTION nvsi_body_meeting_stands();

CREATE FUNCTION nvsi_decision_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.meeting_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM membership_bodymeeting m
        WHERE m.id = NEW.meeting_id AND m.body_id = NEW.body_id
    ) OR NEW.replaces_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM membership_bodydecision d
        WHERE d.id = NEW.replaces_id AND d.body_id = NEW.body_id
    ) THEN
        RAISE EXCEPTION 'Een besluit hoort bij een vergadering van het orgaan zelf.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_decision_fits_its_meeting
    BEFORE INSERT ON membership_bodydecision
    FOR EACH ROW EXECUTE FUNCTION nvsi_decision_fits();

CREATE FUNCTION nvsi_paper_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.item_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM membership_agendaitem i
        WHERE i.id = NEW.item_id AND i.meeting_id = NEW.meeting_id
    ) THEN
        RAISE EXCEPTION 'Een stuk hoort bij een agendapunt van de vergadering zelf.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_paper_fits_its_agenda
    BEFORE INSERT ON membership_bodypaper
    FOR EACH ROW EXECUTE FUNCTION nvsi_paper_fits();

CREATE FUNCTION nvsi_paper_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Een stuk wordt alleen ingetrokken.'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
END $$;
CREATE TRIGGER a_paper_is_only_withdrawn
    BEFORE UPDATE ON membership_bodypaper FOR EACH ROW
    WHEN (OLD.withdrawn_at IS NOT NULL
        OR (OLD.meeting_id, OLD.item_id, OLD.kind, OLD.title, OLD.sha256, OLD.content)
        IS DISTINCT FROM
        (NEW.meeting_id, NEW.item_id, NEW.kind, NEW.title, NEW.sha256, NEW.content))
    EXECUTE FUNCTION nvsi_paper_stands();

CREATE TRIGGER membership_bodydecision_is_only_added_to
    BEFORE UPDATE OR DELETE ON membership_bodydecision
    FOR EACH ROW EXECUTE FUNCTION nvsi_refuse();
"""
KEPT = ("body", "seat", "bodymeeting", "bodypaper")
NOT_EMPTIED = (*KEPT, "bodydecision")


def _is_kept(model):
    table = f"membership_{model}"
    return (
        f"CREATE TRIGGER {table}_is_kept BEFORE DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION nvsi_refuse();"
    )


def _is_not_emptied(model):
    table = f"membership_{model}"
    return (
        f"CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION nvsi_refuse();"
    )


SQL = GUARDS + "".join(map(_is_kept, KEPT)) + "".join(map(_is_not_emptied, NOT_EMPTIED))


class Migration(migrations.Migration):
    dependencies = [
        ("membership", "0023_terms_of_letters_and_names"),
    ]

    operations = [
        migrations.CreateModel(
            name="Body",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("bestuur", "bestuur"),
                            ("kascommissie", "kascommissie"),
                            ("regiegroep", "regiegroep"),
                            ("adviesorgaan", "adviesorgaan"),
                        ],
                        max_length=20,
                        verbose_name="soort",
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        help_text="Begin van het kenmerk van een besluit, bijvoorbeeld RG-FLEXENSIE.",
                        max_length=30,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="naam")),
                (
                    "task",
                    models.TextField(
                        blank=True,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="taak",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="vanaf")),
                (
                    "ends_on",
                    models.DateField(blank=True, null=True, verbose_name="tot en met"),
                ),
                (
                    "is_example",
                    models.BooleanField(default=False, verbose_name="voorbeeld"),
                ),
                (
                    "besluit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bodies",
                        to="membership.alvbesluit",
                        verbose_name="ingesteld bij ALV-besluit",
                    ),
                ),
            ],
            options={
                "verbose_name": "orgaan",
                "verbose_name_plural": "organen",
                "ordering": ["name", "starts_on"],
            },
        ),
        migrations.CreateModel(
            name="BodyMeeting",
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
                ("starts_at", models.DateTimeField(verbose_name="begin")),
                ("ends_at", models.DateTimeField(verbose_name="einde")),
                (
                    "place",
                    models.CharField(
                        blank=True,
                        help_text="Adres, of 'online'.",
                        max_length=200,
                        verbose_name="plaats",
                    ),
                ),
                (
                    "link",
                    models.URLField(
                        blank=True,
                        help_text="Van de online vergadering, als die er is.",
                        verbose_name="link",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[("planned", "gepland"), ("cancelled", "afgelast")],
                        default="planned",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "cancel_reason",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="waarom afgelast",
                    ),
                ),
                (
                    "invited_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="uitgenodigd op"
                    ),
                ),
                (
                    "sequence",
                    models.PositiveIntegerField(default=0, verbose_name="versie"),
                ),
                (
                    "changed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        verbose_name="laatst gewijzigd",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="membership.body",
                        verbose_name="orgaan",
                    ),
                ),
            ],
            options={
                "verbose_name": "vergadering",
                "verbose_name_plural": "vergaderingen",
                "ordering": ["-starts_at"],
            },
        ),
        migrations.CreateModel(
            name="BodyDecision",
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
                    "reference",
                    models.CharField(
                        max_length=50, unique=True, verbose_name="kenmerk"
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="besluit",
                    ),
                ),
                (
                    "reason",
                    models.TextField(
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="reden",
                    ),
                ),
                ("taken_on", models.DateField(verbose_name="genomen op")),
                (
                    "recorded_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="vastgelegd op"
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="membership.body",
                        verbose_name="orgaan",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="vastgelegd door",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="membership.bodydecision",
                        verbose_name="komt in de plaats van",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        help_text="Leeg voor een besluit buiten een vergadering.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="membership.bodymeeting",
                        verbose_name="vergadering",
                    ),
                ),
            ],
            options={
                "verbose_name": "besluit van een orgaan",
                "verbose_name_plural": "besluiten van organen",
                "ordering": ["-taken_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="AgendaItem",
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
                ("position", models.PositiveSmallIntegerField(verbose_name="nummer")),
                (
                    "title",
                    models.CharField(
                        max_length=200,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="onderwerp",
                    ),
                ),
                (
                    "explanation",
                    models.TextField(
                        blank=True,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="toelichting",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="membership.bodymeeting",
                        verbose_name="vergadering",
                    ),
                ),
            ],
            options={
                "verbose_name": "agendapunt",
                "verbose_name_plural": "agendapunten",
                "ordering": ["meeting", "position"],
            },
        ),
        migrations.CreateModel(
            name="BodyPaper",
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
                    "kind",
                    models.CharField(
                        choices=[("stuk", "vergaderstuk"), ("verslag", "verslag")],
                        default="stuk",
                        max_length=10,
                        verbose_name="soort",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        max_length=200,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="titel",
                    ),
                ),
                ("file_name", models.CharField(max_length=200, verbose_name="bestand")),
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
                    "withdrawn_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="ingetrokken op"
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
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="membership.agendaitem",
                        verbose_name="agendapunt",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="membership.bodymeeting",
                        verbose_name="vergadering",
                    ),
                ),
            ],
            options={
                "verbose_name": "vergaderstuk",
                "verbose_name_plural": "vergaderstukken",
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Seat",
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
                    "function",
                    models.CharField(
                        choices=[
                            ("voorzitter", "voorzitter"),
                            ("secretaris", "secretaris"),
                            ("lid", "lid"),
                        ],
                        default="lid",
                        max_length=20,
                        verbose_name="functie",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="vanaf")),
                (
                    "ends_on",
                    models.DateField(blank=True, null=True, verbose_name="tot en met"),
                ),
                (
                    "end_reason",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="reden van vertrek",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="membership.body",
                        verbose_name="orgaan",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        help_text="Leeg voor wie geen organisatie vertegenwoordigt.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="membership.organisation",
                        verbose_name="namens",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="persoon",
                    ),
                ),
            ],
            options={
                "verbose_name": "zetel",
                "verbose_name_plural": "zetels",
                "ordering": ["body", "-function", "person__name", "id"],
            },
        ),
        migrations.AddConstraint(
            model_name="body",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="a_body_ends_after_it_starts",
                violation_error_message="De einddatum ligt voor de begindatum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="body",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$")),
                name="a_body_has_a_code_of_capitals",
                violation_error_message="Een code heeft hoofdletters en cijfers, met streepjes ertussen: RG-FLEXENSIE.",
            ),
        ),
        migrations.AddConstraint(
            model_name="body",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("kind__in", ["bestuur", "kascommissie"])),
                expressions=[
                    ("kind", "="),
                    (
                        models.Case(
                            models.When(
                                ends_on__lt=models.F("starts_on"),
                                then=models.Value(
                                    None,
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                            ),
                            default=models.Func(
                                "starts_on",
                                "ends_on",
                                models.Value("[]"),
                                function="daterange",
                                output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                            ),
                        ),
                        "&&",
                    ),
                ],
                name="there_is_one_bestuur_and_one_kascommissie",
                violation_error_message="In die tijd is er al een bestuur of kascommissie.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bodymeeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="a_meeting_of_a_body_ends_after_it_starts",
                violation_error_message="De vergadering eindigt voordat zij begint.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bodymeeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("place", ""), _negated=True),
                    models.Q(("link", ""), _negated=True),
                    _connector="OR",
                ),
                name="a_meeting_of_a_body_has_a_place_or_a_link",
                violation_error_message="Vul een plaats of een link in.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bodymeeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("status", "cancelled"),
                        models.Q(("cancel_reason", ""), _negated=True),
                    ),
                    models.Q(("cancel_reason", ""), ("status", "planned")),
                    _connector="OR",
                ),
                name="a_meeting_that_is_cancelled_says_why",
                violation_error_message="Schrijf waarom de vergadering niet doorgaat.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bodydecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("text", ""), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                ),
                name="a_decision_of_a_body_says_what_and_why",
                violation_error_message="Vul het besluit en de reden in.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bodydecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("replaces__isnull", True),
                    models.Q(("replaces", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="a_decision_of_a_body_does_not_replace_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(
                fields=("meeting", "position"),
                name="an_agenda_has_a_number_once",
                violation_error_message="Dit nummer staat al op de agenda.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("position__gte", 1)), name="an_agenda_starts_at_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="bodypaper",
            constraint=models.CheckConstraint(
                condition=models.Q(("size__gt", 0)),
                name="a_paper_of_a_meeting_is_not_empty",
            ),
        ),
        migrations.AddConstraint(
            model_name="bodypaper",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("meeting", "sha256"),
                name="a_meeting_has_a_paper_once",
                violation_error_message="Dit bestand is al een stuk van deze vergadering.",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="a_seat_ends_after_it_starts",
                violation_error_message="De einddatum ligt voor de begindatum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("end_reason", ""), ("ends_on__isnull", False), _connector="OR"
                ),
                name="a_seat_that_was_left_has_a_last_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("body", "="),
                    ("person", "="),
                    (
                        models.Case(
                            models.When(
                                ends_on__lt=models.F("starts_on"),
                                then=models.Value(
                                    None,
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                            ),
                            default=models.Func(
                                "starts_on",
                                "ends_on",
                                models.Value("[]"),
                                function="daterange",
                                output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                            ),
                        ),
                        "&&",
                    ),
                ],
                name="a_person_has_one_seat_in_a_body",
                violation_error_message="Deze persoon heeft in die tijd al een zetel in dit orgaan.",
            ),
        ),
        migrations.AddConstraint(
            model_name="seat",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("function__in", ["voorzitter", "secretaris"])),
                expressions=[
                    ("body", "="),
                    ("function", "="),
                    (
                        models.Case(
                            models.When(
                                ends_on__lt=models.F("starts_on"),
                                then=models.Value(
                                    None,
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                            ),
                            default=models.Func(
                                "starts_on",
                                "ends_on",
                                models.Value("[]"),
                                function="daterange",
                                output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                            ),
                        ),
                        "&&",
                    ),
                ],
                name="a_body_has_one_voorzitter_and_one_secretaris",
                violation_error_message="Dit orgaan heeft in die tijd al een voorzitter of secretaris.",
            ),
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
