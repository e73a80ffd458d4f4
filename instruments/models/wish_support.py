"""Who stands behind a verbeterwens, who follows it, and what is said about it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from instruments.models.ontwikkelvoorstellen import WITHOUT_BSN
from instruments.models.wishes import Verbeterwens
from membership.models import Organisation, Person


class WensSupport(models.Model):
    """That an organisation wants it too; one at a time for each organisation."""

    wens = models.ForeignKey(
        Verbeterwens,
        models.PROTECT,
        related_name="support",
        verbose_name="verbeterwens",
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="+",
        verbose_name="organisatie",
    )
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="gegeven door"
    )
    at = models.DateTimeField("gegeven op", default=timezone.now)
    ended_at = models.DateTimeField("ingetrokken op", null=True, blank=True)

    class Meta:
        verbose_name = "steun voor een verbeterwens"
        verbose_name_plural = "steun voor verbeterwensen"
        ordering = ["wens", "at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["wens", "organisation"],
                condition=Q(ended_at__isnull=True),
                name="an_organisation_supports_a_wens_once",
                violation_error_message="Uw organisatie steunt deze wens al.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} steunt {self.wens}"


class WensFollower(models.Model):
    """Who gets an e-mail at every step."""

    wens = models.ForeignKey(
        Verbeterwens,
        models.PROTECT,
        related_name="followers",
        verbose_name="verbeterwens",
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="persoon"
    )

    class Meta:
        verbose_name = "volger van een verbeterwens"
        verbose_name_plural = "volgers van verbeterwensen"
        ordering = ["wens", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["wens", "person"],
                name="a_person_follows_a_wens_once",
                violation_error_message="U volgt deze wens al.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} volgt {self.wens}"


class WensRemark(models.Model):
    """What somebody says about a wens, for all who may read it. Only added to."""

    wens = models.ForeignKey(
        Verbeterwens,
        models.PROTECT,
        related_name="remarks",
        verbose_name="verbeterwens",
    )
    text = models.TextField("opmerking", max_length=2000, validators=WITHOUT_BSN)
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="geschreven door"
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="namens",
        help_text="Leeg voor de vereniging zelf.",
    )
    at = models.DateTimeField("geschreven op", default=timezone.now)

    class Meta:
        verbose_name = "opmerking bij een verbeterwens"
        verbose_name_plural = "opmerkingen bij verbeterwensen"
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="a_remark_on_a_wens_says_something",
                violation_error_message="Schrijf een opmerking.",
            ),
        ]

    def __str__(self) -> str:
        return f"opmerking van {self.by} bij {self.wens}"
