"""Every e-mail that the portal sends, with its state."""

from django.db import models


class EmailQuerySet(models.QuerySet["Email"]):
    def unsent(self) -> "EmailQuerySet":
        return self.filter(state=Email.State.QUEUED)


class Email(models.Model):
    """One message to one address. The key makes an event tell a person once."""

    class State(models.TextChoices):
        QUEUED = "queued", "in de wachtrij"
        SENT = "sent", "verzonden"
        FAILED = "failed", "mislukt"

    key = models.CharField("sleutel", max_length=200, unique=True)
    event = models.CharField("gebeurtenis", max_length=50)
    recipient = models.EmailField("aan")
    subject = models.CharField("onderwerp", max_length=200)
    body = models.TextField("tekst")
    calendar = models.TextField("agenda-item", blank=True)
    state = models.CharField(
        "status", max_length=10, choices=State.choices, default=State.QUEUED
    )
    attempts = models.PositiveSmallIntegerField("pogingen", default=0)
    error = models.CharField("fout", max_length=200, blank=True)
    queued_at = models.DateTimeField("aangemaakt op", auto_now_add=True)
    sent_at = models.DateTimeField("verzonden op", null=True, blank=True)

    objects = EmailQuerySet.as_manager()

    class Meta:
        verbose_name = "e-mail"
        verbose_name_plural = "e-mails"
        ordering = ["-queued_at", "-id"]

    def __str__(self) -> str:
        return f"{self.subject} aan {self.recipient}"
