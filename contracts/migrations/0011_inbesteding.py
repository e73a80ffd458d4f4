"""What inbesteding rests on, recorded once; and the evidence that is frozen."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import membership.identifiers

GUARDS = """
-- What was recorded is set aside, or ended once; nothing else of it changes.
CREATE FUNCTION nvsi_recorded_fact_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    may text[] := ARRAY['set_aside_at', 'set_aside_by_id', 'set_aside_why']
        || TG_ARGV::text[];
BEGIN
    IF OLD.set_aside_at IS NOT NULL
        OR to_jsonb(NEW) - may IS DISTINCT FROM to_jsonb(OLD) - may
        OR (to_jsonb(OLD) ->> 'ends_on' IS NOT NULL
            AND to_jsonb(OLD) -> 'ends_on' IS DISTINCT FROM to_jsonb(NEW) -> 'ends_on')
    THEN
        RAISE EXCEPTION 'Wat is vastgelegd wordt alleen opzij gelegd, niet gewijzigd.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
"""
# Per table what else may be filled in, once.
FACTS = {"activity": "", "forecast": "", "controlfact": "'ends_on'", "award": ""}
ADDED_TO = ("keptpaper", "represented", "inbestedingevidence")
STANDS = "".join(
    f"CREATE TRIGGER a_recorded_{table}_is_only_set_aside BEFORE UPDATE "
    f"ON contracts_{table} FOR EACH ROW "
    f"EXECUTE FUNCTION nvsi_recorded_fact_stands({more});"
    f"CREATE TRIGGER contracts_{table}_is_kept BEFORE DELETE ON contracts_{table} "
    "FOR EACH ROW EXECUTE FUNCTION nvsi_refuse();"
    for table, more in FACTS.items()
)
FROZEN = "".join(
    f"CREATE TRIGGER contracts_{table}_is_only_added_to BEFORE UPDATE OR DELETE "
    f"ON contracts_{table} FOR EACH ROW EXECUTE FUNCTION nvsi_refuse();"
    for table in ADDED_TO
)
NOT_EMPTIED = "".join(
    f"CREATE TRIGGER contracts_{table}_is_not_emptied BEFORE TRUNCATE "
    f"ON contracts_{table} FOR EACH STATEMENT EXECUTE FUNCTION nvsi_refuse();"
    for table in (*FACTS, *ADDED_TO)
)
SQL = GUARDS + STANDS + FROZEN + NOT_EMPTIED


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0010_breaches"),
        ("instruments", "0004_minimum_wage"),
        ("membership", "0021_wishes_taken_back"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptPaper",
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
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="toegevoegd door",
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        auto_now_add=True, verbose_name="toegevoegd op"
                    ),
                ),
            ],
            options={
                "verbose_name": "bewaard stuk",
                "verbose_name_plural": "bewaarde stukken",
                "ordering": ["at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Activity",
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
                    "paper",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contracts.keptpaper",
                        verbose_name="stuk",
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
                    "at",
                    models.DateTimeField(
                        auto_now_add=True, verbose_name="vastgelegd op"
                    ),
                ),
                (
                    "set_aside_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="opzij gelegd op"
                    ),
                ),
                (
                    "set_aside_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="opzij gelegd door",
                    ),
                ),
                (
                    "set_aside_why",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="waarom opzij gelegd",
                    ),
                ),
                (
                    "instrument",
                    models.ForeignKey(
                        blank=True,
                        help_text="Leeg: wat de vereniging buiten een instrument doet.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="instruments.instrument",
                        verbose_name="instrument",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="jaar")),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("turnover", "omzet"),
                            ("costs", "kosten"),
                        ],
                        default="turnover",
                        max_length=10,
                        verbose_name="maatstaf",
                    ),
                ),
                (
                    "controlling",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="Leden die aanbestedende dienst zijn: gemeenten, samenwerkingsverbanden en andere publieke organisaties.",
                        max_digits=14,
                        verbose_name="voor leden met zeggenschap",
                    ),
                ),
                (
                    "total",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="Alles, ook voor participanten en voor wie geen lid is. Vul 0 in voor een jaar zonder activiteit.",
                        max_digits=14,
                        verbose_name="in totaal",
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        help_text="Waar het getal uit komt, bijvoorbeeld de jaarrekening.",
                        max_length=300,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="bron",
                    ),
                ),
            ],
            options={
                "verbose_name": "activiteit in een jaar",
                "verbose_name_plural": "activiteiten per jaar",
                "ordering": ["-year", "instrument", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Forecast",
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
                    "paper",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contracts.keptpaper",
                        verbose_name="stuk",
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
                    "at",
                    models.DateTimeField(
                        auto_now_add=True, verbose_name="vastgelegd op"
                    ),
                ),
                (
                    "set_aside_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="opzij gelegd op"
                    ),
                ),
                (
                    "set_aside_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="opzij gelegd door",
                    ),
                ),
                (
                    "set_aside_why",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="waarom opzij gelegd",
                    ),
                ),
                (
                    "instrument",
                    models.ForeignKey(
                        blank=True,
                        help_text="Leeg: de vereniging als geheel.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forecasts",
                        to="instruments.instrument",
                        verbose_name="instrument",
                    ),
                ),
                (
                    "award_year",
                    models.PositiveSmallIntegerField(
                        help_text="De verwachting telt vanaf dit jaar, drie jaar.",
                        verbose_name="voor gunningen in",
                    ),
                ),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("turnover", "omzet"),
                            ("costs", "kosten"),
                        ],
                        default="turnover",
                        max_length=10,
                        verbose_name="maatstaf",
                    ),
                ),
                (
                    "controlling",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=14,
                        verbose_name="verwacht voor leden met zeggenschap",
                    ),
                ),
                (
                    "total",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=14,
                        verbose_name="verwacht in totaal",
                    ),
                ),
                (
                    "reasoning",
                    models.TextField(
                        help_text="Waarom de verwachting aannemelijk is; dit komt in het dossier.",
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="onderbouwing",
                    ),
                ),
            ],
            options={
                "verbose_name": "prognose van activiteiten",
                "verbose_name_plural": "prognoses van activiteiten",
                "ordering": ["-award_year", "instrument", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ControlFact",
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
                    "paper",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contracts.keptpaper",
                        verbose_name="stuk",
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
                    "at",
                    models.DateTimeField(
                        auto_now_add=True, verbose_name="vastgelegd op"
                    ),
                ),
                (
                    "set_aside_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="opzij gelegd op"
                    ),
                ),
                (
                    "set_aside_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="opzij gelegd door",
                    ),
                ),
                (
                    "set_aside_why",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="waarom opzij gelegd",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("representation", "vertegenwoordiging van de leden"),
                            ("influence", "gezamenlijke beslissende invloed"),
                            ("vote", "stemming in de ALV"),
                            ("interests", "geen belangen tegen de leden in"),
                            ("capital", "geen privékapitaal in de NVSI"),
                            ("capital_check", "controle van één lid op privékapitaal"),
                        ],
                        max_length=20,
                        verbose_name="soort",
                    ),
                ),
                (
                    "summary",
                    models.TextField(
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="wat er is vastgesteld",
                    ),
                ),
                (
                    "is_met",
                    models.BooleanField(default=True, verbose_name="er is aan voldaan"),
                ),
                ("starts_on", models.DateField(verbose_name="vanaf")),
                (
                    "ends_on",
                    models.DateField(blank=True, null=True, verbose_name="tot en met"),
                ),
                (
                    "covers_all",
                    models.BooleanField(
                        default=True,
                        help_text="Bij een vertegenwoordiging: alle leden, of alleen wie u hieronder kiest. Eén persoon mag meer leden vertegenwoordigen.",
                        verbose_name="voor alle leden",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        help_text="Alleen bij de controle van één lid op privékapitaal.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="membership.organisation",
                        verbose_name="gecontroleerd lid",
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
                    "goes_along",
                    models.BooleanField(
                        default=True,
                        help_text="Zet uit voor een stuk dat niet voor alle leden is. Het feit zelf staat altijd in het dossier.",
                        verbose_name="stuk mee in het bewijsdossier",
                    ),
                ),
            ],
            options={
                "verbose_name": "feit over zeggenschap",
                "verbose_name_plural": "feiten over zeggenschap",
                "ordering": ["kind", "-starts_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Represented",
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
                    "fact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="represented",
                        to="contracts.controlfact",
                        verbose_name="feit",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="membership.organisation",
                        verbose_name="lid",
                    ),
                ),
            ],
            options={
                "verbose_name": "vertegenwoordigd lid",
                "verbose_name_plural": "vertegenwoordigde leden",
                "ordering": ["fact", "organisation__name"],
            },
        ),
        migrations.CreateModel(
            name="Award",
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
                    "paper",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contracts.keptpaper",
                        verbose_name="stuk",
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
                    "at",
                    models.DateTimeField(
                        auto_now_add=True, verbose_name="vastgelegd op"
                    ),
                ),
                (
                    "set_aside_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="opzij gelegd op"
                    ),
                ),
                (
                    "set_aside_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="opzij gelegd door",
                    ),
                ),
                (
                    "set_aside_why",
                    models.CharField(
                        blank=True,
                        max_length=300,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="waarom opzij gelegd",
                    ),
                ),
                (
                    "instrument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="awards",
                        to="instruments.instrument",
                        verbose_name="instrument",
                    ),
                ),
                (
                    "uitvoerder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="awards",
                        to="membership.organisation",
                        verbose_name="uitvoerder",
                    ),
                ),
                (
                    "subject",
                    models.CharField(
                        max_length=200,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="opdracht",
                    ),
                ),
                (
                    "procedure",
                    models.CharField(
                        choices=[
                            ("open", "Europees, openbaar"),
                            ("restricted", "Europees, niet-openbaar"),
                            ("social", "sociale en andere specifieke diensten"),
                            ("no_notice", "onderhandeling zonder aankondiging"),
                            ("national", "nationaal, openbaar"),
                            ("several", "meervoudig onderhands"),
                            ("single", "enkelvoudig onderhands"),
                        ],
                        max_length=12,
                        verbose_name="procedure",
                    ),
                ),
                (
                    "value",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="Over de hele looptijd, met verlengingen, zonder btw.",
                        max_digits=14,
                        verbose_name="geraamde waarde",
                    ),
                ),
                (
                    "threshold",
                    models.DecimalField(
                        decimal_places=2,
                        help_text="Het Europese drempelbedrag dat op de dag van de keuze gold.",
                        max_digits=14,
                        verbose_name="drempelbedrag",
                    ),
                ),
                (
                    "tenderned",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="kenmerk op TenderNed"
                    ),
                ),
                (
                    "announced_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="aangekondigd op"
                    ),
                ),
                ("awarded_on", models.DateField(verbose_name="gegund op")),
                ("starts_on", models.DateField(verbose_name="contract vanaf")),
                (
                    "ends_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="contract tot en met"
                    ),
                ),
                (
                    "grounds",
                    models.TextField(
                        blank=True,
                        help_text="Nodig als de waarde boven de drempel ligt en er geen Europese aankondiging was.",
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="motivering",
                    ),
                ),
            ],
            options={
                "verbose_name": "opdracht aan een uitvoerder",
                "verbose_name_plural": "opdrachten aan uitvoerders",
                "ordering": ["-awarded_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="InbestedingEvidence",
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
                    "instrument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="instruments.instrument",
                        verbose_name="instrument",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inbesteding_evidence",
                        to="membership.organisation",
                        verbose_name="organisatie",
                    ),
                ),
                ("awarded_on", models.DateField(verbose_name="gunning op")),
                (
                    "fingerprint",
                    models.CharField(max_length=64, verbose_name="vingerafdruk"),
                ),
                ("content", models.JSONField(verbose_name="inhoud")),
                ("pdf", models.BinaryField(verbose_name="PDF")),
                (
                    "pdf_sha256",
                    models.CharField(max_length=64, verbose_name="controlegetal PDF"),
                ),
                (
                    "zip_sha256",
                    models.CharField(max_length=64, verbose_name="controlegetal ZIP"),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gemaakt door",
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(auto_now_add=True, verbose_name="gemaakt op"),
                ),
            ],
            options={
                "verbose_name": "bewijs van inbesteding",
                "verbose_name_plural": "bewijzen van inbesteding",
                "ordering": ["-number_year", "-number_sequence"],
            },
        ),
        migrations.AddConstraint(
            model_name="keptpaper",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("size__gt", 0), models.Q(("sha256", ""), _negated=True)
                ),
                name="a_kept_paper_is_not_empty",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("set_aside_at__isnull", True),
                        ("set_aside_by__isnull", True),
                        ("set_aside_why", ""),
                    ),
                    models.Q(
                        ("set_aside_at__isnull", False),
                        ("set_aside_by__isnull", False),
                        models.Q(("set_aside_why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="an_activity_that_is_set_aside_says_why",
                violation_error_message="Zeg waarom het opzij wordt gelegd.",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.UniqueConstraint(
                condition=models.Q(("set_aside_at__isnull", True)),
                fields=("instrument", "year"),
                name="a_year_of_an_instrument_has_one_activity",
                nulls_distinct=False,
                violation_error_message="Over dit jaar staat er al een activiteit. Leg die eerst opzij.",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("controlling__gte", 0), ("total__gte", models.F("controlling"))
                ),
                name="an_activity_is_a_part_of_the_whole",
                violation_error_message="Voor de leden kan niet meer zijn dan in totaal, en niet minder dan nul.",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(("year__range", (2000, 2099))),
                name="an_activity_is_of_a_year_that_can_be",
                violation_error_message="Dit is geen jaar waarover dit kan.",
            ),
        ),
        migrations.AddConstraint(
            model_name="activity",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), _negated=True),
                name="an_activity_says_where_it_comes_from",
                violation_error_message="Noem de bron van het getal.",
            ),
        ),
        migrations.AddConstraint(
            model_name="forecast",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("set_aside_at__isnull", True),
                        ("set_aside_by__isnull", True),
                        ("set_aside_why", ""),
                    ),
                    models.Q(
                        ("set_aside_at__isnull", False),
                        ("set_aside_by__isnull", False),
                        models.Q(("set_aside_why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_forecast_that_is_set_aside_says_why",
                violation_error_message="Zeg waarom het opzij wordt gelegd.",
            ),
        ),
        migrations.AddConstraint(
            model_name="forecast",
            constraint=models.UniqueConstraint(
                condition=models.Q(("set_aside_at__isnull", True)),
                fields=("instrument", "award_year"),
                name="awards_of_a_year_have_one_forecast",
                nulls_distinct=False,
                violation_error_message="Voor dit jaar staat er al een prognose. Leg die eerst opzij.",
            ),
        ),
        migrations.AddConstraint(
            model_name="forecast",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("controlling__gte", 0),
                    ("total__gt", 0),
                    ("total__gte", models.F("controlling")),
                ),
                name="a_forecast_is_a_part_of_the_whole",
                violation_error_message="Voor de leden kan niet meer zijn dan in totaal, en het totaal ligt boven nul.",
            ),
        ),
        migrations.AddConstraint(
            model_name="forecast",
            constraint=models.CheckConstraint(
                condition=models.Q(("award_year__range", (2000, 2099))),
                name="a_forecast_is_for_a_year_that_can_be",
                violation_error_message="Dit is geen jaar waarvoor dit kan.",
            ),
        ),
        migrations.AddConstraint(
            model_name="forecast",
            constraint=models.CheckConstraint(
                condition=models.Q(("reasoning", ""), _negated=True),
                name="a_forecast_is_reasoned",
                violation_error_message="Onderbouw de prognose.",
            ),
        ),
        migrations.AddConstraint(
            model_name="controlfact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("set_aside_at__isnull", True),
                        ("set_aside_by__isnull", True),
                        ("set_aside_why", ""),
                    ),
                    models.Q(
                        ("set_aside_at__isnull", False),
                        ("set_aside_by__isnull", False),
                        models.Q(("set_aside_why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_fact_of_control_that_is_set_aside_says_why",
                violation_error_message="Zeg waarom het opzij wordt gelegd.",
            ),
        ),
        migrations.AddConstraint(
            model_name="controlfact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="a_fact_of_control_ends_after_it_starts",
                violation_error_message="De einddatum ligt voor de begindatum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="controlfact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("paper__isnull", False), models.Q(("summary", ""), _negated=True)
                ),
                name="a_fact_of_control_is_shown_by_a_paper",
                violation_error_message="Zeg wat er is vastgesteld, en voeg het stuk toe waaruit dat blijkt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="controlfact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "capital_check"), ("organisation__isnull", False)
                    ),
                    models.Q(
                        models.Q(("kind", "capital_check"), _negated=True),
                        ("organisation__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="a_check_of_capital_is_of_one_member",
                violation_error_message="Kies het lid bij een controle op privékapitaal, en alleen daar.",
            ),
        ),
        migrations.AddConstraint(
            model_name="controlfact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("covers_all", True), ("kind", "representation"), _connector="OR"
                ),
                name="only_a_representation_is_of_some_members",
                violation_error_message="Alleen een vertegenwoordiging kan voor sommige leden gelden.",
            ),
        ),
        migrations.AddConstraint(
            model_name="represented",
            constraint=models.UniqueConstraint(
                fields=("fact", "organisation"),
                name="a_member_is_represented_once_by_a_fact",
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("set_aside_at__isnull", True),
                        ("set_aside_by__isnull", True),
                        ("set_aside_why", ""),
                    ),
                    models.Q(
                        ("set_aside_at__isnull", False),
                        ("set_aside_by__isnull", False),
                        models.Q(("set_aside_why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="an_award_that_is_set_aside_says_why",
                violation_error_message="Zeg waarom het opzij wordt gelegd.",
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends_on__isnull", True),
                    ("ends_on__gte", models.F("starts_on")),
                    _connector="OR",
                ),
                name="a_contract_of_an_award_ends_after_it_starts",
                violation_error_message="De einddatum ligt voor de begindatum.",
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=models.Q(("threshold__gt", 0), ("value__gt", 0)),
                name="an_award_has_a_value_and_a_threshold",
                violation_error_message="De waarde en de drempel liggen boven nul.",
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("announced_on__isnull", True),
                    ("announced_on__lte", models.F("awarded_on")),
                    _connector="OR",
                ),
                name="an_award_is_made_after_it_was_announced",
                violation_error_message="De gunning ligt voor de aankondiging.",
            ),
        ),
        migrations.AddConstraint(
            model_name="award",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("value__lt", models.F("threshold")),
                    models.Q(
                        ("procedure__in", ["open", "restricted", "social"]),
                        models.Q(("tenderned", ""), _negated=True),
                    ),
                    models.Q(("grounds", ""), _negated=True),
                    _connector="OR",
                ),
                name="an_award_above_its_threshold_was_announced",
                violation_error_message="Boven de drempel noemt u de aankondiging op TenderNed, of u motiveert waarom die er niet was.",
            ),
        ),
        migrations.AddConstraint(
            model_name="inbestedingevidence",
            constraint=models.UniqueConstraint(
                fields=("number_year", "number_sequence"),
                name="evidence_of_inbesteding_has_its_own_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="inbestedingevidence",
            constraint=models.UniqueConstraint(
                fields=("organisation", "instrument", "awarded_on", "fingerprint"),
                name="the_same_evidence_is_made_once",
            ),
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
