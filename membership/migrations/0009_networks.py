"""Networks of regions, whom each region sends, and when that was asked."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import membership.identifiers

GUARDS = """
CREATE TRIGGER a_network_keeps_its_type
    BEFORE UPDATE ON membership_network FOR EACH ROW
    WHEN (OLD.type <> NEW.type) EXECUTE FUNCTION nvsi_keep_type();

CREATE FUNCTION nvsi_contact_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM membership_network n JOIN membership_region r ON r.type = n.type
        WHERE n.id = NEW.network_id AND r.id = NEW.region_id
    ) THEN
        RAISE EXCEPTION 'Deze regio hoort niet bij dit netwerk.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
    END IF;
    IF NOT EXISTS (
        SELECT FROM membership_regionmember m
        WHERE m.region_id = NEW.region_id AND m.organisation_id = NEW.organisation_id
        AND daterange(m.starts_on, m.ends_on, '[]') && daterange(NEW.starts_on, NEW.ends_on, '[]')
    ) THEN
        RAISE EXCEPTION 'Een aanspreekpunt werkt bij een gemeente in de regio.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_regional_contact_fits_its_region
    BEFORE INSERT OR UPDATE OF network_id, region_id, organisation_id, starts_on
    ON membership_regionalcontact FOR EACH ROW EXECUTE FUNCTION nvsi_contact_fits();

CREATE FUNCTION nvsi_contact_keeps_seat() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Een aanspreekpunt houdt zijn plaats: beëindig het, en geef een ander door.'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
END $$;
CREATE TRIGGER a_regional_contact_keeps_its_seat
    BEFORE UPDATE ON membership_regionalcontact FOR EACH ROW
    WHEN ((OLD.network_id, OLD.region_id, OLD.level, OLD.is_primary, OLD.starts_on)
        IS DISTINCT FROM (NEW.network_id, NEW.region_id, NEW.level, NEW.is_primary, NEW.starts_on))
    EXECUTE FUNCTION nvsi_contact_keeps_seat();

CREATE FUNCTION nvsi_duo_is_of_two() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM membership_regionalcontact c
        WHERE c.id = NEW.id AND c.is_duo AND NOT EXISTS (
            SELECT FROM membership_regionalcontact other
            WHERE (other.network_id, other.region_id, other.level)
                = (c.network_id, c.region_id, c.level)
            AND other.is_duo AND other.is_primary <> c.is_primary
            AND daterange(other.starts_on, other.ends_on, '[]')
                && daterange(c.starts_on, c.ends_on, '[]')
        )
    ) THEN
        RAISE EXCEPTION 'Een duo bestaat uit het aanspreekpunt en zijn vervanger.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER a_duo_is_of_two
    AFTER INSERT OR UPDATE ON membership_regionalcontact
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION nvsi_duo_is_of_two();

CREATE TRIGGER membership_regionalcontact_is_kept
    BEFORE DELETE ON membership_regionalcontact
    FOR EACH ROW EXECUTE FUNCTION nvsi_refuse();
CREATE TRIGGER membership_regionalcontact_is_not_emptied
    BEFORE TRUNCATE ON membership_regionalcontact
    FOR EACH STATEMENT EXECUTE FUNCTION nvsi_refuse();
