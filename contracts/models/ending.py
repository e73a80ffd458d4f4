"""What stops an agreement, for a while or for good: a pause, an opzegging."""

import datetime
from typing import Any

from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import F, Q

from contracts.kinds import Party
from contracts.models.facts import Gebruiksovereenkomst, Verwerkersovereenkomst
from contracts.models.uitvoering import Uitvoeringsovereenkomst
from membership.identifiers import validate_without_bsn
from membership.models import Person
from membership.models.periods import days_that_do_not_overlap, ends_after_it_starts

_REASON: list[Any] = [validate_without_bsn, MinLengthValidator(3)]


class AgreementNotice(models.Model):
    """The opzegging of one agreement. Only ever added, and one for each agreement.

    received_on is the day on which the other party got it; notice_months the term that
    was agreed; ends_on the last day that follows from both.
    """

    verwerkersovereenkomst = models.OneToOneField(
        Verwerkersovereenkomst,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="notice",
        verbose_name="verwerkersovereenkomst",
    )
    gebruiksovereenkomst = models.OneToOneField(
        Gebruiksovereenkomst,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="notice",
        verbose_name="gebruiksovereenkomst",
    )
    uitvoeringsovereenkomst = models.OneToOneField(
        Uitvoeringsovereenkomst,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="notice",
        verbose_name="uitvoeringsovereenkomst",
    )
    given_by = models.CharField("opgezegd door", max_length=20, choices=Party.choices)
    received_on = models.DateField("ontvangen op")
    notice_months = models.PositiveSmallIntegerField("opzegtermijn (maanden)")
    ends_on = models.DateField("laatste dag")
    reason = models.TextField("reden", blank=True, validators=_REASON)
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="vastgelegd door"
    )
    at = models.DateTimeField("vastgelegd op", auto_now_add=True)

    class Meta:
        verbose_name = "opzegging van een overeenkomst"
        verbose_name_plural = "opzeggingen van overeenkomsten"
        ordering = ["-received_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    verwerkersovereenkomst__isnull=False,
                    gebruiksovereenkomst__isnull=True,
                    uitvoeringsovereenkomst__isnull=True,
                )
                | Q(
                    verwerkersovereenkomst__isnull=True,
                    gebruiksovereenkomst__isnull=False,
                    uitvoeringsovereenkomst__isnull=True,
                )
                | Q(
                    verwerkersovereenkomst__isnull=True,
                    gebruiksovereenkomst__isnull=True,
                    uitvoeringsovereenkomst__isnull=False,
                ),
                name="a_notice_is_of_one_agreement",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("received_on")),
                name="an_agreement_ends_after_its_notice",
                violation_error_message="Een overeenkomst eindigt niet vóór de "
                "opzegging.",
            ),
            models.CheckConstraint(
                condition=~Q(given_by="nvsi") | ~Q(reason=""),
                name="the_nvsi_gives_notice_with_a_reason",
                violation_error_message="Geef de reden: de vereniging zegt niet zonder "
                "reden op.",
            ),
        ]

    def __str__(self) -> str:
        return f"opzegging van {self.agreement}"

    @property
    def agreement(
        self,
    ) -> Verwerkersovereenkomst | Gebruiksovereenkomst | Uitvoeringsovereenkomst:
        """The agreement that ends."""
        one = (
            self.verwerkersovereenkomst
            or self.gebruiksovereenkomst
            or self.uitvoeringsovereenkomst
        )
        assert one is not None, "a constraint says so"
        return one


class PauseQuerySet(models.QuerySet["Pause"]):
    def active_on(self, day: datetime.date) -> "PauseQuerySet":
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day
        )


class Pause(models.Model):
    """Days on which an instrument is not used under an agreement that goes on.

    No hours are taken in that were worked on those days; what was worked before is
    settled as always.
    """

    agreement = models.ForeignKey(
        Gebruiksovereenkomst,
        models.PROTECT,
        related_name="pauses",
        verbose_name="gebruiksovereenkomst",
    )
    starts_on = models.DateField("vanaf")
    ends_on = models.DateField("tot en met", null=True, blank=True)
    reason = models.TextField("reden", validators=_REASON)
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="vastgelegd door"
    )
    at = models.DateTimeField("vastgelegd op", auto_now_add=True)

    objects = PauseQuerySet.as_manager()

    class Meta:
        verbose_name = "pauze"
        verbose_name_plural = "pauzes"
        ordering = ["agreement", "starts_on"]
        constraints = [
            ends_after_it_starts("a_pause_ends_after_it_starts"),
            days_that_do_not_overlap(
                "agreement",
                name="an_agreement_is_paused_once_at_a_time",
                message="Het gebruik is in die tijd al gepauzeerd.",
            ),
        ]

    def __str__(self) -> str:
        return f"pauze van {self.agreement} vanaf {self.starts_on}"
