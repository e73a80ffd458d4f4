"""Interest of gemeenten in an instrument, from which agreements follow."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from instruments.models.instruments import Instrument
from membership.identifiers import validate_without_bsn
from membership.models import Organisation, Person

WITHOUT_BSN = [validate_without_bsn]


class InterestQuerySet(models.QuerySet["Interest"]):
    def visible_to(self, user: Person) -> "InterestQuerySet":
        """The association sees all, others those of their own organisation."""
        if user.is_association:
            return self
        return self.filter(organisation__in=user.organisation_ids)

    def running(self) -> "InterestQuerySet":
        return self.filter(status__in=Interest.RUNNING)


class Interest(models.Model):
    """A gemeente that wants to use an instrument; agreements may follow from it."""

    class Status(models.TextChoices):
        OPEN = "open", "wacht op antwoord"
        ANSWERED = "answered", "beantwoord"
        WITHDRAWN = "withdrawn", "ingetrokken"
        CLOSED = "closed", "afgesloten"

    RUNNING = ("open", "answered")
    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        "open": ("answered", "withdrawn", "closed"),
        "answered": ("withdrawn", "closed"),
        "withdrawn": (),
        "closed": (),
    }

    instrument = models.ForeignKey(
        Instrument,
        models.PROTECT,
        related_name="interests",
        verbose_name="instrument",
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="interests",
        verbose_name="organisatie",
    )
    words = models.TextField(
        "toelichting", blank=True, max_length=2_000, validators=WITHOUT_BSN
    )
    shown_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="getoond door"
    )
    shown_at = models.DateTimeField("getoond op", auto_now_add=True)
    status = models.CharField(
        "stand", max_length=10, choices=Status.choices, default=Status.OPEN
    )
    answer = models.TextField(
        "antwoord", blank=True, max_length=2_000, validators=WITHOUT_BSN
    )
    answered_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="beantwoord door",
    )  # fmt: skip
    answered_at = models.DateTimeField("beantwoord op", null=True, blank=True)

    objects = InterestQuerySet.as_manager()

    class Meta:
        verbose_name = "belangstelling"
        verbose_name_plural = "belangstelling"
        ordering = ["-shown_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "organisation"],
                condition=Q(status__in=("open", "answered")),
                name="an_organisation_is_interested_once_at_a_time",
                violation_error_message="Deze organisatie toonde al belangstelling.",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_by__isnull=True,
                            answered_at__isnull=True)
                | (~Q(answer="") & Q(answered_by__isnull=False,
                                     answered_at__isnull=False)),
                name="an_answer_to_interest_says_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(status="answered") | ~Q(answer=""),
                name="answered_interest_has_an_answer",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.organisation} voor {self.instrument}"
