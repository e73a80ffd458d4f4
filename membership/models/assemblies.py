"""The algemene ledenvergadering as a meeting: its agenda, and what is put to the vote.

Source: seed 004 parts A, B and D (voorstellen with a toelichting and numbered
beslispunten); BW2 art. 41 and 42, domain rules 24 and 25.
"""

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Exists, F, Q
from django.utils import timezone

from membership.assembly.terms import LEAST
from membership.identifiers import validate_without_bsn
from membership.models.people import Person
from membership.models.periods import Membership, days_that_do_not_overlap

WITHOUT_BSN = [validate_without_bsn]


class VoorstelKind(models.TextChoices):
    """What is proposed; terms and majorities are kept for each kind."""

    GEWOON = "gewoon", "gewoon voorstel"
    FINANCIEEL = "financieel", "financieel voorstel"
    BENOEMING = "benoeming", "benoeming"
    STATUTENWIJZIGING = "statutenwijziging", "statutenwijziging"
    ONTBINDING = "ontbinding", "ontbinding van de vereniging"


class ConvocationTermQuerySet(models.QuerySet["ConvocationTerm"]):
    def active_on(self, day: datetime.date) -> "ConvocationTermQuerySet":
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day
        )


class ConvocationTerm(models.Model):
    """How many whole days lie between the convocation and the ALV, from a day on: for a
    kind of voorstel, or for every ALV when the kind is empty."""

    kind = models.CharField(
        "soort voorstel", max_length=20, choices=VoorstelKind.choices, blank=True
    )
    days = models.PositiveSmallIntegerField("dagen")
    source = models.CharField("waar dat staat", max_length=200)
    starts_on = models.DateField("vanaf")
    ends_on = models.DateField("tot en met", null=True, blank=True)

    objects = ConvocationTermQuerySet.as_manager()

    class Meta:
        verbose_name = "oproepingstermijn"
        verbose_name_plural = "oproepingstermijnen"
        ordering = ["kind", "-starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="a_convocation_term_ends_after_it_starts",
                violation_error_message="De einddatum ligt voor de begindatum.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="statutenwijziging")
                | Q(days__gte=LEAST["statutenwijziging"]),
                name="a_statutenwijziging_is_told_a_week_before",
                violation_error_message="De wet vraagt ten minste zeven dagen.",
            ),
            days_that_do_not_overlap(
                "kind",
                name="one_convocation_term_per_kind_at_a_time",
                message="Op die dagen geldt al een termijn voor deze soort.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display() or 'elke ALV'}: {self.days} dagen"


class AssemblyQuerySet(models.QuerySet["Assembly"]):
    def visible_to(self, user: Person, *, on: datetime.date) -> "AssemblyQuerySet":
        """The association sees all; who belongs on a day reads what members know of,
        also without a vote."""
        if user.is_association:
            return self
        belongs = Membership.objects.active_on(on).filter(
            organisation__in=user.organisation_ids
        )
        return self.told().filter(Exists(belongs))

    def told(self) -> "AssemblyQuerySet":
        """What members know of: it was convened, whatever came of it."""
        return self.filter(convened_at__isnull=False)

    def taking_voorstellen_at(self, now: datetime.datetime) -> "AssemblyQuerySet":
        """Being prepared, and open for voorstellen of members; the first one first."""
        rows = self.filter(status=Assembly.Status.DRAFT, voorstellen_until__gt=now)
        return rows.order_by("voorstellen_until")

    def coming_at(self, now: datetime.datetime) -> "AssemblyQuerySet":
        """Convened and not over, the first one first."""
        convened = self.filter(status=Assembly.Status.CONVENED, ends_at__gt=now)
        return convened.order_by("starts_at")


class Assembly(models.Model):
    """One ALV. `sequence` counts what was told of it; amendments can be handed in until
    `amend_until`. Numbered within the year in which it is held."""

    class Kind(models.TextChoices):
        GEWOON = "gewoon", "gewone ALV"
        BUITENGEWOON = "buitengewoon", "buitengewone ALV"

    class Status(models.TextChoices):
        DRAFT = "draft", "in voorbereiding"
        CONVENED = "convened", "bijeengeroepen"
        HELD = "held", "gehouden"
        CANCELLED = "cancelled", "gaat niet door"

    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        "draft": ("convened", "cancelled"),
        "convened": ("held", "cancelled"),
        "held": (),
        "cancelled": (),
    }

    title = models.CharField("titel", max_length=150, validators=WITHOUT_BSN)
    kind = models.CharField(
        "soort", max_length=12, choices=Kind.choices, default=Kind.GEWOON
    )
    year = models.PositiveSmallIntegerField("jaar")
    number = models.PositiveSmallIntegerField("nummer in het jaar")
    starts_at = models.DateTimeField("begin")
    ends_at = models.DateTimeField("einde")
    place = models.CharField("plaats", max_length=200, blank=True)
    link = models.URLField(
        "link", blank=True, help_text="Van de online vergadering, als die er is."
    )
    note = models.TextField(
        "mededeling",
        blank=True,
        validators=WITHOUT_BSN,
        help_text="Staat in de oproeping, boven de agenda.",
    )
    amend_until = models.DateTimeField(
        "amendementen tot",
        null=True,
        blank=True,
        help_text="Leeg: leden kunnen geen amendementen indienen in het portaal.",
    )
    voorstellen_until = models.DateTimeField(
        "voorstellen van leden tot",
        null=True,
        blank=True,
        help_text="Leden zien in het portaal dat de ALV komt, en dienen tot dan een "
        "voorstel in. Leeg: dat kan niet in het portaal.",
    )
    status = models.CharField(
        "status", max_length=10, choices=Status.choices, default=Status.DRAFT
    )
    convened_at = models.DateTimeField("bijeengeroepen op", null=True, blank=True)
    convened_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="bijeengeroepen door",
    )
    closed_at = models.DateTimeField("gesloten op", null=True, blank=True)
    sequence = models.PositiveIntegerField("versie", default=0)
    changed_at = models.DateTimeField("laatst gewijzigd", auto_now=True)

    objects = AssemblyQuerySet.as_manager()

    class Meta:
        verbose_name = "algemene ledenvergadering"
        verbose_name_plural = "algemene ledenvergaderingen"
        ordering = ["-starts_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "number"],
                name="an_assembly_has_a_number_of_its_own_in_the_year",
                violation_error_message="Dit nummer is in dat jaar al gebruikt.",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="an_assembly_ends_after_it_starts",
                violation_error_message="De ALV eindigt voordat zij begint.",
            ),
            models.CheckConstraint(
                condition=~Q(place="") | ~Q(link=""),
                name="an_assembly_has_a_place_or_a_link",
                violation_error_message="Vul een plaats of een link in.",
            ),
            models.CheckConstraint(
                condition=Q(amend_until__isnull=True)
                | Q(amend_until__lte=F("starts_at")),
                name="amendements_come_before_the_assembly",
                violation_error_message="Amendementen komen vóór het begin van de ALV.",
            ),
            models.CheckConstraint(
                condition=Q(voorstellen_until__isnull=True)
                | Q(voorstellen_until__lt=F("starts_at")),
                name="voorstellen_of_members_come_before_the_assembly",
                violation_error_message="Voorstellen komen vóór het begin van de ALV.",
            ),
            models.CheckConstraint(
                condition=Q(convened_at__isnull=True, convened_by__isnull=True)
                & Q(status__in=["draft", "cancelled"])
                | Q(convened_by__isnull=False, convened_at__isnull=False)
                & Q(convened_at__lt=F("starts_at"))
                & ~Q(status="draft"),
                name="who_convened_an_assembly_is_known",
            ),
            models.CheckConstraint(
                condition=Q(status="held", closed_at__isnull=False)
                & Q(closed_at__gt=F("starts_at"))
                | ~Q(status="held") & Q(closed_at__isnull=True),
                name="an_assembly_that_was_held_was_closed",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def on(self) -> datetime.date:
        """The day on which it is held, in Nederland."""
        return timezone.localdate(self.starts_at)

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def is_convened(self) -> bool:
        return self.status == self.Status.CONVENED

    @property
    def is_held(self) -> bool:
        return self.status == self.Status.HELD

    @property
    def is_cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED

    def takes_voorstellen_at(self, now: datetime.datetime) -> bool:
        """Whether a lid can hand in a voorstel for its agenda."""
        return (
            self.is_draft
            and self.voorstellen_until is not None
            and now < self.voorstellen_until
        )

    def has_begun_at(self, now: datetime.datetime) -> bool:
        """Whether it is being held: it was convened, began and was not closed yet."""
        return self.is_convened and self.starts_at <= now

    def takes_amendements_at(self, now: datetime.datetime) -> bool:
        """Whether a lid can hand one in in the portal; from the begin on it does so in
        the ALV itself."""
        return (
            self.is_convened and self.amend_until is not None and now < self.amend_until
        )
