"""What the ALV and the bestuur set beforehand for voorstellen voor doorontwikkeling.

Source: seed 001: the bestuur gives criteria for the cover, the ALV decides on financial
voorstellen. Amounts are in euros.
"""

import datetime
from decimal import Decimal

import pghistory
from django.db import models
from django.db.models import Q

from instruments.models.instruments import Instrument
from instruments.models.ontwikkelvoorstellen import EUROS, WITHOUT_BSN
from membership.models import AlvBesluit
from membership.models.periods import ends_after_it_starts
from nvsi import dutch

EVERYTHING = Decimal(0)


class AlvLimitQuerySet(models.QuerySet["AlvLimit"]):
    def amount_on(self, instrument: Instrument, day: datetime.date) -> Decimal:
        """Above this amount the ALV decides; 0 when nothing was set: on all that
        costs money."""
        rows = self.filter(instrument=instrument, starts_on__lte=day)
        found = rows.order_by("-starts_on").values_list("amount", flat=True).first()
        return EVERYTHING if found is None else found


@pghistory.track()
class AlvLimit(models.Model):
    """Up to which amount the bestuur decides without the ALV, from a day on."""

    instrument = models.ForeignKey(
        Instrument, models.PROTECT, related_name="alv_limits", verbose_name="instrument"
    )
    starts_on = models.DateField("vanaf")
    amount = models.DecimalField(
        "tot en met dit bedrag besluit het bestuur",
        max_digits=12,
        decimal_places=2,
        validators=EUROS,
    )
    besluit = models.ForeignKey(
        AlvBesluit, models.PROTECT, related_name="+", verbose_name="ALV-besluit"
    )

    objects = AlvLimitQuerySet.as_manager()

    class Meta:
        verbose_name = "grens voor de ALV"
        verbose_name_plural = "grenzen voor de ALV"
        ordering = ["instrument", "-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "starts_on"],
                name="a_limit_for_the_alv_starts_on_a_day_once",
                violation_error_message="Vanaf deze dag staat er al een grens.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="a_limit_for_the_alv_is_not_below_zero",
                violation_error_message="Een grens ligt niet onder nul.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} vanaf {dutch.day(self.starts_on)}"


class CoverCriterionQuerySet(models.QuerySet["CoverCriterion"]):
    def active_on(self, day: datetime.date) -> "CoverCriterionQuerySet":
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day
        )


@pghistory.track()
class CoverCriterion(models.Model):
    """What the bestuur asks of the cover of a voorstel, from a day to a day."""

    text = models.CharField("criterium", max_length=300, validators=WITHOUT_BSN)
    starts_on = models.DateField("vanaf")
    ends_on = models.DateField("tot en met", null=True, blank=True)

    objects = CoverCriterionQuerySet.as_manager()

    class Meta:
        verbose_name = "criterium voor de dekking"
        verbose_name_plural = "criteria voor de dekking"
        ordering = ["starts_on", "id"]
        constraints = [ends_after_it_starts("a_criterion_ends_after_it_starts")]

    def __str__(self) -> str:
        return self.text
