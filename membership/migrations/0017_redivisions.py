"""Gemeenten that are dissolved: nothing begins there after their last day."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import membership.identifiers

GUARDS = """
-- TG_ARGV[0] names the column of the organisation. Its row is held, so that who begins
-- something there and who dissolves it wait for each other.
CREATE FUNCTION nvsi_gemeente_is_there() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    organisation bigint := (to_jsonb(NEW) ->> TG_ARGV[0])::bigint;
BEGIN
    PERFORM 1 FROM membership_organisation WHERE id = organisation FOR KEY SHARE;
    IF EXISTS (
        SELECT 1 FROM membership_dissolution d
        JOIN membership_redivision r ON r.id = d.redivision_id
        WHERE d.organisation_id = organisation AND NOT d.is_withdrawn
            AND r.starts_on <= NEW.starts_on
    ) THEN
        RAISE EXCEPTION 'Deze gemeente is opgeheven; er kan niets meer beginnen.'
            USING ERRCODE = 'integrity_constraint_violation',
            CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION redivision_dissolves() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    redivision membership_redivision;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.is_withdrawn OR to_jsonb(NEW) - 'is_withdrawn'
            <> to_jsonb(OLD) - 'is_withdrawn'
        THEN
            RAISE EXCEPTION 'Dat een gemeente opgaat, wordt alleen ingetrokken.'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    SELECT * INTO redivision FROM membership_redivision WHERE id = NEW.redivision_id
        FOR NO KEY UPDATE;
    PERFORM 1 FROM membership_organisation WHERE id = NEW.organisation_id FOR UPDATE;
    IF redivision.status <> 'open' THEN
        RAISE EXCEPTION 'Deze herindeling is afgerond.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.organisation_id = redivision.successor_id THEN
        RAISE EXCEPTION 'Een gemeente gaat niet op in zichzelf.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM membership_organisation o
        WHERE o.id IN (NEW.organisation_id, redivision.successor_id)
            AND o.kind <> 'gemeente'
    ) THEN
        RAISE EXCEPTION 'Alleen gemeenten gaan op in een gemeente.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM membership_membership m
        WHERE m.organisation_id = NEW.organisation_id
            AND m.starts_on >= redivision.starts_on
        UNION ALL
        SELECT 1 FROM membership_role r
        WHERE r.organisation_id = NEW.organisation_id
            AND r.starts_on >= redivision.starts_on
        UNION ALL
        SELECT 1 FROM membership_mandate m
        WHERE m.organisation_id = NEW.organisation_id
            AND m.starts_on >= redivision.starts_on
    ) THEN
        RAISE EXCEPTION 'Bij deze gemeente begint nog iets na haar laatste dag.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_gemeente_goes_into_another
    BEFORE INSERT OR UPDATE ON membership_dissolution
    FOR EACH ROW EXECUTE FUNCTION redivision_dissolves();

CREATE FUNCTION redivision_only_ends() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    ends text[] := ARRAY['status', 'ended_at'];
BEGIN
    IF OLD.status <> 'open' OR to_jsonb(NEW) - ends <> to_jsonb(OLD) - ends THEN
        RAISE EXCEPTION 'Een herindeling wordt alleen afgerond of ingetrokken.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_redivision_only_ends BEFORE UPDATE ON membership_redivision
    FOR EACH ROW EXECUTE FUNCTION redivision_only_ends();

CREATE FUNCTION redivision_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM membership_dissolution d
        JOIN membership_redivision r ON r.id = d.redivision_id
        WHERE d.id = NEW.dissolution_id AND r.status = 'open' AND NOT d.is_withdrawn
    ) THEN
        RAISE EXCEPTION 'Deze herindeling is afgerond; er wordt niets meer besloten.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_decision_is_of_an_open_redivision
    BEFORE INSERT ON membership_redivisiondecision
    FOR EACH ROW EXECUTE FUNCTION redivision_is_open();
