"""Kaders: the rules that members share for an instrument, and their own beside them.

Source: seed 001 (Kaders), domain rules 1 and 7 to 10 and section 3.8 (a gemeente has
a dated rule of its own, a verordening or beleidsregel).
"""

import datetime
from decimal import Decimal
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from instruments.models.instruments import Instrument
from membership.identifiers import validate_without_bsn
from membership.models import AlvBesluit, BodyDecision, Organisation, Person
from membership.models.bodies import belongs
from membership.models.periods import days_that_do_not_overlap, ends_after_it_starts
from nvsi.dutch import day, plain

MOST = Decimal("99999.99")
_WORDS: list[Any] = [validate_without_bsn]
_VALUE: list[Any] = [MinValueValidator(Decimal(0)), MaxValueValidator(MOST)]
_HAS_ONE = ~Q(words="") & Q(value__isnull=True) | Q(words="", value__isnull=False)


class Norm(models.Model):
    """A kader: one rule of an instrument, numbered; what it says stands per version.

    `measures` names what the portal compares it with; empty for a rule of words alone.
    """

    class Kind(models.TextChoices):
        EURO_PER_HOUR = "euro_per_hour", "euro per uur"
        COUNT = "count", "aantal"
        HOURS = "hours", "uren per week"
        WEEKS = "weeks", "weken"
        YES_NO = "yes_no", "ja of nee"
        TEXT = "text", "tekst"

    class Measures(models.TextChoices):
        PREMIE_PER_UUR = "premie_per_uur", "premie per uur van de aangeleverde uren"

    instrument = models.ForeignKey(
        Instrument, models.PROTECT, related_name="norms", verbose_name="instrument"
    )
    number = models.PositiveSmallIntegerField(
        "nummer", validators=[MinValueValidator(1)]
    )
    name = models.CharField("kader", max_length=100, validators=_WORDS)
    kind = models.CharField("soort waarde", max_length=20, choices=Kind.choices)
    measures = models.CharField(
        "vergelijken met",
        max_length=20,
        choices=Measures.choices,
        blank=True,
        help_text="Leeg als het portaal dit kader nergens mee vergelijkt.",
    )

    class Meta:
        verbose_name = "kader"
        verbose_name_plural = "kaders"
        ordering = ["instrument", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "number"],
                name="an_instrument_has_a_norm_of_a_number_once",
                violation_error_message="Dit nummer is al van een ander kader.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="norms_are_numbered_from_one"
            ),
            models.UniqueConstraint(
                fields=["instrument", "measures"],
                condition=~Q(measures=""),
                name="an_instrument_measures_a_thing_with_one_norm",
                violation_error_message="Een ander kader wordt hier al mee vergeleken.",
            ),
            models.CheckConstraint(
                condition=Q(measures="")
                | Q(measures="premie_per_uur", kind="euro_per_hour"),
                name="a_premie_per_uur_is_measured_in_euros",
                violation_error_message="De premie per uur is een kader in euro per "
                "uur.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.name}"

    @property
    def code(self) -> str:
        """K-FLEXENSIE-1: how people name it."""
        return f"K-{self.instrument.slug.upper()}-{self.number}"


class DatedQuerySet(models.QuerySet[Any]):
    def active_on(self, on: datetime.date) -> "DatedQuerySet":
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=on), starts_on__lte=on
        )


class Valued(models.Model):
    """A value of a kader from a day to a day: a number, or words for a kader of text.

    Yes is 1 and no is 0. A row stands once it is there; only its end is added.
    """

    value = models.DecimalField(
        "waarde",
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=_VALUE,
    )
    words = models.TextField("in woorden", blank=True, validators=_WORDS)
    starts_on = models.DateField("vanaf")
    ends_on = models.DateField("tot en met", null=True, blank=True)
    recorded_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="vastgelegd door"
    )
    recorded_at = models.DateTimeField("vastgelegd op", default=timezone.now)

    class Meta:
        abstract = True

    @property
    def plain(self) -> str:
        """The number without its unit, or the words."""
        return self.words if self.value is None else plain(self.value)


