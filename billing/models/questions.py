"""Questions of an organisation about its statements, and what was said on them."""

import datetime
from typing import ClassVar

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Max, Q
from django.db.models.functions import Coalesce

from billing.models.settlements import Settlement
from membership.identifiers import validate_without_bsn
from membership.models import Person

LONGEST = 2000


class Said(models.Model):
    """What somebody wrote, once: the key is that of the form it was written in."""

    text = models.TextField(
        "tekst", validators=[MaxLengthValidator(LONGEST), validate_without_bsn]
    )
    key = models.UUIDField("formulier")

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="a_%(class)s_says_something",
                violation_error_message="Er staat geen tekst.",
            ),
            models.UniqueConstraint(
                fields=["key"], name="a_form_makes_a_%(class)s_once"
            ),
        ]


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, user: Person) -> "QuestionQuerySet":
        return self.filter(settlement__in=Settlement.objects.visible_to(user))

    def open(self) -> "QuestionQuerySet":
        """What waits for the bureau."""
        return self.filter(status=Question.Status.OPEN)

    def running(self) -> "QuestionQuerySet":
        return self.exclude(status=Question.Status.CLOSED)

    def longest_first(self) -> "QuestionQuerySet":
        """By when something was said on it last."""
        last_at = Coalesce(Max("messages__at"), F("asked_at"))
        return self.with_thread().annotate(said_at=last_at).order_by("said_at", "pk")

    def with_statement(self) -> "QuestionQuerySet":
        """With the half-year it is about, what was answered first."""
        return self.select_related("settlement__period").order_by("status", "-asked_at")

    def with_thread(self) -> "QuestionQuerySet":
        """With who asked and all that was said: two queries, however many there are."""
        said = Message.objects.select_related("by")
        return self.select_related("asked_by").prefetch_related(
            models.Prefetch("messages", said)
        )


class Question(Said):
    """A question to the bureau about a statement, or about one line of it.

    regel_id is empty for a question about the whole. Only the status still moves;
    what is said after the question are its messages (migration questions).
    """

    class Status(models.TextChoices):
        OPEN = "open", "wacht op antwoord"
        ANSWERED = "answered", "beantwoord"
        CLOSED = "closed", "gesloten"

    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        "open": ("answered", "closed"),
        "answered": ("open", "closed"),
        "closed": (),
    }

    settlement = models.ForeignKey(
        Settlement,
        models.PROTECT,
        related_name="questions",
        verbose_name="afrekening",
    )
    regel_id = models.CharField("regel", max_length=200, blank=True, default="")
    asked_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="gevraagd door"
    )
    asked_at = models.DateTimeField("gevraagd op", auto_now_add=True)
    status = models.CharField(
        "status", max_length=10, choices=Status.choices, default=Status.OPEN
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "vraag"
        verbose_name_plural = "vragen"
        ordering = ["asked_at", "id"]
        constraints = [*Said.Meta.constraints]

    def __str__(self) -> str:
        line = f", regel {self.regel_id}" if self.regel_id else ""
        return f"vraag over {self.settlement}{line}"

    @property
    def last_at(self) -> datetime.datetime:
        """When something was said on it last."""
        return max((said.at for said in self.messages.all()), default=self.asked_at)


class Message(Said):
    """What was said on a question, after it was asked. Only ever added."""

    question = models.ForeignKey(
        Question, models.PROTECT, related_name="messages", verbose_name="vraag"
    )
    is_answer = models.BooleanField("antwoord van het bureau")
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="door"
    )
    at = models.DateTimeField("wanneer", auto_now_add=True)

    class Meta:
        verbose_name = "bericht"
        verbose_name_plural = "berichten"
        ordering = ["at", "id"]
        constraints = [*Said.Meta.constraints]

    def __str__(self) -> str:
        return f"{'antwoord' if self.is_answer else 'reactie'} op {self.question}"
