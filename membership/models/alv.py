"""Decisions of the algemene ledenvergadering that other facts point to."""

from django.db import models


class AlvBesluit(models.Model):
    """A decision of the ALV; taken_on is empty while its date is not recorded."""

    reference = models.CharField("kenmerk", max_length=50, unique=True)
    subject = models.CharField("onderwerp", max_length=300)
    taken_on = models.DateField("genomen op", null=True, blank=True)

    class Meta:
        verbose_name = "ALV-besluit"
        verbose_name_plural = "ALV-besluiten"
        ordering = ["-taken_on", "reference"]

    def __str__(self) -> str:
        return f"{self.reference}: {self.subject}"
