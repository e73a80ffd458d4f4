"""What was done with a verbeterwens: each step with its day, its reason and by whom.

Only ever added to. instruments.wishes.stages says which step follows which.
"""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from instruments.models.ontwikkelvoorstellen import (
    EUROS,
    WITHOUT_BSN,
    Ontwikkelvoorstel,
)
from instruments.models.wishes import Verbeterwens
from instruments.wishes.stages import Party, Step
from membership.models import AlvBesluit, Person
from membership.models.bodies import BodyDecision

WITH_A_VOORSTEL = [
    *("proposed", "sent_back", "agreed", "adopted", "rejected"),
    *("ordered", "delivered", "returned", "accepted"),
]


class Feasibility(models.TextChoices):
    """What the uitvoerder says of a wens."""

    WELL = "well", "goed haalbaar"
    PARTLY = "partly", "haalbaar met aanpassingen"
    NOT = "not", "niet haalbaar"


class VerbeterwensStep(models.Model):
    """One step. words is the reason, and the answer to who asked; for_party says as
    what the person did it. hours and amount (euros) are the effort that the uitvoerder
    expects; rank is the place in the order of the regiegroep, 1 first."""

    Feasibility = Feasibility

    wens = models.ForeignKey(
        Verbeterwens,
        models.PROTECT,
        related_name="steps",
        verbose_name="verbeterwens",
    )
    kind = models.CharField("stap", max_length=20, choices=Step.choices)
    on = models.DateField("datum", default=timezone.localdate)
    for_party = models.CharField("als", max_length=20, choices=Party.choices)
    words = models.TextField("reden", validators=WITHOUT_BSN)
    hours = models.PositiveIntegerField("uren", null=True, blank=True)
    amount = models.DecimalField(
        "geschat bedrag",
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=EUROS,
    )
    feasibility = models.CharField(
        "haalbaarheid", max_length=10, choices=Feasibility.choices, blank=True
    )
    rank = models.PositiveSmallIntegerField("plaats", null=True, blank=True)
    merged_into = models.ForeignKey(
        Verbeterwens,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged",
        verbose_name="samengevoegd met",
    )
    voorstel = models.ForeignKey(
        Ontwikkelvoorstel,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="steps",
        verbose_name="voorstel",
    )
    decision = models.ForeignKey(
        BodyDecision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="wish_steps",
        verbose_name="besluit van de regiegroep",
    )
    besluit = models.ForeignKey(
        AlvBesluit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ALV-besluit",
    )
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="vastgelegd door"
    )
    at = models.DateTimeField("vastgelegd op", default=timezone.now)

    class Meta:
        verbose_name = "stap van een verbeterwens"
        verbose_name_plural = "stappen van verbeterwensen"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""),
                name="a_step_of_a_wens_gives_its_reason",
                violation_error_message="Geef de reden.",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind="validated",
                    hours__isnull=False,
                    amount__isnull=False,
                    amount__gte=0,
                )
                & ~Q(feasibility="")
                | ~Q(kind="validated")
                & Q(hours__isnull=True, amount__isnull=True, feasibility=""),
                name="a_validation_says_effort_and_feasibility",
                violation_error_message="Vul uren, bedrag en haalbaarheid in.",
            ),
            models.CheckConstraint(
                condition=Q(kind="prioritised", rank__isnull=False, rank__gte=1)
                | ~Q(kind="prioritised") & Q(rank__isnull=True),
                name="a_priority_is_a_place_in_the_order",
                violation_error_message="Vul de plaats in: 1 is de eerste.",
            ),
            models.CheckConstraint(
                condition=Q(kind="merged", merged_into__isnull=False)
                & ~Q(merged_into=F("wens"))
                | ~Q(kind="merged") & Q(merged_into__isnull=True),
                name="a_wens_is_merged_with_another",
                violation_error_message="Kies een andere wens.",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=WITH_A_VOORSTEL) | Q(voorstel__isnull=False),
                name="from_the_bestuur_on_a_step_has_its_voorstel",
            ),
            models.CheckConstraint(
                condition=~Q(kind="adopted") | Q(besluit__isnull=False),
                name="what_the_alv_adopts_has_a_besluit",
                violation_error_message="Kies het besluit van de ALV.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.wens}"
