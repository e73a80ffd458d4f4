"""What the NVSI agreed with an uitvoerder: per instrument, from day to day."""

import datetime

import pghistory
from django.db import models
from django.db.models import Q

from instruments.models import Instrument
from membership.models import Organisation
from membership.models.periods import days_that_do_not_overlap, ends_after_it_starts


class UitvoeringsovereenkomstQuerySet(models.QuerySet["Uitvoeringsovereenkomst"]):
    def active_on(self, day: datetime.date) -> "UitvoeringsovereenkomstQuerySet":
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day
        )


@pghistory.track()
class Uitvoeringsovereenkomst(models.Model):
    """The agreement by which an uitvoerder carries an instrument out for the NVSI.

    The uitvoerder is then sub-verwerker. Source: seed 002, AVG art. 28 lid 4.
    """

    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="uitvoeringsovereenkomsten",
        verbose_name="uitvoerder",
    )
    instrument = models.ForeignKey(
        Instrument,
        models.PROTECT,
        related_name="uitvoeringsovereenkomsten",
        verbose_name="instrument",
    )
    signed_on = models.DateField("getekend op")
    starts_on = models.DateField("vanaf")
    ends_on = models.DateField("tot en met", null=True, blank=True)

    objects = UitvoeringsovereenkomstQuerySet.as_manager()

    class Meta:
        verbose_name = "uitvoeringsovereenkomst"
        verbose_name_plural = "uitvoeringsovereenkomsten"
        ordering = ["instrument", "starts_on"]
        constraints = [
            ends_after_it_starts("an_uitvoeringsovereenkomst_ends_after_it_starts"),
            days_that_do_not_overlap(
                "instrument",
                name="an_instrument_has_one_uitvoeringsovereenkomst",
                message="Er is in die tijd al een uitvoeringsovereenkomst voor dit "
                "instrument.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} voert {self.instrument} uit vanaf {self.starts_on}"
