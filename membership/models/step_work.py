"""How people get a step done: what was filled in half-way, and whom they asked."""

from django.db import models
from django.db.models import Q

from membership.admission.steps import OF_THE_BESTUUR, OF_THE_BUREAU, Step
from membership.models.dossiers import Dossier
from membership.models.people import Person

OF_THE_ORGANISATION = [
    step.value for step in Step if step not in OF_THE_BUREAU | OF_THE_BESTUUR
]


class StepDraft(models.Model):
    """A form that was left half-way: what stood in its fields, never a file.

    version says which one somebody looked at. Removed when the step is recorded.
    """

    dossier = models.ForeignKey(
        Dossier, models.PROTECT, related_name="drafts", verbose_name="dossier"
    )
    kind = models.CharField("stap", max_length=20, choices=Step.choices)
    values = models.JSONField("ingevuld", default=dict)
    version = models.PositiveIntegerField("versie", default=1)
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="bewaard door"
    )
    saved_at = models.DateTimeField("bewaard op", auto_now=True)

    class Meta:
        verbose_name = "concept van een stap"
        verbose_name_plural = "concepten van stappen"
        ordering = ["saved_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "kind"], name="a_step_has_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=OF_THE_ORGANISATION),
                name="a_draft_is_of_a_step_of_the_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"concept van {self.get_kind_display().lower()} in {self.dossier}"


class StepAskQuerySet(models.QuerySet["StepAsk"]):
    def of(self, dossier: Dossier) -> "StepAskQuerySet":
        return self.filter(dossier=dossier).select_related("person", "by")


class StepAsk(models.Model):
    """That somebody asked a colleague to do a step. Done once the step is recorded."""

    dossier = models.ForeignKey(
        Dossier, models.PROTECT, related_name="asks", verbose_name="dossier"
    )
    kind = models.CharField("stap", max_length=20, choices=Step.choices)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="gevraagd aan"
    )
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="gevraagd door"
    )
    at = models.DateTimeField("gevraagd op", auto_now_add=True)

    objects = StepAskQuerySet.as_manager()

    class Meta:
        verbose_name = "vraag aan een collega"
        verbose_name_plural = "vragen aan collega's"
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "kind", "person"],
                name="a_colleague_is_asked_for_a_step_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=OF_THE_ORGANISATION),
                name="a_step_of_the_association_is_not_asked_of_a_colleague",
            ),
            models.CheckConstraint(
                condition=~Q(person=models.F("by")),
                name="nobody_asks_himself_for_a_step",
                violation_error_message="Dit bent u zelf. Noem een collega.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display().lower()} in {self.dossier} aan {self.person}"
