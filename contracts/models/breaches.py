"""Datalekken, as they were reported, and within how many hours colleges are told.

Every table of a datalek is only added to. Source: AVG art. 33 and 34; domain rule 34.
"""

import datetime
from uuid import uuid4

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Max, Q

from contracts.breaches.rules import OF_THE_STAGE, Kind
from membership.identifiers import validate_without_bsn
from membership.models import Organisation, Person, Role

WITHOUT_BSN = [validate_without_bsn]
MOST_HOURS = 72
# Who of an organisation reads of a datalek and decides on it; and who reports one.
READERS = (Role.Name.CONTACTPERSOON, Role.Name.ONDERTEKENAAR, Role.Name.FG)
REPORTERS = (*READERS, Role.Name.UITVOERDER)


class BreachLimit(models.Model):
    """Within how many hours after a discovery the colleges are told: our own limit.

    In force from a day until the next one; of two of the same day the last counts. The
    law says "zonder onredelijke vertraging" (AVG art. 33 lid 2).
    """

    hours = models.PositiveSmallIntegerField(
        "uren", validators=[MinValueValidator(1), MaxValueValidator(MOST_HOURS)]
    )
    starts_on = models.DateField("vanaf")

    class Meta:
        verbose_name = "termijn voor datalekken"
        verbose_name_plural = "termijnen voor datalekken"
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hours__range=(1, MOST_HOURS)),
                name="a_limit_for_a_breach_is_three_days_at_most",
                violation_error_message="Kies 1 tot en met 72 uur.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.hours} uur vanaf {self.starts_on:%d-%m-%Y}"


class BreachQuerySet(models.QuerySet["Breach"]):
    def visible_to(self, user: Person) -> "BreachQuerySet":
        """The association sees all; who reported for an organisation, and a college
        from the moment it was told, see that one."""
        if user.is_association:
            return self
        told = Breach.objects.filter(
            entries__kind=Kind.TOLD,
            entries__college__organisation__in=user.organisations_as(*READERS),
        )
        reported = Q(reported_for__in=user.organisations_as(*REPORTERS))
        return self.filter(reported | Q(pk__in=told.values("pk")))

    def running(self) -> "BreachQuerySet":
        """Not closed, or reopened after that: by the last entry about it."""
        stages = [kind.value for kind in OF_THE_STAGE]
        last = Max("entries__id", filter=Q(entries__kind__in=stages))
        closed = Max("entries__id", filter=Q(entries__kind=Kind.CLOSED))
        rows = Breach.objects.annotate(last_id=last, closed_id=closed)
        open_ones = rows.filter(Q(closed_id=None) | Q(last_id__gt=F("closed_id")))
        return self.filter(pk__in=open_ones.values("pk"))


class Breach(models.Model):
    """A datalek, as it was reported. What is known of it stands in its descriptions.

    within_hours is our limit as it was when it was reported; key makes a form that was
    sent twice count once.
    """

    number_year = models.PositiveSmallIntegerField("jaar")
    number_sequence = models.PositiveIntegerField("volgnummer")
    key = models.UUIDField("sleutel", default=uuid4, editable=False)
    discovered_at = models.DateTimeField("ontdekt op")
    discovered_by = models.CharField(
        "ontdekt door", max_length=200, validators=WITHOUT_BSN
    )
    reported_at = models.DateTimeField("gemeld op")
    reported_by = models.ForeignKey(
        Person,
        models.PROTECT,
        related_name="+",
        verbose_name="ingevoerd in het portaal door",
    )
    reported_for = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reported_breaches",
        verbose_name="gemeld namens",
    )
    caller = models.CharField(
        "gemeld door (naam van de beller)",
        max_length=200,
        blank=True,
        validators=WITHOUT_BSN,
    )
    within_hours = models.PositiveSmallIntegerField("colleges informeren binnen (uur)")

    objects = BreachQuerySet.as_manager()

    class Meta:
        verbose_name = "datalek"
        verbose_name_plural = "datalekken"
        ordering = ["-number_year", "-number_sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["number_year", "number_sequence"],
                name="a_breach_has_a_number_of_its_own",
            ),
            models.UniqueConstraint(
                fields=["key"], name="a_report_of_a_breach_counts_once"
            ),
            models.CheckConstraint(
                condition=Q(discovered_at__lte=F("reported_at")),
                name="a_breach_is_discovered_before_it_is_reported",
                violation_error_message="Dit moment ligt in de toekomst.",
            ),
            models.CheckConstraint(
                condition=~Q(discovered_by=""),
                name="a_breach_says_who_discovered_it",
                violation_error_message="Vul in wie het ontdekte.",
            ),
        ]

    def __str__(self) -> str:
        return f"datalek {self.number}"

    @property
    def number(self) -> str:
        """As people write it: DL2026-0003."""
        return f"DL{self.number_year}-{self.number_sequence:04}"

    @property
    def tell_by(self) -> datetime.datetime:
        """Until when the colleges are told, by our own limit."""
        return self.discovered_at + datetime.timedelta(hours=self.within_hours)
