"""Consultations of the members, who may answer them, and what they say."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import membership.identifiers

GUARDS = """
CREATE FUNCTION nvsi_consultation_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status IN ('published', 'called_off', 'dropped')
        OR (OLD.question, OLD.explanation, OLD.options, OLD.opens_on, OLD.closes_on,
            OLD.opened_at, OLD.closes_at)
        IS DISTINCT FROM (NEW.question, NEW.explanation, NEW.options, NEW.opens_on,
            NEW.closes_on, NEW.opened_at, NEW.closes_at)
        OR NEW.status IN ('draft', 'dropped')
    THEN
        RAISE EXCEPTION 'Wat aan de leden is gevraagd, blijft zoals het is.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_consultation_stands_once_it_is_open
    BEFORE UPDATE ON membership_consultation FOR EACH ROW WHEN (OLD.status <> 'draft')
    EXECUTE FUNCTION nvsi_consultation_stands();

-- Who may answer is written down before it opens, and was a lid on its first day.
CREATE FUNCTION nvsi_voters_are_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT FROM membership_consultation c JOIN membership_membership m
            ON m.kind = 'lid' AND c.opens_on >= m.starts_on
            AND (m.ends_on IS NULL OR c.opens_on <= m.ends_on)
        WHERE c.id = NEW.consultation_id AND c.status = 'draft'
            AND m.organisation_id = NEW.organisation_id
    ) OR TG_OP = 'UPDATE' AND (
        (OLD.consultation_id, OLD.organisation_id)
        IS DISTINCT FROM (NEW.consultation_id, NEW.organisation_id)
        OR NOT EXISTS (
            SELECT FROM membership_consultation c WHERE c.id = NEW.consultation_id
                AND c.status = 'open' AND NEW.authorised_at >= c.opened_at
                AND NEW.authorised_at < c.closes_at)
    ) THEN
        RAISE EXCEPTION 'Wie mag antwoorden ligt vast vanaf de opening.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER voters_are_frozen_at_the_opening
    BEFORE INSERT OR UPDATE ON membership_voter
    FOR EACH ROW EXECUTE FUNCTION nvsi_voters_are_frozen();

-- By the moment in the row, which the portal writes; not by the clock of the database.
CREATE FUNCTION nvsi_answer_is_in_the_term() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM membership_voter v JOIN membership_consultation c
            ON c.id = v.consultation_id
        WHERE v.id = NEW.voter_id AND c.status = 'open' AND NEW.choice = ANY(c.options)
            AND NEW.at >= c.opened_at AND NEW.at < c.closes_at
            AND (NEW.replaced_at IS NULL
                OR NEW.replaced_at >= NEW.at AND NEW.replaced_at < c.closes_at)
    ) THEN
        RAISE EXCEPTION 'Antwoorden kan alleen zolang de raadpleging open is.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER an_answer_falls_in_the_term
    BEFORE INSERT OR UPDATE ON membership_consultationanswer
    FOR EACH ROW EXECUTE FUNCTION nvsi_answer_is_in_the_term();

CREATE FUNCTION nvsi_answer_is_only_replaced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Een antwoord wordt alleen vervangen door een later.'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
END $$;
CREATE TRIGGER an_answer_is_only_replaced
    BEFORE UPDATE ON membership_consultationanswer FOR EACH ROW
    WHEN (OLD.replaced_at IS NOT NULL OR (OLD.voter_id, OLD.choice, OLD.by_id, OLD.at)
        IS DISTINCT FROM (NEW.voter_id, NEW.choice, NEW.by_id, NEW.at))
    EXECUTE FUNCTION nvsi_answer_is_only_replaced();
