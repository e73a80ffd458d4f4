"""Notices as a member hands them in, until the bureau confirms what they come to."""

from typing import ClassVar

from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import F, Q

from membership.identifiers import validate_without_bsn
from membership.leaving.rules import OF_A_MEMBER, Ground
from membership.models.dossiers import WORKERS
from membership.models.notices import Notice
from membership.models.people import Person
from membership.models.periods import Membership


class SubmittedNoticeQuerySet(models.QuerySet["SubmittedNotice"]):
    def visible_to(self, user: Person) -> "SubmittedNoticeQuerySet":
        """The association sees all, an organisation its own."""
        if user.is_association:
            return self
        own = user.organisations_as(*WORKERS)
        return self.filter(membership__organisation__in=own)

    def waiting(self) -> "SubmittedNoticeQuerySet":
        return self.filter(status=SubmittedNotice.Status.WAITING)

    def without_letter(self) -> "SubmittedNoticeQuerySet":
        """To list: with the names, and without the bytes of the letters."""
        joined = self.select_related("membership__organisation", "by")
        return joined.defer("content")


class SubmittedNotice(models.Model):
    """An opzegging that a member handed in through the portal.

    In writing: by an ondertekenaar, who signs with his login, or as a letter that was
    signed on paper. submitted_on counts as the day of receipt, however long the bureau
    takes; ends_on is the last day that the member was shown. Source: BW 2 art. 36.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", "wacht op het bureau"
        CONFIRMED = "confirmed", "bevestigd"
        TURNED_BACK = "turned_back", "teruggestuurd"

    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        "waiting": ("confirmed", "turned_back"),
        "confirmed": (),
        "turned_back": (),
    }

    membership = models.ForeignKey(
        Membership,
        models.PROTECT,
        related_name="submitted_notices",
        verbose_name="lidmaatschap",
    )
    status = models.CharField(
        "status", max_length=20, choices=Status.choices, default=Status.WAITING
    )
    ground = models.CharField(
        "grond", max_length=20, choices=[(g.value, g.label) for g in OF_A_MEMBER]
    )
    burdened_on = models.DateField("hoorde van het besluit op", null=True, blank=True)
    reason = models.TextField(
        "toelichting",
        blank=True,
        validators=[validate_without_bsn, MinLengthValidator(3)],
    )
    ends_on = models.DateField("laatste dag")
    submitted_on = models.DateField("ingediend op")
    is_signed_here = models.BooleanField("ondertekend in het portaal")
    file_name = models.CharField("brief", max_length=200, blank=True)
    media_type = models.CharField("soort", max_length=100, blank=True)
    sha256 = models.CharField("controlegetal", max_length=64, blank=True)
    content = models.BinaryField("inhoud", blank=True, default=bytes)
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="ingediend door"
    )
    at = models.DateTimeField("tijdstip", auto_now_add=True)
    notice = models.OneToOneField(
        Notice,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="submitted",
        verbose_name="opzegging",
    )
    answer = models.TextField(
        "antwoord van het bureau", blank=True, validators=[validate_without_bsn]
    )

    objects = SubmittedNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "ingediende opzegging"
        verbose_name_plural = "ingediende opzeggingen"
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership"],
                condition=Q(status="waiting"),
                name="a_membership_has_one_notice_that_waits",
                violation_error_message="Er is al een opzegging ingediend.",
            ),
            models.CheckConstraint(
                condition=Q(is_signed_here=True) | ~Q(sha256=""),
                name="a_submitted_notice_is_in_writing",
                violation_error_message="Voeg de ondertekende brief toe.",
            ),
            models.CheckConstraint(
                condition=Q(ground__in=sorted(OF_A_MEMBER)),
                name="a_member_gives_a_ground_of_a_member",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("submitted_on")),
                name="a_submitted_notice_is_for_a_day_to_come",
            ),
            models.CheckConstraint(
                condition=~Q(ground=Ground.UNREASONABLE) | ~Q(reason=""),
                name="who_cannot_go_on_says_why",
                violation_error_message="Leg uit waarom uw organisatie niet verder "
                "kan.",
            ),
            models.CheckConstraint(
                condition=~Q(status="confirmed") | Q(notice__isnull=False),
                name="a_confirmed_notice_was_written_down",
            ),
            models.CheckConstraint(
                condition=~Q(status="turned_back") | ~Q(answer=""),
                name="a_notice_is_turned_back_with_an_answer",
                violation_error_message="Schrijf waarom; de organisatie leest het.",
            ),
        ]

    def __str__(self) -> str:
        return f"ingediende opzegging van {self.membership.organisation}"

    @property
    def is_destroyed(self) -> bool:
        """Whether the letter had its time, and went."""
        return self.file_name == "vernietigd"
