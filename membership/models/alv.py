"""Decisions of the algemene ledenvergadering that other facts point to."""

import datetime

from django.db import models
from django.db.models import Exists

from membership.models.people import Person
from membership.models.periods import Membership


class AlvBesluitQuerySet(models.QuerySet["AlvBesluit"]):
    def visible_to(self, user: Person, *, on: datetime.date) -> "AlvBesluitQuerySet":
        """For the association, and who belongs on a day."""
        if user.is_association:
            return self
        belongs = Membership.objects.active_on(on).filter(
            organisation__in=user.organisation_ids
        )
        return self.filter(Exists(belongs))


class AlvBesluit(models.Model):
    """A decision of the ALV; taken_on is empty while its date is not recorded.

    text is the beslispunt as decided: empty for a decision from before the portal, and
    never changed once it is there.
    """

    reference = models.CharField("kenmerk", max_length=50, unique=True)
    subject = models.CharField("onderwerp", max_length=300)
    taken_on = models.DateField("genomen op", null=True, blank=True)
    text = models.TextField("tekst van het besluit", blank=True)

    objects = AlvBesluitQuerySet.as_manager()

    class Meta:
        verbose_name = "ALV-besluit"
        verbose_name_plural = "ALV-besluiten"
        ordering = ["-taken_on", "reference"]

    def __str__(self) -> str:
        return f"{self.reference}: {self.subject}"

    @property
    def cited(self) -> str:
        """As a paper names it: by its own number when the portal has its text. One from
        before says in its subject that it is a decision."""
        if not self.text:
            return self.subject
        return f"ALV-besluit {self.reference} ({self.subject})"
