"""What was agreed, from when, at which price: as dated facts.

Source: seed 001 (verwerkersovereenkomst, gebruiksovereenkomst), domain rules 31-32.
"""

import datetime

import pghistory
from django.db import models
from django.db.models import Q

from instruments.models import PERCENTAGE, Instrument
from membership.models import Organisation, Person, Role
from membership.models.periods import days_that_do_not_overlap, ends_after_it_starts
from nvsi.dutch import day
from nvsi.fields import HalfYearField


@pghistory.track()
class Verwerkersovereenkomst(models.Model):
    """The AVG art. 28 agreement of an organisation with the NVSI."""

    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="verwerkersovereenkomsten",
        verbose_name="organisatie",
    )
    starts_on = models.DateField("getekend op")
    ends_on = models.DateField("tot en met", null=True, blank=True)

    class Meta:
        verbose_name = "verwerkersovereenkomst"
        verbose_name_plural = "verwerkersovereenkomsten"
        ordering = ["organisation", "starts_on"]
        constraints = [
            ends_after_it_starts("a_verwerkersovereenkomst_ends_after_it_starts"),
            days_that_do_not_overlap(
                "organisation",
                name="an_organisation_has_one_verwerkersovereenkomst",
                message="Er is in die tijd al een verwerkersovereenkomst. "
                "Een nieuwe is niet nodig.",
            ),
        ]

    def __str__(self) -> str:
        return f"Verwerkersovereenkomst met {self.organisation}"


class GebruiksovereenkomstQuerySet(models.QuerySet["Gebruiksovereenkomst"]):
    def active_on(self, day: datetime.date) -> "GebruiksovereenkomstQuerySet":
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day
        )

    def still_on(self, day: datetime.date) -> "GebruiksovereenkomstQuerySet":
        """In force on a day, or to come."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day))

    def visible_to(self, user: Person) -> "GebruiksovereenkomstQuerySet":
        """The association sees all; others what their organisation holds."""
        if user.is_association:
            return self
        roles = (Role.Name.CONTACTPERSOON, Role.Name.ONDERTEKENAAR)
        return self.filter(organisation__in=user.organisations_as(*roles))


@pghistory.track()
class Gebruiksovereenkomst(models.Model):
    """The use of one instrument by its holder, for itself or for several gemeenten."""

    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="gebruiksovereenkomsten",
        verbose_name="houder",
    )
    instrument = models.ForeignKey(
        Instrument,
        models.PROTECT,
        related_name="gebruiksovereenkomsten",
        verbose_name="instrument",
    )
    signed_on = models.DateField("getekend op")
    starts_on = models.DateField("vanaf")
    ends_on = models.DateField("tot en met", null=True, blank=True)

    objects = GebruiksovereenkomstQuerySet.as_manager()

    class Meta:
        verbose_name = "gebruiksovereenkomst"
        verbose_name_plural = "gebruiksovereenkomsten"
        ordering = ["organisation", "starts_on"]
        constraints = [
            ends_after_it_starts("a_gebruiksovereenkomst_ends_after_it_starts"),
            days_that_do_not_overlap(
                "organisation",
                "instrument",
                name="a_holder_has_one_gebruiksovereenkomst_per_instrument",
                message="Er is in die tijd al een gebruiksovereenkomst voor dit "
                "instrument.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} voor {self.organisation} vanaf {day(self.starts_on)}"


@pghistory.track()
class Coverage(models.Model):
    """A gemeente whose work falls under a gebruiksovereenkomst, from day to day.

    Its own agreement, or that of a samenwerkingsverband. The instrument is repeated
    here so that the database can refuse two agreements for one gemeente.
    """

    agreement = models.ForeignKey(
        Gebruiksovereenkomst,
        models.PROTECT,
        related_name="coverages",
        verbose_name="gebruiksovereenkomst",
    )
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="+")
    gemeente = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="coverages",
        verbose_name="gemeente",
    )
    starts_on = models.DateField("vanaf")
    ends_on = models.DateField("tot en met", null=True, blank=True)

    class Meta:
        verbose_name = "gemeente onder overeenkomst"
        verbose_name_plural = "gemeenten onder overeenkomsten"
        ordering = ["gemeente", "starts_on"]
        constraints = [
            ends_after_it_starts("a_coverage_ends_after_it_starts"),
            days_that_do_not_overlap(
                "instrument",
                "gemeente",
                name="a_gemeente_has_one_agreement_per_instrument",
                message="Deze gemeente heeft in die tijd al een gebruiksovereenkomst "
                "voor dit instrument.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gemeente} onder {self.agreement}"


@pghistory.track()
class Terms(models.Model):
    """The price of an agreement: in force from a half-year until the next terms.

    vergoeding_pct is the uitvoerder's fee in percent of the gross revenue. Keeping
    only the first half-year makes overlap, and change inside a half-year, impossible.
    """

    agreement = models.ForeignKey(
        Gebruiksovereenkomst,
        models.PROTECT,
        related_name="terms",
        verbose_name="gebruiksovereenkomst",
    )
    from_halfyear = HalfYearField("vanaf halfjaar")
    vergoeding_pct = models.DecimalField(
        "vergoeding (%)", max_digits=5, decimal_places=2, validators=PERCENTAGE
    )

    class Meta:
        verbose_name = "vergoeding"
        verbose_name_plural = "vergoedingen"
        ordering = ["agreement", "from_halfyear"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "from_halfyear"],
                name="terms_change_once_in_a_halfyear",
                violation_error_message="Voor dit halfjaar staat al een vergoeding.",
            ),
            models.CheckConstraint(
                condition=Q(vergoeding_pct__range=(0, 100)),
                name="a_vergoeding_is_a_percentage",
                violation_error_message="Een percentage ligt tussen 0 en 100.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vergoeding_pct}% vanaf {self.from_halfyear}"
