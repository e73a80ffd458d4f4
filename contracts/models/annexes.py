"""The annexes of a verwerkersovereenkomst: one version after another per instrument.

Source: AVG art. 28 lid 2 and 3; domain 6.4.
"""

import datetime

from django.db import models
from django.db.models import F, Q

from contracts.models.facts import Coverage, Gebruiksovereenkomst
from instruments.models import Instrument
from membership.identifiers import validate_without_bsn
from membership.models import Person, Role

WITHOUT_BSN = [validate_without_bsn]
# Who of an organisation sees what happens with its personal data.
READERS = (Role.Name.CONTACTPERSOON, Role.Name.ONDERTEKENAAR, Role.Name.FG)
# Who is asked about a change: also the uitvoerder, of what it agreed with the NVSI.
ASKED = (*READERS, Role.Name.UITVOERDER)


class AnnexVersionQuerySet(models.QuerySet["AnnexVersion"]):
    def visible_to(self, user: Person) -> "AnnexVersionQuerySet":
        """The association sees all; an organisation those of what it uses or used, and
        those about which it was asked."""
        if user.is_association:
            return self
        own = user.organisations_as(*READERS)
        holds = Gebruiksovereenkomst.objects.filter(organisation__in=own)
        under = Coverage.objects.filter(gemeente__in=own)
        asked = AnnexVersion.objects.filter(
            consents__organisation__in=user.organisations_as(*ASKED)
        )
        return self.filter(
            Q(instrument__in=holds.values("instrument"))
            | Q(instrument__in=under.values("instrument"))
            | Q(pk__in=asked.values("pk")),
            asked_at__isnull=False,
        )

    def laid_down(self) -> "AnnexVersionQuerySet":
        return self.filter(asked_at__isnull=False, withdrawn_at__isnull=True)

    def used_on(self, day: datetime.date) -> "AnnexVersionQuerySet":
        """Those that had begun to be used, the one that holds last."""
        return self.laid_down().filter(used_from__lte=day).order_by("used_from")

    def coming_on(self, day: datetime.date) -> "AnnexVersionQuerySet":
        """The changes that were laid before others, and are used after a day."""
        return self.laid_down().filter(answer_by__isnull=False, used_from__gt=day)

    def whole(self) -> "AnnexVersionQuerySet":
        """With all that stands in it: four queries, however many there are."""
        return self.select_related("instrument").prefetch_related(
            "processings", "subprocessors", "measures"
        )


class AnnexVersion(models.Model):
    """All annexes of one instrument, as they are used from a day on.

    A draft is changed; once it is laid before those concerned it stands. The first
    version of an instrument writes down what was agreed: nobody is asked. `asks_yes`:
    silence is no consent, since the purpose or the kinds of data change.
    """

    instrument = models.ForeignKey(
        Instrument,
        models.PROTECT,
        related_name="annexes",
        verbose_name="instrument",
    )
    number = models.PositiveIntegerField("versie")
    note = models.CharField(
        "wat is er anders",
        max_length=500,
        validators=WITHOUT_BSN,
        help_text="Wat verandert er, en waarom? Dit lezen de colleges.",
    )
    used_from = models.DateField("in gebruik vanaf", null=True, blank=True)
    answer_by = models.DateField("antwoord uiterlijk op", null=True, blank=True)
    asks_yes = models.BooleanField("uitdrukkelijke instemming nodig", default=False)
    written_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="laatst gewijzigd door",
    )
    written_at = models.DateTimeField("laatst gewijzigd op", auto_now=True)
    asked_at = models.DateTimeField("voorgelegd op", null=True, blank=True)
    asked_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="voorgelegd door",
    )
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ingetrokken door",
    )
    reason = models.CharField(
        "reden", max_length=500, blank=True, validators=WITHOUT_BSN
    )

    objects = AnnexVersionQuerySet.as_manager()

    class Meta:
        verbose_name = "versie van bijlagen"
        verbose_name_plural = "bijlagen"
        ordering = ["instrument", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "number"],
                name="annexes_have_a_number_of_their_own",
            ),
            models.UniqueConstraint(
                fields=["instrument"],
                condition=Q(asked_at__isnull=True),
                name="annexes_have_one_draft_at_a_time",
                violation_error_message="Er is al een concept van deze bijlagen. Werk "
                "daarin verder.",
            ),
            models.UniqueConstraint(
                fields=["instrument", "used_from"],
                condition=Q(asked_at__isnull=False, withdrawn_at__isnull=True),
                name="one_version_of_annexes_begins_on_a_day",
                violation_error_message="Vanaf die dag is er al een andere versie.",
            ),
            models.CheckConstraint(
                condition=Q(
                    asked_at__isnull=True,
                    asked_by__isnull=True,
                    used_from__isnull=True,
                    answer_by__isnull=True,
                    withdrawn_at__isnull=True,
                )
                | Q(asked_at__isnull=False, used_from__isnull=False),
                name="annexes_that_are_laid_down_say_from_when",
            ),
            models.CheckConstraint(
                condition=Q(answer_by__isnull=True) | Q(answer_by__lt=F("used_from")),
                name="annexes_are_used_after_the_last_day_to_answer",
                violation_error_message="De bijlagen gaan in na de laatste dag om te "
                "antwoorden.",
            ),
            models.CheckConstraint(
                condition=Q(asked_at__isnull=True)
                | Q(asked_by__isnull=True, written_by__isnull=True)
                | Q(asked_by__isnull=False, written_by__isnull=False)
                & ~Q(asked_by=F("written_by")),
                name="who_writes_annexes_does_not_lay_them_before",
                violation_error_message="Een collega legt de bijlagen voor.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                & ~Q(reason=""),
                name="annexes_are_withdrawn_by_somebody_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(note=""),
                name="annexes_say_what_is_different",
                violation_error_message="Schrijf op wat er anders is.",
            ),
        ]

    def __str__(self) -> str:
        return f"Bijlagen {self.instrument}, versie {self.number}"

    @property
    def is_draft(self) -> bool:
        return self.asked_at is None