"""


def _refuse(name: str, when: str, table: str, each: str) -> str:
    return (
        f"CREATE TRIGGER membership_{table}_{name} BEFORE {when} "
        f"ON membership_{table} FOR EACH {each} EXECUTE FUNCTION nvsi_refuse();"
    )


def _is_there(table: str) -> str:
    return (
        f"CREATE TRIGGER a_{table}_begins_at_a_gemeente_that_is_there "
        f"BEFORE INSERT OR UPDATE ON membership_{table} FOR EACH ROW "
        "EXECUTE FUNCTION nvsi_gemeente_is_there('organisation_id');"
    )


REFUSED = "".join(
    [
        *(_is_there(table) for table in ("membership", "role", "mandate")),
        *(
            _refuse("is_kept", "DELETE", table, "ROW")
            for table in ("redivision", "dissolution")
        ),
        _refuse("is_only_added_to", "UPDATE OR DELETE", "redivisiondecision", "ROW"),
        *(
            _refuse("is_not_emptied", "TRUNCATE", table, "STATEMENT")
            for table in ("redivision", "dissolution", "redivisiondecision")
        ),
    ]
)


class Migration(migrations.Migration):
    dependencies = [
        ("membership", "0016_leaving"),
    ]

    operations = [
        migrations.CreateModel(
            name="Redivision",
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
                ("starts_on", models.DateField(verbose_name="per")),
                (
                    "ground",
                    models.CharField(
                        help_text="Bijvoorbeeld: Stb. 2022, 123.",
                        max_length=200,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="wet of besluit",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "open"),
                            ("closed", "afgerond"),
                            ("withdrawn", "ingetrokken"),
                        ],
                        default="open",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                (
                    "opened_at",
                    models.DateTimeField(
                        auto_now_add=True, verbose_name="vastgelegd op"
                    ),
                ),
                (
                    "ended_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="afgerond op"
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="vastgelegd door",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="redivisions",
                        to="membership.organisation",
                        verbose_name="gaan op in",
                    ),
                ),
            ],
            options={
                "verbose_name": "herindeling",
                "verbose_name_plural": "herindelingen",
                "ordering": ["-starts_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Dissolution",
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
                    "is_withdrawn",
                    models.BooleanField(default=False, verbose_name="ingetrokken"),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dissolutions",
                        to="membership.organisation",
                        verbose_name="gemeente",
                    ),
                ),
                (
                    "redivision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dissolutions",
                        to="membership.redivision",
                        verbose_name="herindeling",
                    ),
                ),
            ],
            options={
                "verbose_name": "opgeheven gemeente",
                "verbose_name_plural": "opgeheven gemeenten",
                "ordering": ["redivision", "organisation"],
            },
        ),
        migrations.CreateModel(
            name="RedivisionDecision",
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
                ("sort", models.CharField(max_length=40, verbose_name="soort")),
                ("subject_id", models.BigIntegerField(verbose_name="object")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("goes_over", "gaat over"),
                            ("ends", "eindigt"),
                            ("asked", "eindigt, en de opvolger beslist zelf"),
                            ("stays", "blijft zoals het is"),
                        ],
                        max_length=20,
                        verbose_name="besluit",
                    ),
                ),
                (
                    "reason",
                    models.TextField(
                        blank=True,
                        max_length=2000,
                        validators=[
                            membership.identifiers.validate_without_bsn,
                            django.core.validators.MinLengthValidator(3),
                        ],
                        verbose_name="reden",
                    ),
                ),
                (
                    "pointer",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="verwijzing",
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(auto_now_add=True, verbose_name="besloten op"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="besloten door",
                    ),
                ),
                (
                    "dissolution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="membership.dissolution",
                        verbose_name="opgeheven gemeente",
                    ),
                ),
            ],
            options={
                "verbose_name": "besluit bij een herindeling",
                "verbose_name_plural": "besluiten bij herindelingen",
                "ordering": ["at", "id"],
            },
        ),
        migrations.AddConstraint(
            model_name="redivision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("status", "open")),
                    models.Q(
                        models.Q(("status", "open"), _negated=True),
                        ("ended_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="a_redivision_that_ended_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="redivision",
            constraint=models.CheckConstraint(
                condition=models.Q(("ground", ""), _negated=True),
                name="a_redivision_names_its_law",
                violation_error_message="Noem de wet of het besluit.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dissolution",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_withdrawn", False)),
                fields=("organisation",),
                name="a_gemeente_is_dissolved_once",
                violation_error_message="Van deze gemeente is al een herindeling vastgelegd.",
            ),
        ),
        migrations.AddConstraint(
            model_name="redivisiondecision",
            constraint=models.UniqueConstraint(
                fields=("dissolution", "sort", "subject_id"),
                name="what_a_gemeente_had_is_decided_once",
                violation_error_message="Hierover is al besloten.",
            ),
        ),
        migrations.AddConstraint(
            model_name="redivisiondecision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "stays"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="what_stays_as_it_is_says_why",
                violation_error_message="Geef de reden waarom het blijft zoals het is.",
            ),
        ),
        migrations.RunSQL(GUARDS + REFUSED, migrations.RunSQL.noop),
    ]
