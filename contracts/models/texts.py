"""Texts of agreements: a draft that is written, published for good from a date.

Source: seed 001 (both agreements), AVG art. 28 lid 3 and 9.
"""

import datetime

from django.db import models
from django.db.models import F, Q

from contracts.kinds import Kind
from instruments.models import Instrument
from membership.identifiers import validate_without_bsn
from membership.models import Person

WITHOUT_BSN = [validate_without_bsn]


class TextVersionQuerySet(models.QuerySet["TextVersion"]):
    def visible_to(self, user: Person) -> "TextVersionQuerySet":
        """Of the association; others read a text in the agreement itself."""
        return self if user.is_association else self.none()

    def published(self) -> "TextVersionQuerySet":
        return self.filter(published_at__isnull=False)

    def used_on(self, day: datetime.date) -> "TextVersionQuerySet":
        """Those that had begun to be used, the one that holds last."""
        return self.published().filter(used_from__lte=day).order_by("used_from")


class TextVersion(models.Model):
    """One version of the text of a kind of agreement.

    Without an instrument it is for all of them; a text for one instrument goes before
    it. `used_from` is the first day on which an agreement is drawn up with it.
    """

    kind = models.CharField("soort", max_length=20, choices=Kind.choices)
    instrument = models.ForeignKey(
        Instrument,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="instrument",
        help_text="Leeg: voor alle instrumenten.",
    )
    number = models.PositiveIntegerField("versie")
    body = models.TextField("tekst", validators=WITHOUT_BSN)
    note = models.CharField(
        "wat is er anders",
        max_length=500,
        validators=WITHOUT_BSN,
        help_text="Wat verandert er ten opzichte van de vorige versie, en waarom?",
    )
    written_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="laatst gewijzigd door",
    )
    written_at = models.DateTimeField("laatst gewijzigd op", auto_now=True)
    used_from = models.DateField("in gebruik vanaf", null=True, blank=True)
    published_at = models.DateTimeField("vastgesteld op", null=True, blank=True)
    published_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="vastgesteld door",
    )

    objects = TextVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "tekst van een overeenkomst"
        verbose_name_plural = "teksten van overeenkomsten"
        ordering = ["kind", "instrument", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "instrument", "number"],
                nulls_distinct=False,
                name="a_text_has_a_number_of_its_own",
            ),
            models.UniqueConstraint(
                fields=["kind", "instrument"],
                condition=Q(published_at__isnull=True),
                nulls_distinct=False,
                name="a_text_has_one_draft_at_a_time",
                violation_error_message="Er is al een concept van deze tekst. Werk "
                "daarin verder.",
            ),
            models.UniqueConstraint(
                fields=["kind", "instrument", "used_from"],
                condition=Q(published_at__isnull=False),
                nulls_distinct=False,
                name="one_text_begins_to_be_used_on_a_day",
                violation_error_message="Vanaf die dag is er al een andere versie.",
            ),
            models.CheckConstraint(
                condition=Q(
                    published_at__isnull=True,
                    published_by__isnull=True,
                    used_from__isnull=True,
                )
                | Q(published_at__isnull=False, used_from__isnull=False),
                name="a_published_text_says_from_when",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True)
                | Q(published_by__isnull=True, written_by__isnull=True)
                | Q(published_by__isnull=False, written_by__isnull=False)
                & ~Q(published_by=F("written_by")),
                name="who_writes_a_text_does_not_publish_it",
                violation_error_message="Een collega stelt de tekst vast.",
            ),
            models.CheckConstraint(
                condition=~Q(body="") & ~Q(note=""),
                name="a_text_says_something",
                violation_error_message="Vul de tekst in, en wat er anders is.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="verwerkers") | Q(instrument__isnull=True),
                name="a_verwerkersovereenkomst_has_one_text_for_all",
                violation_error_message="De verwerkersovereenkomst is er één voor alle "
                "instrumenten: wat per instrument anders is, staat in de bijlagen.",
            ),
        ]

    def __str__(self) -> str:
        about = f" voor {self.instrument}" if self.instrument else ""
        kind = str(Kind(self.kind).label).capitalize()
        return f"{kind}{about}, versie {self.number}"

    @property
    def is_published(self) -> bool:
        return self.published_at is not None
