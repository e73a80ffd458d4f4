"""Data after an agreement, models of gemeenten, and letters that the worker prints."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import membership.identifiers

GUARDS = """
-- What was proven stands; until then only the choice and the proof are filled in.
CREATE FUNCTION nvsi_clearing_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := ARRAY['choice', 'chosen_at', 'chosen_by_id', 'due_on', 'clears_id',
        'done_on', 'words', 'kept', 'how', 'signer_name', 'signer_function',
        'file_name', 'sha256', 'content', 'proven_at', 'proven_by_id'];
BEGIN
    IF OLD.proven_at IS NOT NULL
        OR to_jsonb(NEW) - free <> to_jsonb(OLD) - free
    THEN
        RAISE EXCEPTION 'Wat met de gegevens is gebeurd, staat vast.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_clearing_stands BEFORE UPDATE ON contracts_clearing
    FOR EACH ROW EXECUTE FUNCTION nvsi_clearing_stands();

-- A model is decided on once, and stays what was handed in.
CREATE FUNCTION nvsi_model_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := ARRAY['status', 'decided_by_id', 'reason', 'offer_id'];
BEGIN
    IF OLD.status <> 'waiting'
        OR to_jsonb(NEW) - free <> to_jsonb(OLD) - free
    THEN
        RAISE EXCEPTION 'Over een ingediend model wordt eenmaal beslist.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_submitted_model_is_only_decided_on
    BEFORE UPDATE ON contracts_submittedmodel
    FOR EACH ROW EXECUTE FUNCTION nvsi_model_stands();

-- A letter in line is sent or refused, once.
CREATE FUNCTION nvsi_letter_order_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := ARRAY['entry_id', 'refusal'];
BEGIN
    IF OLD.entry_id IS NOT NULL OR OLD.refusal <> ''
        OR to_jsonb(NEW) - free <> to_jsonb(OLD) - free
    THEN
        RAISE EXCEPTION 'Deze brief is al verstuurd of geweigerd.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_letter_in_line_is_done_once BEFORE UPDATE ON contracts_letterorder
    FOR EACH ROW EXECUTE FUNCTION nvsi_letter_order_stands();
"""
KEPT = {
    "clearing": "DELETE",
    "submittedmodel": "DELETE",
    "letterorder": "DELETE",
    "takeoverletter": "UPDATE OR DELETE",
}


def _kept(table: str, when: str) -> str:
    name = "is_only_added_to" if when.startswith("UPDATE") else "is_kept"
    return f"""
CREATE TRIGGER contracts_{table}_{name} BEFORE {when} ON contracts_{table}
    FOR EACH ROW EXECUTE FUNCTION nvsi_refuse();
CREATE TRIGGER contracts_{table}_is_not_emptied BEFORE TRUNCATE ON contracts_{table}
    FOR EACH STATEMENT EXECUTE FUNCTION nvsi_refuse();
