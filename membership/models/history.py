"""History: who did what to which object, with which facts, when. Only ever added to."""

from django.db import models

from membership.models.people import Person


class HistoryEvent(models.Model):
    """One act. `by` is empty for the scheduled run.

    Source: BIO2 8.15.01 (action, object, result, origin, actor, moment).
    """

    at = models.DateTimeField("wanneer", auto_now_add=True)
    by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, verbose_name="door"
    )
    action = models.CharField("handeling", max_length=50)
    subject_type = models.CharField("soort object", max_length=50)
    subject_id = models.BigIntegerField("object")
    subject = models.CharField("omschrijving", max_length=200)
    facts = models.JSONField("feiten", default=dict)

    class Meta:
        verbose_name = "gebeurtenis"
        verbose_name_plural = "geschiedenis"
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="history_subject")
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"
