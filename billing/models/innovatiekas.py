"""The innovatiekas of an instrument: what fills it, and each move of its money.

Source: seed 001 (doorontwikkeling), domain 4.3. The money is in the ledger, as a
bestemmingsreserve; billing.innovatiekas.booking says how it is booked.
"""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from billing.models.ledger import Entry
from billing.models.periods import Period
from instruments.models import PERCENTAGE, Instrument, Ontwikkelvoorstel
from membership.identifiers import validate_without_bsn
from membership.models import AlvBesluit, Person
from membership.models.bodies import belongs
from nvsi.dutch import euro, percent
from nvsi.fields import HalfYearField
from nvsi.money import CENT

SETTLED = "Dit halfjaar, of een later, is al vastgesteld. Kies een later halfjaar."


class KasShare(models.Model):
    """Which percentage of the contributions goes to the kas, until the next one.

    Of the bijdrage_nvsi, from a half-year on; never of one that is closed (a trigger).
    """

    instrument = models.ForeignKey(
        Instrument, models.PROTECT, related_name="kas_shares", verbose_name="instrument"
    )
    from_halfyear = HalfYearField("vanaf halfjaar")
    pct = models.DecimalField(
        "percentage van de bijdragen",
        max_digits=5,
        decimal_places=2,
        validators=PERCENTAGE,
    )
    besluit = models.ForeignKey(
        AlvBesluit, models.PROTECT, related_name="+", verbose_name="ALV-besluit"
    )

    class Meta:
        verbose_name = "deel voor de innovatiekas"
        verbose_name_plural = "delen voor de innovatiekas"
        ordering = ["instrument", "from_halfyear"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "from_halfyear"],
                name="the_share_of_a_kas_changes_once_in_a_halfyear",
                violation_error_message="Voor dit halfjaar staat al een percentage.",
            ),
            models.CheckConstraint(
                condition=Q(pct__range=(0, 100)),
                name="the_share_of_a_kas_is_a_percentage",
                violation_error_message="Een percentage ligt tussen 0 en 100.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} vanaf {self.from_halfyear}: {self.words}"

    def clean(self) -> None:
        """Say in the form what the database would refuse."""
        if self.instrument_id and self.from_halfyear and self.is_settled:
            raise ValidationError(SETTLED)

    @property
    def is_settled(self) -> bool:
        """Whether a half-year was closed with it: it changes no more."""
        since = Period.objects.filter(halfyear__gte=self.from_halfyear)
        return since.filter(instrument=self.instrument).exclude(closed_at=None).exists()

    @property
    def words(self) -> str:
        """As people write it: 25%, or 12,5%."""
        return percent(self.pct)


class KasDotatie(models.Model):
    """An amount that the ALV puts into the kas at once; booked when another confirms.

    One entry for a decision, however often it is typed.
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", "wacht op een tweede persoon"
        CONFIRMED = "confirmed", "geboekt"
        REFUSED = "refused", "niet geboekt"

    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        "proposed": ("confirmed", "refused"),
        "confirmed": (),
        "refused": (),
    }

    instrument = models.ForeignKey(
        Instrument,
        models.PROTECT,
        related_name="kas_dotaties",
        verbose_name="instrument",
    )
    besluit = models.ForeignKey(
        AlvBesluit, models.PROTECT, related_name="+", verbose_name="ALV-besluit"
    )
    amount = models.DecimalField(
        "bedrag",
        max_digits=12,
        decimal_places=2,
        validators=[MinValueValidator(CENT)],
    )
    purpose = models.CharField(
        "waarvoor",
        max_length=200,
        validators=[validate_without_bsn],
        help_text="Zoals het besluit het zegt. Leden lezen dit.",
    )
    status = models.CharField(
        "status", max_length=10, choices=Status.choices, default=Status.PROPOSED
    )
    proposed_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="vastgelegd door"
    )
    proposed_at = models.DateTimeField("vastgelegd op", default=timezone.now)
    decided_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="bekeken door",
    )
    decided_at = models.DateTimeField("bekeken op", null=True, blank=True)

    class Meta:
        verbose_name = "dotatie bij besluit"
        verbose_name_plural = "dotaties bij besluit"
        ordering = ["-proposed_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="a_dotatie_is_above_zero",
                violation_error_message="Het bedrag ligt boven nul.",
            ),
            models.UniqueConstraint(
                fields=["instrument", "besluit"],
                condition=~Q(status="refused"),
                name="a_besluit_fills_a_kas_once",
                violation_error_message="Bij dit besluit staat al een dotatie.",
            ),
            models.CheckConstraint(
                condition=~Q(decided_by=F("proposed_by")),
                name="another_person_confirms_a_dotatie",
                violation_error_message="Wie de dotatie vastlegde, boekt haar niet. "
                "Vraag een ander om dat te doen.",
            ),
            models.CheckConstraint(
                condition=Q(
                    status="proposed",
                    decided_by__isnull=True,
                    decided_at__isnull=True,
                )
                | Q(
                    status__in=["confirmed", "refused"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
                name="a_decided_dotatie_says_by_whom_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"Dotatie van {euro(self.amount)} bij {self.besluit.reference}"


class KasMovementQuerySet(models.QuerySet["KasMovement"]):
    def visible_to(self, user: Person) -> "KasMovementQuerySet":
        """Everybody who belongs: the kas is of all members and participants."""
        return self if belongs(user, timezone.localdate()) else self.none()

    def with_ground(self) -> "KasMovementQuerySet":
        """With all that a row of the history is told by."""
        return self.select_related(
            *("entry", "instrument", "period", "share__besluit", "dotatie__besluit"),
            *("voorstel__wens__instrument", "voorstel__besluit"),
        )


class KasMovement(models.Model):
    """One move of money in the kas, in euros, and what it rests on.

    `fill` is below zero when contributions were reversed. It is tied to its entry: the
    database compares the two at the commit, and keeps every balance above zero.
    """

    class Kind(models.TextChoices):
        FILL = "fill", "toevoeging"
        RESERVE = "reserve", "reservering"
        SPEND = "spend", "besteding"
        RELEASE = "release", "vrijval"

    entry = models.OneToOneField(
        Entry, models.PROTECT, related_name="kas_movement", verbose_name="boekstuk"
    )
    instrument = models.ForeignKey(
        Instrument,
        models.PROTECT,
        related_name="kas_movements",
        verbose_name="instrument",
    )
    kind = models.CharField("soort", max_length=10, choices=Kind.choices)
    amount = models.DecimalField("bedrag", max_digits=12, decimal_places=2)
    period = models.ForeignKey(
        Period,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="kas_movements",
        verbose_name="bijdragen van halfjaar",
    )
    share = models.ForeignKey(
        KasShare,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="movements",
        verbose_name="deel voor de innovatiekas",
    )
    dotatie = models.OneToOneField(
        KasDotatie,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="movement",
        verbose_name="dotatie bij besluit",
    )
    voorstel = models.ForeignKey(
        Ontwikkelvoorstel,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="kas_movements",
        verbose_name="voorstel voor doorontwikkeling",
    )

    objects = KasMovementQuerySet.as_manager()

    class Meta:
        verbose_name = "beweging in de innovatiekas"
        verbose_name_plural = "bewegingen in de innovatiekas"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    ~Q(amount=0),
                    kind="fill",
                    period__isnull=False,
                    share__isnull=False,
                    dotatie__isnull=True,
                    voorstel__isnull=True,
                )
                | Q(
                    kind="fill",
                    amount__gt=0,
                    period__isnull=True,
                    share__isnull=True,
                    dotatie__isnull=False,
                    voorstel__isnull=True,
                )
                | Q(
                    kind__in=["reserve", "spend", "release"],
                    amount__gt=0,
                    period__isnull=True,
                    share__isnull=True,
                    dotatie__isnull=True,
                    voorstel__isnull=False,
                ),
                name="a_movement_of_a_kas_says_what_it_rests_on",
            ),
            models.UniqueConstraint(
                fields=["voorstel", "kind"],
                name="a_voorstel_reserves_spends_and_releases_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display().capitalize()}, {self.entry}"

    @property
    def besluit(self) -> AlvBesluit | None:
        """The decision of the ALV that it rests on, where the ALV decided."""
        for ground in (self.share, self.dotatie, self.voorstel):
            if ground is not None:
                return ground.besluit
        return None
