"""The bodies of the association, who sits in them, and what they decide.

Source: seed 001 (bestuur, regiegroep), seed 004 (task force and college), domain rules
17 and 21 to 25. A seat is the register of who sits where; what somebody may do in the
portal stays with `Role`.
"""

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from membership.identifiers import validate_without_bsn
from membership.models.alv import AlvBesluit
from membership.models.organisations import Organisation
from membership.models.people import Person, Role
from membership.models.periods import (
    Membership,
    days_that_do_not_overlap,
    ends_after_it_starts,
)

WITHOUT_BSN = [validate_without_bsn]
CODE = r"^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$"


def belongs(user: Person, day: datetime.date) -> bool:
    """Whether this person has a role at the association, or at an organisation that is
    lid, aspirant-lid or participant on that day: who may read what is for members."""
    return (
        user.is_association
        or Membership.objects.active_on(day)
        .filter(organisation__in=user.organisation_ids)
        .exists()
    )


class BodyQuerySet(models.QuerySet["Body"]):
    def on(self, day: datetime.date) -> "BodyQuerySet":
        """Those that exist on a day."""
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day
        )

    def visible_to(self, user: Person) -> "BodyQuerySet":
        """That a body exists, and who sits in it, is for all who belong."""
        return self if belongs(user, timezone.localdate()) else self.none()

    def sat_in_by(self, user: Person, day: datetime.date) -> "BodyQuerySet":
        """Those in which a person has a seat on a day."""
        seats = Seat.objects.active_on(day).filter(person=user)
        return self.filter(pk__in=seats.values("body"))


