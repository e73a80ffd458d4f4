"""Lists that somebody asked for as a file: what, by whom, and how far it is."""

import datetime

from django.db import models
from django.db.models import Q

from membership.models.people import Person

# After so long without a word of its worker, another one begins it anew; packing a full
# workbook takes a minute or two in silence.
STALE = datetime.timedelta(minutes=5)


class ExportQuerySet(models.QuerySet["Export"]):
    def visible_to(self, user: Person) -> "ExportQuerySet":
        """Who asked: what he may see is in it, and nobody else gets it."""
        return self.filter(asked_by=user)

    def waiting(self, now: datetime.datetime) -> "ExportQuerySet":
        """What a worker is to make: new, or left by one that was killed."""
        return self.filter(
            Q(status=Export.Status.QUEUED)
            | Q(status=Export.Status.WORKING, seen_at__lt=now - STALE)
        )


class Export(models.Model):
    """One list of the admin as a file, with the filter and search of `query`.

    list_label is the kind of record, as the history names it; chosen says the filter in
    words. attempts tells the workers apart: only the last one that began it may go on.
    seen_at is when that one last said how far it was.
    """

    class Format(models.TextChoices):
        XLSX = "xlsx", "XLSX"
        CSV = "csv", "CSV"

    class Status(models.TextChoices):
        QUEUED = "queued", "in de wachtrij"
        WORKING = "working", "wordt gemaakt"
        DONE = "done", "klaar"
        FAILED = "failed", "mislukt"

    asked_by = models.ForeignKey(
        Person, models.PROTECT, related_name="exports", verbose_name="gevraagd door"
    )
    asked_at = models.DateTimeField("gevraagd op", auto_now_add=True)
    list_label = models.CharField("lijst", max_length=60)
    query = models.TextField("vraag", blank=True)
    chosen = models.CharField("filter", max_length=300, blank=True)
    format = models.CharField("bestandsvorm", max_length=4, choices=Format.choices)
    status = models.CharField(
        "status", max_length=10, choices=Status.choices, default=Status.QUEUED
    )
    rows_count = models.PositiveIntegerField("rijen", null=True, blank=True)
    rows_done = models.PositiveIntegerField("rijen klaar", default=0)
    attempts = models.PositiveSmallIntegerField("pogingen", default=0)
    seen_at = models.DateTimeField("laatst gezien", null=True, blank=True)
    error = models.CharField("fout", max_length=300, blank=True)
    finished_at = models.DateTimeField("afgerond op", null=True, blank=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = "export"
        verbose_name_plural = "exports"
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["done", "failed"], finished_at__isnull=False)
                | Q(status__in=["queued", "working"], finished_at__isnull=True),
                name="an_export_that_is_over_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(status="done") | Q(rows_count__isnull=False),
                name="an_export_that_is_done_says_how_many_rows",
            ),
            models.CheckConstraint(
                condition=~Q(status="working") | Q(seen_at__isnull=False),
                name="an_export_under_way_was_seen",
            ),
        ]

    def __str__(self) -> str:
        return f"export {self.pk}"

    @property
    def is_moving(self) -> bool:
        return self.status in (Export.Status.QUEUED, Export.Status.WORKING)


class ExportPiece(models.Model):
    """A part of the bytes of an export: in the database, so that it is there on any
    host, and small, so that nobody holds a whole file in memory."""

    export = models.ForeignKey(Export, models.PROTECT, related_name="pieces")
    sequence = models.PositiveIntegerField("volgnummer")
    content = models.BinaryField("inhoud")

    class Meta:
        ordering = ["sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["export", "sequence"],
                name="a_piece_of_an_export_has_its_place",
            )
        ]

    def __str__(self) -> str:
        return f"deel {self.sequence} van {self.export_id}"
