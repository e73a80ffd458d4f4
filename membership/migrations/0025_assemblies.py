"""The ALV as a meeting: agenda, voorstellen, amendementen, papers, notulen, demands."""

import datetime

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import membership.identifiers

# What was decided stands, and a file is what it was when it was laid on the table.
GUARDS = """
CREATE FUNCTION nvsi_besluit_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Een besluit van de ALV blijft zoals het is genomen.'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
END $$;
CREATE TRIGGER a_besluit_with_a_text_stands
    BEFORE UPDATE ON membership_alvbesluit FOR EACH ROW
    WHEN (OLD.text <> '' AND (OLD.text, OLD.reference, OLD.taken_on)
        IS DISTINCT FROM (NEW.text, NEW.reference, NEW.taken_on))
    EXECUTE FUNCTION nvsi_besluit_stands();
CREATE TRIGGER a_beslispunt_that_was_decided_stands
    BEFORE UPDATE ON membership_beslispunt FOR EACH ROW WHEN (OLD.outcome <> '')
    EXECUTE FUNCTION nvsi_besluit_stands();
CREATE TRIGGER an_amendement_that_was_settled_stands
    BEFORE UPDATE ON membership_amendement FOR EACH ROW
    WHEN (OLD.status <> 'ingediend' AND (OLD.status, OLD.old_text, OLD.new_text)
        IS DISTINCT FROM (NEW.status, NEW.old_text, NEW.new_text))
    EXECUTE FUNCTION nvsi_besluit_stands();

-- After it was held or called off, and after its notulen were adopted.
CREATE FUNCTION nvsi_assembly_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Dit blijft zoals het op de ALV lag.'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
END $$;
CREATE TRIGGER an_assembly_that_is_over_stands
    BEFORE UPDATE ON membership_assembly FOR EACH ROW
    WHEN (OLD.status IN ('held', 'cancelled') AND (OLD.status, OLD.title, OLD.year,
        OLD.number, OLD.starts_at, OLD.convened_at, OLD.closed_at) IS DISTINCT FROM
        (NEW.status, NEW.title, NEW.year, NEW.number, NEW.starts_at, NEW.convened_at,
        NEW.closed_at))
    EXECUTE FUNCTION nvsi_assembly_stands();
CREATE TRIGGER adopted_notulen_stand
    BEFORE UPDATE ON membership_notulen FOR EACH ROW
    WHEN (OLD.status = 'vastgesteld' AND (OLD.text, OLD.status, OLD.adopted_in_id)
        IS DISTINCT FROM (NEW.text, NEW.status, NEW.adopted_in_id))
    EXECUTE FUNCTION nvsi_assembly_stands();
CREATE TRIGGER a_paper_of_an_assembly_stands
    BEFORE UPDATE ON membership_assemblypaper FOR EACH ROW
    WHEN ((OLD.assembly_id, OLD.kind, OLD.file_name, OLD.sha256, OLD.content)
        IS DISTINCT FROM (NEW.assembly_id, NEW.kind, NEW.file_name, NEW.sha256,
        NEW.content))
    EXECUTE FUNCTION nvsi_assembly_stands();

-- What was never on the agenda of an ALV may go; what members could read may not.
CREATE FUNCTION nvsi_is_of_a_draft() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    meeting bigint;
BEGIN
    IF TG_TABLE_NAME = 'membership_beslispunt' THEN
        SELECT assembly_id INTO meeting FROM membership_voorstel
            WHERE id = OLD.voorstel_id;
    ELSE
        meeting := OLD.assembly_id;
    END IF;
    IF NOT EXISTS (SELECT FROM membership_assembly
        WHERE id = meeting AND status = 'draft')
    THEN
        RAISE EXCEPTION 'Wat leden konden lezen, gaat niet weg.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN OLD;
END $$;
"""
GOES = """
CREATE TRIGGER {0}_goes_only_from_a_draft BEFORE DELETE ON membership_{0}
    FOR EACH ROW EXECUTE FUNCTION nvsi_is_of_a_draft();
"""
KEPT = """
CREATE TRIGGER membership_{0}_is_kept BEFORE DELETE ON membership_{0}
    FOR EACH ROW EXECUTE FUNCTION nvsi_refuse();
"""
WHOLE = """
CREATE TRIGGER membership_{0}_is_not_emptied BEFORE TRUNCATE ON membership_{0}
    FOR EACH STATEMENT EXECUTE FUNCTION nvsi_refuse();
"""
FROM_A_DRAFT = ("voorstel", "beslispunt", "assemblypaper")
FOR_GOOD = ("amendement", "notulen", "assemblydemand")
SQL = GUARDS + "".join(
    [GOES.format(name) for name in FROM_A_DRAFT]
    + [KEPT.format(name) for name in FOR_GOOD]
    + [WHOLE.format(name) for name in (*FROM_A_DRAFT, *FOR_GOOD)]
)
TERMS = (
    ("", 14, "Keuze van het bestuur: de statuten staan hier nog niet bij."),
    (
        "statutenwijziging",
        14,
        "Keuze van het bestuur; BW2 art. 42 lid 1: ten minste 7.",
    ),
)


