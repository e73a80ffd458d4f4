"""What is kept in a dossier beside its steps: wishes, papers and messages."""

from django.db import models
from django.db.models import Q

from membership.admission.steps import Step
from membership.identifiers import validate_without_bsn
from membership.models.dossiers import Dossier
from membership.models.people import Person


class WishQuerySet(models.QuerySet["Wish"]):
    def standing(self) -> "WishQuerySet":
        """What was not taken back."""
        return self.filter(taken_back_at__isnull=True)

    def taken_back(self) -> "WishQuerySet":
        return self.filter(taken_back_at__isnull=False)


class Wish(models.Model):
    """A wens or bedenking of the raad, and what the college answers to it.

    One that was written down by mistake is taken back, and stays as history.
    """

    class Kind(models.TextChoices):
        WENS = "wens", "wens"
        BEDENKING = "bedenking", "bedenking"

    dossier = models.ForeignKey(
        Dossier, models.PROTECT, related_name="wishes", verbose_name="dossier"
    )
    kind = models.CharField("soort", max_length=10, choices=Kind.choices)
    by_whom = models.CharField(
        "van", max_length=200, help_text="Bijvoorbeeld de fractie."
    )
    words = models.TextField("wens of bedenking", validators=[validate_without_bsn])
    answer = models.TextField(
        "antwoord van het college", blank=True, validators=[validate_without_bsn]
    )
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="vastgelegd door"
    )
    at = models.DateTimeField("vastgelegd op", auto_now_add=True)
    taken_back_at = models.DateTimeField("teruggenomen op", null=True, blank=True)
    taken_back_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="teruggenomen door",
    )

    objects = WishQuerySet.as_manager()

    class Meta:
        verbose_name = "wens of bedenking"
        verbose_name_plural = "wensen en bedenkingen"
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(by_whom=""),
                name="a_wish_says_who_and_what",
                violation_error_message="Vul in van wie de wens of bedenking is, en "
                "wat die is.",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="a_wish_that_was_taken_back_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} van {self.by_whom}"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, user: Person) -> "EvidenceQuerySet":
        """Who may see the dossier may have its papers."""
        return self.filter(dossier__in=Dossier.objects.visible_to(user))

    def standing(self) -> "EvidenceQuerySet":
        """What was not replaced."""
        return self.filter(replaced_at__isnull=True)


class Evidence(models.Model):
    """A paper of a step, as it was given. In the database, so that who may see the
    dossier is who may have it.

    A paper that was replaced while its step was open stays as history.
    """

    dossier = models.ForeignKey(
        Dossier, models.PROTECT, related_name="evidence", verbose_name="dossier"
    )
    kind = models.CharField("stap", max_length=20, choices=Step.choices)
    file_name = models.CharField("bestand", max_length=200)
    media_type = models.CharField("soort", max_length=100)
    size = models.PositiveIntegerField("grootte in bytes")
    sha256 = models.CharField("controlegetal", max_length=64)
    content = models.BinaryField("inhoud")
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="toegevoegd door"
    )
    at = models.DateTimeField("toegevoegd op", auto_now_add=True)
    replaced_at = models.DateTimeField("vervangen op", null=True, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = "stuk"
        verbose_name_plural = "stukken"
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gt=0), name="a_piece_of_evidence_is_not_empty"
            )
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_destroyed(self) -> bool:
        """Whether its content is gone, by decision (membership.retention)."""
        return self.file_name == "vernietigd"


class NoteQuerySet(models.QuerySet["Note"]):
    def visible_to(self, user: Person) -> "NoteQuerySet":
        """Notes of the bureau alone are for the association alone."""
        if user.is_association:
            return self
        return self.filter(
            is_internal=False, dossier__in=Dossier.objects.visible_to(user)
        )


class Note(models.Model):
    """A message in a dossier: for the organisation too, or of the bureau alone."""

    dossier = models.ForeignKey(
        Dossier, models.PROTECT, related_name="notes", verbose_name="dossier"
    )
    text = models.TextField("tekst", validators=[validate_without_bsn])
    is_internal = models.BooleanField("alleen voor het bureau", default=False)
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="door"
    )
    at = models.DateTimeField("wanneer", auto_now_add=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = "bericht in dossier"
        verbose_name_plural = "berichten in dossiers"
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="a_note_says_something",
                violation_error_message="Er staat geen tekst.",
            )
        ]

    def __str__(self) -> str:
        return f"bericht in {self.dossier}"
