"""Uitvoeringsopdrachten: given, confirmed, delivered and accepted, each once."""

from decimal import Decimal

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import membership.identifiers

GUARDS = """
-- What was given stands. Who confirmed and who accepted is added once; the delivery
-- may be another until it is accepted.
CREATE FUNCTION nvsi_order_stands() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    once text[] := ARRAY['confirmed_by_id', 'confirmed_at'];
    delivery text[] := ARRAY['delivered_on'];
    accepted text[] := ARRAY['accepted_by_id', 'accepted_at', 'final_amount',
        'final_from_kas'];
BEGIN
    IF OLD.accepted_at IS NOT NULL
        OR to_jsonb(NEW) - once - delivery - accepted
            <> to_jsonb(OLD) - once - delivery - accepted
        OR OLD.confirmed_at IS NOT NULL
            AND to_jsonb(NEW) - delivery - accepted
                <> to_jsonb(OLD) - delivery - accepted
    THEN
        RAISE EXCEPTION 'Een opdracht die is gegeven, verandert niet meer.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER an_order_that_was_given_stands BEFORE UPDATE
    ON contracts_uitvoeringsopdracht
    FOR EACH ROW EXECUTE FUNCTION nvsi_order_stands();

-- An order is for what was decided: its amount, its instrument.
CREATE FUNCTION nvsi_order_rests_on_a_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM instruments_ontwikkelvoorstel v
        JOIN instruments_verbeterwens w ON w.id = v.wens_id
        WHERE v.id = NEW.ontwikkelvoorstel_id AND v.ended_at IS NULL
            AND v.agreed_at IS NOT NULL
            AND (NOT v.needs_alv OR v.besluit_id IS NOT NULL)
            AND (v.amount, w.instrument_id) = (NEW.amount, NEW.instrument_id))
    THEN
        RAISE EXCEPTION 'Zonder besluit komt er geen opdracht.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER an_order_rests_on_a_decision BEFORE INSERT
    ON contracts_uitvoeringsopdracht
    FOR EACH ROW EXECUTE FUNCTION nvsi_order_rests_on_a_decision();

CREATE TRIGGER contracts_uitvoeringsopdracht_is_kept BEFORE DELETE
    ON contracts_uitvoeringsopdracht FOR EACH ROW EXECUTE FUNCTION nvsi_refuse();
CREATE TRIGGER contracts_uitvoeringsopdracht_is_not_emptied BEFORE TRUNCATE
    ON contracts_uitvoeringsopdracht FOR EACH STATEMENT EXECUTE FUNCTION nvsi_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("contracts", "0016_data_after_and_letters"),
        ("instruments", "0007_verbeterwensen"),
        ("membership", "0024_bodies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Uitvoeringsopdracht",
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
                        max_length=20, unique=True, verbose_name="kenmerk"
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2,
                        max_digits=12,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0"))
                        ],
                        verbose_name="bedrag",
                    ),
                ),
                (
                    "deliver_by",
                    models.DateField(verbose_name="op te leveren voor of op"),
                ),
                (
                    "agreed",
                    models.TextField(
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="afspraken",
                    ),
                ),
                (
                    "given_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="gegeven op"
                    ),
                ),
                (
                    "factor",
                    models.CharField(max_length=20, verbose_name="bevestigd met"),
                ),
                ("document", models.BinaryField(verbose_name="document")),
                (
                    "document_sha256",
                    models.CharField(max_length=64, verbose_name="controlegetal"),
                ),
                (
                    "confirmed_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="bevestigd op"
                    ),
                ),
                (
                    "delivered_on",
                    models.DateField(
                        blank=True, null=True, verbose_name="opgeleverd op"
                    ),
                ),
                (
                    "accepted_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="aanvaard op"
                    ),
                ),
                (
                    "final_amount",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="eindbedrag",
                    ),
                ),
                (
                    "final_from_kas",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=12,
                        null=True,
                        verbose_name="uit de innovatiekas",
                    ),
                ),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="aanvaard door",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="bevestigd door",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gegeven door",
                    ),
                ),
                (
                    "instrument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opdrachten",
                        to="instruments.instrument",
                        verbose_name="instrument",
                    ),
                ),
                (
                    "ontwikkelvoorstel",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opdracht",
                        to="instruments.ontwikkelvoorstel",
                        verbose_name="voorstel",
                    ),
                ),
                (
                    "uitvoerder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opdrachten",
                        to="membership.organisation",
                        verbose_name="uitvoerder",
                    ),
                ),
            ],
            options={
                "verbose_name": "uitvoeringsopdracht",
                "verbose_name_plural": "uitvoeringsopdrachten",
                "ordering": ["-given_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("document_sha256__regex", "^[0-9a-f]{64}$"),
                            models.Q(("agreed", ""), _negated=True),
                        ),
                        name="an_order_has_its_document",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("confirmed_at__isnull", True),
                                ("confirmed_by__isnull", True),
                            ),
                            models.Q(
                                ("confirmed_at__isnull", False),
                                ("confirmed_by__isnull", False),
                                models.Q(
                                    ("confirmed_by", models.F("given_by")),
                                    _negated=True,
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="somebody_else_confirms_an_order",
                        violation_error_message="Wie een opdracht geeft, bevestigt haar niet.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("delivered_on__isnull", True),
                            ("confirmed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="an_order_is_confirmed_before_it_is_delivered",
                        violation_error_message="Bevestig eerst de opdracht.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("accepted_at__isnull", True),
                                ("accepted_by__isnull", True),
                                ("final_amount__isnull", True),
                                ("final_from_kas__isnull", True),
                            ),
                            models.Q(
                                ("accepted_at__isnull", False),
                                ("accepted_by__isnull", False),
                                ("delivered_on__isnull", False),
                                ("final_amount__isnull", False),
                                ("final_amount__lte", models.F("amount")),
                                ("final_from_kas__gte", 0),
                                ("final_from_kas__isnull", False),
                                ("final_from_kas__lte", models.F("final_amount")),
                            ),
                            _connector="OR",
                        ),
                        name="an_accepted_order_says_what_it_cost",
                        violation_error_message="Het eindbedrag is niet hoger dan de opdracht.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
