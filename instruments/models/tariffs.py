"""Tariffs beside the percentage: an amount per inhabitant, by users, or nothing.

A percentage of the gross revenue is a ContributionRate and never a tariff: a trigger
sees to it that an instrument does not ask both in one time. Everything here is in
euros, and a year is a calendar year. Source: seed 004 (part D, and Govroam).
"""

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pghistory
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from instruments.models.instruments import Instrument
from membership.models import AlvBesluit, Organisation
from membership.models.periods import days_that_do_not_overlap, ends_after_it_starts

if TYPE_CHECKING:
    from instruments.models.tariff_rows import TariffExemption

BESIDE_A_PERCENTAGE = (
    "Dit instrument vraagt in die tijd een percentage van de bruto-omzet. Leg eerst "
    "een bijdragepercentage van 0 en 0 vast vanaf het jaar waarin dit tarief ingaat."
)
# What is filled in for one way of paying alone.
ASKED_BY_KIND = {"inhabitants": "inhabitant", "price_level": "inhabitant"}
ASKED_BY_KIND |= {"one_off": "users"}
EUROS = [MinValueValidator(Decimal(0))]


class TariffQuerySet(models.QuerySet["Tariff"]):
    def in_year(self, year: int) -> "TariffQuerySet":
        """Of an instrument at most one: a tariff holds for whole years."""
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=datetime.date(year, 12, 31)),
            starts_on__lte=datetime.date(year, 1, 1),
        )


@pghistory.track()
class Tariff(models.Model):
    """What the ALV decided that gemeenten pay for an instrument, for whole years.

    inhabitants is the number by which the budgets together are divided, price_level
    the year of which those budgets are; one_off is paid once, in the first year.
    """

    class Kind(models.TextChoices):
        INHABITANT = "inhabitant", "bedrag per inwoner per jaar"
        USERS = "users", "eenmalig en per jaar naar aantal gebruikers"
        FREE = "free", "gratis"

    instrument = models.ForeignKey(
        Instrument, models.PROTECT, related_name="tariffs", verbose_name="instrument"
    )
    kind = models.CharField("manier van betalen", max_length=20, choices=Kind.choices)
    starts_on = models.DateField("vanaf", help_text="Een 1 januari.")
    ends_on = models.DateField(
        "tot en met", null=True, blank=True, help_text="Een 31 december, of leeg."
    )
    besluit = models.ForeignKey(
        AlvBesluit, models.PROTECT, related_name="+", verbose_name="ALV-besluit"
    )
    inhabitants = models.PositiveIntegerField(
        "inwoners waarover is verdeeld",
        null=True,
        blank=True,
        help_text="Alleen bij een bedrag per inwoner: van alle gemeenten die meedoen.",
    )
    price_level = models.PositiveSmallIntegerField(
        "prijspeil (jaar)",
        null=True,
        blank=True,
        help_text="Alleen bij een bedrag per inwoner: het jaar van de begrotingen.",
    )
    one_off = models.DecimalField(
        "eenmalig bedrag",
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=EUROS,
        help_text="Alleen bij een bedrag naar aantal gebruikers.",
    )

    objects = TariffQuerySet.as_manager()

    class Meta:
        verbose_name = "tarief"
        verbose_name_plural = "tarieven"
        ordering = ["instrument", "starts_on"]
        constraints = [
            ends_after_it_starts("a_tariff_ends_after_it_starts"),
            days_that_do_not_overlap(
                "instrument",
                name="an_instrument_has_one_tariff_at_a_time",
                message="Dit instrument heeft in die tijd al een tarief.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__month=1, starts_on__day=1)
                & (Q(ends_on__isnull=True) | Q(ends_on__month=12, ends_on__day=31)),
                name="a_tariff_holds_for_whole_years",
                violation_error_message="Een tarief begint op 1 januari en eindigt op "
                "31 december.",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind="inhabitant",
                    inhabitants__gt=0,
                    inhabitants__isnull=False,
                    price_level__range=(2000, 2100),
                    price_level__isnull=False,
                    one_off__isnull=True,
                )
                | Q(
                    kind="users",
                    inhabitants__isnull=True,
                    price_level__isnull=True,
                    one_off__gte=0,
                    one_off__isnull=False,
                )
                | Q(
                    kind="free",
                    inhabitants__isnull=True,
                    price_level__isnull=True,
                    one_off__isnull=True,
                ),
                name="a_tariff_has_what_its_kind_asks",
                violation_error_message="Vul bij een bedrag per inwoner het aantal "
                "inwoners en het prijspeil in, bij gebruikers het eenmalige bedrag, "
                "en bij gratis geen van drie.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} vanaf {self.starts_on.year}: {self.kind_in_words}"

    def clean(self) -> None:
        """Say in the form what the database would refuse, at the field."""
        if wrong := {**self._odd_days(), **self._asked_by_its_kind()}:
            raise ValidationError(wrong)
        if self.instrument_id and self.starts_on and self._beside_a_percentage():
            raise ValidationError(BESIDE_A_PERCENTAGE)

    def _odd_days(self) -> dict[str, str]:
        wrong = {}
        if self.starts_on and (self.starts_on.month, self.starts_on.day) != (1, 1):
            wrong["starts_on"] = "Een tarief begint op 1 januari."
        if self.ends_on and (self.ends_on.month, self.ends_on.day) != (12, 31):
            wrong["ends_on"] = "Een tarief eindigt op 31 december."
        return wrong

    def _asked_by_its_kind(self) -> dict[str, str]:
        """What is missing for the way of paying, and what does not belong to it."""
        wrong = {}
        for name, kind in ASKED_BY_KIND.items():
            is_filled = getattr(self, name) is not None
            if is_filled and self.kind != kind:
                wrong[name] = "Laat dit leeg bij deze manier van betalen."
            elif self.kind == kind and not is_filled:
                wrong[name] = "Vul dit in bij deze manier van betalen."
        return wrong

    def _beside_a_percentage(self) -> bool:
        """Whether the instrument asks a percentage on some day of this tariff."""
        rates = list(self.instrument.contribution_rates.order_by("from_halfyear"))
        ends = [rate.from_halfyear.first_day for rate in rates[1:]]
        last = self.ends_on or datetime.date.max
        return any(
            rate.gemeente_pct + rate.uitvoerder_pct > 0
            and rate.from_halfyear.first_day <= last
            and self.starts_on < end
            for rate, end in zip(rates, [*ends, datetime.date.max], strict=False)
        )

    def exemption_of(
        self, gemeente: Organisation, day: datetime.date
    ) -> "TariffExemption | None":
        """A year is paid in advance: who is exempt on its first day is so all year."""
        found = self.exemptions.filter(organisation=gemeente, starts_on__lte=day)
        return found.exclude(ends_on__lt=day).first()

    @property
    def kind_in_words(self) -> str:
        return str(self.Kind(self.kind).label)
