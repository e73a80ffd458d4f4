"""Letters to members: what is written, to whom it goes, and who got it.

Source: seed 003, a ledenbrief with a number (Lbr 20/060).
"""

import datetime
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from membership.identifiers import validate_without_bsn
from membership.models.people import Person
from membership.models.regions import Region

WITHOUT_BSN = [validate_without_bsn]


def _kinds(name: str) -> "ArrayField[list[str], list[str]]":
    """Several at once; none of them stands for all."""
    return ArrayField(
        models.CharField(max_length=30),
        default=list,
        blank=True,
        verbose_name=name,
    )


class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, user: Person) -> "LetterQuerySet":
        """The association sees all, others what was sent to their organisation."""
        if user.is_association:
            return self
        own = Letter.objects.filter(receivers__organisation__in=user.organisation_ids)
        return self.sent().filter(pk__in=own.values("pk"))

    def sent(self) -> "LetterQuerySet":
        return self.filter(status=Letter.Status.SENT)

    def numbered(self, year: int, sequence: int) -> "LetterQuerySet":
        return self.filter(number_year=year, number_sequence=sequence)


class Letter(models.Model):
    """A ledenbrief: a draft, that waits for a colleague, and is then sent for good.

    The segment says who receives it: who belongs on `belongs_on`, and of those the
    ones of the kinds, region, province and instrument that are filled in.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "concept"
        OFFERED = "offered", "wacht op vrijgave"
        SENT = "sent", "verzonden"
        DROPPED = "dropped", "vervallen"

    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        "draft": ("offered", "dropped"),
        "offered": ("draft", "sent"),
        "sent": (),
        "dropped": (),
    }

    number_year = models.PositiveSmallIntegerField("jaar", null=True, blank=True)
    number_sequence = models.PositiveIntegerField("volgnummer", null=True, blank=True)
    status = models.CharField(
        "status", max_length=10, choices=Status.choices, default=Status.DRAFT
    )
    subject = models.CharField("onderwerp", max_length=150, validators=WITHOUT_BSN)
    salutation = models.CharField(
        "aanhef", max_length=100, default="Geacht college en geachte raad,"
    )
    summary = models.TextField(
        "samenvatting",
        validators=WITHOUT_BSN,
        help_text="Staat ook in de e-mail. In een paar zinnen: wat is er, en wat "
        "vraagt u?",
    )
    body = models.TextField(
        "brief",
        validators=WITHOUT_BSN,
        help_text="Een witregel begint een alinea, ## een kop, - een punt, 1. een "
        "genummerd punt, **woord** maakt vet. Zonder aanhef en ondertekening.",
    )
    corrects = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrected_by",
        verbose_name="verbetert",
    )
    belongs_on = models.DateField(
        "stand op",
        default=timezone.localdate,
        help_text="De brief gaat naar wie op deze dag lid, aspirant-lid of participant "
        "is.",
    )
    membership_kinds = _kinds("lidmaatschap")
    organisation_kinds = _kinds("soort organisatie")
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="regio",
    )
    province = models.CharField("provincie", max_length=50, blank=True)
    instrument = models.CharField("gebruikt instrument", max_length=50, blank=True)
    role = models.CharField(
        "rol van de ontvangers", max_length=20, default="contactpersoon"
    )
    written_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="geschreven door"
    )
    written_at = models.DateTimeField("geschreven op", auto_now_add=True)
    released_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="vrijgegeven door",
    )
    sent_at = models.DateTimeField("verzonden op", null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = "ledenbrief"
        verbose_name_plural = "ledenbrieven"
        ordering = ["-sent_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["number_year", "number_sequence"],
                name="a_letter_has_a_number_of_its_own",
            ),
            models.CheckConstraint(
                condition=Q(
                    status="sent",
                    number_year__isnull=False,
                    number_sequence__isnull=False,
                    released_by__isnull=False,
                    sent_at__isnull=False,
                )
                | ~Q(status="sent")
                & Q(
                    number_year__isnull=True,
                    number_sequence__isnull=True,
                    released_by__isnull=True,
                    sent_at__isnull=True,
                ),
                name="a_sent_letter_has_a_number_and_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(released_by__isnull=True) | ~Q(released_by=F("written_by")),
                name="who_writes_a_letter_does_not_release_it",
                violation_error_message="Een collega geeft de brief vrij.",
            ),
            models.CheckConstraint(
                condition=~Q(subject="") & ~Q(summary="") & ~Q(body=""),
                name="a_letter_says_something",
                violation_error_message="Vul onderwerp, samenvatting en brief in.",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("id")),
                name="a_letter_does_not_correct_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.subject}" if self.is_sent else self.subject

    @property
    def is_sent(self) -> bool:
        return self.status == self.Status.SENT

    @property
    def number(self) -> str:
        """As people write it: Lbr 26/001; a draft has none yet."""
        if not (self.number_year and self.number_sequence):
            return "Lbr (nog geen nummer)"
        return f"Lbr {self.number_year % 100:02}/{self.number_sequence:03}"

    @property
    def slug(self) -> str:
        """In an address: 2026-001."""
        return f"{self.number_year}-{self.number_sequence or 0:03}"

    @property
    def sent_on(self) -> datetime.date | None:
        return timezone.localdate(self.sent_at) if self.sent_at else None


class LetterAttachment(models.Model):
    """A bijlage of a letter. Stands once the letter is no draft any more."""

    letter = models.ForeignKey(
        Letter, models.PROTECT, related_name="attachments", verbose_name="ledenbrief"
    )
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
        verbose_name = "bijlage"
        verbose_name_plural = "bijlagen"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "sha256"],
                name="a_letter_has_an_attachment_once",
                violation_error_message="Dit bestand is al een bijlage.",
            ),
            models.CheckConstraint(
                condition=Q(size__gt=0), name="an_attachment_is_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return self.file_name
