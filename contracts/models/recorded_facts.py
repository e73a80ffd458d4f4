"""What was recorded once, with its paper: set aside with a reason, never changed."""

from django.db import models
from django.db.models import Q

from membership.identifiers import validate_without_bsn
from membership.models import Person


class KeptPaper(models.Model):
    """A paper as it was given, checked by what it is. In the database, so that who may
    see the fact is who may have it."""

    file_name = models.CharField("bestand", max_length=200)
    media_type = models.CharField("soort", max_length=100)
    size = models.PositiveIntegerField("grootte in bytes")
    sha256 = models.CharField("controlegetal", max_length=64)
    content = models.BinaryField("inhoud")
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="toegevoegd door"
    )
    at = models.DateTimeField("toegevoegd op", auto_now_add=True)

    class Meta:
        verbose_name = "bewaard stuk"
        verbose_name_plural = "bewaarde stukken"
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gt=0) & ~Q(sha256=""),
                name="a_kept_paper_is_not_empty",
            )
        ]

    def __str__(self) -> str:
        return self.file_name


# What was not set aside, to filter with.
STANDING = Q(set_aside_at__isnull=True)


class RecordedFact(models.Model):
    """Who recorded it and when, its paper, and by whom and why it was set aside."""

    paper = models.ForeignKey(
        KeptPaper,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="stuk",
    )
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="vastgelegd door"
    )
    at = models.DateTimeField("vastgelegd op", auto_now_add=True)
    set_aside_at = models.DateTimeField("opzij gelegd op", null=True, blank=True)
    set_aside_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="opzij gelegd door",
    )
    set_aside_why = models.CharField(
        "waarom opzij gelegd",
        max_length=300,
        blank=True,
        validators=[validate_without_bsn],
    )

    class Meta:
        abstract = True


def set_aside_says_why(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(
            set_aside_at__isnull=True, set_aside_by__isnull=True, set_aside_why=""
        )
        | Q(set_aside_at__isnull=False, set_aside_by__isnull=False)
        & ~Q(set_aside_why=""),
        name=name,
        violation_error_message="Zeg waarom het opzij wordt gelegd.",
    )
