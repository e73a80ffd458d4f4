"""Instruments, who carries them out, and what the ALV asks as contribution.

Source: seed 001 (innovatieve oplossingen), seed 002 (Flexensie, 1% and 1%).
"""

import datetime
from decimal import Decimal

import pghistory
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from membership.models import AlvBesluit, Organisation
from membership.models.periods import days_that_do_not_overlap, ends_after_it_starts
from nvsi import dutch
from nvsi.fields import HalfYearField
from nvsi.halfyear import HalfYear

PERCENTAGE = [MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(100))]


class InstrumentQuerySet(models.QuerySet["Instrument"]):
    def own(self) -> "InstrumentQuerySet":
        """Those of the association, without the examples."""
        return self.filter(is_example=False)


class Instrument(models.Model):
    """An innovatieve oplossing that members use and steer together.

    An example is only to be looked at: no agreement is made about it (trigger), so
    nothing is settled.
    """

    slug = models.SlugField("korte naam", max_length=30, unique=True)
    name = models.CharField("naam", max_length=100)
    description = models.TextField("omschrijving", blank=True)
    is_example = models.BooleanField(
        "voorbeeld",
        default=False,
        help_text="Niet van de NVSI: staat apart, en er is geen overeenkomst over.",
    )

    objects = InstrumentQuerySet.as_manager()

    class Meta:
        verbose_name = "instrument"
        verbose_name_plural = "instrumenten"
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name

    def uitvoerder_on(self, day: datetime.date) -> Organisation | None:
        """Who carries the instrument out on that day."""
        term = (
            self.uitvoerders.filter(
                Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day
            )
            .select_related("organisation")
            .first()
        )
        return term.organisation if term else None


@pghistory.track()
class Uitvoerder(models.Model):
    """The organisation that carries an instrument out, from a day to a day."""

    instrument = models.ForeignKey(
        Instrument,
        models.PROTECT,
        related_name="uitvoerders",
        verbose_name="instrument",
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="carries_out",
        verbose_name="organisatie",
    )
    starts_on = models.DateField("vanaf")
    ends_on = models.DateField("tot en met", null=True, blank=True)

    class Meta:
        verbose_name = "uitvoerder"
        verbose_name_plural = "uitvoerders"
        ordering = ["instrument", "starts_on"]
        constraints = [
            ends_after_it_starts("an_uitvoerder_ends_after_it_starts"),
            days_that_do_not_overlap(
                "instrument",
                name="an_instrument_has_one_uitvoerder_at_a_time",
                message="Dit instrument heeft in die tijd al een uitvoerder.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} voor {self.instrument}"


@pghistory.track()
class ContributionRate(models.Model):
    """What gemeente and uitvoerder each contribute, in percent of the gross revenue.

    In force from a half-year until the next rate. Source: domain rules 12 and 17,
    seed 001 (set yearly by the ALV).
    """

    instrument = models.ForeignKey(
        Instrument,
        models.PROTECT,
        related_name="contribution_rates",
        verbose_name="instrument",
    )
    from_halfyear = HalfYearField("vanaf halfjaar")
    gemeente_pct = models.DecimalField(
        "percentage gemeente", max_digits=5, decimal_places=2, validators=PERCENTAGE
    )
    uitvoerder_pct = models.DecimalField(
        "percentage uitvoerder", max_digits=5, decimal_places=2, validators=PERCENTAGE
    )
    besluit = models.ForeignKey(
        AlvBesluit, models.PROTECT, related_name="+", verbose_name="ALV-besluit"
    )

    class Meta:
        verbose_name = "bijdragepercentage"
        verbose_name_plural = "bijdragepercentages"
        ordering = ["instrument", "from_halfyear"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "from_halfyear"],
                name="a_contribution_rate_changes_once_in_a_halfyear",
                violation_error_message="Voor dit halfjaar staat al een percentage.",
            ),
            models.CheckConstraint(
                condition=Q(gemeente_pct__range=(0, 100))
                & Q(uitvoerder_pct__range=(0, 100)),
                name="a_contribution_is_a_percentage",
                violation_error_message="Een percentage ligt tussen 0 en 100.",
            ),
        ]

    def __str__(self) -> str:
        ours, theirs = map(dutch.percent, (self.gemeente_pct, self.uitvoerder_pct))
        return f"{self.instrument} vanaf {self.from_halfyear}: {ours} en {theirs}"

    def clean(self) -> None:
        """Of what the database refuses, what can be seen from this rate alone."""
        asks = bool(self.gemeente_pct or self.uitvoerder_pct)
        if asks and self.instrument_id and isinstance(self.from_halfyear, HalfYear):
            day = self.from_halfyear.first_day
            days = Q(ends_on__isnull=True) | Q(ends_on__gte=day)
            if self.instrument.tariffs.filter(days, starts_on__lte=day).exists():
                raise ValidationError(
                    "Dit instrument heeft in die tijd al een ander tarief."
                )


@pghistory.track()
class MinimumWage(models.Model):
    """The legal minimum wage per hour in euros, from a day until the next one.

    A tarief below it is told to the bureau before it settles, and never refused.
    Source: domain 3.13; it changes each 1 January and 1 July.
    """

    starts_on = models.DateField("vanaf")
    amount = models.DecimalField("minimumuurloon", max_digits=6, decimal_places=2)
    source = models.CharField("bron", max_length=200)

    class Meta:
        verbose_name = "minimumuurloon"
        verbose_name_plural = "minimumuurlonen"
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["starts_on"],
                name="a_minimum_wage_starts_on_a_day_once",
                violation_error_message="Vanaf deze dag staat er al een bedrag.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="a_minimum_wage_is_above_zero",
                violation_error_message="Het minimumuurloon ligt boven nul.",
            ),
        ]

    def __str__(self) -> str:
        return f"{dutch.euro(self.amount)} per uur vanaf {dutch.day(self.starts_on)}"
