"""Herindelingen: gemeenten that are dissolved into another from a day on.

Who was dissolved keeps its code, its past and its papers. Nothing of it goes over by
itself: for each thing a person decides. Source: domain rule 38; Wet algemene regels
herindeling.
"""

import datetime
from typing import ClassVar

from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import Q

from membership.identifiers import validate_without_bsn
from membership.models.organisations import Organisation
from membership.models.people import Person
from membership.redivision.outcomes import Outcome

DAY = datetime.timedelta(days=1)


class Redivision(models.Model):
    """From starts_on there is the successor, and the dissolved gemeenten are not.

    Open until of all that they had it was decided what becomes of it. Withdrawn is one
    that does not take place after all.
    """

    class Status(models.TextChoices):
        OPEN = "open", "open"
        CLOSED = "closed", "afgerond"
        WITHDRAWN = "withdrawn", "ingetrokken"

    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        "open": ("closed", "withdrawn"),
        "closed": (),
        "withdrawn": (),
    }

    successor = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="redivisions",
        verbose_name="gaan op in",
    )
    starts_on = models.DateField("per")
    ground = models.CharField(
        "wet of besluit",
        max_length=200,
        validators=[validate_without_bsn],
        help_text="Bijvoorbeeld: Stb. 2022, 123.",
    )
    status = models.CharField(
        "status", max_length=20, choices=Status.choices, default=Status.OPEN
    )
    opened_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="vastgelegd door"
    )
    opened_at = models.DateTimeField("vastgelegd op", auto_now_add=True)
    ended_at = models.DateTimeField("afgerond op", null=True, blank=True)

    class Meta:
        verbose_name = "herindeling"
        verbose_name_plural = "herindelingen"
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="open", ended_at__isnull=True)
                | ~Q(status="open") & Q(ended_at__isnull=False),
                name="a_redivision_that_ended_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(ground=""),
                name="a_redivision_names_its_law",
                violation_error_message="Noem de wet of het besluit.",
            ),
        ]

    def __str__(self) -> str:
        return f"herindeling tot {self.successor} per {self.starts_on:%d-%m-%Y}"

    @property
    def last_day(self) -> datetime.date:
        """The last day of the gemeenten that are dissolved."""
        return self.starts_on - DAY


class DissolutionQuerySet(models.QuerySet["Dissolution"]):
    def standing(self) -> "DissolutionQuerySet":
        """Those that take place."""
        return self.filter(is_withdrawn=False)

    def by(self, day: datetime.date) -> "DissolutionQuerySet":
        """Those of gemeenten that are not there any more on a day."""
        return self.standing().filter(redivision__starts_on__lte=day)


class Dissolution(models.Model):
    """That one gemeente is dissolved by a herindeling."""

    redivision = models.ForeignKey(
        Redivision,
        models.PROTECT,
        related_name="dissolutions",
        verbose_name="herindeling",
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="dissolutions",
        verbose_name="gemeente",
    )
    is_withdrawn = models.BooleanField("ingetrokken", default=False)

    objects = DissolutionQuerySet.as_manager()

    class Meta:
        verbose_name = "opgeheven gemeente"
        verbose_name_plural = "opgeheven gemeenten"
        ordering = ["redivision", "organisation"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(is_withdrawn=False),
                name="a_gemeente_is_dissolved_once",
                violation_error_message="Van deze gemeente is al een herindeling "
                "vastgelegd.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} gaat op in {self.redivision.successor}"


class RedivisionDecision(models.Model):
    """What becomes of one thing that a dissolved gemeente still had. Only added.

    sort and subject_id say which (membership.redivision.sorts); it is named by no text,
    for that could be somebody's name. pointer leads to the paper on which it rests.
    """

    dissolution = models.ForeignKey(
        Dissolution,
        models.PROTECT,
        related_name="decisions",
        verbose_name="opgeheven gemeente",
    )
    sort = models.CharField("soort", max_length=40)
    subject_id = models.BigIntegerField("object")
    outcome = models.CharField("besluit", max_length=20, choices=Outcome.choices)
    reason = models.TextField(
        "reden",
        blank=True,
        max_length=2_000,
        validators=[validate_without_bsn, MinLengthValidator(3)],
    )
    pointer = models.CharField(
        "verwijzing", max_length=200, blank=True, validators=[validate_without_bsn]
    )
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="besloten door"
    )
    at = models.DateTimeField("besloten op", auto_now_add=True)

    class Meta:
        verbose_name = "besluit bij een herindeling"
        verbose_name_plural = "besluiten bij herindelingen"
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dissolution", "sort", "subject_id"],
                name="what_a_gemeente_had_is_decided_once",
                violation_error_message="Hierover is al besloten.",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.STAYS) | ~Q(reason=""),
                name="what_stays_as_it_is_says_why",
                violation_error_message="Geef de reden waarom het blijft zoals het is.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sort} {self.subject_id}: {self.get_outcome_display()}"
