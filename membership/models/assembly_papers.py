"""What lies on the table of an ALV, what was written of it, and who demanded one.

Source: BW2 art. 41 lid 2 and 3 (domain rule 25); seed 004 for the papers.
"""

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from membership.identifiers import validate_without_bsn
from membership.models.assemblies import Assembly
from membership.models.organisations import Organisation
from membership.models.people import Person
from membership.models.voorstellen import MARKS, Voorstel
from nvsi.dutch import day

WITHOUT_BSN = [validate_without_bsn]


class AssemblyPaperQuerySet(models.QuerySet["AssemblyPaper"]):
    def visible_to(self, user: Person, *, on: datetime.date) -> "AssemblyPaperQuerySet":
        """Who may see the ALV reads its papers, with the voorstellen he may see."""
        rows = self.filter(assembly__in=Assembly.objects.visible_to(user, on=on))
        voorstellen = Voorstel.objects.visible_to(user, on=on)
        return rows.filter(Q(voorstel__isnull=True) | Q(voorstel__in=voorstellen))


class AssemblyPaper(models.Model):
    """A file: a vergaderstuk that was laid before the ALV, or what the portal made of
    it. It is frozen once it is there, with its sha256."""

    class Kind(models.TextChoices):
        VERGADERSTUK = "vergaderstuk", "vergaderstuk"
        OPROEPING = "oproeping", "oproeping"
        BESLUITENLIJST = "besluitenlijst", "besluitenlijst"
        PRESENTIELIJST = "presentielijst", "presentielijst"
        CONCEPT = "concept", "conceptnotulen"
        NOTULEN = "notulen", "notulen"

    assembly = models.ForeignKey(
        Assembly, models.PROTECT, related_name="papers", verbose_name="ALV"
    )
    voorstel = models.ForeignKey(
        Voorstel,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="papers",
        verbose_name="bij voorstel",
    )
    kind = models.CharField(
        "soort", max_length=20, choices=Kind.choices, default=Kind.VERGADERSTUK
    )
    title = models.CharField("titel", max_length=150, validators=WITHOUT_BSN)
    file_name = models.CharField("bestand", max_length=200)
    media_type = models.CharField("mediatype", max_length=100)
    size = models.PositiveIntegerField("grootte in bytes")
    sha256 = models.CharField("controlegetal", max_length=64)
    content = models.BinaryField("inhoud")
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="toegevoegd door"
    )
    at = models.DateTimeField("toegevoegd op", default=timezone.now)

    objects = AssemblyPaperQuerySet.as_manager()

    class Meta:
        verbose_name = "vergaderstuk van een ALV"
        verbose_name_plural = "vergaderstukken van ALV's"
        ordering = ["assembly", "kind", "at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assembly", "sha256"],
                name="an_assembly_has_a_paper_once",
                violation_error_message="Dit bestand is er al.",
            ),
            models.CheckConstraint(
                condition=Q(size__gt=0), name="a_paper_of_an_assembly_is_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Notulen(models.Model):
    """What was said in an ALV: a concept, until a later ALV adopts it."""

    class Status(models.TextChoices):
        WRITTEN = "written", "in bewerking"
        CONCEPT = "concept", "concept"
        VASTGESTELD = "vastgesteld", "vastgesteld"

    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        "written": ("concept",),
        "concept": ("vastgesteld",),
        "vastgesteld": (),
    }

    assembly = models.OneToOneField(
        Assembly, models.PROTECT, related_name="notulen", verbose_name="ALV"
    )
    text = models.TextField("tekst", validators=WITHOUT_BSN, help_text=MARKS)
    status = models.CharField(
        "status", max_length=12, choices=Status.choices, default=Status.WRITTEN
    )
    adopted_in = models.ForeignKey(
        Assembly,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="vastgesteld in",
    )
    written_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="opgesteld door"
    )

    class Meta:
        verbose_name = "notulen"
        verbose_name_plural = "notulen"
        ordering = ["-assembly"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="vastgesteld", adopted_in__isnull=False)
                | ~Q(status="vastgesteld") & Q(adopted_in__isnull=True),
                name="notulen_are_adopted_in_an_assembly",
            ),
            models.CheckConstraint(
                condition=Q(adopted_in__isnull=True) | ~Q(adopted_in=F("assembly")),
                name="another_assembly_adopts_the_notulen",
                violation_error_message="Een latere ALV stelt de notulen vast.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="notulen_say_something",
                violation_error_message="Vul de tekst in.",
            ),
        ]

    def __str__(self) -> str:
        return f"notulen van {self.assembly}"


class AssemblyDemandQuerySet(models.QuerySet["AssemblyDemand"]):
    def open(self) -> "AssemblyDemandQuerySet":
        """Not answered by an ALV, and not taken back."""
        return self.filter(assembly__isnull=True, ended_at__isnull=True)


class AssemblyDemand(models.Model):
    """Members that demand an ALV, in writing: the bestuur convenes one within four
    weeks, and after fourteen days of silence they may do so themselves."""

    subject = models.CharField("waarover", max_length=200, validators=WITHOUT_BSN)
    received_on = models.DateField("ontvangen op")
    organisations = models.ManyToManyField(
        Organisation, related_name="+", verbose_name="leden die het vragen"
    )
    assembly = models.ForeignKey(
        Assembly,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="demands",
        verbose_name="ALV die eraan voldoet",
    )
    ended_at = models.DateTimeField("afgedaan op", null=True, blank=True)
    reason = models.TextField("reden", blank=True, validators=WITHOUT_BSN)
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="vastgelegd door"
    )

    objects = AssemblyDemandQuerySet.as_manager()

    class Meta:
        verbose_name = "verzoek om een ALV"
        verbose_name_plural = "verzoeken om een ALV"
        ordering = ["-received_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(subject=""), name="a_demand_says_what_about"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, reason="")
                | Q(ended_at__isnull=False, assembly__isnull=True) & ~Q(reason=""),
                name="a_demand_ends_with_a_reason",
                violation_error_message="Geef de reden.",
            ),
        ]

    def __str__(self) -> str:
        return f"verzoek van {day(self.received_on)}: {self.subject}"
