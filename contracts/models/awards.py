"""The award of the NVSI to an uitvoerder, and the evidence for one of a gemeente.

Source: domain 7.4; Aanbestedingswet 2012 art. 2.24b.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from contracts.models.recorded_facts import RecordedFact, set_aside_says_why
from instruments.models import Instrument
from membership.identifiers import validate_without_bsn
from membership.models import Organisation, Person
from membership.models.periods import ends_after_it_starts

# Who of an organisation sees what it puts in its procurement file.
READERS = ("contactpersoon", "ondertekenaar", "financieel")


class Award(RecordedFact):
    """That the NVSI gave the work on an instrument to an uitvoerder, and how it chose.

    An award of its own, which no inbesteding covers. Amounts are euros without btw.
    """

    class Procedure(models.TextChoices):
        OPEN = "open", "Europees, openbaar"
        RESTRICTED = "restricted", "Europees, niet-openbaar"
        SOCIAL = "social", "sociale en andere specifieke diensten"
        NO_NOTICE = "no_notice", "onderhandeling zonder aankondiging"
        NATIONAL = "national", "nationaal, openbaar"
        SEVERAL = "several", "meervoudig onderhands"
        SINGLE = "single", "enkelvoudig onderhands"

    # What may be used above the threshold, and is announced on TenderNed.
    ANNOUNCED: ClassVar[tuple[str, ...]] = ("open", "restricted", "social")

    instrument = models.ForeignKey(
        Instrument, models.PROTECT, related_name="awards", verbose_name="instrument"
    )
    uitvoerder = models.ForeignKey(
        Organisation, models.PROTECT, related_name="awards", verbose_name="uitvoerder"
    )
    subject = models.CharField(
        "opdracht", max_length=200, validators=[validate_without_bsn]
    )
    procedure = models.CharField("procedure", max_length=12, choices=Procedure.choices)
    value = models.DecimalField(
        "geraamde waarde",
        max_digits=14,
        decimal_places=2,
        help_text="Over de hele looptijd, met verlengingen, zonder btw.",
    )
    threshold = models.DecimalField(
        "drempelbedrag",
        max_digits=14,
        decimal_places=2,
        help_text="Het Europese drempelbedrag dat op de dag van de keuze gold.",
    )
    tenderned = models.CharField("kenmerk op TenderNed", max_length=60, blank=True)
    announced_on = models.DateField("aangekondigd op", null=True, blank=True)
    awarded_on = models.DateField("gegund op")
    starts_on = models.DateField("contract vanaf")
    ends_on = models.DateField("contract tot en met", null=True, blank=True)
    grounds = models.TextField(
        "motivering",
        blank=True,
        validators=[validate_without_bsn],
        help_text="Nodig als de waarde boven de drempel ligt en er geen Europese "
        "aankondiging was.",
    )

    class Meta:
        verbose_name = "opdracht aan een uitvoerder"
        verbose_name_plural = "opdrachten aan uitvoerders"
        ordering = ["-awarded_on", "-id"]
        constraints = [
            set_aside_says_why("an_award_that_is_set_aside_says_why"),
            ends_after_it_starts("a_contract_of_an_award_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(value__gt=0, threshold__gt=0),
                name="an_award_has_a_value_and_a_threshold",
                violation_error_message="De waarde en de drempel liggen boven nul.",
            ),
            models.CheckConstraint(
                condition=Q(announced_on__isnull=True)
                | Q(announced_on__lte=F("awarded_on")),
                name="an_award_is_made_after_it_was_announced",
                violation_error_message="De gunning ligt voor de aankondiging.",
            ),
            models.CheckConstraint(
                condition=Q(value__lt=F("threshold"))
                | Q(procedure__in=["open", "restricted", "social"]) & ~Q(tenderned="")
                | ~Q(grounds=""),
                name="an_award_above_its_threshold_was_announced",
                violation_error_message="Boven de drempel noemt u de aankondiging op "
                "TenderNed, of u motiveert waarom die er niet was.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} aan {self.uitvoerder}"


class InbestedingEvidenceQuerySet(models.QuerySet["InbestedingEvidence"]):
    def visible_to(self, user: Person) -> "InbestedingEvidenceQuerySet":
        """The association sees all; an organisation what was made for it."""
        if user.is_association:
            return self
        return self.filter(organisation__in=user.organisations_as(*READERS))

    def light(self) -> "InbestedingEvidenceQuerySet":
        """Without the bytes."""
        return self.defer("pdf", "content")


class InbestedingEvidence(models.Model):
    """The evidence for one award of one organisation, frozen as it was made.

    content is all that the paper tells. The ZIP is made from the PDF and the papers,
    which never change, so its check sum holds for good. fingerprint is of what it rests
    on, without number and day: the same twice is made once.
    """

    number_year = models.PositiveSmallIntegerField("jaar")
    number_sequence = models.PositiveIntegerField("volgnummer")
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, related_name="+", verbose_name="instrument"
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="inbesteding_evidence",
        verbose_name="organisatie",
    )
    awarded_on = models.DateField("gunning op")
    fingerprint = models.CharField("vingerafdruk", max_length=64)
    content = models.JSONField("inhoud")
    pdf = models.BinaryField("PDF")
    pdf_sha256 = models.CharField("controlegetal PDF", max_length=64)
    zip_sha256 = models.CharField("controlegetal ZIP", max_length=64)
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="gemaakt door"
    )
    at = models.DateTimeField("gemaakt op", auto_now_add=True)

    objects = InbestedingEvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "bewijs van inbesteding"
        verbose_name_plural = "bewijzen van inbesteding"
        ordering = ["-number_year", "-number_sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["number_year", "number_sequence"],
                name="evidence_of_inbesteding_has_its_own_number",
            ),
            models.UniqueConstraint(
                fields=["organisation", "instrument", "awarded_on", "fingerprint"],
                name="the_same_evidence_is_made_once",
            ),
        ]

    def __str__(self) -> str:
        return f"bewijs {self.number}"

    @property
    def number(self) -> str:
        """As on paper: INB-2026-0007."""
        return f"INB-{self.number_year}-{self.number_sequence:04d}"
