"""The routekaart: what becomes available of an instrument when, and what is decided.

Source: seed 004 (part A, the routekaart over years).
"""

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from instruments.models.instruments import Instrument
from membership.identifiers import validate_without_bsn
from membership.models import AlvBesluit, Voorstel

WITHOUT_BSN = [validate_without_bsn]
FIRST_YEAR, LAST_YEAR = 2000, 2100


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    def on_the_way(self) -> "MilestoneQuerySet":
        return self.filter(status=Milestone.Status.PLANNED)


@pghistory.track()
class Milestone(models.Model):
    """What happens with an instrument, in a year and perhaps a quarter of it."""

    class Kind(models.TextChoices):
        AVAILABLE = "available", "komt beschikbaar"
        DECISION = "decision", "wordt besloten"
        END = "end", "loopt af"

    class Status(models.TextChoices):
        PLANNED = "planned", "gepland"
        REACHED = "reached", "gehaald"
        DROPPED = "dropped", "gaat niet door"

    instrument = models.ForeignKey(
        Instrument,
        models.PROTECT,
        related_name="milestones",
        verbose_name="instrument",
    )
    kind = models.CharField("wat gebeurt er", max_length=20, choices=Kind.choices)
    title = models.CharField("mijlpaal", max_length=100, validators=WITHOUT_BSN)
    explanation = models.TextField(
        "toelichting", blank=True, max_length=1_000, validators=WITHOUT_BSN
    )
    year = models.PositiveSmallIntegerField(
        "jaar", validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    quarter = models.PositiveSmallIntegerField(
        "kwartaal",
        null=True,
        blank=True,
        choices=[(n, f"{n}e kwartaal") for n in (1, 2, 3, 4)],
        help_text="Leeg: ergens in het jaar.",
    )
    besluit = models.ForeignKey(
        AlvBesluit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ALV-besluit",
        help_text="Het besluit waarop dit rust, als het er is.",
    )
    voorstel = models.ForeignKey(
        Voorstel,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="voorstel aan de ALV",
        help_text="Het voorstel waarover de leden besluiten, als het er is.",
    )
    status = models.CharField(
        "stand", max_length=10, choices=Status.choices, default=Status.PLANNED
    )
    reached_on = models.DateField("gehaald op", null=True, blank=True)
    dropped_because = models.CharField(
        "waarom niet", max_length=300, blank=True, validators=WITHOUT_BSN
    )

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        verbose_name = "mijlpaal"
        verbose_name_plural = "mijlpalen van de routekaart"
        ordering = ["year", F("quarter").asc(nulls_last=True), "title"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "title"],
                name="an_instrument_names_a_milestone_once",
                violation_error_message="Deze mijlpaal staat er al.",
            ),
            models.CheckConstraint(
                condition=Q(year__range=(FIRST_YEAR, LAST_YEAR))
                & (Q(quarter__isnull=True) | Q(quarter__range=(1, 4))),
                name="a_milestone_is_in_a_year_of_the_calendar",
                violation_error_message="Kies een jaar, en een kwartaal van 1 tot 4.",
            ),
            models.CheckConstraint(
                condition=Q(status="planned", reached_on__isnull=True,
                            dropped_because="")
                | Q(status="reached", reached_on__isnull=False, dropped_because="")
                | (Q(status="dropped", reached_on__isnull=True)
                   & ~Q(dropped_because="")),
                name="a_milestone_says_what_became_of_it",
                violation_error_message="Vul bij 'gehaald' de dag in, bij 'gaat niet "
                "door' waarom, en bij 'gepland' geen van beide.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.instrument}: {self.title}"

    @property
    def when(self) -> str:
        """'2027, 2e kwartaal', or the year alone."""
        return (
            f"{self.year}, {self.quarter}e kwartaal" if self.quarter else f"{self.year}"
        )
