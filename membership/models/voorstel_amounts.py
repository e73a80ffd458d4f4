"""What a voorstel asks in euros, line by line."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from membership.identifiers import validate_without_bsn
from membership.models.voorstellen import Voorstel


class VoorstelAmount(models.Model):
    """One amount of a financial voorstel, in euros; group as it is headed. It stands
    once members were convened (migration voorstel_amounts)."""

    voorstel = models.ForeignKey(
        Voorstel, models.PROTECT, related_name="amounts", verbose_name="voorstel"
    )
    position = models.PositiveSmallIntegerField("plaats")
    group = models.CharField(
        "onder", max_length=120, blank=True, validators=[validate_without_bsn]
    )
    name = models.CharField(
        "waarvoor", max_length=120, validators=[validate_without_bsn]
    )
    euros = models.DecimalField(
        "bedrag",
        max_digits=12,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01"))],
    )

    class Meta:
        verbose_name = "bedrag van een voorstel"
        verbose_name_plural = "bedragen van voorstellen"
        ordering = ["voorstel", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["voorstel", "position"],
                name="an_amount_has_its_own_place_in_a_voorstel",
            ),
            models.CheckConstraint(
                condition=Q(euros__gt=0) & ~Q(name=""),
                name="an_amount_of_a_voorstel_is_for_something",
                violation_error_message="Vul een bedrag boven nul in, en waarvoor.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} bij {self.voorstel}"