"""
BACK = """
DROP TRIGGER membership_regionalcontact_is_not_emptied ON membership_regionalcontact;
DROP TRIGGER membership_regionalcontact_is_kept ON membership_regionalcontact;
DROP TRIGGER a_duo_is_of_two ON membership_regionalcontact;
DROP FUNCTION nvsi_duo_is_of_two;
DROP TRIGGER a_regional_contact_keeps_its_seat ON membership_regionalcontact;
DROP FUNCTION nvsi_contact_keeps_seat;
DROP TRIGGER a_regional_contact_fits_its_region ON membership_regionalcontact;
DROP FUNCTION nvsi_contact_fits;
DROP TRIGGER a_network_keeps_its_type ON membership_network;
"""


class Migration(migrations.Migration):
    dependencies = [("membership", "0008_exports_and_saved_filters")]

    operations = [
        migrations.CreateModel(
            name="Network",
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
                    "name",
                    models.CharField(max_length=100, unique=True, verbose_name="naam"),
                ),
                (
                    "slug",
                    models.SlugField(
                        help_text="Voor in het adres van de pagina, bijvoorbeeld bw-mo.",
                        max_length=30,
                        unique=True,
                        verbose_name="korte naam",
                    ),
                ),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("arbeidsmarktregio", "arbeidsmarktregio"),
                            ("bw_mo", "beschermd wonen en maatschappelijke opvang"),
                            ("other", "andere regio"),
                        ],
                        max_length=20,
                        verbose_name="soort regio's",
                    ),
                ),
                (
                    "purpose",
                    models.TextField(
                        blank=True,
                        help_text="Staat bij de vraag aan de regio's.",
                        verbose_name="doel",
                    ),
                ),
            ],
            options={
                "verbose_name": "netwerk",
                "verbose_name_plural": "netwerken",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="ContactAsk",
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
                ("due_on", models.DateField(verbose_name="antwoord uiterlijk op")),
                ("asked_at", models.DateTimeField(verbose_name="gevraagd op")),
                (
                    "reminded_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="laatst herinnerd op"
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gevraagd door",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asks",
                        to="membership.network",
                        verbose_name="netwerk",
                    ),
                ),
            ],
            options={
                "verbose_name": "vraag om aanspreekpunten",
                "verbose_name_plural": "vragen om aanspreekpunten",
                "ordering": ["-asked_at"],
            },
        ),
        migrations.CreateModel(
            name="RegionalContact",
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
                    "level",
                    models.CharField(
                        choices=[
                            ("bestuurlijk", "bestuurlijk"),
                            ("ambtelijk", "ambtelijk"),
                        ],
                        max_length=20,
                        verbose_name="niveau",
                    ),
                ),
                (
                    "is_primary",
                    models.BooleanField(verbose_name="eerste aanspreekpunt"),
                ),
                ("is_duo", models.BooleanField(default=False, verbose_name="duo")),
                (
                    "name",
                    models.CharField(
                        blank=True,
                        max_length=100,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="naam",
                    ),
                ),
                (
                    "function",
                    models.CharField(
                        blank=True,
                        max_length=100,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="functie",
                    ),
                ),
                (
                    "email",
                    models.EmailField(
                        blank=True, max_length=254, verbose_name="e-mailadres"
                    ),
                ),
                (
                    "phone",
                    models.CharField(
                        blank=True,
                        max_length=20,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="telefoon",
                    ),
                ),
                (
                    "decided_on",
                    models.DateField(verbose_name="besluit van de regio van"),
                ),
                ("starts_on", models.DateField(verbose_name="vanaf")),
                (
                    "ends_on",
                    models.DateField(blank=True, null=True, verbose_name="tot en met"),
                ),
                ("given_at", models.DateTimeField(verbose_name="doorgegeven op")),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="doorgegeven door",
                    ),
                ),
                (
                    "network",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="membership.network",
                        verbose_name="netwerk",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="regional_contacts",
                        to="membership.organisation",
                        verbose_name="gemeente",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="membership.region",
                        verbose_name="regio",
                    ),
                ),
            ],
            options={
                "verbose_name": "aanspreekpunt",
                "verbose_name_plural": "aanspreekpunten",
                "ordering": [
                    "network",
                    "region",
                    "-level",
                    "-is_primary",
                    "-starts_on",
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="contactask",
            constraint=models.UniqueConstraint(
                fields=("network", "due_on"),
                name="a_network_is_asked_once_for_a_day",
                violation_error_message="Voor deze dag is het al gevraagd.",
            ),
        ),
        migrations.AddConstraint(
            model_name="contactask",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_on__gte", models.F("asked_at__date"))),
                name="an_answer_is_due_after_it_was_asked",
                violation_error_message="De dag waarop het antwoord er moet zijn, is al voorbij.",
            ),
        ),
        migrations.AddConstraint(
            model_name="regionalcontact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="a_regional_contact_ends_after_it_starts",
                violation_error_message="De einddatum ligt voor de begindatum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="regionalcontact",
            constraint=models.CheckConstraint(
                condition=models.Q(("decided_on__lte", models.F("starts_on"))),
                name="a_regional_contact_starts_after_the_decision",
                violation_error_message="Iemand is aanspreekpunt vanaf het besluit van de regio, niet eerder.",
            ),
        ),
        migrations.AddConstraint(
            model_name="regionalcontact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", False),
                    models.Q(
                        models.Q(("name", ""), _negated=True),
                        models.Q(("email", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_regional_contact_can_be_reached",
                violation_error_message="Een aanspreekpunt heeft een naam en een e-mailadres.",
            ),
        ),
        migrations.AddConstraint(
            model_name="regionalcontact",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("is_primary", True)),
                expressions=[
                    ("network", "="),
                    ("region", "="),
                    ("level", "="),
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
                name="a_region_has_one_primary_contact_per_level",
                violation_error_message="Deze regio heeft op dit niveau al een eerste aanspreekpunt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="regionalcontact",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("is_primary", False)),
                expressions=[
                    ("network", "="),
                    ("region", "="),
                    ("level", "="),
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
                name="a_region_has_one_vervanger_per_level",
                violation_error_message="Deze regio heeft op dit niveau al een vervanger.",
            ),
        ),
        migrations.RunSQL(GUARDS, BACK),
    ]
