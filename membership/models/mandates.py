"""Who may sign for an organisation, for what, on which decision, from when to when."""

import datetime

import pghistory
from django.db import models

from membership.models.organisations import Organisation
from membership.models.people import Person
from membership.models.periods import ends_after_it_starts


class MandateQuerySet(models.QuerySet["Mandate"]):
    def visible_to(self, user: Person) -> "MandateQuerySet":
        if user.is_association:
            return self
        return self.filter(organisation__in=user.organisation_ids)

    def active_on(self, day: datetime.date) -> "MandateQuerySet":
        return self.filter(
            models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=day),
            starts_on__lte=day,
        )


@pghistory.track()
class Mandate(models.Model):
    """A mandate or volmacht of the burgemeester or the bestuur. Never deleted: ended.

    Without an organisation it is one of the association itself. person is the account
    that signs with it in the portal, once it is known. Source: domain rule 30,
    Gemeentewet art. 171.
    """

    class Purpose(models.TextChoices):
        ALL = "all", "alles met de NVSI"
        MEMBERSHIP = "membership", "het lidmaatschap"
        AGREEMENTS = "agreements", "de overeenkomsten"

    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mandates",
        verbose_name="organisatie",
        help_text="Leeg voor een mandaat van de vereniging zelf.",
    )
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mandates",
        verbose_name="account",
        help_text="Wie er in het portaal mee tekent.",
    )
    name = models.CharField("naam", max_length=200)
    function = models.CharField("functie", max_length=200)
    purpose = models.CharField("voor", max_length=20, choices=Purpose.choices)
    decided_on = models.DateField("besluit van")
    number = models.CharField("nummer van het besluit", max_length=100, blank=True)
    starts_on = models.DateField("vanaf")
    ends_on = models.DateField("tot en met", null=True, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = "mandaat"
        verbose_name_plural = "mandaten"
        ordering = ["organisation", "-starts_on"]
        constraints = [
            ends_after_it_starts("a_mandate_ends_after_it_starts"),
            models.CheckConstraint(
                condition=models.Q(starts_on__gte=models.F("decided_on")),
                name="a_mandate_starts_after_its_decision",
                violation_error_message="Een mandaat geldt vanaf de dag van het "
                "besluit, of later.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.function}, voor {self.get_purpose_display()}"
