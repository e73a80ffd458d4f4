"""When people are reminded, who wants none, and the calendars of their own."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# kind, days before, days after: what the bureau may change from the first day on.
RULES = (
    ("step", 7, 7),
    ("contacts", 7, 1),
    ("invitation", 7, None),
    ("iban", 14, None),
    ("delivery", 7, None),
    ("agreement", 90, None),
    ("meeting", 2, None),
)


def add_rules(apps, schema_editor):
    rule = apps.get_model("membership", "ReminderRule")
    for kind, before, after in RULES:
        rule.objects.create(
            kind=kind,
            days_before=before,
            days_after=after,
            is_on=kind != "meeting",
        )


class Migration(migrations.Migration):
    dependencies = [("membership", "0012_notices")]

    operations = [
        migrations.CreateModel(
            name="ReminderRule",
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
                ("kind", models.CharField(max_length=20, verbose_name="soort")),
                (
                    "days_before",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="0 is op de dag zelf. Leeg: niet vooraf.",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(365)],
                        verbose_name="dagen ervoor",
                    ),
                ),
                (
                    "days_after",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Leeg: niet achteraf.",
                        null=True,
                        validators=[django.core.validators.MaxValueValidator(365)],
                        verbose_name="dagen erna",
                    ),
                ),
                ("is_on", models.BooleanField(default=True, verbose_name="aan")),
            ],
            options={
                "verbose_name": "herinnering",
                "verbose_name_plural": "herinneringen",
                "ordering": ["kind"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind",),
                        name="a_kind_of_deadline_has_one_reminder_rule",
                        violation_error_message="Voor deze soort is er al een herinnering.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_on", False),
                            ("days_before__isnull", False),
                            ("days_after__isnull", False),
                            _connector="OR",
                        ),
                        name="a_reminder_that_is_on_has_a_moment",
                        violation_error_message="Vul in hoeveel dagen ervoor of erna, of zet de herinnering uit.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("days_after__isnull", True),
                            ("days_after__gte", 1),
                            _connector="OR",
                        ),
                        name="a_reminder_afterwards_is_after_the_last_day",
                        violation_error_message="Achteraf is minstens een dag later.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RemindersOff",
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
                    models.DateTimeField(auto_now_add=True, verbose_name="uitgezet op"),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reminders_off",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="persoon",
                    ),
                ),
            ],
            options={
                "verbose_name": "afmelding voor herinneringen",
                "verbose_name_plural": "afmeldingen voor herinneringen",
                "ordering": ["at"],
            },
        ),
        migrations.CreateModel(
            name="CalendarFeed",
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
                    "token_sha256",
                    models.CharField(max_length=64, verbose_name="controlegetal"),
                ),
                ("made_at", models.DateTimeField(verbose_name="gemaakt op")),
                (
                    "withdrawn_at",
                    models.DateTimeField(
                        blank=True, null=True, verbose_name="ingetrokken op"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="calendars",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="van",
                    ),
                ),
            ],
            options={
                "verbose_name": "agenda",
                "verbose_name_plural": "agenda's",
                "ordering": ["-made_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("person",),
                        name="a_person_has_one_calendar_at_a_time",
                    ),
                    models.UniqueConstraint(
                        fields=("token_sha256",),
                        name="a_calendar_has_an_address_of_its_own",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True),
                            ("withdrawn_at__gte", models.F("made_at")),
                            _connector="OR",
                        ),
                        name="a_calendar_is_withdrawn_after_it_was_made",
                    ),
                ],
            },
        ),
        migrations.RunPython(add_rules, migrations.RunPython.noop),
    ]
