"""Files of hour lines on their way in: checked, shown, confirmed, then an import."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from billing.models.imports import Import
from instruments.models import Instrument
from membership.models import Organisation, Person


class UploadQuerySet(models.QuerySet["Upload"]):
    def visible_to(self, user: Person) -> "UploadQuerySet":
        """The association sees all uploads, an uitvoerder its own."""
        if user.is_association:
            return self
        return self.filter(source__in=user.organisations_as("uitvoerder"))

    def waiting(self) -> "UploadQuerySet":
        """What a worker is to check or to take in."""
        return self.filter(status__in=Upload.WAITING)

    def unfinished(self) -> "UploadQuerySet":
        """What waits for somebody: to confirm, to mend or to try again.

        What was mended in another upload waits no more.
        """
        return self.filter(
            status__in=("ready", "refused", "failed"), mended_by__isnull=True
        )

    def light(self) -> "UploadQuerySet":
        """Without what is only for its own page."""
        return self.defer("errors", "refused_csv")


class Upload(models.Model):
    """One file that an uitvoerder delivers in the portal. Nothing of it is in the books
    until it was confirmed and taken in; then `delivery` is its import.

    preview is what somebody is asked to confirm, fingerprint its check sum; changes
    says what is different from an earlier preview. errors are [row, column, reason].
    The bytes are in `pieces`, and go when they are no longer needed.
    """

    class Status(models.TextChoices):
        CHECKING = "checking", "wordt gecontroleerd"
        REFUSED = "refused", "geweigerd"
        READY = "ready", "klaar om te bevestigen"
        CONFIRMED = "confirmed", "wordt verwerkt"
        DONE = "done", "verwerkt"
        FAILED = "failed", "mislukt"
        WITHDRAWN = "withdrawn", "ingetrokken"

    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        "checking": ("refused", "ready", "done", "failed"),
        "refused": ("checking", "withdrawn"),
        "ready": ("checking", "confirmed", "withdrawn"),
        "confirmed": ("refused", "ready", "done", "failed"),
        "failed": ("checking", "withdrawn"),
        "done": (),
        "withdrawn": (),
    }
    WAITING: ClassVar[tuple[str, ...]] = ("checking", "confirmed")

    instrument = models.ForeignKey(
        Instrument, models.PROTECT, related_name="+", verbose_name="instrument"
    )
    source = models.ForeignKey(
        Organisation, models.PROTECT, related_name="uploads", verbose_name="van"
    )
    file_name = models.CharField("bestand", max_length=200)
    sha256 = models.CharField("controlegetal", max_length=64)
    size = models.PositiveBigIntegerField("grootte in bytes")
    status = models.CharField(
        "status", max_length=10, choices=Status.choices, default=Status.CHECKING
    )
    received_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="door"
    )
    received_at = models.DateTimeField("ontvangen op", auto_now_add=True)
    mends = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mended_by",
        verbose_name="herstelt",
    )
    started_at = models.DateTimeField("begonnen op", null=True, blank=True)
    attempts = models.PositiveSmallIntegerField("pogingen", default=0)
    rows_count = models.PositiveIntegerField("regels", default=0)
    preview = models.JSONField("voorbeeld", null=True, blank=True)
    fingerprint = models.CharField("vingerafdruk", max_length=64, blank=True)
    changes = models.JSONField("veranderd", default=list, blank=True)
    errors = models.JSONField("fouten", default=list, blank=True)
    errors_count = models.PositiveIntegerField("aantal fouten", default=0)
    refused_csv = models.BinaryField("geweigerde regels", null=True, blank=True)
    failure = models.CharField("mislukt door", max_length=300, blank=True)
    confirmed_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="bevestigd door",
    )
    confirmed_at = models.DateTimeField("bevestigd op", null=True, blank=True)
    finished_at = models.DateTimeField("afgerond op", null=True, blank=True)
    delivery = models.OneToOneField(
        Import,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="upload",
        verbose_name="aanlevering",
    )

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = "aangeleverd bestand"
        verbose_name_plural = "aangeleverde bestanden"
        ordering = ["-received_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "sha256"],
                condition=~Q(status="withdrawn"),
                name="a_file_is_uploaded_once",
                violation_error_message="Dit bestand is al aangeleverd.",
            ),
            models.CheckConstraint(
                condition=Q(size__gt=0), name="an_upload_is_not_empty"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["ready", "confirmed"])
                | Q(preview__isnull=False) & ~Q(fingerprint=""),
                name="an_upload_to_confirm_has_a_preview",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                & ~Q(status="confirmed")
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="a_confirmed_upload_says_by_whom_and_when",
            ),
            models.CheckConstraint(
                condition=Q(delivery__isnull=True)
                | Q(status="done", confirmed_by__isnull=False),
                name="an_upload_is_taken_in_after_it_was_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"bestand {self.file_name}"


class UploadPiece(models.Model):
    """A part of the bytes of an upload: in the database, so that a worker on any host
    finds it, and small, so that nobody holds a whole file in memory."""

    upload = models.ForeignKey(Upload, models.PROTECT, related_name="pieces")
    sequence = models.PositiveIntegerField("volgnummer")
    content = models.BinaryField("inhoud")

    class Meta:
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["upload", "sequence"], name="a_piece_of_an_upload_has_its_place"
            )
        ]

    def __str__(self) -> str:
        return f"deel {self.sequence} van {self.upload_id}"
