"""Statements: the numbered, frozen paper of a settlement."""

from django.db import models
from django.db.models import Q

from billing.models.settlements import Settlement
from membership.models import Person


class StatementQuerySet(models.QuerySet["Statement"]):
    def visible_to(self, user: Person) -> "StatementQuerySet":
        return self.filter(settlement__in=Settlement.objects.visible_to(user))

    def waiting(self) -> "StatementQuerySet":
        return self.filter(state=Statement.State.QUEUED)


class Statement(models.Model):
    """PDF, XLSX and JSON of one settlement. Once made they never change.

    heading keeps the names, addresses and decisions as they were at approval, so
    that a statement made an hour or a year later has the same content.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "in de wachtrij"
        DONE = "done", "klaar"
        FAILED = "failed", "mislukt"

    settlement = models.OneToOneField(
        Settlement, models.PROTECT, related_name="statement", verbose_name="afrekening"
    )
    heading = models.JSONField("kop")
    state = models.CharField(
        "status", max_length=10, choices=State.choices, default=State.QUEUED
    )
    error = models.CharField("fout", max_length=200, blank=True)
    made_at = models.DateTimeField("gemaakt op", null=True, blank=True)
    json = models.BinaryField("JSON", null=True, blank=True)
    pdf = models.BinaryField("PDF", null=True, blank=True)
    xlsx = models.BinaryField("XLSX", null=True, blank=True)
    json_sha256 = models.CharField("controlegetal JSON", max_length=64, blank=True)
    pdf_sha256 = models.CharField("controlegetal PDF", max_length=64, blank=True)
    xlsx_sha256 = models.CharField("controlegetal XLSX", max_length=64, blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = "document"
        verbose_name_plural = "documenten"
        ordering = ["-settlement__number_year", "-settlement__number_sequence"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done")
                | Q(json__isnull=False, pdf__isnull=False, xlsx__isnull=False),
                name="a_statement_that_is_done_has_its_files",
            )
        ]

    def __str__(self) -> str:
        return f"document bij {self.settlement}"
