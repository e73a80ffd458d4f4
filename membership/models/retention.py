"""How long what is kept, and what a person decided to destroy.

A line of a list is also the record of the destruction: what kind, how many, on which
ground, decided by whom and when; never whose it was. Source: domain 9.7, AVG art. 5
lid 1 onder e.
"""

import datetime

import pghistory
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q

from membership.identifiers import validate_without_bsn
from membership.models.people import Person


class Kept(models.TextChoices):
    """What has a term. Money (settlements, entries, payments) never stands here: it is
    kept for seven years at least, and nothing in the portal destroys it. What an app
    above this one keeps has its kind here, and tells membership.retention the rest."""

    APPLICATION = "application", "aanvragen waarover is besloten"
    DOSSIER = "dossier", "stukken van dossiers die niet tot lidmaatschap leidden"
    FORMER = "former", "stukken van dossiers van wie niet meer bij ons hoort"
    PERSON = "person", "mensen zonder rol"
    SEAT = "seat", "mensen die een zetel in een orgaan hadden"
    EMAIL = "email", "verzonden e-mails"
    EXPORT = "export", "lijsten die als bestand zijn meegenomen"
    NOTICE = "notice", "brieven waarmee een lidmaatschap is opgezegd"
    PROPOSAL = "proposal", "voordrachten waarover is besloten"
    CONTACT = "contact", "wie aanspreekpunt van een regio was"
    OFFER = "offer", "aanbiedingen die geen overeenkomst werden"
    AGREEMENT = "agreement", "stukken en handtekeningen van geëindigde overeenkomsten"
    SCAN = "scan", "exemplaren op papier die zijn teruggestuurd"
    MODEL = "model", "eigen modellen die zijn teruggestuurd"
    CLEARING = "clearing", "verklaringen over gegevens na afloop"
    BREACH = "breach", "namen bij afgesloten datalekken"


# At least so many years: BW 2:10 lid 3 and AWR art. 52 lid 4, BIO2 5.28.01.
LEAST_YEARS = {Kept.AGREEMENT: 7, Kept.BREACH: 3}


def _as_long_as_the_law_asks() -> Q:
    holds = Q()
    for kind, years in LEAST_YEARS.items():
        holds &= ~Q(kind=kind.value) | Q(unit="years", amount__gte=years)
    return holds


@pghistory.track()
class RetentionTerm(models.Model):
    """How long one kind is kept, and on which ground. The bureau sets it."""

    class Unit(models.TextChoices):
        DAYS = "days", "dagen"
        YEARS = "years", "jaar"

    kind = models.CharField("soort", max_length=20, choices=Kept.choices, unique=True)
    amount = models.PositiveSmallIntegerField(
        "termijn", validators=[MinValueValidator(1)]
    )
    unit = models.CharField("in", max_length=10, choices=Unit.choices)
    ground = models.CharField(
        "grond", max_length=300, help_text="De wet, de selectielijst of het besluit."
    )

    class Meta:
        verbose_name = "bewaartermijn"
        verbose_name_plural = "bewaartermijnen"
        ordering = ["kind"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gte=1),
                name="a_retention_term_is_a_day_or_more",
                violation_error_message="Een bewaartermijn is ten minste één dag.",
            ),
            models.CheckConstraint(
                condition=~Q(ground=""),
                name="a_retention_term_has_a_ground",
                violation_error_message="Noem de grond: de wet, de selectielijst of "
                "het besluit.",
            ),
            models.CheckConstraint(
                condition=_as_long_as_the_law_asks(),
                name="a_term_is_as_long_as_the_law_asks",
                violation_error_message="Stukken van overeenkomsten blijven ten minste "
                "7 jaar, en een datalek ten minste 3 jaar.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.in_words}"

    @property
    def in_words(self) -> str:
        """'2 jaar'."""
        one_day = self.unit == self.Unit.DAYS and self.amount == 1
        return "1 dag" if one_day else f"{self.amount} {self.get_unit_display()}"

    def ended_before(self, today: datetime.date) -> datetime.date:
        """What ended before this day has had its time."""
        if self.unit == self.Unit.DAYS:
            return today - datetime.timedelta(days=self.amount)
        last = 28 if (today.month, today.day) == (2, 29) else today.day
        return today.replace(year=today.year - self.amount, day=last)


class DestructionList(models.Model):
    """What may be destroyed, as proposed in one month; each line is decided on."""

    month = models.DateField("maand", unique=True)
    made_at = models.DateTimeField("gemaakt op", auto_now_add=True)

    class Meta:
        verbose_name = "vernietigingslijst"
        verbose_name_plural = "vernietigingslijsten"
        ordering = ["-month"]

    def __str__(self) -> str:
        return f"vernietigingslijst {self.month:%m-%Y}"


class DestructionLineQuerySet(models.QuerySet["DestructionLine"]):
    def open(self) -> "DestructionLineQuerySet":
        return self.filter(decision="")

    def open_for(self, person: Person) -> "DestructionLineQuerySet":
        """Without what this person proposed to destroy: that waits for another."""
        return self.open().exclude(proposed_by=person)


class DestructionLine(models.Model):
    """One record, or all of a kind before a day (row_id 0), and what was decided.

    To destroy it takes two people: who proposes that, and another who decides.
    """

    class Decision(models.TextChoices):
        DESTROY = "destroy", "vernietigd"
        KEEP = "keep", "langer bewaard"
        LAPSED = "lapsed", "niet meer aan de beurt"

    list = models.ForeignKey(
        DestructionList, models.PROTECT, related_name="lines", verbose_name="lijst"
    )
    kind = models.CharField("soort", max_length=20, choices=Kept.choices)
    row_id = models.BigIntegerField("record", default=0)
    subject = models.CharField("wat", max_length=100)
    count = models.PositiveIntegerField("aantal", default=1)
    ended_on = models.DateField("afgelopen op")
    before_on = models.DateField("afgelopen voor")
    ground = models.CharField("grond", max_length=300)
    decision = models.CharField(
        "besluit", max_length=10, choices=Decision.choices, blank=True
    )
    reason = models.CharField(
        "reden", max_length=300, blank=True, validators=[validate_without_bsn]
    )
    proposed_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="vernietigen voorgesteld door",
    )
    decided_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="besloten door",
    )
    decided_at = models.DateTimeField("besloten op", null=True, blank=True)

    objects = DestructionLineQuerySet.as_manager()

    class Meta:
        verbose_name = "regel van een vernietigingslijst"
        verbose_name_plural = "regels van vernietigingslijsten"
        ordering = ["kind", "ended_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "row_id"],
                condition=Q(decision=""),
                name="a_record_waits_once_for_its_destruction",
            ),
            models.CheckConstraint(
                condition=~Q(decision="keep") | ~Q(reason=""),
                name="what_is_kept_longer_has_a_reason",
                violation_error_message="Geef de reden om dit langer te bewaren.",
            ),
            models.CheckConstraint(
                condition=Q(
                    decision="", decided_by__isnull=True, decided_at__isnull=True
                )
                | ~Q(decision="")
                & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="a_person_decides_on_destruction",
            ),
            models.CheckConstraint(
                condition=~Q(decision="destroy")
                | Q(proposed_by__isnull=False) & ~Q(proposed_by=models.F("decided_by")),
                name="two_people_destroy",
                violation_error_message="Wie voorstelt om te vernietigen, besluit daar "
                "niet zelf over.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__lt=models.F("before_on")),
                name="only_what_had_its_time_is_destroyed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.subject}"
