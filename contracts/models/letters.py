"""Letters that the worker prints: of a takeover, and to colleges about a datalek."""

from django.db import models
from django.db.models import Q

from contracts.models.breach_facts import BreachCollege, BreachEntry
from contracts.models.existing import TakeoverRun
from contracts.models.offers import Offer
from membership.identifiers import validate_without_bsn
from membership.models import Person


class TakeoverLetter(models.Model):
    """The letter beside the e-mail about one takeover, as it was printed (PDF).

    docx is the same letter, to put on paper with a letterhead of its own.
    """

    offer = models.OneToOneField(
        Offer, models.PROTECT, related_name="letter", verbose_name="aanbod"
    )
    run = models.ForeignKey(
        TakeoverRun,
        models.PROTECT,
        related_name="letters",
        verbose_name="samen aangeboden",
    )
    file_name = models.CharField("bestand", max_length=200)
    sha256 = models.CharField("controlegetal", max_length=64)
    content = models.BinaryField("inhoud")
    docx = models.BinaryField("om aan te passen", blank=True, default=bytes)
    made_at = models.DateTimeField("gemaakt op", auto_now_add=True)

    class Meta:
        verbose_name = "brief over een overname"
        verbose_name_plural = "brieven over overnames"
        ordering = ["run", "offer__reference"]

    def __str__(self) -> str:
        return f"brief bij {self.offer}"


class LetterOrder(models.Model):
    """A letter to one college about a datalek, that the worker is to print and send.

    Ready when it has its entry in the register, or a refusal that says why not.
    """

    college = models.ForeignKey(
        BreachCollege,
        models.PROTECT,
        related_name="letter_orders",
        verbose_name="betrokken college",
    )
    words = models.TextField(
        "toelichting", blank=True, validators=[validate_without_bsn]
    )
    asked_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="gevraagd door"
    )
    asked_at = models.DateTimeField("gevraagd op", auto_now_add=True)
    entry = models.OneToOneField(
        BreachEntry,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="letter_order",
        verbose_name="brief",
    )
    refusal = models.CharField("niet gelukt omdat", max_length=300, blank=True)

    class Meta:
        verbose_name = "brief in de rij"
        verbose_name_plural = "brieven in de rij"
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["college"],
                condition=Q(entry__isnull=True, refusal=""),
                name="a_college_waits_for_one_letter",
                violation_error_message="Er staat al een brief aan dit college klaar.",
            ),
            models.CheckConstraint(
                condition=Q(entry__isnull=True) | Q(refusal=""),
                name="a_letter_is_sent_or_refused",
            ),
        ]

    def __str__(self) -> str:
        return f"brief aan {self.college}"
