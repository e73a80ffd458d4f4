"""Membership periods: what an organisation is to the association, from when to when."""

import datetime

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When

from membership.models.organisations import Organisation

# The days from starts_on to ends_on, both counted; without end when that is empty.
# Dates in the wrong order have no days: a named constraint of their own refuses them.
DAYS = Case(
    When(ends_on__lt=F("starts_on"), then=Value(None, output_field=DateRangeField())),
    default=Func(
        "starts_on",
        "ends_on",
        Value("[]"),
        function="daterange",
        output_field=DateRangeField(),
    ),
)


def days_that_do_not_overlap(
    *fields: str, name: str, message: str, condition: Q | None = None
) -> ExclusionConstraint:
    """No two rows with the same fields may share a day; of those that a condition
    names, when there is one."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            *((field, RangeOperators.EQUAL) for field in fields),
            (DAYS, RangeOperators.OVERLAPS),
        ],
        condition=condition,
        violation_error_message=message,
    )


def ends_after_it_starts(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
        name=name,
        violation_error_message="De einddatum ligt voor de begindatum.",
    )


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active_on(self, day: datetime.date) -> "MembershipQuerySet":
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day
        )


@pghistory.track()
class Membership(models.Model):
    """One period in which an organisation is lid, aspirant-lid or participant.

    Source: seed 001 (lidmaatschap, participant), Gemeentewet art. 160 lid 2.
    """

    class Kind(models.TextChoices):
        LID = "lid", "lid"
        ASPIRANT_LID = "aspirant_lid", "aspirant-lid"
        PARTICIPANT = "participant", "participant"

    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="memberships",
        verbose_name="organisatie",
    )
    kind = models.CharField("soort", max_length=20, choices=Kind.choices)
    collegebesluit_on = models.DateField("collegebesluit van", null=True, blank=True)
    starts_on = models.DateField("vanaf")
    ends_on = models.DateField("tot en met", null=True, blank=True)
    dossier = models.ForeignKey(
        "membership.Dossier",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name="dossier",
        help_text="Leeg voor wat er al was voordat het portaal er was.",
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "lidmaatschap"
        verbose_name_plural = "lidmaatschappen"
        ordering = ["organisation", "starts_on"]
        constraints = [
            ends_after_it_starts("a_membership_ends_after_it_starts"),
            days_that_do_not_overlap(
                "organisation",
                name="memberships_of_an_organisation_do_not_overlap",
                message="Deze organisatie heeft in die tijd al een lidmaatschap.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_kind_display()}"