class Body(models.Model):
    """An orgaan: the bestuur, the kascommissie, a regiegroep or an adviesorgaan."""

    class Kind(models.TextChoices):
        BESTUUR = "bestuur", "bestuur"
        KASCOMMISSIE = "kascommissie", "kascommissie"
        REGIEGROEP = "regiegroep", "regiegroep"
        ADVIESORGAAN = "adviesorgaan", "adviesorgaan"

    # Whose meetings and decisions all members may read; of the others who sits there.
    OPEN: ClassVar[tuple[str, ...]] = ("regiegroep", "adviesorgaan")

    kind = models.CharField("soort", max_length=20, choices=Kind.choices)
    code = models.CharField(
        "code",
        max_length=30,
        unique=True,
        help_text="Begin van het kenmerk van een besluit, bijvoorbeeld RG-FLEXENSIE.",
    )
    name = models.CharField("naam", max_length=100)
    task = models.TextField("taak", blank=True, validators=WITHOUT_BSN)
    starts_on = models.DateField("vanaf")
    ends_on = models.DateField("tot en met", null=True, blank=True)
    besluit = models.ForeignKey(
        AlvBesluit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bodies",
        verbose_name="ingesteld bij ALV-besluit",
    )
    is_example = models.BooleanField("voorbeeld", default=False)

    objects = BodyQuerySet.as_manager()

    class Meta:
        verbose_name = "orgaan"
        verbose_name_plural = "organen"
        ordering = ["name", "starts_on"]
        constraints = [
            ends_after_it_starts("a_body_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(code__regex=CODE),
                name="a_body_has_a_code_of_capitals",
                violation_error_message="Een code heeft hoofdletters en cijfers, met "
                "streepjes ertussen: RG-FLEXENSIE.",
            ),
            days_that_do_not_overlap(
                "kind",
                name="there_is_one_bestuur_and_one_kascommissie",
                message="In die tijd is er al een bestuur of kascommissie.",
                condition=Q(kind__in=["bestuur", "kascommissie"]),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether all members may read what it discusses and decides."""
        return self.kind in self.OPEN


class SeatQuerySet(models.QuerySet["Seat"]):
    def visible_to(self, user: Person) -> "SeatQuerySet":
        """Who sits where is for all who belong: a name and an organisation."""
        return self.filter(body__in=Body.objects.visible_to(user))

    def active_on(self, day: datetime.date) -> "SeatQuerySet":
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day
        )

    def leading(self) -> "SeatQuerySet":
        """Voorzitter and secretaris: who act for a body."""
        return self.filter(function__in=Seat.LEADING)

    def orphaned_on(self, day: datetime.date) -> "SeatQuerySet":
        """Of who has no role any more at the organisation that he represents."""
        roles = Role.objects.active_on(day).filter(
            person=models.OuterRef("person"),
            organisation=models.OuterRef("organisation"),
        )
        return (
            self.active_on(day)
            .filter(organisation__isnull=False)
            .filter(~models.Exists(roles))
        )


class Seat(models.Model):
    """A zetel: that a person sits in a body, for whom, as what, from when to when."""

    class Function(models.TextChoices):
        VOORZITTER = "voorzitter", "voorzitter"
        SECRETARIS = "secretaris", "secretaris"
        LID = "lid", "lid"

    LEADING: ClassVar[tuple[str, ...]] = ("voorzitter", "secretaris")

    body = models.ForeignKey(
        Body, models.PROTECT, related_name="seats", verbose_name="orgaan"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="seats", verbose_name="persoon"
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="seats",
        verbose_name="namens",
        help_text="Leeg voor wie geen organisatie vertegenwoordigt.",
    )
    function = models.CharField(
        "functie", max_length=20, choices=Function.choices, default=Function.LID
    )
    starts_on = models.DateField("vanaf")
    ends_on = models.DateField("tot en met", null=True, blank=True)
    end_reason = models.CharField(
        "reden van vertrek", max_length=200, blank=True, validators=WITHOUT_BSN
    )

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = "zetel"
        verbose_name_plural = "zetels"
        ordering = ["body", "-function", "person__name", "id"]
        constraints = [
            ends_after_it_starts("a_seat_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(end_reason="") | Q(ends_on__isnull=False),
                name="a_seat_that_was_left_has_a_last_day",
            ),
            days_that_do_not_overlap(
                *("body", "person"),
                name="a_person_has_one_seat_in_a_body",
                message="Deze persoon heeft in die tijd al een zetel in dit orgaan.",
            ),
            days_that_do_not_overlap(
                *("body", "function"),
                name="a_body_has_one_voorzitter_and_one_secretaris",
                message="Dit orgaan heeft in die tijd al een voorzitter of secretaris.",
                condition=Q(function__in=["voorzitter", "secretaris"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.function} van {self.body}"


class BodyDecisionQuerySet(models.QuerySet["BodyDecision"]):
    def visible_to(self, user: Person) -> "BodyDecisionQuerySet":
        """Those of a regiegroep or adviesorgaan for all who belong, those of another
        body for who sits there, and for the association."""
        today = timezone.localdate()
        if user.is_association:
            return self
        if not belongs(user, today):
            return self.none()
        mine = Body.objects.sat_in_by(user, today)
        return self.filter(Q(body__kind__in=Body.OPEN) | Q(body__in=mine))


class BodyDecision(models.Model):
    """A besluit of a body. Never changed or deleted: a later one replaces it."""

    body = models.ForeignKey(
        Body, models.PROTECT, related_name="decisions", verbose_name="orgaan"
    )
    meeting = models.ForeignKey(
        "membership.BodyMeeting",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name="vergadering",
        help_text="Leeg voor een besluit buiten een vergadering.",
    )
    reference = models.CharField("kenmerk", max_length=50, unique=True)
    text = models.TextField("besluit", validators=WITHOUT_BSN)
    reason = models.TextField("reden", validators=WITHOUT_BSN)
    taken_on = models.DateField("genomen op")
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        verbose_name="komt in de plaats van",
    )
    recorded_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="vastgelegd door"
    )
    recorded_at = models.DateTimeField("vastgelegd op", default=timezone.now)

    objects = BodyDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "besluit van een orgaan"
        verbose_name_plural = "besluiten van organen"
        ordering = ["-taken_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(reason=""),
                name="a_decision_of_a_body_says_what_and_why",
                violation_error_message="Vul het besluit en de reden in.",
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("id")),
                name="a_decision_of_a_body_does_not_replace_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference}: {self.text[:80]}"