class NormVersion(Valued):
    """What a kader says from a day on, the room that it leaves, and the decision.

    A gemeente may choose from lowest to highest without deviating; with is_law nobody
    may go outside, since that is a bound of the law.
    """

    norm = models.ForeignKey(
        Norm, models.PROTECT, related_name="versions", verbose_name="kader"
    )
    lowest = models.DecimalField(
        "laagste",
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=_VALUE,
    )
    highest = models.DecimalField(
        "hoogste",
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=_VALUE,
    )
    is_law = models.BooleanField("grens van de wet", default=False)
    explanation = models.TextField("toelichting", validators=_WORDS)
    decision = models.ForeignKey(
        BodyDecision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="norm_versions",
        verbose_name="besluit van een orgaan",
    )
    besluit = models.ForeignKey(
        AlvBesluit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="norm_versions",
        verbose_name="ALV-besluit",
    )

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = "waarde van een kader"
        verbose_name_plural = "waarden van kaders"
        ordering = ["norm", "-starts_on"]
        constraints = [
            ends_after_it_starts("a_norm_ends_after_it_starts"),
            days_that_do_not_overlap(
                "norm",
                name="a_norm_says_one_thing_at_a_time",
                message="Dit kader heeft in die tijd al een waarde.",
            ),
            models.CheckConstraint(
                condition=_HAS_ONE,
                name="a_norm_has_a_number_or_words",
                violation_error_message="Vul een waarde in, of woorden.",
            ),
            models.CheckConstraint(
                condition=Q(
                    value__isnull=True, lowest__isnull=True, highest__isnull=True
                )
                | Q(lowest__lte=F("value"), highest__gte=F("value"), lowest__gte=0),
                name="a_norm_lies_within_its_own_room",
                violation_error_message="De waarde ligt tussen de laagste en de "
                "hoogste.",
            ),
            models.CheckConstraint(
                condition=Q(decision__isnull=True, besluit__isnull=False)
                | Q(decision__isnull=False, besluit__isnull=True),
                name="a_norm_rests_on_one_decision",
                violation_error_message="Kies het besluit van een orgaan, of dat van "
                "de ALV.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.norm.code}: {self.plain} vanaf {day(self.starts_on)}"

    @property
    def rests_on(self) -> BodyDecision | AlvBesluit:
        """The decision behind it."""
        found = self.decision or self.besluit
        assert found is not None, "a constraint says so"
        return found


class LocalNormQuerySet(DatedQuerySet):
    def visible_to(self, user: Person) -> "LocalNormQuerySet":
        """What members share: for all who belong, and nobody else."""
        return self if belongs(user, timezone.localdate()) else self.none()


class LocalNorm(Valued):
    """The eigen kader of an organisation beside a common one, and what it rests on.

    `reason` says why it deviates; empty when it stays within the room.
    """

    class Basis(models.TextChoices):
        VERORDENING = "verordening", "verordening"
        BELEIDSREGEL = "beleidsregel", "beleidsregel"
        COLLEGEBESLUIT = "collegebesluit", "collegebesluit"

    norm = models.ForeignKey(
        Norm, models.PROTECT, related_name="local_norms", verbose_name="kader"
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="local_norms",
        verbose_name="organisatie",
    )
    reason = models.TextField("reden om af te wijken", blank=True, validators=_WORDS)
    basis = models.CharField("vastgelegd in", max_length=20, choices=Basis.choices)
    basis_on = models.DateField("datum daarvan")
    link = models.URLField("link naar de tekst", max_length=300, blank=True)

    objects = LocalNormQuerySet.as_manager()

    class Meta:
        verbose_name = "eigen kader"
        verbose_name_plural = "eigen kaders"
        ordering = ["organisation", "norm", "-starts_on"]
        constraints = [
            ends_after_it_starts("a_local_norm_ends_after_it_starts"),
            days_that_do_not_overlap(
                *("norm", "organisation"),
                name="an_organisation_has_one_local_norm_at_a_time",
                message="Uw organisatie heeft in die tijd al een eigen waarde.",
            ),
            models.CheckConstraint(
                condition=_HAS_ONE,
                name="a_local_norm_has_a_number_or_words",
                violation_error_message="Vul een waarde in, of woorden.",
            ),
            models.CheckConstraint(
                condition=Q(
                    basis__in=["verordening", "beleidsregel", "collegebesluit"]
                ),
                name="a_local_norm_rests_on_a_rule",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.norm.code}: {self.plain} vanaf {day(self.starts_on)}"
