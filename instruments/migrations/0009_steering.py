"""The regiegroep of an instrument, and requests for a seat in it."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import membership.identifiers

GUARDS = """
CREATE FUNCTION instruments_steers() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM membership_body WHERE id = NEW.body_id AND kind = 'regiegroep'
    ) THEN
        RAISE EXCEPTION 'Een instrument heeft een regiegroep, geen ander orgaan.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_regiegroep_steers_an_instrument
    BEFORE INSERT OR UPDATE ON instruments_steeringgroup
    FOR EACH ROW EXECUTE FUNCTION instruments_steers();

CREATE FUNCTION instruments_seat_request_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Een verzoek om een zetel wordt alleen beantwoord, en dan blijft dat.'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
END $$;
CREATE TRIGGER a_seat_request_is_only_answered
    BEFORE UPDATE ON instruments_seatrequest FOR EACH ROW
    WHEN (OLD.status <> 'asked' OR (OLD.instrument_id, OLD.organisation_id,
        OLD.person_id, OLD.motivation, OLD.asked_by_id, OLD.asked_at)
        IS DISTINCT FROM (NEW.instrument_id, NEW.organisation_id,
        NEW.person_id, NEW.motivation, NEW.asked_by_id, NEW.asked_at))
    EXECUTE FUNCTION instruments_seat_request_stands();

CREATE TRIGGER instruments_seatrequest_is_kept
    BEFORE DELETE ON instruments_seatrequest
    FOR EACH ROW EXECUTE FUNCTION nvsi_refuse();
CREATE TRIGGER instruments_seatrequest_is_not_emptied
    BEFORE TRUNCATE ON instruments_seatrequest
    FOR EACH STATEMENT EXECUTE FUNCTION nvsi_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("instruments", "0008_norms"),
        ("membership", "0024_bodies"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SteeringGroup",
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
                    "body",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steering",
                        to="membership.body",
                        verbose_name="regiegroep",
                    ),
                ),
                (
                    "instrument",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steering",
                        to="instruments.instrument",
                        verbose_name="instrument",
                    ),
                ),
            ],
            options={
                "verbose_name": "regiegroep van een instrument",
                "verbose_name_plural": "regiegroepen van instrumenten",
                "ordering": ["instrument__name"],
            },
        ),
        migrations.CreateModel(
            name="SeatRequest",
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
                    "motivation",
                    models.TextField(
                        blank=True,
                        max_length=1000,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="waarom",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("asked", "gevraagd"),
                            ("granted", "toegekend"),
                            ("refused", "afgewezen"),
                            ("withdrawn", "ingetrokken"),
                        ],
                        default="asked",
                        max_length=10,
                        verbose_name="status",
                    ),
                ),
                (
                    "asked_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="gevraagd op"
                    ),
                ),
                (
                    "decided_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="besloten op"
                    ),
                ),
                (
                    "reason",
                    models.TextField(
                        blank=True,
                        max_length=1000,
                        validators=[membership.identifiers.validate_without_bsn],
                        verbose_name="reden",
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
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="besloten door",
                    ),
                ),
                (
                    "instrument",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seat_requests",
                        to="instruments.instrument",
                        verbose_name="instrument",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seat_requests",
                        to="membership.organisation",
                        verbose_name="namens",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seat_requests",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="voor",
                    ),
                ),
                (
                    "seat",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="request",
                        to="membership.seat",
                        verbose_name="zetel",
                    ),
                ),
            ],
            options={
                "verbose_name": "verzoek om een zetel",
                "verbose_name_plural": "verzoeken om een zetel",
                "ordering": ["-asked_at", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("status", "asked")),
                        fields=("instrument", "person"),
                        name="a_person_waits_for_one_seat",
                        violation_error_message="Voor deze persoon is al een zetel gevraagd.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("status__in", ["granted", "refused"]),
                            ),
                            models.Q(
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("status__in", ["asked", "withdrawn"]),
                            ),
                            _connector="OR",
                        ),
                        name="a_decision_about_a_seat_says_by_whom",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("status", "refused"),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("status", "refused"), _negated=True),
                                ("reason", ""),
                            ),
                            _connector="OR",
                        ),
                        name="a_refused_seat_says_why",
                        violation_error_message="Schrijf waarom de zetel er niet komt.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("seat__isnull", False), ("status", "granted")),
                            models.Q(
                                models.Q(("status", "granted"), _negated=True),
                                ("seat__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="a_granted_seat_is_there",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by__isnull", True),
                            models.Q(
                                models.Q(
                                    ("decided_by", models.F("asked_by")), _negated=True
                                ),
                                models.Q(
                                    ("decided_by", models.F("person")), _negated=True
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="who_asks_for_a_seat_does_not_grant_it",
                        violation_error_message="Een ander beslist over dit verzoek.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(GUARDS, migrations.RunSQL.noop),
    ]
