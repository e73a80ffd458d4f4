"""Notices that members hand in, and appeals against an ending by the association."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import membership.identifiers

GUARDS = """
-- A lid gives notice, who is none stops; and one notice ends a membership, unless the
-- one before was undone on appeal.
CREATE FUNCTION notice_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kind text;
BEGIN
    SELECT m.kind INTO kind FROM membership_membership m
        WHERE m.id = NEW.membership_id FOR UPDATE;
    IF (NEW.ground = 'stopped') <> (kind <> 'lid') THEN
        RAISE EXCEPTION 'Alleen een lid zegt op met een termijn; een ander stopt.'
            USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'a_notice_fits_its_membership';
    END IF;
    IF EXISTS (
        SELECT 1 FROM membership_notice n
        LEFT JOIN membership_appeal a ON a.notice_id = n.id
        WHERE n.membership_id = NEW.membership_id
            AND a.outcome IS DISTINCT FROM 'granted'
    ) THEN
        RAISE EXCEPTION 'Van dit lidmaatschap is al een opzegging vastgelegd.'
            USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = 'a_notice_fits_its_membership';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_notice_fits_its_membership BEFORE INSERT ON membership_notice
    FOR EACH ROW EXECUTE FUNCTION notice_fits();

CREATE FUNCTION notice_is_only_answered() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    answers text[] := ARRAY['status', 'notice_id', 'answer'];
BEGIN
    IF OLD.status <> 'waiting' OR to_jsonb(NEW) - answers <> to_jsonb(OLD) - answers
    THEN
        RAISE EXCEPTION 'Een ingediende opzegging wordt alleen beantwoord, en eenmaal.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_submitted_notice_is_only_answered
    BEFORE UPDATE ON membership_submittednotice
    FOR EACH ROW EXECUTE FUNCTION notice_is_only_answered();

-- Only against an ending by the association, within a month, and decided once.
CREATE FUNCTION appeal_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    outcome text[] := ARRAY['outcome', 'decided_on', 'besluit_id'];
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.outcome <> '' OR to_jsonb(NEW) - outcome <> to_jsonb(OLD) - outcome THEN
            RAISE EXCEPTION 'Over een beroep wordt eenmaal beslist.'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    ELSIF NOT EXISTS (
        SELECT 1 FROM membership_notice n
        WHERE n.id = NEW.notice_id AND n.ground IN ('association', 'expulsion')
            AND NEW.received_on >= n.received_on
            AND NEW.received_on <= (n.received_on + interval '1 month')::date
    ) THEN
        RAISE EXCEPTION 'Beroep kan tegen de vereniging, binnen een maand.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER an_appeal_fits_its_notice BEFORE INSERT OR UPDATE ON membership_appeal
    FOR EACH ROW EXECUTE FUNCTION appeal_fits();