def add_terms(apps, schema_editor):
    """The terms as they are until the bestuur lays down others."""
    model = apps.get_model("membership", "ConvocationTerm")
    for kind, days, source in TERMS:
        model.objects.create(
            kind=kind, days=days, source=source, starts_on=datetime.date(2014, 1, 1)
        )


class Migration(migrations.Migration):
    dependencies = [
        ("membership", "0024_bodies"),
    ]

    operations = [
        migrations.AddField(
            model_name="alvbesluit",
            name="text",
            field=models.TextField(blank=True, verbose_name="tekst van het besluit"),
        ),
        migrations.CreateModel(
            name="Assembly",
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
                    "title",
                    models.CharField(
                        max_length=150,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="titel",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("gewoon", "gewone ALV"),
                            ("buitengewoon", "buitengewone ALV"),
                        ],
                        default="gewoon",
                        max_length=12,
                        verbose_name="soort",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="jaar")),
                (
                    "number",
                    models.PositiveSmallIntegerField(verbose_name="nummer in het jaar"),
                ),
                ("starts_at", models.DateTimeField(verbose_name="begin")),
                ("ends_at", models.DateTimeField(verbose_name="einde")),
                (
                    "place",
                    models.CharField(blank=True, max_length=200, verbose_name="plaats"),
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
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="Staat in de oproeping, boven de agenda.",
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="mededeling",
                    ),
                ),
                (
                    "amend_until",
                    models.DateTimeField(
                        blank=True,
                        help_text="Leeg: leden kunnen geen amendementen indienen in het portaal.",
                        null=True,
                        verbose_name="amendementen tot",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "in voorbereiding"),
                            ("convened", "bijeengeroepen"),
                            ("held", "gehouden"),
                            ("cancelled", "gaat niet door"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "convened_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="bijeengeroepen op"
                    ),
                ),
                (
                    "closed_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="gesloten op"
                    ),
                ),
                (
                    "sequence",
                    models.PositiveIntegerField(default=0, verbose_name="versie"),
                ),
                (
                    "changed_at",
                    models.DateTimeField(
                        auto_now=True, verbose_name="laatst gewijzigd"
                    ),
                ),
                (
                    "convened_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="bijeengeroepen door",
                    ),
                ),
            ],
            options={
                "verbose_name": "algemene ledenvergadering",
                "verbose_name_plural": "algemene ledenvergaderingen",
                "ordering": ["-starts_at"],
            },
        ),
        migrations.CreateModel(
            name="AssemblyDemand",
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
                    "subject",
                    models.CharField(
                        max_length=200,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="waarover",
                    ),
                ),
                ("received_on", models.DateField(verbose_name="ontvangen op")),
                (
                    "ended_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="afgedaan op"
                    ),
                ),
                (
                    "reason",
                    models.TextField(
                        blank=True,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="reden",
                    ),
                ),
                (
                    "assembly",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="demands",
                        to="membership.assembly",
                        verbose_name="ALV die eraan voldoet",
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
                    "organisations",
                    models.ManyToManyField(
                        related_name="+",
                        to="membership.organisation",
                        verbose_name="leden die het vragen",
                    ),
                ),
            ],
            options={
                "verbose_name": "verzoek om een ALV",
                "verbose_name_plural": "verzoeken om een ALV",
                "ordering": ["-received_on", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Beslispunt",
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
                ("number", models.PositiveSmallIntegerField(verbose_name="nummer")),
                (
                    "text",
                    models.TextField(
                        help_text="Zoals erover gestemd wordt: 'Stemt in met ...'. Een onderdeel begint op een eigen regel met - of met een nummer.",
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="tekst",
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "nog niet besloten"),
                            ("aangenomen", "aangenomen"),
                            ("verworpen", "verworpen"),
                        ],
                        default="",
                        max_length=10,
                        verbose_name="uitkomst",
                    ),
                ),
                (
                    "sentence",
                    models.TextField(blank=True, verbose_name="uitslag in een zin"),
                ),
                (
                    "besluit",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="beslispunt",
                        to="membership.alvbesluit",
                        verbose_name="ALV-besluit",
                    ),
                ),
            ],
            options={
                "verbose_name": "beslispunt",
                "verbose_name_plural": "beslispunten",
                "ordering": ["voorstel", "number"],
            },
        ),
        migrations.CreateModel(
            name="Amendement",
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
                ("number", models.PositiveSmallIntegerField(verbose_name="nummer")),
                ("old_text", models.TextField(verbose_name="tekst van het beslispunt")),
                (
                    "new_text",
                    models.TextField(
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="nieuwe tekst",
                    ),
                ),
                (
                    "explanation",
                    models.TextField(
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="toelichting",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("ingediend", "ingediend"),
                            ("overgenomen", "overgenomen"),
                            ("aangenomen", "aangenomen"),
                            ("verworpen", "verworpen"),
                            ("ingetrokken", "ingetrokken"),
                        ],
                        default="ingediend",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="ingediend op"
                    ),
                ),
                (
                    "settled_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="afgedaan op"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="namens het lid",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendementen",
                        to="membership.organisation",
                        verbose_name="ingediend door",
                    ),
                ),
                (
                    "beslispunt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amendementen",
                        to="membership.beslispunt",
                        verbose_name="beslispunt",
                    ),
                ),
            ],
            options={
                "verbose_name": "amendement",
                "verbose_name_plural": "amendementen",
                "ordering": ["beslispunt", "number"],
            },
        ),
        migrations.CreateModel(
            name="ConvocationTerm",
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
                        blank=True,
                        choices=[
                            ("gewoon", "gewoon voorstel"),
                            ("financieel", "financieel voorstel"),
                            ("benoeming", "benoeming"),
                            ("statutenwijziging", "statutenwijziging"),
                            ("ontbinding", "ontbinding van de vereniging"),
                        ],
                        max_length=20,
                        verbose_name="soort voorstel",
                    ),
                ),
                ("days", models.PositiveSmallIntegerField(verbose_name="dagen")),
                (
                    "source",
                    models.CharField(max_length=200, verbose_name="waar dat staat"),
                ),
                ("starts_on", models.DateField(verbose_name="vanaf")),
                (
                    "ends_on",
                    models.DateField(blank=True, null=True, verbose_name="tot en met"),
                ),
            ],
            options={
                "verbose_name": "oproepingstermijn",
                "verbose_name_plural": "oproepingstermijnen",
                "ordering": ["kind", "-starts_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="a_convocation_term_ends_after_it_starts",
                        violation_error_message="De einddatum ligt voor de begindatum.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "statutenwijziging"), _negated=True),
                            ("days__gte", 7),
                            _connector="OR",
                        ),
                        name="a_statutenwijziging_is_told_a_week_before",
                        violation_error_message="De wet vraagt ten minste zeven dagen.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
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
                        name="one_convocation_term_per_kind_at_a_time",
                        violation_error_message="Op die dagen geldt al een termijn voor deze soort.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notulen",
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
                    "text",
                    models.TextField(
                        help_text="Een witregel begint een alinea, ## een kop, - een punt, 1. een genummerd punt, **woord** maakt vet.",
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="tekst",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("written", "in bewerking"),
                            ("concept", "concept"),
                            ("vastgesteld", "vastgesteld"),
                        ],
                        default="written",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                (
                    "adopted_in",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="membership.assembly",
                        verbose_name="vastgesteld in",
                    ),
                ),
                (
                    "assembly",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notulen",
                        to="membership.assembly",
                        verbose_name="ALV",
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
                "verbose_name": "notulen",
                "verbose_name_plural": "notulen",
                "ordering": ["-assembly"],
            },
        ),
        migrations.CreateModel(
            name="Voorstel",
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
                    "position",
                    models.PositiveSmallIntegerField(verbose_name="agendapunt"),
                ),
                (
                    "letter",
                    models.CharField(blank=True, max_length=1, verbose_name="letter"),
                ),
                (
                    "title",
                    models.CharField(
                        max_length=200,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="titel",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("gewoon", "gewoon voorstel"),
                            ("financieel", "financieel voorstel"),
                            ("benoeming", "benoeming"),
                            ("statutenwijziging", "statutenwijziging"),
                            ("ontbinding", "ontbinding van de vereniging"),
                        ],
                        default="gewoon",
                        max_length=20,
                        verbose_name="soort",
                    ),
                ),
                (
                    "toelichting",
                    models.TextField(
                        help_text="Een witregel begint een alinea, ## een kop, - een punt, 1. een genummerd punt, **woord** maakt vet.",
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="toelichting",
                    ),
                ),
                (
                    "withdrawn_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="ingetrokken op"
                    ),
                ),
                (
                    "reason",
                    models.TextField(blank=True, verbose_name="reden van intrekken"),
                ),
                (
                    "assembly",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voorstellen",
                        to="membership.assembly",
                        verbose_name="ALV",
                    ),
                ),
                (
                    "body",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="membership.body",
                        verbose_name="ingediend door orgaan",
                    ),
                ),
                (
                    "of_member",
                    models.ForeignKey(
                        blank=True,
                        help_text="Is ook het orgaan leeg, dan is het voorstel van het bestuur.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voorstellen",
                        to="membership.organisation",
                        verbose_name="ingediend door lid",
                    ),
                ),
            ],
            options={
                "verbose_name": "voorstel",
                "verbose_name_plural": "voorstellen",
                "ordering": ["assembly", "position", "letter"],
            },
        ),
        migrations.AddField(
            model_name="beslispunt",
            name="voorstel",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="beslispunten",
                to="membership.voorstel",
                verbose_name="voorstel",
            ),
        ),
        migrations.CreateModel(
            name="AssemblyPaper",
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
                            ("vergaderstuk", "vergaderstuk"),
                            ("oproeping", "oproeping"),
                            ("besluitenlijst", "besluitenlijst"),
                            ("concept", "conceptnotulen"),
                            ("notulen", "notulen"),
                        ],
                        default="vergaderstuk",
                        max_length=20,
                        verbose_name="soort",
                    ),
                ),
                (
                    "title",
                    models.CharField(
                        max_length=150,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="titel",
                    ),
                ),
                ("file_name", models.CharField(max_length=200, verbose_name="bestand")),
                (
                    "media_type",
                    models.CharField(max_length=100, verbose_name="mediatype"),
                ),
                ("size", models.PositiveIntegerField(verbose_name="grootte in bytes")),
                (
                    "sha256",
                    models.CharField(max_length=64, verbose_name="controlegetal"),
                ),
                ("content", models.BinaryField(verbose_name="inhoud")),
                (
                    "at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="toegevoegd op"
                    ),
                ),
                (
                    "assembly",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="membership.assembly",
                        verbose_name="ALV",
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
                    "voorstel",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="membership.voorstel",
                        verbose_name="bij voorstel",
                    ),
                ),
            ],
            options={
                "verbose_name": "vergaderstuk van een ALV",
                "verbose_name_plural": "vergaderstukken van ALV's",
                "ordering": ["assembly", "kind", "at", "id"],
            },
        ),
        migrations.AddConstraint(
            model_name="assembly",
            constraint=models.UniqueConstraint(
                fields=("year", "number"),
                name="an_assembly_has_a_number_of_its_own_in_the_year",
                violation_error_message="Dit nummer is in dat jaar al gebruikt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="assembly",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="an_assembly_ends_after_it_starts",
                violation_error_message="De ALV eindigt voordat zij begint.",
            ),
        ),
        migrations.AddConstraint(
            model_name="assembly",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("place", ""), _negated=True),
                    models.Q(("link", ""), _negated=True),
                    _connector="OR",
                ),
                name="an_assembly_has_a_place_or_a_link",
                violation_error_message="Vul een plaats of een link in.",
            ),
        ),
        migrations.AddConstraint(
            model_name="assembly",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amend_until__isnull", True),
                    ("amend_until__lte", models.F("starts_at")),
                    _connector="OR",
                ),
                name="amendements_come_before_the_assembly",
                violation_error_message="Amendementen komen vóór het begin van de ALV.",
            ),
        ),
        migrations.AddConstraint(
            model_name="assembly",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("convened_at__isnull", True),
                        ("convened_by__isnull", True),
                        ("status__in", ["draft", "cancelled"]),
                    ),
                    models.Q(
                        ("convened_at__isnull", False),
                        ("convened_by__isnull", False),
                        ("convened_at__lt", models.F("starts_at")),
                        models.Q(("status", "draft"), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="who_convened_an_assembly_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="assembly",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("closed_at__isnull", False),
                        ("status", "held"),
                        ("closed_at__gt", models.F("starts_at")),
                    ),
                    models.Q(
                        models.Q(("status", "held"), _negated=True),
                        ("closed_at__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="an_assembly_that_was_held_was_closed",
            ),
        ),
        migrations.AddConstraint(
            model_name="assemblydemand",
            constraint=models.CheckConstraint(
                condition=models.Q(("subject", ""), _negated=True),
                name="a_demand_says_what_about",
            ),
        ),
        migrations.AddConstraint(
            model_name="assemblydemand",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("reason", "")),
                    models.Q(
                        ("assembly__isnull", True),
                        ("ended_at__isnull", False),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_demand_ends_with_a_reason",
                violation_error_message="Geef de reden.",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendement",
            constraint=models.UniqueConstraint(
                fields=("beslispunt", "number"),
                name="an_amendement_has_a_number_of_its_own",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("new_text", ""), _negated=True),
                    models.Q(("explanation", ""), _negated=True),
                    models.Q(("new_text", models.F("old_text")), _negated=True),
                ),
                name="an_amendement_changes_something",
                violation_error_message="De nieuwe tekst is gelijk aan de oude.",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("settled_at__isnull", True), ("status", "ingediend")),
                    models.Q(
                        models.Q(("status", "ingediend"), _negated=True),
                        ("settled_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="what_became_of_an_amendement_has_a_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="notulen",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("adopted_in__isnull", False), ("status", "vastgesteld")),
                    models.Q(
                        models.Q(("status", "vastgesteld"), _negated=True),
                        ("adopted_in__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="notulen_are_adopted_in_an_assembly",
            ),
        ),
        migrations.AddConstraint(
            model_name="notulen",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("adopted_in__isnull", True),
                    models.Q(("adopted_in", models.F("assembly")), _negated=True),
                    _connector="OR",
                ),
                name="another_assembly_adopts_the_notulen",
                violation_error_message="Een latere ALV stelt de notulen vast.",
            ),
        ),
        migrations.AddConstraint(
            model_name="notulen",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True),
                name="notulen_say_something",
                violation_error_message="Vul de tekst in.",
            ),
        ),
        migrations.AddConstraint(
            model_name="voorstel",
            constraint=models.UniqueConstraint(
                fields=("assembly", "position", "letter"),
                name="a_voorstel_has_its_own_place_on_the_agenda",
                violation_error_message="Op deze plaats staat al een voorstel.",
            ),
        ),
        migrations.AddConstraint(
            model_name="voorstel",
            constraint=models.CheckConstraint(
                condition=models.Q(("position__gte", 1), ("letter__regex", "^[A-Z]?$")),
                name="a_voorstel_is_numbered_as_agendas_are",
                violation_error_message="Nummer vanaf 1, met een hoofdletter als dat nodig is.",
            ),
        ),
        migrations.AddConstraint(
            model_name="voorstel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("title", ""), _negated=True),
                    models.Q(("toelichting", ""), _negated=True),
                ),
                name="a_voorstel_says_what_and_why",
                violation_error_message="Vul de titel en de toelichting in.",
            ),
        ),
        migrations.AddConstraint(
            model_name="voorstel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("body__isnull", True), ("of_member__isnull", True), _connector="OR"
                ),
                name="a_voorstel_is_of_a_body_or_a_member",
                violation_error_message="Kies een orgaan of een lid, niet beide.",
            ),
        ),
        migrations.AddConstraint(
            model_name="voorstel",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), ("withdrawn_at__isnull", True)),
                    models.Q(
                        ("withdrawn_at__isnull", False),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_voorstel_is_withdrawn_with_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="beslispunt",
            constraint=models.UniqueConstraint(
                fields=("voorstel", "number"),
                name="a_beslispunt_has_a_number_of_its_own",
                violation_error_message="Dit nummer heeft al een beslispunt.",
            ),
        ),
        migrations.AddConstraint(
            model_name="beslispunt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("text", ""), _negated=True), ("number__gte", 1)
                ),
                name="a_beslispunt_says_what_is_asked",
                violation_error_message="Vul de tekst in, en nummer vanaf 1.",
            ),
        ),
        migrations.AddConstraint(
            model_name="beslispunt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("besluit__isnull", True), ("outcome", ""), ("sentence", "")
                    ),
                    models.Q(
                        ("besluit__isnull", True),
                        ("outcome", "verworpen"),
                        models.Q(("sentence", ""), _negated=True),
                    ),
                    models.Q(
                        ("besluit__isnull", False),
                        ("outcome", "aangenomen"),
                        models.Q(("sentence", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="what_was_adopted_is_a_besluit",
            ),
        ),
        migrations.AddConstraint(
            model_name="assemblypaper",
            constraint=models.UniqueConstraint(
                fields=("assembly", "sha256"),
                name="an_assembly_has_a_paper_once",
                violation_error_message="Dit bestand is er al.",
            ),
        ),
        migrations.AddConstraint(
            model_name="assemblypaper",
            constraint=models.CheckConstraint(
                condition=models.Q(("size__gt", 0)),
                name="a_paper_of_an_assembly_is_not_empty",
            ),
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        migrations.RunPython(add_terms, migrations.RunPython.noop),
    ]