"""


def remind(apps, schema_editor):
    """A week before the choice is due, and a week after; the bureau may change it."""
    apps.get_model("membership", "ReminderRule").objects.get_or_create(
        kind="clearing", defaults={"days_before": 7, "days_after": 7, "is_on": True}
    )


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0015_nothing_about_an_example"),
        ("instruments", "0005_tariffs"),
        ("membership", "0023_terms_of_letters_and_names"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TakeoverLetter",
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
                (
                    "sha256",
                    models.CharField(max_length=64, verbose_name="controlegetal"),
                ),
                ("content", models.BinaryField(verbose_name="inhoud")),
                (
                    "made_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="gemaakt op"),
                ),
                (
                    "offer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letter",
                        to="contracts.offer",
                        verbose_name="aanbod",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letters",
                        to="contracts.takeoverrun",
                        verbose_name="samen aangeboden",
                    ),
                ),
            ],
            options={
                "verbose_name": "brief over een overname",
                "verbose_name_plural": "brieven over overnames",
                "ordering": ["run", "offer__reference"],
            },
        ),
        migrations.CreateModel(
            name="Clearing",
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
                    "processor",
                    models.CharField(
                        max_length=200, verbose_name="wie de gegevens heeft"
                    ),
                ),
                (
                    "is_ours",
                    models.BooleanField(default=False, verbose_name="de NVSI zelf"),
                ),
                ("ended_on", models.DateField(verbose_name="overeenkomst eindigt op")),
                ("choose_by", models.DateField(verbose_name="kiezen uiterlijk op")),
                ("due_on", models.DateField(verbose_name="klaar uiterlijk op")),
                (
                    "choice",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("return", "teruggeven, en daarna wissen"),
                            ("delete", "wissen"),
                        ],
                        max_length=10,
                        verbose_name="keuze",
                    ),
                ),
                (
                    "chosen_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="gekozen op"
                    ),
                ),
                (
                    "done_on",
                    models.DateField(blank=True, null=True, verbose_name="gedaan op"),
                ),
                (
                    "words",
                    models.TextField(
                        blank=True,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="wat er is gedaan",
                    ),
                ),
                (
                    "kept",
                    models.TextField(
                        blank=True,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="wat de wet laat bewaren",
                    ),
                ),
                (
                    "how",
                    models.CharField(
                        blank=True,
                        choices=[("portal", "in het portaal"), ("paper", "op papier")],
                        max_length=10,
                        verbose_name="hoe",
                    ),
                ),
                (
                    "signer_name",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="getekend door",
                    ),
                ),
                (
                    "signer_function",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="functie",
                    ),
                ),
                (
                    "file_name",
                    models.CharField(
                        blank=True, max_length=200, verbose_name="verklaring"
                    ),
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
                    "proven_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="bewezen op"
                    ),
                ),
                (
                    "chosen_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gekozen door",
                    ),
                ),
                (
                    "clears",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clearings_to_do",
                        to="membership.organisation",
                        verbose_name="tekent in het portaal",
                    ),
                ),
                (
                    "gebruiksovereenkomst",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clearings",
                        to="contracts.gebruiksovereenkomst",
                        verbose_name="gebruiksovereenkomst",
                    ),
                ),
                (
                    "instrument",
                    models.ForeignKey(
                        blank=True,
                        null=True,
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
                        related_name="clearings",
                        to="membership.organisation",
                        verbose_name="organisatie",
                    ),
                ),
                (
                    "proven_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="bewijs van",
                    ),
                ),
                (
                    "verwerkersovereenkomst",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clearings",
                        to="contracts.verwerkersovereenkomst",
                        verbose_name="verwerkersovereenkomst",
                    ),
                ),
            ],
            options={
                "verbose_name": "gegevens na afloop",
                "verbose_name_plural": "gegevens na afloop",
                "ordering": ["due_on", "organisation__name", "-is_ours", "processor"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("gebruiksovereenkomst__isnull", False),
                                ("verwerkersovereenkomst__isnull", True),
                            ),
                            models.Q(
                                ("gebruiksovereenkomst__isnull", True),
                                ("verwerkersovereenkomst__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_clearing_is_of_one_agreement",
                    ),
                    models.UniqueConstraint(
                        fields=(
                            "verwerkersovereenkomst",
                            "gebruiksovereenkomst",
                            "instrument",
                            "processor",
                        ),
                        name="a_processor_clears_an_agreement_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("choice", ""),
                                ("chosen_at__isnull", True),
                                ("chosen_by__isnull", True),
                            ),
                            models.Q(
                                models.Q(("choice", ""), _negated=True),
                                ("chosen_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="what_happens_with_data_was_chosen_at_a_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("done_on__isnull", True),
                                ("how", ""),
                                ("proven_at__isnull", True),
                                ("proven_by__isnull", True),
                                ("sha256", ""),
                            ),
                            models.Q(
                                ("done_on__isnull", False),
                                ("how__in", ["portal", "paper"]),
                                ("proven_at__isnull", False),
                                ("proven_by__isnull", False),
                                ("sha256__regex", "^[0-9a-f]{64}$"),
                                models.Q(("choice", ""), _negated=True),
                                models.Q(("signer_name", ""), _negated=True),
                                models.Q(("words", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="what_was_cleared_has_a_signed_statement",
                        violation_error_message="Kies eerst wat er met de gegevens gebeurt, en voeg de verklaring toe.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="LetterOrder",
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
                    "words",
                    models.TextField(
                        blank=True,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="toelichting",
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(auto_now_add=True, verbose_name="gevraagd op"),
                ),
                (
                    "refusal",
                    models.CharField(
                        blank=True, max_length=300, verbose_name="niet gelukt omdat"
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
                    "college",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letter_orders",
                        to="contracts.breachcollege",
                        verbose_name="betrokken college",
                    ),
                ),
                (
                    "entry",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="letter_order",
                        to="contracts.breachentry",
                        verbose_name="brief",
                    ),
                ),
            ],
            options={
                "verbose_name": "brief in de rij",
                "verbose_name_plural": "brieven in de rij",
                "ordering": ["asked_at", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("entry__isnull", True), ("refusal", "")),
                        fields=("college",),
                        name="a_college_waits_for_one_letter",
                        violation_error_message="Er staat al een brief aan dit college klaar.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("entry__isnull", True), ("refusal", ""), _connector="OR"
                        ),
                        name="a_letter_is_sent_or_refused",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SubmittedModel",
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
                    "model_version",
                    models.CharField(
                        max_length=100,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="model en versie",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="vanaf")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("waiting", "wacht op vergelijken"),
                            ("accepted", "vergeleken en aangeboden"),
                            ("turned_back", "teruggestuurd"),
                        ],
                        default="waiting",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("file_name", models.CharField(max_length=200, verbose_name="bestand")),
                (
                    "sha256",
                    models.CharField(max_length=64, verbose_name="controlegetal"),
                ),
                ("content", models.BinaryField(verbose_name="inhoud")),
                (
                    "at",
                    models.DateTimeField(
                        auto_now_add=True, verbose_name="ingediend op"
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
                    "annexes",
                    models.ManyToManyField(
                        related_name="+",
                        to="contracts.annexversion",
                        verbose_name="bijlagen die kloppen",
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
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="vergeleken door",
                    ),
                ),
                (
                    "offer",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submitted_model",
                        to="contracts.offer",
                        verbose_name="aanbod",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submitted_models",
                        to="membership.organisation",
                        verbose_name="organisatie",
                    ),
                ),
            ],
            options={
                "verbose_name": "ingediend eigen model",
                "verbose_name_plural": "ingediende eigen modellen",
                "ordering": ["-at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "waiting")),
                        fields=("organisation",),
                        name="an_organisation_has_one_model_that_waits",
                        violation_error_message="Er is al een eigen model ingediend. Het bureau vergelijkt het.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_by__isnull", True), ("status", "waiting")
                            ),
                            models.Q(
                                ("decided_by__isnull", False),
                                models.Q(("decided_by", models.F("by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="who_hands_in_a_model_does_not_compare_it",
                        violation_error_message="Een ander vergelijkt het model.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status", "waiting"),
                            models.Q(("offer__isnull", False), ("status", "accepted")),
                            models.Q(
                                ("offer__isnull", True), ("status", "turned_back")
                            ),
                            _connector="OR",
                        ),
                        name="a_model_that_was_accepted_is_offered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "turned_back"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_model_is_turned_back_with_a_reason",
                        violation_error_message="Geef de reden.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
        *(
            migrations.RunSQL(_kept(table, when), migrations.RunSQL.noop)
            for table, when in KEPT.items()
        ),
        migrations.RunPython(remind, migrations.RunPython.noop),
    ]
