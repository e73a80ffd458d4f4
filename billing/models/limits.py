"""From where on the regiegroep wants to know: limits that refuse nothing."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from instruments.models import Instrument
from nvsi.fields import HalfYearField

ABOVE_ZERO = [MinValueValidator(1)]


class SignalLimit(models.Model):
    """What is large, long or much for an instrument, from a half-year until the next.

    Source: issue 6, signals to the regiegroep; seed 001 has it watch over size and
    length of assignments.
    """

    instrument = models.ForeignKey(
        Instrument, models.PROTECT, related_name="+", verbose_name="instrument"
    )
    from_halfyear = HalfYearField("vanaf halfjaar")
    opdracht_uren = models.PositiveIntegerField(
        "uren per opdracht", validators=ABOVE_ZERO, help_text="In een halfjaar."
    )
    opdracht_weken = models.PositiveIntegerField(
        "weken per opdracht",
        validators=ABOVE_ZERO,
        help_text="Van de eerste tot en met de laatste dag, over twee halfjaren.",
    )
    opdrachtgever_kandidaten = models.PositiveIntegerField(
        "kandidaten per opdrachtgever",
        validators=ABOVE_ZERO,
        help_text="In een halfjaar.",
    )
    source = models.CharField("bron", max_length=200, help_text="Welk besluit dit is.")

    class Meta:
        verbose_name = "signaalgrens"
        verbose_name_plural = "signaalgrenzen"
        ordering = ["instrument", "from_halfyear"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "from_halfyear"],
                name="signal_limits_change_once_in_a_halfyear",
                violation_error_message="Voor dit halfjaar staan er al grenzen.",
            ),
            models.CheckConstraint(
                condition=Q(opdracht_uren__gt=0)
                & Q(opdracht_weken__gt=0)
                & Q(opdrachtgever_kandidaten__gt=0),
                name="a_signal_limit_is_above_zero",
                violation_error_message="Een grens ligt boven nul.",
            ),
        ]

    def __str__(self) -> str:
        return f"Signaalgrenzen {self.instrument} vanaf {self.from_halfyear}"