"""


def _refuse(name: str, when: str, table: str, each: str) -> str:
    return (
        f"CREATE TRIGGER membership_{table}_{name} BEFORE {when} "
        f"ON membership_{table} FOR EACH {each} EXECUTE FUNCTION nvsi_refuse();"
    )


KEPT = "".join(
    _refuse("is_kept", "DELETE", table, "ROW")
    + _refuse("is_not_emptied", "TRUNCATE", table, "STATEMENT")
    for table in ("appeal", "submittednotice")
)


class Migration(migrations.Migration):
    dependencies = [
        ("membership", "0015_letters"),
    ]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="ground",
            field=models.CharField(
                choices=[
                    ("regular", "opzegging tegen het einde van het boekjaar"),
                    ("burdened", "opzegging na een besluit dat het lid belast"),
                    ("unreasonable", "voortzetten kan redelijkerwijs niet"),
                    ("stopped", "stopt, zonder lid te zijn"),
                    ("association", "opzegging door de vereniging"),
                    ("expulsion", "ontzetting"),
                ],
                max_length=20,
                verbose_name="grond",
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="membership",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notices",
                to="membership.membership",
                verbose_name="lidmaatschap",
            ),
        ),
        migrations.CreateModel(
            name="Appeal",
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
                ("received_on", models.DateField(verbose_name="beroep ontvangen op")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("granted", "gegrond: het lidmaatschap blijft"),
                            ("dismissed", "ongegrond: het lidmaatschap eindigt"),
                        ],
                        max_length=20,
                        verbose_name="uitkomst",
                    ),
                ),
                (
                    "decided_on",
                    models.DateField(blank=True, null=True, verbose_name="beslist op"),
                ),
                (
                    "at",
                    models.DateTimeField(
                        auto_now_add=True, verbose_name="vastgelegd op"
                    ),
                ),
                (
                    "besluit",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="membership.alvbesluit",
                        verbose_name="ALV-besluit",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="vastgelegd door",
                    ),
                ),
                (
                    "notice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appeal",
                        to="membership.notice",
                        verbose_name="opzegging",
                    ),
                ),
            ],
            options={
                "verbose_name": "beroep",
                "verbose_name_plural": "beroepen",
                "ordering": ["-received_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("besluit__isnull", True),
                                ("decided_on__isnull", True),
                                ("outcome", ""),
                            ),
                            models.Q(
                                models.Q(("outcome", ""), _negated=True),
                                ("besluit__isnull", False),
                                ("decided_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="an_appeal_is_decided_on_a_day_by_the_alv",
                        violation_error_message="Vul de uitkomst in, met de dag en het ALV-besluit.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_on__isnull", True),
                            ("decided_on__gte", models.F("received_on")),
                            _connector="OR",
                        ),
                        name="an_appeal_is_decided_after_it_was_received",
                        violation_error_message="De beslissing ligt niet vóór het beroep.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SubmittedNotice",
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
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "wacht op het bureau"),
                            ("confirmed", "bevestigd"),
                            ("turned_back", "teruggestuurd"),
                        ],
                        default="waiting",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "ground",
                    models.CharField(
                        choices=[
                            ("regular", "opzegging tegen het einde van het boekjaar"),
                            ("burdened", "opzegging na een besluit dat het lid belast"),
                            ("unreasonable", "voortzetten kan redelijkerwijs niet"),
                        ],
                        max_length=20,
                        verbose_name="grond",
                    ),
                ),
                (
                    "burdened_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="hoorde van het besluit op"
                    ),
                ),
                (
                    "reason",
                    models.TextField(
                        blank=True,
                        validators=[
                            membership.identifiers.validate_without_bsn,
                            django.core.validators.MinLengthValidator(3),
                        ],
                        verbose_name="toelichting",
                    ),
                ),
                ("ends_on", models.DateField(verbose_name="laatste dag")),
                ("submitted_on", models.DateField(verbose_name="ingediend op")),
                (
                    "is_signed_here",
                    models.BooleanField(verbose_name="ondertekend in het portaal"),
                ),
                (
                    "file_name",
                    models.CharField(blank=True, max_length=200, verbose_name="brief"),
                ),
                (
                    "media_type",
                    models.CharField(blank=True, max_length=100, verbose_name="soort"),
                ),
                (
                    "sha256",
                    models.CharField(
                        blank=True, max_length=64, verbose_name="controlegetal"
                    ),
                ),
                (
                    "content",
                    models.BinaryField(
                        blank=True, default=bytes, verbose_name="inhoud"
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(auto_now_add=True, verbose_name="tijdstip"),
                ),
                (
                    "answer",
                    models.TextField(
                        blank=True,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="antwoord van het bureau",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="ingediend door",
                    ),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submitted_notices",
                        to="membership.membership",
                        verbose_name="lidmaatschap",
                    ),
                ),
                (
                    "notice",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submitted",
                        to="membership.notice",
                        verbose_name="opzegging",
                    ),
                ),
            ],
            options={
                "verbose_name": "ingediende opzegging",
                "verbose_name_plural": "ingediende opzeggingen",
                "ordering": ["-at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "waiting")),
                        fields=("membership",),
                        name="a_membership_has_one_notice_that_waits",
                        violation_error_message="Er is al een opzegging ingediend.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_signed_here", True),
                            models.Q(("sha256", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_submitted_notice_is_in_writing",
                        violation_error_message="Voeg de ondertekende brief toe.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ground__in", ["burdened", "regular", "unreasonable"])
                        ),
                        name="a_member_gives_a_ground_of_a_member",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("submitted_on"))),
                        name="a_submitted_notice_is_for_a_day_to_come",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ground", "unreasonable"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="who_cannot_go_on_says_why",
                        violation_error_message="Leg uit waarom uw organisatie niet verder kan.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "confirmed"), _negated=True),
                            ("notice__isnull", False),
                            _connector="OR",
                        ),
                        name="a_confirmed_notice_was_written_down",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "turned_back"), _negated=True),
                            models.Q(("answer", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_notice_is_turned_back_with_an_answer",
                        violation_error_message="Schrijf waarom; de organisatie leest het.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(GUARDS + KEPT, migrations.RunSQL.noop),
    ]
