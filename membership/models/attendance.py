"""Who comes to an ALV for which organisation, and who was given a volmacht.

Source: BW2 art. 38 lid 4 and 5 (a proxy is in writing, also electronically); domain
rules 21 and 22.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from membership.models.assemblies import Assembly
from membership.models.organisations import Organisation
from membership.models.people import Person
from membership.models.voorstellen import Voorstel


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def visible_to(self, user: Person) -> "AttendanceQuerySet":
        if user.is_association:
            return self
        return self.filter(organisation__in=user.organisation_ids)

    def present(self) -> "AttendanceQuerySet":
        """Who is there now."""
        return self.filter(status=Attendance.Status.CAME)


class Attendance(models.Model):
    """That somebody comes to an ALV for an organisation, and came. Also without a vote:
    whoever belongs may come."""

    class Mode(models.TextChoices):
        ROOM = "room", "in de zaal"
        ONLINE = "online", "online"

    class Status(models.TextChoices):
        ANNOUNCED = "announced", "aangemeld"
        CAME = "came", "aanwezig"
        LEFT = "left", "vertrokken"
        CANCELLED = "cancelled", "afgemeld"

    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        "announced": ("came", "cancelled"),
        "cancelled": ("announced", "came"),
        "came": ("left",),
        "left": ("came", "announced"),
    }

    assembly = models.ForeignKey(
        Assembly, models.PROTECT, related_name="attendances", verbose_name="ALV"
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="attendances",
        verbose_name="organisatie",
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="wie er komt"
    )
    mode = models.CharField(
        "hoe", max_length=10, choices=Mode.choices, default=Mode.ROOM
    )
    status = models.CharField(
        "status", max_length=10, choices=Status.choices, default=Status.ANNOUNCED
    )
    announced_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="aangemeld door"
    )
    announced_at = models.DateTimeField("aangemeld op", default=timezone.now)
    came_at = models.DateTimeField("gekomen op", null=True, blank=True)
    left_at = models.DateTimeField("vertrokken op", null=True, blank=True)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = "aanmelding voor een ALV"
        verbose_name_plural = "aanmeldingen voor een ALV"
        ordering = ["assembly", "organisation__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["assembly", "organisation"],
                name="an_organisation_is_on_the_presentielijst_once",
                violation_error_message="Deze organisatie staat al op de lijst.",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["announced", "cancelled"],
                    came_at__isnull=True,
                    left_at__isnull=True,
                )
                | Q(status="came", came_at__isnull=False, left_at__isnull=True)
                | Q(status="left", left_at__gte=F("came_at")),
                name="who_came_has_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} bij {self.assembly}"


class ProxyQuerySet(models.QuerySet["Proxy"]):
    def visible_to(self, user: Person) -> "ProxyQuerySet":
        """The association; who gave it; and who votes with it."""
        if user.is_association:
            return self
        mine = user.organisation_ids
        return self.filter(
            Q(organisation__in=mine) | Q(holder=user) | Q(of_member__in=mine)
        )

    def running(self) -> "ProxyQuerySet":
        """What was not revoked."""
        return self.filter(revoked_at__isnull=True)


class Proxy(models.Model):
    """A volmacht: another votes for a member, in one ALV or on one voorstel of it.

    It goes to a person (`holder`), or to another member (`of_member`), for which its
    own people vote. In the portal the record itself is the writing; on paper the scan
    is kept with it. It cannot be passed on, and may be revoked until the vote.
    """

    assembly = models.ForeignKey(
        Assembly, models.PROTECT, related_name="proxies", verbose_name="ALV"
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="proxies_given",
        verbose_name="lid dat de volmacht geeft",
    )
    voorstel = models.ForeignKey(
        Voorstel,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="alleen voor voorstel",
        help_text="Leeg: voor de hele ALV.",
    )
    holder = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proxies_held",
        verbose_name="aan persoon",
    )
    of_member = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proxies_held",
        verbose_name="aan lid",
    )
    given_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="gegeven door"
    )
    given_at = models.DateTimeField("gegeven op", default=timezone.now)
    on_paper = models.BooleanField("op papier", default=False)
    file_name = models.CharField("bestand", max_length=200, blank=True)
    media_type = models.CharField("mediatype", max_length=100, blank=True)
    sha256 = models.CharField("controlegetal", max_length=64, blank=True)
    content = models.BinaryField("inhoud", null=True, blank=True)
    revoked_at = models.DateTimeField("ingetrokken op", null=True, blank=True)
    revoked_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="ingetrokken door",
    )

    objects = ProxyQuerySet.as_manager()

    class Meta:
        verbose_name = "volmacht"
        verbose_name_plural = "volmachten"
        ordering = ["assembly", "organisation__name", "given_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(holder__isnull=True, of_member__isnull=False)
                | Q(holder__isnull=False, of_member__isnull=True),
                name="a_volmacht_goes_to_a_person_or_a_member",
                violation_error_message="Kies een persoon of een lid.",
            ),
            models.CheckConstraint(
                condition=Q(of_member__isnull=True) | ~Q(of_member=F("organisation")),
                name="a_volmacht_goes_to_another",
                violation_error_message="Een lid geeft zichzelf geen volmacht.",
            ),
            models.UniqueConstraint(
                fields=["assembly", "organisation", "voorstel"],
                condition=Q(revoked_at__isnull=True),
                nulls_distinct=False,
                name="a_member_gives_one_volmacht_at_a_time",
                violation_error_message="Er is al een volmacht. Trek die eerst in.",
            ),
            models.CheckConstraint(
                condition=Q(on_paper=False, content__isnull=True, sha256="")
                | Q(on_paper=True, content__isnull=False) & ~Q(sha256=""),
                name="a_volmacht_on_paper_has_its_scan",
                violation_error_message="Voeg de getekende volmacht toe.",
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__gte=F("given_at"), revoked_by__isnull=False),
                name="a_volmacht_is_revoked_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"volmacht van {self.organisation} aan {self.of_member or self.holder}"

    @property
    def is_running(self) -> bool:
        return self.revoked_at is None
