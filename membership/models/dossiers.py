"""Dossiers: an organisation on its way to membership, step by step, with the papers."""

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from membership.admission.steps import (
    OUTCOMES,
    Outcome,
    Position,
    Procedure,
    Step,
    position,
    procedure_for,
)
from membership.identifiers import validate_without_bsn
from membership.models.mandates import Mandate
from membership.models.organisations import Organisation
from membership.models.people import Person, Role

# Who of an organisation works on its dossier.
WORKERS = (Role.Name.CONTACTPERSOON, Role.Name.ONDERTEKENAAR)


class DossierQuerySet(models.QuerySet["Dossier"]):
    def visible_to(self, user: Person) -> "DossierQuerySet":
        """The association sees all, an organisation its own."""
        if user.is_association:
            return self
        return self.filter(organisation__in=user.organisations_as(*WORKERS))

    def running(self) -> "DossierQuerySet":
        return self.filter(status=Dossier.Status.RUNNING)

    def with_steps(self) -> "DossierQuerySet":
        """With what stands now, for `position`: two queries, however many there are."""
        steps = DossierStep.objects.select_related("by", "mandate")
        return self.select_related("organisation").prefetch_related(
            models.Prefetch("steps", steps)
        )


class Dossier(models.Model):
    """The way of one organisation to one kind of membership.

    Where it is follows from its steps alone (membership.admission.steps). Source: seed
    001, domain rules 20 and 27.
    """

    class Aim(models.TextChoices):
        LID = "lid", "lid"
        PARTICIPANT = "participant", "participant"

    class Status(models.TextChoices):
        RUNNING = "running", "loopt"
        ADMITTED = "admitted", "toegelaten"
        WITHDRAWN = "withdrawn", "ingetrokken"
        REFUSED = "refused", "niet toegelaten"

    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        "running": ("admitted", "withdrawn", "refused"),
        "admitted": (),
        "withdrawn": (),
        "refused": (),
    }

    number_year = models.PositiveSmallIntegerField("jaar")
    number_sequence = models.PositiveIntegerField("volgnummer")
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="dossiers",
        verbose_name="organisatie",
    )
    aim = models.CharField("wil worden", max_length=20, choices=Aim.choices)
    status = models.CharField(
        "status", max_length=20, choices=Status.choices, default=Status.RUNNING
    )
    opened_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="geopend door"
    )
    opened_at = models.DateTimeField("geopend op", auto_now_add=True)
    ended_at = models.DateTimeField("afgerond op", null=True, blank=True)

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = "dossier"
        verbose_name_plural = "dossiers"
        ordering = ["number_year", "number_sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["number_year", "number_sequence"],
                name="a_dossier_has_a_number_of_its_own",
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(status="running"),
                name="an_organisation_has_one_running_dossier",
                violation_error_message="Deze organisatie heeft al een dossier dat "
                "loopt.",
            ),
            models.CheckConstraint(
                condition=Q(status="running", ended_at__isnull=True)
                | ~Q(status="running") & Q(ended_at__isnull=False),
                name="a_dossier_that_ended_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"dossier {self.number}"

    @property
    def number(self) -> str:
        """As people write it: D2026-0012."""
        return f"D{self.number_year}-{self.number_sequence:04}"

    @property
    def procedure(self) -> Procedure:
        return procedure_for(self.organisation.kind, self.aim)

    @property
    def standing(self) -> "list[DossierStep]":
        """The steps that were not replaced. Ask for with_steps() before many."""
        return [step for step in self.steps.all() if step.replaced_at is None]

    @property
    def position(self) -> Position:
        """Where it is: the next step, and what was done."""
        return position(self.procedure, self.standing)

    @property
    def moved_at(self) -> datetime.datetime:
        """When something was last done in it."""
        return max((step.at for step in self.steps.all()), default=self.opened_at)

    def standing_step(self, kind: str) -> "DossierStep | None":
        return next((step for step in self.standing if step.kind == kind), None)


class DossierStepQuerySet(models.QuerySet["DossierStep"]):
    def standing(self) -> "DossierStepQuerySet":
        """What was not replaced."""
        return self.filter(replaced_at__isnull=True)


class DossierStep(models.Model):
    """One step that was taken: a fact with its day. Only ever added to, or replaced.

    outcome says how it ended, where that can differ. until is the last day on which the
    raad can react (sent). number is of the decision, signer and mandate of the
    aanmelding; words are the motivation; considerations those of seed 000 that the
    gemeente weighed.
    """

    dossier = models.ForeignKey(
        Dossier, models.PROTECT, related_name="steps", verbose_name="dossier"
    )
    kind = models.CharField("stap", max_length=20, choices=Step.choices)
    on = models.DateField("datum")
    until = models.DateField("reageren tot en met", null=True, blank=True)
    outcome = models.CharField(
        "uitkomst", max_length=20, choices=Outcome.choices, blank=True
    )
    number = models.CharField("nummer van het besluit", max_length=100, blank=True)
    words = models.TextField(
        "toelichting", blank=True, validators=[validate_without_bsn]
    )
    considerations = models.JSONField("overwegingen", default=dict, blank=True)
    is_far_reaching = models.BooleanField("ingrijpend", null=True, blank=True)
    signer_name = models.CharField("ondertekenaar", max_length=200, blank=True)
    signer_function = models.CharField("functie", max_length=200, blank=True)
    mandate = models.ForeignKey(
        Mandate,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="mandaat",
    )
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="vastgelegd door"
    )
    at = models.DateTimeField("vastgelegd op", auto_now_add=True)
    replaced_at = models.DateTimeField("vervangen op", null=True, blank=True)

    objects = DossierStepQuerySet.as_manager()

    class Meta:
        verbose_name = "stap"
        verbose_name_plural = "stappen"
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "kind"],
                condition=Q(replaced_at__isnull=True),
                name="a_step_stands_once_in_a_dossier",
                violation_error_message="Deze stap staat al in het dossier.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=list(OUTCOMES)) & ~Q(outcome="")
                | ~Q(kind__in=list(OUTCOMES)) & Q(outcome=""),
                name="a_step_that_can_end_in_two_ways_says_how",
                violation_error_message="Kies hoe deze stap is afgelopen.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="sent") | Q(until__gte=models.F("on")),
                name="the_raad_has_a_term_to_react",
                violation_error_message="Vul in tot wanneer de raad kan reageren.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="weighed", outcome="inform") | ~Q(words=""),
                name="the_lighter_route_has_a_motivation",
                violation_error_message="Motiveer waarom de gemeente de raad alleen "
                "informeert.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="applied")
                | ~Q(signer_name="") & ~Q(signer_function=""),
                name="an_aanmelding_says_who_signed",
                violation_error_message="Vul in wie heeft getekend, met de functie.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} in {self.dossier}"
