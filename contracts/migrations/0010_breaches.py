"""Datalekken: what is known, whom they concern, and what was done. Only added to."""

import uuid

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import membership.identifiers

GUARDS = """
-- What the last entry about its stage says; none: it was just reported.
CREATE FUNCTION nvsi_breach_stage(of_breach bigint) RETURNS contracts_breachentry
LANGUAGE sql STABLE AS $$
    SELECT e FROM contracts_breachentry e WHERE e.breach_id = of_breach
        AND e.kind IN ('closing', 'kept_open', 'closed', 'reopened') ORDER BY e.id DESC LIMIT 1
$$;

CREATE FUNCTION nvsi_closed_breach_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM contracts_breach WHERE id = NEW.breach_id FOR UPDATE;
    IF (nvsi_breach_stage(NEW.breach_id)).kind = 'closed' THEN
        RAISE EXCEPTION 'Een afgesloten datalek wordt eerst heropend.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_closed_breach_stands BEFORE INSERT ON contracts_breachdescription
    FOR EACH ROW EXECUTE FUNCTION nvsi_closed_breach_stands();
CREATE TRIGGER a_closed_breach_stands BEFORE INSERT ON contracts_breachinstrument
    FOR EACH ROW EXECUTE FUNCTION nvsi_closed_breach_stands();
CREATE TRIGGER a_closed_breach_stands BEFORE INSERT ON contracts_breachcollege
    FOR EACH ROW EXECUTE FUNCTION nvsi_closed_breach_stands();

-- The colleges of a datalek that keep it open: not told by letter, or of which nobody
-- knows whether the AP gets a report. The same as contracts.breaches.rules.
CREATE FUNCTION nvsi_breach_is_done(of_breach bigint) RETURNS boolean LANGUAGE sql
STABLE AS $$
    SELECT count(*) > 0 AND bool_and(
        EXISTS (SELECT FROM contracts_breachentry e WHERE e.college_id = c.id
            AND e.kind = 'told' AND e.outcome <> 'spoken')
        AND EXISTS (SELECT FROM contracts_breachentry e WHERE e.college_id = c.id
            AND e.kind = 'authority'))
    FROM contracts_breachcollege c WHERE c.breach_id = of_breach AND NOT EXISTS (
        SELECT FROM contracts_breachentry e
        WHERE e.college_id = c.id AND e.kind = 'not_concerned')
$$;

CREATE FUNCTION nvsi_breach_entry_fits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    breach contracts_breach;
    last contracts_breachentry;
    why text;
BEGIN
    SELECT * INTO breach FROM contracts_breach WHERE id = NEW.breach_id FOR UPDATE;
    last := nvsi_breach_stage(NEW.breach_id);
    IF (NEW.kind = 'reopened') <> (last.kind IS NOT DISTINCT FROM 'closed') THEN
        why := 'Een afgesloten datalek wordt eerst heropend.';
    ELSIF NEW.at < breach.discovered_at THEN
        why := 'Dit was voor de ontdekking van het datalek.';
    ELSIF NEW.college_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM contracts_breachcollege c
        WHERE c.id = NEW.college_id AND c.breach_id = NEW.breach_id
    ) THEN
        why := 'Dit college hoort niet bij dit datalek.';
    ELSIF NEW.kind IN ('authority', 'people') AND NOT EXISTS (
        SELECT FROM contracts_breachentry e WHERE e.college_id = NEW.college_id
            AND e.kind = 'told' AND e.at <= NEW.at
    ) THEN
        why := 'Een college besluit nadat het is geïnformeerd.';
    ELSIF NEW.kind IN ('kept_open', 'closed')
        <> (last.kind IS NOT DISTINCT FROM 'closing')
        AND NEW.kind IN ('closing', 'kept_open', 'closed', 'reopened')
    THEN
        why := 'Afsluiten wordt eerst voorgesteld, en één keer.';
    ELSIF NEW.kind = 'closed' AND last.by_id = NEW.by_id THEN
        why := 'Wie voorstelt om af te sluiten, sluit niet zelf af.';
    ELSIF NEW.kind = 'closed' AND last.outcome <> 'no_breach'
        AND NOT nvsi_breach_is_done(NEW.breach_id)
    THEN
        why := 'Niet elk college heeft een brief en een besluit over de AP.';
    END IF;
    IF why IS NOT NULL THEN
        RAISE EXCEPTION '%', why
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER an_entry_of_a_breach_fits BEFORE INSERT ON contracts_breachentry
    FOR EACH ROW EXECUTE FUNCTION nvsi_breach_entry_fits();
"""
TABLES = (
    *("breach", "breachlimit", "breachdescription", "breachinstrument"),
    *("breachcollege", "breachentry"),
)


