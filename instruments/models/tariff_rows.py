"""What stands with a tariff: budgets, indexations, bands of users, and exemptions.

Amounts are in euros a year. Source: seed 004 (part D, and Govroam).
"""

from decimal import Decimal

import pghistory
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from instruments.models.tariffs import EUROS, Tariff
from membership.models import AlvBesluit, Organisation
from membership.models.periods import days_that_do_not_overlap, ends_after_it_starts
from nvsi.dutch import counted, percent

LOWEST_INDEX, HIGHEST_INDEX = Decimal(-20), Decimal(20)


@pghistory.track()
class TariffBudget(models.Model):
    """One of the budgets that gemeenten pay together, in euros a year."""

    tariff = models.ForeignKey(
        Tariff,
        models.PROTECT,
        related_name="budgets",
        verbose_name="tarief",
        limit_choices_to={"kind": Tariff.Kind.INHABITANT},
    )
    name = models.CharField("waarvoor", max_length=100)
    amount = models.DecimalField("begroting", max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = "begroting bij een tarief"
        verbose_name_plural = "begrotingen bij tarieven"
        ordering = ["tariff", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tariff", "name"],
                name="a_tariff_names_a_budget_once",
                violation_error_message="Deze begroting staat al bij het tarief.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="a_budget_is_above_zero",
                violation_error_message="Een begroting ligt boven nul.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class TariffIndexation(models.Model):
    """By how many percent the price per inhabitant changes from a year on."""

    tariff = models.ForeignKey(
        Tariff,
        models.PROTECT,
        related_name="indexations",
        verbose_name="tarief",
        limit_choices_to={"kind": Tariff.Kind.INHABITANT},
    )
    year = models.PositiveSmallIntegerField("vanaf jaar")
    pct = models.DecimalField(
        "indexering (%)",
        max_digits=5,
        decimal_places=2,
        validators=[MinValueValidator(LOWEST_INDEX), MaxValueValidator(HIGHEST_INDEX)],
    )
    besluit = models.ForeignKey(
        AlvBesluit, models.PROTECT, related_name="+", verbose_name="ALV-besluit"
    )

    class Meta:
        verbose_name = "indexering"
        verbose_name_plural = "indexeringen"
        ordering = ["tariff", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["tariff", "year"],
                name="a_tariff_is_indexed_once_a_year",
                violation_error_message="Voor dit jaar staat er al een indexering.",
            ),
            models.CheckConstraint(
                condition=Q(pct__range=(LOWEST_INDEX, HIGHEST_INDEX)),
                name="an_indexation_is_no_leap",
                violation_error_message="Een indexering ligt tussen -20 en 20 procent.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {percent(self.pct)}"

    def clean(self) -> None:
        """The price of its own price level is what the ALV decided, and not indexed."""
        level = self.tariff.price_level if self.tariff_id else None
        if level and self.year is not None and self.year <= level:
            words = f"De begrotingen zijn van {level}. Kies een later jaar."
            raise ValidationError({"year": words})


@pghistory.track()
class TariffBand(models.Model):
    """What a year costs from a number of users on, up to the next band."""

    tariff = models.ForeignKey(
        Tariff,
        models.PROTECT,
        related_name="bands",
        verbose_name="tarief",
        limit_choices_to={"kind": Tariff.Kind.USERS},
    )
    from_users = models.PositiveIntegerField("vanaf aantal gebruikers")
    amount = models.DecimalField(
        "bedrag per jaar", max_digits=10, decimal_places=2, validators=EUROS
    )

    class Meta:
        verbose_name = "staffel"
        verbose_name_plural = "staffels"
        ordering = ["tariff", "from_users"]
        constraints = [
            models.UniqueConstraint(
                fields=["tariff", "from_users"],
                name="a_tariff_has_a_band_once",
                violation_error_message="Vanaf dit aantal staat er al een bedrag.",
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="a_band_is_not_below_zero",
                violation_error_message="Een bedrag ligt niet onder nul.",
            ),
        ]

    def __str__(self) -> str:
        return f"vanaf {counted(self.from_users, 'gebruiker', 'gebruikers')}"


@pghistory.track()
class TariffExemption(models.Model):
    """A gemeente that pays nothing in the years it has a provision of its own."""

    tariff = models.ForeignKey(
        Tariff, models.PROTECT, related_name="exemptions", verbose_name="tarief"
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="+",
        verbose_name="gemeente",
        limit_choices_to={"kind": Organisation.Kind.GEMEENTE},
    )
    starts_on = models.DateField("vanaf")
    ends_on = models.DateField("tot en met", null=True, blank=True)
    reason = models.CharField("reden", max_length=200)

    class Meta:
        verbose_name = "vrijstelling"
        verbose_name_plural = "vrijstellingen"
        ordering = ["tariff", "organisation"]
        constraints = [
            ends_after_it_starts("an_exemption_ends_after_it_starts"),
            days_that_do_not_overlap(
                *("tariff", "organisation"),
                name="a_gemeente_is_exempt_once_at_a_time",
                message="Deze gemeente is in die tijd al vrijgesteld.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: vrijgesteld"
