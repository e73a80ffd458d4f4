"""Notices: that a membership ends, who said so, on what ground, and from which day."""

from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import F, Q

from membership.identifiers import validate_without_bsn
from membership.leaving.rules import OF_THE_ASSOCIATION, Ground
from membership.models.alv import AlvBesluit
from membership.models.people import Person
from membership.models.periods import Membership


class Notice(models.Model):
    """An opzegging or ontzetting. Only ever added.

    received_on: when the association got it; of one by the association, when the member
    was told. ends_on is the last day that followed from it then; an appeal may change
    that of the membership. A membership ends by one notice, unless the one before was
    undone on appeal (trigger). Source: BW 2 art. 35-36, domain rule 26.
    """

    membership = models.ForeignKey(
        Membership,
        models.PROTECT,
        related_name="notices",
        verbose_name="lidmaatschap",
    )
    ground = models.CharField("grond", max_length=20, choices=Ground.choices)
    received_on = models.DateField("ontvangen op")
    burdened_on = models.DateField("hoorde van het besluit op", null=True, blank=True)
    reason = models.TextField(
        "reden",
        blank=True,
        validators=[validate_without_bsn, MinLengthValidator(3)],
    )
    ends_on = models.DateField("laatste dag")
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="vastgelegd door"
    )
    at = models.DateTimeField("vastgelegd op", auto_now_add=True)

    class Meta:
        verbose_name = "opzegging"
        verbose_name_plural = "opzeggingen"
        ordering = ["-received_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("received_on")),
                name="a_membership_ends_after_its_notice",
                violation_error_message="Een lidmaatschap eindigt niet vóór de "
                "opzegging.",
            ),
            models.CheckConstraint(
                condition=~Q(ground__in=["regular", "association"])
                | Q(ends_on__month=12, ends_on__day=31),
                name="a_regular_notice_is_for_the_end_of_the_boekjaar",
                violation_error_message="Opzeggen kan tegen het einde van het "
                "boekjaar.",
            ),
            models.CheckConstraint(
                condition=~Q(ground__in=sorted(OF_THE_ASSOCIATION)) | ~Q(reason=""),
                name="the_association_gives_its_reason",
                violation_error_message="De vereniging geeft de reden.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_ground_display()} van {self.membership.organisation}"


class Appeal(models.Model):
    """That a member appeals against its ending by the association, and the outcome.

    Of an ontzetting the member is suspended until then. Added once and decided once.
    Source: BW 2 art. 35 lid 4.
    """

    class Outcome(models.TextChoices):
        GRANTED = "granted", "gegrond: het lidmaatschap blijft"
        DISMISSED = "dismissed", "ongegrond: het lidmaatschap eindigt"

    notice = models.OneToOneField(
        Notice, models.PROTECT, related_name="appeal", verbose_name="opzegging"
    )
    received_on = models.DateField("beroep ontvangen op")
    outcome = models.CharField(
        "uitkomst", max_length=20, choices=Outcome.choices, blank=True
    )
    decided_on = models.DateField("beslist op", null=True, blank=True)
    besluit = models.ForeignKey(
        AlvBesluit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ALV-besluit",
    )
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="vastgelegd door"
    )
    at = models.DateTimeField("vastgelegd op", auto_now_add=True)

    class Meta:
        verbose_name = "beroep"
        verbose_name_plural = "beroepen"
        ordering = ["-received_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", decided_on__isnull=True, besluit__isnull=True)
                | ~Q(outcome="") & Q(decided_on__isnull=False, besluit__isnull=False),
                name="an_appeal_is_decided_on_a_day_by_the_alv",
                violation_error_message="Vul de uitkomst in, met de dag en het "
                "ALV-besluit.",
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True)
                | Q(decided_on__gte=F("received_on")),
                name="an_appeal_is_decided_after_it_was_received",
                violation_error_message="De beslissing ligt niet vóór het beroep.",
            ),
        ]

    def __str__(self) -> str:
        return f"beroep van {self.notice.membership.organisation}"