"""
TABLES = ("consultation", "voter", "consultationanswer")
KEPT = "".join(
    f"CREATE TRIGGER membership_{table}_is_kept BEFORE DELETE ON membership_{table} "
    "FOR EACH ROW EXECUTE FUNCTION nvsi_refuse();"
    f"CREATE TRIGGER membership_{table}_is_not_emptied BEFORE TRUNCATE "
    f"ON membership_{table} FOR EACH STATEMENT EXECUTE FUNCTION nvsi_refuse();"
    for table in TABLES
)
SQL = GUARDS + KEPT


class Migration(migrations.Migration):
    dependencies = [
        ("membership", "0017_redivisions"),
    ]

    operations = [
        migrations.CreateModel(
            name="Consultation",
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
                    "question",
                    models.CharField(
                        max_length=200,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="vraag",
                    ),
                ),
                (
                    "explanation",
                    models.TextField(
                        help_text="Een witregel begint een alinea, ## een kop, - een punt.",
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="toelichting",
                    ),
                ),
                (
                    "options",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        size=None,
                        verbose_name="keuzes",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "concept"),
                            ("open", "geopend"),
                            ("published", "uitslag bekend"),
                            ("called_off", "ingetrokken"),
                            ("dropped", "vervallen"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "opens_on",
                    models.DateField(
                        default=django.utils.timezone.localdate, verbose_name="vanaf"
                    ),
                ),
                ("closes_on", models.DateField(verbose_name="tot en met")),
                (
                    "remind_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=5,
                        help_text="Leeg: geen herinnering.",
                        null=True,
                        verbose_name="herinneren, dagen voor het einde",
                    ),
                ),
                (
                    "opened_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="geopend op"
                    ),
                ),
                (
                    "closes_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="sluit op"
                    ),
                ),
                (
                    "reminded_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="herinnerd op"
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="bekendgemaakt op"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="opgesteld door",
                    ),
                ),
            ],
            options={
                "verbose_name": "ledenraadpleging",
                "verbose_name_plural": "ledenraadplegingen",
                "ordering": ["-opens_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Voter",
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
                    "authorised_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="gemachtigd op"
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="waar dat uit blijkt",
                    ),
                ),
                (
                    "authorised",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gemachtigd",
                    ),
                ),
                (
                    "authorised_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gemachtigd door",
                    ),
                ),
                (
                    "consultation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voters",
                        to="membership.consultation",
                        verbose_name="ledenraadpleging",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="votes",
                        to="membership.organisation",
                        verbose_name="lid",
                    ),
                ),
            ],
            options={
                "verbose_name": "stemgerechtigd lid",
                "verbose_name_plural": "stemgerechtigde leden",
                "ordering": ["consultation", "organisation__name", "id"],
            },
        ),
        migrations.CreateModel(
            name="ConsultationAnswer",
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
                ("choice", models.CharField(max_length=60, verbose_name="antwoord")),
                ("at", models.DateTimeField(verbose_name="gegeven op")),
                (
                    "replaced_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="vervangen op"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gegeven door",
                    ),
                ),
                (
                    "voter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="membership.voter",
                        verbose_name="stemgerechtigd lid",
                    ),
                ),
            ],
            options={
                "verbose_name": "antwoord op een ledenraadpleging",
                "verbose_name_plural": "antwoorden op ledenraadplegingen",
                "ordering": ["voter", "at", "id"],
            },
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_on__gte", models.F("opens_on"))),
                name="a_consultation_closes_after_it_opens",
                violation_error_message="De laatste dag ligt voor de eerste.",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.CheckConstraint(
                condition=models.Q(("options__len__range", (2, 4))),
                name="a_consultation_has_two_to_four_options",
                violation_error_message="Geef twee tot vier keuzes.",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("question", ""), _negated=True),
                    models.Q(("explanation", ""), _negated=True),
                ),
                name="a_consultation_asks_something",
                violation_error_message="Vul de vraag en de toelichting in.",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closes_at__isnull", True),
                        ("opened_at__isnull", True),
                        ("status__in", ["draft", "dropped"]),
                    ),
                    models.Q(
                        ("closes_at__gt", models.F("opened_at")),
                        ("opened_at__isnull", False),
                        ("status__in", ["open", "published", "called_off"]),
                    ),
                    _connector="OR",
                ),
                name="an_open_consultation_has_its_moments",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("published_at__gte", models.F("closes_at")),
                        ("status", "published"),
                    ),
                    models.Q(
                        models.Q(("status", "published"), _negated=True),
                        ("published_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="a_result_is_published_after_the_close",
            ),
        ),
        migrations.AddConstraint(
            model_name="voter",
            constraint=models.UniqueConstraint(
                fields=("consultation", "organisation"),
                name="a_member_votes_once_in_a_consultation",
            ),
        ),
        migrations.AddConstraint(
            model_name="voter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("authorised__isnull", True),
                        ("authorised_at__isnull", True),
                        ("authorised_by__isnull", True),
                    ),
                    models.Q(
                        ("authorised__isnull", False),
                        ("authorised_at__isnull", False),
                        ("authorised_by__isnull", False),
                        models.Q(
                            ("authorised", models.F("authorised_by")), _negated=True
                        ),
                    ),
                    _connector="OR",
                ),
                name="somebody_else_authorises_who_answers",
                violation_error_message="Niemand machtigt zichzelf.",
            ),
        ),
        migrations.AddConstraint(
            model_name="consultationanswer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("replaced_at__isnull", True)),
                fields=("voter",),
                name="a_member_has_one_answer_that_counts",
                violation_error_message="Dit lid heeft al een antwoord.",
            ),
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