def _refuse(name: str, when: str, table: str, each: str) -> str:
    return (
        f"CREATE TRIGGER contracts_{table}_{name} BEFORE {when} "
        f"ON contracts_{table} FOR EACH {each} EXECUTE FUNCTION nvsi_refuse();"
    )


KEPT = "".join(
    _refuse("is_only_added_to", "UPDATE OR DELETE", table, "ROW")
    + _refuse("is_not_emptied", "TRUNCATE", table, "STATEMENT")
    for table in TABLES
)
# Our own limit at the start: 24 hours, since the AVG applies (domain rule 34).
FIRST = (
    "INSERT INTO contracts_breachlimit (hours, starts_on) VALUES (24, '2018-05-25');"
)


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0009_first_annexes"),
        ("instruments", "0004_minimum_wage"),
        ("membership", "0021_wishes_taken_back"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Breach",
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
                ("number_year", models.PositiveSmallIntegerField(verbose_name="jaar")),
                (
                    "number_sequence",
                    models.PositiveIntegerField(verbose_name="volgnummer"),
                ),
                (
                    "key",
                    models.UUIDField(
                        default=uuid.uuid4, editable=False, verbose_name="sleutel"
                    ),
                ),
                ("discovered_at", models.DateTimeField(verbose_name="ontdekt op")),
                (
                    "discovered_by",
                    models.CharField(
                        max_length=200,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="ontdekt door",
                    ),
                ),
                ("reported_at", models.DateTimeField(verbose_name="gemeld op")),
                (
                    "caller",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="gemeld door",
                    ),
                ),
                (
                    "within_hours",
                    models.PositiveSmallIntegerField(
                        verbose_name="colleges informeren binnen (uur)"
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="vastgelegd door",
                    ),
                ),
                (
                    "reported_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reported_breaches",
                        to="membership.organisation",
                        verbose_name="gemeld namens",
                    ),
                ),
            ],
            options={
                "verbose_name": "datalek",
                "verbose_name_plural": "datalekken",
                "ordering": ["-number_year", "-number_sequence"],
            },
        ),
        migrations.CreateModel(
            name="BreachCollege",
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
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="vastgelegd op"
                    ),
                ),
                (
                    "breach",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="colleges",
                        to="contracts.breach",
                        verbose_name="datalek",
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
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="breaches",
                        to="membership.organisation",
                        verbose_name="organisatie",
                    ),
                ),
            ],
            options={
                "verbose_name": "betrokken college",
                "verbose_name_plural": "betrokken colleges",
                "ordering": ["breach", "organisation__name", "id"],
            },
        ),
        migrations.CreateModel(
            name="BreachDescription",
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
                    "nature",
                    models.CharField(
                        choices=[
                            ("sent", "aan de verkeerde gestuurd of gegeven"),
                            ("seen", "ingezien door wie dat niet mocht"),
                            ("published", "openbaar geworden"),
                            (
                                "lost",
                                "apparaat, gegevensdrager of papier kwijt of gestolen",
                            ),
                            (
                                "broken_into",
                                "inbraak, phishing of schadelijke software",
                            ),
                            ("destroyed", "gegevens gewist, gewijzigd of onbereikbaar"),
                            ("other", "anders"),
                        ],
                        max_length=20,
                        verbose_name="wat voor datalek",
                    ),
                ),
                (
                    "what",
                    models.TextField(
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="wat er is gebeurd",
                    ),
                ),
                (
                    "subjects",
                    models.TextField(
                        blank=True,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="van wie",
                    ),
                ),
                (
                    "people_count",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="aantal mensen"
                    ),
                ),
                (
                    "data_kinds",
                    models.TextField(
                        blank=True,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="welke gegevens",
                    ),
                ),
                (
                    "records_count",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="aantal gegevensrecords"
                    ),
                ),
                (
                    "consequences",
                    models.TextField(
                        blank=True,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="mogelijke gevolgen",
                    ),
                ),
                (
                    "measures",
                    models.TextField(
                        blank=True,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="maatregelen",
                    ),
                ),
                (
                    "contact",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="contactpunt",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="vastgelegd op")),
                (
                    "breach",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="descriptions",
                        to="contracts.breach",
                        verbose_name="datalek",
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
            ],
            options={
                "verbose_name": "beschrijving van een datalek",
                "verbose_name_plural": "beschrijvingen van datalekken",
                "ordering": ["breach", "id"],
            },
        ),
        migrations.CreateModel(
            name="BreachEntry",
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
                            ("told", "college geïnformeerd"),
                            ("authority", "melding aan de AP"),
                            ("people", "bericht aan de betrokkenen"),
                            ("not_concerned", "blijkt niet betrokken"),
                            ("measure", "maatregel"),
                            ("closing", "afsluiten voorgesteld"),
                            ("kept_open", "blijft open"),
                            ("closed", "afgesloten"),
                            ("reopened", "heropend"),
                        ],
                        max_length=20,
                        verbose_name="wat",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("written", "met een brief"),
                            ("spoken", "mondeling"),
                            ("own", "meldde het zelf"),
                            ("reported", "gemeld aan de AP"),
                            ("not_reported", "niet gemeld aan de AP"),
                            ("left", "overgelaten aan het college"),
                            ("people_told", "betrokkenen geïnformeerd"),
                            ("people_not_told", "betrokkenen niet geïnformeerd"),
                            ("handled", "afgehandeld"),
                            ("no_breach", "blijkt geen datalek"),
                        ],
                        max_length=20,
                        verbose_name="uitkomst",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="wanneer")),
                (
                    "who",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="wie",
                    ),
                ),
                (
                    "number",
                    models.CharField(
                        blank=True, max_length=50, verbose_name="meldingsnummer"
                    ),
                ),
                (
                    "words",
                    models.TextField(
                        blank=True,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="toelichting",
                    ),
                ),
                (
                    "is_own",
                    models.BooleanField(
                        default=False, verbose_name="door de organisatie zelf"
                    ),
                ),
                (
                    "file_name",
                    models.CharField(blank=True, max_length=200, verbose_name="brief"),
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
                ("recorded_at", models.DateTimeField(verbose_name="vastgelegd op")),
                (
                    "breach",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="contracts.breach",
                        verbose_name="datalek",
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
                    "college",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="contracts.breachcollege",
                        verbose_name="betrokken college",
                    ),
                ),
            ],
            options={
                "verbose_name": "gebeurtenis bij een datalek",
                "verbose_name_plural": "gebeurtenissen bij datalekken",
                "ordering": ["breach", "id"],
            },
        ),
        migrations.CreateModel(
            name="BreachInstrument",
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
                    "breach",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="instruments",
                        to="contracts.breach",
                        verbose_name="datalek",
                    ),
                ),
                (
                    "instrument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="instruments.instrument",
                        verbose_name="instrument",
                    ),
                ),
            ],
            options={
                "verbose_name": "instrument bij een datalek",
                "verbose_name_plural": "instrumenten bij een datalek",
                "ordering": ["breach", "instrument__name", "id"],
            },
        ),
        migrations.CreateModel(
            name="BreachLimit",
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
                    "hours",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(72),
                        ],
                        verbose_name="uren",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="vanaf")),
            ],
            options={
                "verbose_name": "termijn voor datalekken",
                "verbose_name_plural": "termijnen voor datalekken",
                "ordering": ["-starts_on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("hours__range", (1, 72))),
                        name="a_limit_for_a_breach_is_three_days_at_most",
                        violation_error_message="Kies 1 tot en met 72 uur.",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="breach",
            constraint=models.UniqueConstraint(
                fields=("number_year", "number_sequence"),
                name="a_breach_has_a_number_of_its_own",
            ),
        ),
        migrations.AddConstraint(
            model_name="breach",
            constraint=models.UniqueConstraint(
                fields=("key",), name="a_report_of_a_breach_counts_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="breach",
            constraint=models.CheckConstraint(
                condition=models.Q(("discovered_at__lte", models.F("reported_at"))),
                name="a_breach_is_discovered_before_it_is_reported",
                violation_error_message="Dit moment ligt in de toekomst.",
            ),
        ),
        migrations.AddConstraint(
            model_name="breach",
            constraint=models.CheckConstraint(
                condition=models.Q(("discovered_by", ""), _negated=True),
                name="a_breach_says_who_discovered_it",
                violation_error_message="Vul in wie het ontdekte.",
            ),
        ),
        migrations.AddConstraint(
            model_name="breachcollege",
            constraint=models.UniqueConstraint(
                fields=("breach", "organisation"),
                name="a_breach_names_a_college_once",
                violation_error_message="Deze organisatie staat er al bij.",
            ),
        ),
        migrations.AddConstraint(
            model_name="breachdescription",
            constraint=models.CheckConstraint(
                condition=models.Q(("what", ""), _negated=True),
                name="a_breach_says_what_happened",
                violation_error_message="Vul in wat er is gebeurd.",
            ),
        ),
        migrations.AddConstraint(
            model_name="breachentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("college__isnull", False),
                        ("kind__in", ["told", "authority", "people", "not_concerned"]),
                    ),
                    models.Q(
                        ("college__isnull", True),
                        models.Q(
                            (
                                "kind__in",
                                ["told", "authority", "people", "not_concerned"],
                            ),
                            _negated=True,
                        ),
                    ),
                    _connector="OR",
                ),
                name="an_entry_about_a_college_names_it",
            ),
        ),
        migrations.AddConstraint(
            model_name="breachentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("outcome", ""),
                        models.Q(
                            ("kind__in", ["told", "authority", "people", "closing"]),
                            _negated=True,
                        ),
                    ),
                    models.Q(
                        ("kind", "told"), ("outcome__in", ["written", "spoken", "own"])
                    ),
                    models.Q(
                        ("kind", "authority"),
                        ("outcome__in", ["reported", "not_reported", "left"]),
                    ),
                    models.Q(
                        ("kind", "people"),
                        ("outcome__in", ["people_told", "people_not_told"]),
                    ),
                    models.Q(
                        ("kind", "closing"), ("outcome__in", ["handled", "no_breach"])
                    ),
                    _connector="OR",
                ),
                name="an_outcome_of_a_breach_fits_its_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="breachentry",
            constraint=models.CheckConstraint(
                condition=models.Q(("at__lte", models.F("recorded_at"))),
                name="an_entry_of_a_breach_is_of_what_happened",
                violation_error_message="Dit moment ligt in de toekomst.",
            ),
        ),
        migrations.AddConstraint(
            model_name="breachentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("words", ""), _negated=True),
                    models.Q(
                        models.Q(
                            (
                                "kind__in",
                                [
                                    "not_concerned",
                                    "measure",
                                    "closing",
                                    "kept_open",
                                    "reopened",
                                ],
                            ),
                            _negated=True,
                        ),
                        models.Q(
                            ("outcome__in", ["not_reported", "people_not_told"]),
                            _negated=True,
                        ),
                    ),
                    _connector="OR",
                ),
                name="who_decides_in_a_breach_says_why",
                violation_error_message="Schrijf waarom.",
            ),
        ),
        migrations.AddConstraint(
            model_name="breachentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "reported"), _negated=True),
                    models.Q(("who", ""), _negated=True),
                    _connector="OR",
                ),
                name="a_report_to_the_authority_says_by_whom",
                violation_error_message="Vul in wie het heeft gemeld.",
            ),
        ),
        migrations.AddConstraint(
            model_name="breachentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("outcome", "written"), models.Q(("sha256", ""), _negated=True)
                    ),
                    models.Q(
                        models.Q(("outcome", "written"), _negated=True), ("sha256", "")
                    ),
                    _connector="OR",
                ),
                name="who_is_told_in_writing_has_a_letter",
            ),
        ),
        migrations.AddConstraint(
            model_name="breachinstrument",
            constraint=models.UniqueConstraint(
                fields=("breach", "instrument"),
                name="a_breach_names_an_instrument_once",
            ),
        ),
        migrations.RunSQL(GUARDS + FIRST + KEPT, migrations.RunSQL.noop),
    ]
