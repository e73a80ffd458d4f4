"""The regiegroep of an instrument, and who asks for a seat in it.

Source: seed 001 (Doorontwikkeling: members and participants steer together), domain
rule 17. Who sits there stands with the body (membership.models.bodies).
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from instruments.models.instruments import Instrument
from membership.identifiers import validate_without_bsn
from membership.models import Body, Organisation, Person, Role, Seat

WITHOUT_BSN = [validate_without_bsn]


class SteeringGroup(models.Model):
    """That a body of kind regiegroep steers an instrument."""

    instrument = models.OneToOneField(
        Instrument,
        models.PROTECT,
        related_name="steering",
        verbose_name="instrument",
    )
    body = models.OneToOneField(
        Body, models.PROTECT, related_name="steering", verbose_name="regiegroep"
    )

    class Meta:
        verbose_name = "regiegroep van een instrument"
        verbose_name_plural = "regiegroepen van instrumenten"
        ordering = ["instrument__name"]

    def __str__(self) -> str:
        return f"regiegroep van {self.instrument}"


class SeatRequestQuerySet(models.QuerySet["SeatRequest"]):
    def visible_to(self, user: Person) -> "SeatRequestQuerySet":
        """The association sees all; voorzitter and secretaris those of their
        regiegroep; others those of the organisation for which they ask."""
        if user.is_association:
            return self
        led = Seat.objects.active_on(timezone.localdate()).leading()
        return self.filter(
            Q(instrument__steering__body__in=led.filter(person=user).values("body"))
            | Q(organisation__in=user.organisations_as(Role.Name.CONTACTPERSOON))
            | Q(person=user)
        )

    def waiting(self) -> "SeatRequestQuerySet":
        return self.filter(status=SeatRequest.Status.ASKED)


class SeatRequest(models.Model):
    """A gemeente that uses the instrument asks for a seat, for one of its people."""

    class Status(models.TextChoices):
        ASKED = "asked", "gevraagd"
        GRANTED = "granted", "toegekend"
        REFUSED = "refused", "afgewezen"
        WITHDRAWN = "withdrawn", "ingetrokken"

    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        "asked": ("granted", "refused", "withdrawn"),
        "granted": (),
        "refused": (),
        "withdrawn": (),
    }

    instrument = models.ForeignKey(
        Instrument,
        models.PROTECT,
        related_name="seat_requests",
        verbose_name="instrument",
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="seat_requests",
        verbose_name="namens",
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="seat_requests", verbose_name="voor"
    )
    motivation = models.TextField(
        "waarom", max_length=1000, blank=True, validators=WITHOUT_BSN
    )
    status = models.CharField(
        "status", max_length=10, choices=Status.choices, default=Status.ASKED
    )
    asked_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="gevraagd door"
    )
    asked_at = models.DateTimeField("gevraagd op", default=timezone.now)
    decided_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="besloten door",
    )
    decided_at = models.DateTimeField("besloten op", null=True, blank=True)
    reason = models.TextField(
        "reden", max_length=1000, blank=True, validators=WITHOUT_BSN
    )
    seat = models.OneToOneField(
        Seat,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="request",
        verbose_name="zetel",
    )

    objects = SeatRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "verzoek om een zetel"
        verbose_name_plural = "verzoeken om een zetel"
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "person"],
                condition=Q(status="asked"),
                name="a_person_waits_for_one_seat",
                violation_error_message="Voor deze persoon is al een zetel gevraagd.",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["granted", "refused"],
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                )
                | Q(
                    status__in=["asked", "withdrawn"],
                    decided_by__isnull=True,
                    decided_at__isnull=True,
                ),
                name="a_decision_about_a_seat_says_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(status="refused") & ~Q(reason="")
                | ~Q(status="refused") & Q(reason=""),
                name="a_refused_seat_says_why",
                violation_error_message="Schrijf waarom de zetel er niet komt.",
            ),
            models.CheckConstraint(
                condition=Q(status="granted", seat__isnull=False)
                | ~Q(status="granted") & Q(seat__isnull=True),
                name="a_granted_seat_is_there",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | ~Q(decided_by=F("asked_by")) & ~Q(decided_by=F("person")),
                name="who_asks_for_a_seat_does_not_grant_it",
                violation_error_message="Een ander beslist over dit verzoek.",
            ),
        ]

    def __str__(self) -> str:
        return f"zetel voor {self.person} in de regiegroep van {self.instrument}"
