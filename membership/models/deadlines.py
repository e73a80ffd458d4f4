"""Around what is asked: when people are reminded, who wants none, and their calendars.

What is asked itself is nowhere kept: membership.deadlines reads it from the facts.
"""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q

from membership.deadlines.kinds import label_of
from membership.models.people import Person

MOST_DAYS = 365


class ReminderRule(models.Model):
    """When people are reminded of one kind of deadline: so many days before its last
    day, so many after, or both. The kinds are those of membership.deadlines.
    """

    kind = models.CharField("soort", max_length=20)
    days_before = models.PositiveSmallIntegerField(
        "dagen ervoor",
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_DAYS)],
        help_text="0 is op de dag zelf. Leeg: niet vooraf.",
    )
    days_after = models.PositiveSmallIntegerField(
        "dagen erna",
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_DAYS)],
        help_text="Leeg: niet achteraf.",
    )
    is_on = models.BooleanField("aan", default=True)

    class Meta:
        verbose_name = "herinnering"
        verbose_name_plural = "herinneringen"
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                name="a_kind_of_deadline_has_one_reminder_rule",
                violation_error_message="Voor deze soort is er al een herinnering.",
            ),
            models.CheckConstraint(
                condition=Q(is_on=False)
                | Q(days_before__isnull=False)
                | Q(days_after__isnull=False),
                name="a_reminder_that_is_on_has_a_moment",
                violation_error_message="Vul in hoeveel dagen ervoor of erna, of zet "
                "de herinnering uit.",
            ),
            models.CheckConstraint(
                condition=Q(days_after__isnull=True) | Q(days_after__gte=1),
                name="a_reminder_afterwards_is_after_the_last_day",
                violation_error_message="Achteraf is minstens een dag later.",
            ),
        ]

    def __str__(self) -> str:
        return f"herinnering: {label_of(self.kind)}"


class RemindersOff(models.Model):
    """That somebody wants no reminders by e-mail; without this row he gets them."""

    person = models.OneToOneField(
        Person, models.PROTECT, related_name="reminders_off", verbose_name="persoon"
    )
    at = models.DateTimeField("uitgezet op", auto_now_add=True)

    class Meta:
        verbose_name = "afmelding voor herinneringen"
        verbose_name_plural = "afmeldingen voor herinneringen"
        ordering = ["at"]

    def __str__(self) -> str:
        return f"geen herinneringen voor {self.person}"


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def active(self) -> "CalendarFeedQuerySet":
        return self.filter(withdrawn_at=None)


class CalendarFeed(models.Model):
    """The calendar that somebody reads in a program of his own, by a secret address.

    Of its token only the sha256 is kept: who lost the address makes another one.
    """

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="calendars", verbose_name="van"
    )
    token_sha256 = models.CharField("controlegetal", max_length=64)
    made_at = models.DateTimeField("gemaakt op")
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True, blank=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = "agenda"
        verbose_name_plural = "agenda's"
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(withdrawn_at__isnull=True),
                name="a_person_has_one_calendar_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["token_sha256"], name="a_calendar_has_an_address_of_its_own"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True)
                | Q(withdrawn_at__gte=F("made_at")),
                name="a_calendar_is_withdrawn_after_it_was_made",
            ),
        ]

    def __str__(self) -> str:
        return f"agenda van {self.person}"
