"""Agreements with the uitvoerder itself, that move to the NVSI when they expire.

Source: seed 002 (when a contract ends, it is prolonged on the NVSI).
"""

import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from contracts.models.offers import Offer
from instruments.models import PERCENTAGE, Instrument
from membership.identifiers import validate_without_bsn
from membership.models import Organisation, Person
from nvsi.dutch import day

_WITHOUT_BSN: list[Any] = [validate_without_bsn]


class TakeoverRun(models.Model):
    """One act: offer the takeover of many agreements. Worked on one by one.

    How far it is follows from its agreements: offered, refused with why, or waiting.
    """

    answer_by = models.DateField("uiterlijk tekenen op")
    asked_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="gevraagd door"
    )
    asked_at = models.DateTimeField("gevraagd op", auto_now_add=True)
    finished_at = models.DateTimeField("klaar op", null=True, blank=True)

    class Meta:
        verbose_name = "ronde van overnames"
        verbose_name_plural = "rondes van overnames"
        ordering = ["-asked_at", "-id"]

    def __str__(self) -> str:
        return f"ronde {self.pk} van overnames"


class ExistingAgreementQuerySet(models.QuerySet["ExistingAgreement"]):
    def open(self) -> "ExistingAgreementQuerySet":
        """Of which nothing was signed with the NVSI yet."""
        return self.filter(Q(offer=None) | Q(offer__concluded_at=None))

    def to_offer(self) -> "ExistingAgreementQuerySet":
        """Without an offer that runs, or that was signed."""
        over = (
            Q(offer__declined_at__isnull=False)
            | Q(offer__withdrawn_at__isnull=False)
            | Q(offer__lapsed_at__isnull=False)
        )
        return self.filter(Q(offer=None) | over)


class ExistingAgreement(models.Model):
    """One that a gemeente or samenwerkingsverband has with the uitvoerder itself.

    The plan is to prolong it on the NVSI from the day after ends_on, at the same price.
    refusal says why the last attempt to offer that failed.
    """

    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="existing_agreements",
        verbose_name="organisatie",
    )
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, related_name="+", verbose_name="instrument"
    )
    uitvoerder = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name="uitvoerder"
    )
    gemeenten = models.ManyToManyField(
        Organisation,
        related_name="+",
        verbose_name="gemeenten",
        blank=True,
        help_text="Alleen voor een samenwerkingsverband.",
    )
    ends_on = models.DateField("eindigt op")
    vergoeding_pct = models.DecimalField(
        "vergoeding (%)", max_digits=5, decimal_places=2, validators=PERCENTAGE
    )
    terms = models.TextField(
        "bijzondere afspraken", blank=True, validators=_WITHOUT_BSN
    )
    offer = models.OneToOneField(
        Offer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="existing",
        verbose_name="aanbod",
    )
    run = models.ForeignKey(
        TakeoverRun,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="agreements",
        verbose_name="samen aangeboden",
    )
    refusal = models.CharField("niet gelukt omdat", max_length=300, blank=True)

    objects = ExistingAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = "bestaande overeenkomst"
        verbose_name_plural = "bestaande overeenkomsten"
        ordering = ["ends_on", "organisation__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "instrument", "ends_on"],
                name="an_existing_agreement_stands_once",
                violation_error_message="Deze overeenkomst staat er al.",
            ),
            models.CheckConstraint(
                condition=Q(vergoeding_pct__range=(0, 100)),
                name="the_vergoeding_of_an_existing_one_is_a_percentage",
                violation_error_message="Een percentage ligt tussen 0 en 100.",
            ),
        ]

    def __str__(self) -> str:
        until = day(self.ends_on)
        return f"{self.instrument} voor {self.organisation} tot en met {until}"

    @property
    def follows_on(self) -> datetime.date:
        """The first day that the NVSI takes over."""
        return self.ends_on + datetime.timedelta(days=1)
