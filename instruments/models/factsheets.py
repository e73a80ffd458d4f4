"""The productenboek: a factsheet per instrument, which answers the same questions.

Source: seed 004 (the factsheets of six voorzieningen).
"""

from django.db import models
from django.db.models import Q

from instruments.models.instruments import Instrument
from membership.identifiers import validate_without_bsn
from membership.models import Person

WITHOUT_BSN = [validate_without_bsn]
LONGEST = 4_000


class Phase(models.TextChoices):
    """How far an instrument is."""

    IDEE = "idee", "idee"
    IN_ONTWIKKELING = "in_ontwikkeling", "in ontwikkeling"
    OPSCHALEN = "opschalen", "klaar om op te schalen"
    IN_GEBRUIK = "in_gebruik", "in gebruik"
    LOOPT_AF = "loopt_af", "loopt af"


class Binding(models.TextChoices):
    """How free a gemeente is to use it or not."""

    VRIJ = "vrij", "vrij"
    VRIJWILLIG = "vrijwillig", "vrijwillig maar niet vrijblijvend"
    BINDEND = "bindend", "bindend voor allen"


def _answer(question: str, help_text: str = "") -> "models.TextField[str, str]":
    return models.TextField(
        question,
        blank=True,
        max_length=LONGEST,
        validators=WITHOUT_BSN,
        help_text=help_text,
    )


# The answers that a factsheet must have before it is published, in their order.
ANSWERS = (
    *("summary", "what", "developed_by", "used_by", "it", "process", "people"),
    *("costs", "yields", "rights", "legal_frame", "personal_data"),
)
_ALL_ANSWERED = Q()
for _name in ANSWERS:
    _ALL_ANSWERED &= ~Q(**{_name: ""})


class FactsheetQuerySet(models.QuerySet["Factsheet"]):
    def published(self) -> "FactsheetQuerySet":
        """What everybody may read, the newest first."""
        return self.filter(published_at__isnull=False).order_by("-number")

    def current(self) -> "FactsheetQuerySet":
        """Of each instrument the newest that was published."""
        newest = self.published().order_by("instrument_id", "-number")
        return newest.distinct("instrument_id")


class Factsheet(models.Model):
    """One version. A draft is written by the bureau; what was published stays as it is
    (trigger), and the newest of these is what the world reads."""

    instrument = models.ForeignKey(
        Instrument,
        models.PROTECT,
        related_name="factsheets",
        verbose_name="instrument",
    )
    number = models.PositiveIntegerField("versie")
    note = models.CharField(
        "wat is er anders", max_length=500, validators=WITHOUT_BSN,
        help_text="Wat verandert er ten opzichte van de vorige versie?",
    )  # fmt: skip
    phase = models.CharField("fase", max_length=20, choices=Phase.choices)
    binding = models.CharField("hoe bindend", max_length=20, choices=Binding.choices)
    summary = models.CharField(
        "in één zin", max_length=200, blank=True, validators=WITHOUT_BSN
    )
    what = _answer("wat is het, en wat kunt u ermee?")
    developed_by = _answer("wie heeft het ontwikkeld?")
    used_by = _answer("wie gebruikt het?", "Voor wie het is, en wie meedoet.")
    it = _answer("wat vraagt het van de ICT?")
    process = _answer("wat vraagt het van het werkproces?")
    people = _answer("wat vraagt het van de mensen?")
    costs = _answer("wat kost het?")
    yields = _answer("wat levert het op?")
    rights = _answer("van wie zijn de rechten?")
    legal_frame = _answer("welke wet- en regelgeving hoort erbij?")
    personal_data = _answer("welke persoonsgegevens zijn nodig?")
    written_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="laatst gewijzigd door",
    )  # fmt: skip
    written_at = models.DateTimeField("laatst gewijzigd op", auto_now=True)
    published_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="gepubliceerd door",
    )  # fmt: skip
    published_at = models.DateTimeField("gepubliceerd op", null=True, blank=True)

    objects = FactsheetQuerySet.as_manager()

    class Meta:
        verbose_name = "factsheet"
        verbose_name_plural = "factsheets"
        ordering = ["instrument", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "number"],
                name="a_factsheet_has_a_number_of_its_own",
            ),
            models.UniqueConstraint(
                fields=["instrument"],
                condition=Q(published_at__isnull=True),
                name="an_instrument_has_one_draft_of_its_factsheet",
                violation_error_message="Er is al een concept van deze factsheet. Werk "
                "daarin verder.",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="a_published_factsheet_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | _ALL_ANSWERED,
                name="a_published_factsheet_answers_every_question",
                violation_error_message="Beantwoord eerst alle vragen.",
            ),
        ]

    def __str__(self) -> str:
        return f"Factsheet {self.instrument}, versie {self.number}"

    @property
    def is_published(self) -> bool:
        return self.published_at is not None
