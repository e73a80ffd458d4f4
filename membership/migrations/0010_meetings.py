"""Meetings of networks, and e-mails with an item for the calendar."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models

GUARDS = """
CREATE FUNCTION nvsi_invitation_fits() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM membership_meeting m JOIN membership_regionalcontact c
            ON (c.network_id, c.level) = (m.network_id, m.level)
        WHERE m.id = NEW.meeting_id AND c.id = NEW.contact_id
    ) OR NEW.group_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM membership_meetinggroup g
        WHERE g.id = NEW.group_id AND g.meeting_id = NEW.meeting_id
    ) THEN
        RAISE EXCEPTION 'Uitgenodigd wordt wie in het netwerk zit, in een groep van die bijeenkomst.'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER an_invitation_fits_its_meeting
    BEFORE INSERT OR UPDATE ON membership_meetinginvitation
    FOR EACH ROW EXECUTE FUNCTION nvsi_invitation_fits();

CREATE FUNCTION nvsi_meeting_stands() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Wat is afgelast blijft dat, en een bijeenkomst blijft van haar netwerk.'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_NAME;
END $$;
CREATE TRIGGER a_meeting_stays_what_it_is
    BEFORE UPDATE ON membership_meeting FOR EACH ROW
    WHEN (OLD.status = 'cancelled' AND NEW.status <> 'cancelled' OR NEW.sequence < OLD.sequence
        OR (OLD.network_id, OLD.level) IS DISTINCT FROM (NEW.network_id, NEW.level))
    EXECUTE FUNCTION nvsi_meeting_stands();
"""
BACK = """
DROP TRIGGER a_meeting_stays_what_it_is ON membership_meeting;
DROP FUNCTION nvsi_meeting_stands;
DROP TRIGGER an_invitation_fits_its_meeting ON membership_meetinginvitation;
DROP FUNCTION nvsi_invitation_fits;
"""


class Migration(migrations.Migration):
    dependencies = [("membership", "0009_networks")]

    operations = [
        migrations.CreateModel(
            name="Meeting",
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
                ("title", models.CharField(max_length=100, verbose_name="titel")),
                ("starts_at", models.DateTimeField(verbose_name="begin")),
                ("ends_at", models.DateTimeField(verbose_name="einde")),
                (
                    "place",
                    models.CharField(
                        blank=True,
                        help_text="Adres, of 'online'.",
                        max_length=200,
                        verbose_name="plaats",
                    ),
                ),
                (
                    "link",
                    models.URLField(
                        blank=True,
                        help_text="Van de online bijeenkomst, als die er is.",
                        verbose_name="link",
                    ),
                ),
                ("agenda", models.TextField(blank=True, verbose_name="agenda")),
                (
                    "status",
                    models.CharField(
                        choices=[("planned", "gepland"), ("cancelled", "afgelast")],
                        default="planned",
                        max_length=10,
                        verbose_name="status",
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
            ],
            options={
                "verbose_name": "bijeenkomst",
                "verbose_name_plural": "bijeenkomsten",
                "ordering": ["-starts_at"],
            },
        ),
        migrations.AddField(
            model_name="email",
            name="calendar",
            field=models.TextField(blank=True, verbose_name="agenda-item"),
        ),
        migrations.CreateModel(
            name="MeetingGroup",
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
                ("name", models.CharField(max_length=50, verbose_name="naam")),
                ("starts_at", models.DateTimeField(verbose_name="begin")),
                ("ends_at", models.DateTimeField(verbose_name="einde")),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="groups",
                        to="membership.meeting",
                        verbose_name="bijeenkomst",
                    ),
                ),
            ],
            options={
                "verbose_name": "groep",
                "verbose_name_plural": "groepen",
                "ordering": ["meeting", "starts_at", "name"],
            },
        ),
        migrations.AddField(
            model_name="meeting",
            name="network",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="meetings",
                to="membership.network",
                verbose_name="netwerk",
            ),
        ),
        migrations.CreateModel(
            name="MeetingInvitation",
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
                    "answer",
                    models.CharField(
                        choices=[
                            ("none", "nog geen antwoord"),
                            ("yes", "komt"),
                            ("no", "komt niet"),
                            ("vervanger", "vervanger komt"),
                        ],
                        default="none",
                        max_length=10,
                        verbose_name="antwoord",
                    ),
                ),
                (
                    "answered_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="beantwoord op"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="membership.meetinggroup",
                        verbose_name="groep",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="membership.meeting",
                        verbose_name="bijeenkomst",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="membership.regionalcontact",
                        verbose_name="aanspreekpunt",
                    ),
                ),
            ],
            options={
                "verbose_name": "uitnodiging voor een bijeenkomst",
                "verbose_name_plural": "uitnodigingen voor bijeenkomsten",
                "ordering": ["meeting", "group", "contact__region", "id"],
            },
        ),
        migrations.AddConstraint(
            model_name="meetinggroup",
            constraint=models.UniqueConstraint(
                fields=("meeting", "name"),
                name="a_group_has_its_own_name_in_a_meeting",
                violation_error_message="Deze groep bestaat al.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meetinggroup",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="a_group_ends_after_it_starts",
                violation_error_message="De groep eindigt voordat zij begint.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                name="a_meeting_ends_after_it_starts",
                violation_error_message="De bijeenkomst eindigt voordat zij begint.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("place", ""), _negated=True),
                    models.Q(("link", ""), _negated=True),
                    _connector="OR",
                ),
                name="a_meeting_has_a_place_or_a_link",
                violation_error_message="Vul een plaats of een link in.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meetinginvitation",
            constraint=models.UniqueConstraint(
                fields=("meeting", "contact"),
                name="a_contact_is_invited_once",
                violation_error_message="Dit aanspreekpunt is al uitgenodigd.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meetinginvitation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer", "none"), ("answered_at__isnull", True)),
                    models.Q(
                        models.Q(("answer", "none"), _negated=True),
                        ("answered_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="an_answer_has_a_moment",
                violation_error_message="Een antwoord heeft een moment.",
            ),
        ),
        migrations.RunSQL(GUARDS, BACK),
    ]
