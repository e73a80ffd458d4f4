"""What members themselves bring before the ALV: an ALV they ask for together, and a
voorstel of one of them for the agenda of an ALV that is being prepared.

Source: BW2 art. 41 lid 2 and 3, domain rule 25; seed 004 for a voorstel.
"""

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from membership.identifiers import validate_without_bsn
from membership.models.assemblies import Assembly
from membership.models.assembly_papers import AssemblyDemand
from membership.models.bodies import belongs
from membership.models.organisations import Organisation
from membership.models.people import Person
from membership.models.voorstellen import MARKS, Voorstel

WITHOUT_BSN = [validate_without_bsn]


class InitiativeQuerySet(models.QuerySet["Initiative"]):
    def visible_to(self, user: Person, *, on: datetime.date) -> "InitiativeQuerySet":
        """The association, and who belongs on a day: members must find each other."""
        return self if belongs(user, on) else self.none()

    def gathering(self) -> "InitiativeQuerySet":
        return self.filter(status=Initiative.Status.GATHERING)


class Initiative(models.Model):
    """A member asks the others to demand an ALV with it. With a tenth of the votes it
    becomes a demand by itself, and the term of the law runs."""

    class Status(models.TextChoices):
        GATHERING = "gathering", "zoekt leden die meedoen"
        REACHED = "reached", "ingediend bij het bestuur"
        WITHDRAWN = "withdrawn", "ingetrokken"

    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        "gathering": ("reached", "withdrawn"),
        "reached": (),
        "withdrawn": (),
    }

    subject = models.CharField("waarover", max_length=200, validators=WITHOUT_BSN)
    why = models.TextField("waarom", validators=WITHOUT_BSN)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name="begonnen door"
    )
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="namens het lid"
    )
    at = models.DateTimeField("begonnen op", default=timezone.now)
    status = models.CharField(
        "status", max_length=10, choices=Status.choices, default=Status.GATHERING
    )
    ended_at = models.DateTimeField("klaar op", null=True, blank=True)
    demand = models.OneToOneField(
        AssemblyDemand,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="initiative",
        verbose_name="verzoek aan het bestuur",
    )

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        verbose_name = "initiatief voor een ALV"
        verbose_name_plural = "initiatieven voor een ALV"
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(subject="") & ~Q(why=""),
                name="an_initiative_says_what_and_why",
                violation_error_message="Vul in waarover het gaat, en waarom.",
            ),
            models.CheckConstraint(
                condition=Q(
                    status="gathering", ended_at__isnull=True, demand__isnull=True
                )
                | Q(status="reached", ended_at__isnull=False, demand__isnull=False)
                | Q(status="withdrawn", ended_at__isnull=False, demand__isnull=True),
                name="an_initiative_that_is_reached_is_a_demand",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_gathering(self) -> bool:
        return self.status == self.Status.GATHERING


class InitiativeSupport(models.Model):
    """A member that asks for it too."""

    initiative = models.ForeignKey(
        Initiative,
        models.PROTECT,
        related_name="supports",
        verbose_name="initiatief",
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name="lid"
    )
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="namens het lid"
    )
    at = models.DateTimeField("sinds", default=timezone.now)

    class Meta:
        verbose_name = "lid dat meedoet"
        verbose_name_plural = "leden die meedoen"
        ordering = ["initiative", "at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "organisation"],
                name="a_member_joins_an_initiative_once",
                violation_error_message="Dit lid doet al mee.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} bij {self.initiative}"


class MemberVoorstelQuerySet(models.QuerySet["MemberVoorstel"]):
    def visible_to(self, user: Person) -> "MemberVoorstelQuerySet":
        """The association, and the member itself: others read it on the agenda."""
        if user.is_association:
            return self
        return self.filter(organisation__in=user.organisation_ids)

    def waiting(self) -> "MemberVoorstelQuerySet":
        """Neither on the agenda nor answered."""
        return self.filter(status=MemberVoorstel.Status.WAITING)


class MemberVoorstel(models.Model):
    """A voorstel that a lid handed in. The bestuur puts it on the agenda (`voorstel`),
    or answers why not. `beslispunten` is what was typed, numbered 1., 2., 3."""

    class Status(models.TextChoices):
        WAITING = "waiting", "wacht op het bestuur"
        ON_AGENDA = "on_agenda", "op de agenda"
        REFUSED = "refused", "niet op de agenda"
        WITHDRAWN = "withdrawn", "ingetrokken"

    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        "waiting": ("on_agenda", "refused", "withdrawn"),
        "on_agenda": (),
        "refused": (),
        "withdrawn": (),
    }

    assembly = models.ForeignKey(
        Assembly, models.PROTECT, related_name="handed_in", verbose_name="ALV"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name="ingediend door"
    )
    title = models.CharField("titel", max_length=200, validators=WITHOUT_BSN)
    beslispunten = models.TextField("beslispunten", validators=WITHOUT_BSN)
    toelichting = models.TextField(
        "toelichting", validators=WITHOUT_BSN, help_text=MARKS
    )
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="namens het lid"
    )
    at = models.DateTimeField("ingediend op", default=timezone.now)
    status = models.CharField(
        "status", max_length=10, choices=Status.choices, default=Status.WAITING
    )
    answer = models.TextField("antwoord", blank=True, validators=WITHOUT_BSN)
    settled_at = models.DateTimeField("afgedaan op", null=True, blank=True)
    voorstel = models.OneToOneField(
        Voorstel,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="handed_in",
        verbose_name="voorstel op de agenda",
    )

    objects = MemberVoorstelQuerySet.as_manager()

    class Meta:
        verbose_name = "voorstel van een lid"
        verbose_name_plural = "voorstellen van leden"
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(beslispunten="") & ~Q(toelichting=""),
                name="a_voorstel_of_a_member_says_what_and_why",
                violation_error_message="Vul de titel, de beslispunten en de "
                "toelichting in.",
            ),
            models.CheckConstraint(
                condition=Q(
                    status="waiting",
                    voorstel__isnull=True,
                    settled_at__isnull=True,
                    answer="",
                )
                | Q(
                    status="on_agenda",
                    voorstel__isnull=False,
                    settled_at__isnull=False,
                    answer="",
                )
                | Q(
                    status="withdrawn",
                    voorstel__isnull=True,
                    settled_at__isnull=False,
                    answer="",
                )
                | Q(status="refused", voorstel__isnull=True, settled_at__isnull=False)
                & ~Q(answer=""),
                name="a_voorstel_of_a_member_has_an_answer",
                violation_error_message="Geef de reden.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_waiting(self) -> bool:
        return self.status == self.Status.WAITING
