"""The half-years of an instrument, and whether they are closed."""

from django.db import models

from instruments.models import Instrument
from nvsi.fields import HalfYearField


class Period(models.Model):
    """A half-year of one instrument. Closed is for good: no line enters after."""

    instrument = models.ForeignKey(
        Instrument, models.PROTECT, related_name="periods", verbose_name="instrument"
    )
    halfyear = HalfYearField("halfjaar")
    closed_at = models.DateTimeField("gesloten op", null=True, blank=True)

    class Meta:
        verbose_name = "halfjaar"
        verbose_name_plural = "halfjaren"
        ordering = ["-halfyear"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "halfyear"],
                name="a_halfyear_of_an_instrument_exists_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.instrument} {self.halfyear}"
