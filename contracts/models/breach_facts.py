"""What is known of a datalek, whom it concerns, and what was done: rows that are added.

What is known changes by another description, what was decided by another entry.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from contracts.breaches.rules import (
    OF_A_COLLEGE_KINDS,
    OUTCOMES,
    REASONED,
    WITH_WORDS,
    Kind,
    Outcome,
)
from contracts.models.breaches import READERS, WITHOUT_BSN, Breach
from instruments.models import Instrument
from membership.models import Organisation, Person


class BreachDescription(models.Model):
    """What is known of a datalek at a moment; the last one stands.

    What is empty is not known yet, and the letter says so: art. 33 lid 4 lets the facts
    come in parts. Counts are about. contact is where a college can ask more.
    """

    class Nature(models.TextChoices):
        SENT = "sent", "gestuurd of gegeven aan de verkeerde persoon"
        SEEN = "seen", "ingezien door wie dat niet mocht"
        PUBLISHED = "published", "openbaar geworden"
        LOST = "lost", "apparaat, gegevensdrager of papier kwijt of gestolen"
        BROKEN_INTO = "broken_into", "inbraak, phishing of schadelijke software"
        DESTROYED = "destroyed", "gegevens gewist, gewijzigd of onbereikbaar"
        OTHER = "other", "anders"

    breach = models.ForeignKey(
        Breach, models.PROTECT, related_name="descriptions", verbose_name="datalek"
    )
    nature = models.CharField("wat voor datalek", max_length=20, choices=Nature.choices)
    what = models.TextField("wat er is gebeurd", validators=WITHOUT_BSN)
    subjects = models.TextField("van wie", blank=True, validators=WITHOUT_BSN)
    people_count = models.PositiveIntegerField("aantal mensen", null=True, blank=True)
    data_kinds = models.TextField("welke gegevens", blank=True, validators=WITHOUT_BSN)
    records_count = models.PositiveIntegerField(
        "aantal gegevensrecords", null=True, blank=True
    )
    consequences = models.TextField(
        "mogelijke gevolgen", blank=True, validators=WITHOUT_BSN
    )
    measures = models.TextField("maatregelen", blank=True, validators=WITHOUT_BSN)
    contact = models.CharField(
        "contactpunt", max_length=300, blank=True, validators=WITHOUT_BSN
    )
    at = models.DateTimeField("vastgelegd op")
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="vastgelegd door"
    )

    class Meta:
        verbose_name = "beschrijving van een datalek"
        verbose_name_plural = "beschrijvingen van datalekken"
        ordering = ["breach", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(what=""),
                name="a_breach_says_what_happened",
                violation_error_message="Vul in wat er is gebeurd.",
            )
        ]

    def __str__(self) -> str:
        return f"beschrijving van {self.breach}"


class BreachInstrument(models.Model):
    """That a datalek is about the data of an instrument."""

    breach = models.ForeignKey(
        Breach, models.PROTECT, related_name="instruments", verbose_name="datalek"
    )
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, related_name="+", verbose_name="instrument"
    )

    class Meta:
        verbose_name = "instrument bij een datalek"
        verbose_name_plural = "instrumenten bij een datalek"
        ordering = ["breach", "instrument__name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["breach", "instrument"],
                name="a_breach_names_an_instrument_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.instrument} bij {self.breach}"


class BreachCollegeQuerySet(models.QuerySet["BreachCollege"]):
    def visible_to(self, user: Person) -> "BreachCollegeQuerySet":
        """An organisation sees that it is concerned once it was told."""
        if user.is_association:
            return self
        own = user.organisations_as(*READERS)
        told = BreachEntry.objects.filter(college=OuterRef("pk"), kind=Kind.TOLD)
        return self.filter(Exists(told), organisation__in=own)


class BreachCollege(models.Model):
    """An organisation whose data a datalek is about: its college, or its bestuur."""

    breach = models.ForeignKey(
        Breach, models.PROTECT, related_name="colleges", verbose_name="datalek"
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="breaches",
        verbose_name="organisatie",
    )
    at = models.DateTimeField("vastgelegd op", default=timezone.now)
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="vastgelegd door"
    )

    objects = BreachCollegeQuerySet.as_manager()

    class Meta:
        verbose_name = "betrokken college"
        verbose_name_plural = "betrokken colleges"
        ordering = ["breach", "organisation__name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["breach", "organisation"],
                name="a_breach_names_a_college_once",
                violation_error_message="Deze organisatie staat er al bij.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} bij {self.breach}"


def _fits() -> Q:
    """An outcome belongs to its kind; a kind without outcomes has none."""
    fits = Q(outcome="") & ~Q(kind__in=[kind.value for kind in OUTCOMES])
    for kind, outcomes in OUTCOMES.items():
        fits |= Q(kind=kind.value, outcome__in=[one.value for one in outcomes])
    return fits


class BreachEntry(models.Model):
    """One thing that was done or decided: when (at), and when that was written down.

    who is whom was spoken to, or who reported to the AP; number is what the AP gave. A
    college that was told in writing has the letter here as it was sent (AVG art. 33
    lid 3). is_own: recorded by the college itself, in the portal.
    """

    OF_A_COLLEGE: ClassVar[list[str]] = [kind.value for kind in OF_A_COLLEGE_KINDS]

    breach = models.ForeignKey(
        Breach, models.PROTECT, related_name="entries", verbose_name="datalek"
    )
    college = models.ForeignKey(
        BreachCollege,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="entries",
        verbose_name="betrokken college",
    )
    kind = models.CharField("wat", max_length=20, choices=Kind.choices)
    outcome = models.CharField(
        "uitkomst", max_length=20, choices=Outcome.choices, blank=True
    )
    at = models.DateTimeField("wanneer")
    who = models.CharField("wie", max_length=200, blank=True, validators=WITHOUT_BSN)
    number = models.CharField("meldingsnummer", max_length=50, blank=True)
    words = models.TextField("toelichting", blank=True, validators=WITHOUT_BSN)
    is_own = models.BooleanField("door de organisatie zelf", default=False)
    file_name = models.CharField("brief", max_length=200, blank=True)
    sha256 = models.CharField("controlegetal", max_length=64, blank=True)
    content = models.BinaryField("inhoud", blank=True, default=bytes)
    recorded_at = models.DateTimeField("vastgelegd op")
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="vastgelegd door"
    )

    class Meta:
        verbose_name = "gebeurtenis bij een datalek"
        verbose_name_plural = "gebeurtenissen bij datalekken"
        ordering = ["breach", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(college__isnull=False)
                & Q(kind__in=[kind.value for kind in OF_A_COLLEGE_KINDS])
                | Q(college__isnull=True)
                & ~Q(kind__in=[kind.value for kind in OF_A_COLLEGE_KINDS]),
                name="an_entry_about_a_college_names_it",
            ),
            models.CheckConstraint(
                condition=_fits(), name="an_outcome_of_a_breach_fits_its_kind"
            ),
            models.CheckConstraint(
                condition=Q(at__lte=F("recorded_at")),
                name="an_entry_of_a_breach_is_of_what_happened",
                violation_error_message="Dit moment ligt in de toekomst.",
            ),
            models.CheckConstraint(
                condition=~Q(words="")
                | ~Q(kind__in=[kind.value for kind in WITH_WORDS])
                & ~Q(outcome__in=[one.value for one in REASONED]),
                name="who_decides_in_a_breach_says_why",
                violation_error_message="Schrijf waarom.",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.REPORTED) | ~Q(who=""),
                name="a_report_to_the_authority_says_by_whom",
                violation_error_message="Vul in wie het heeft gemeld.",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Outcome.WRITTEN) & ~Q(sha256="")
                | ~Q(outcome=Outcome.WRITTEN) & Q(sha256=""),
                name="who_is_told_in_writing_has_a_letter",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} bij {self.breach}"

    @property
    def is_destroyed(self) -> bool:
        """Whether the letter had its time, and went (contracts.retention)."""
        return self.file_name == "vernietigd"
