"""Meetings of a body: when and where, what is on the agenda, and the papers for it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from membership.identifiers import validate_without_bsn
from membership.models.bodies import Body, belongs
from membership.models.meetings import MeetingInvitation
from membership.models.people import Person
from nvsi.dutch import day

WITHOUT_BSN = [validate_without_bsn]


class BodyMeetingQuerySet(models.QuerySet["BodyMeeting"]):
    def visible_to(self, user: Person) -> "BodyMeetingQuerySet":
        """Those of a regiegroep or adviesorgaan for all who belong, those of another
        body for who sits there or comes as vervanger, and for the association."""
        today = timezone.localdate()
        if user.is_association:
            return self
        if not belongs(user, today):
            return self.none()
        mine = Body.objects.sat_in_by(user, today)
        as_vervanger = BodyMeetingAnswer.objects.filter(vervanger=user)
        return self.filter(
            Q(body__kind__in=Body.OPEN)
            | Q(body__in=mine)
            | Q(pk__in=as_vervanger.values("meeting"))
        )


class BodyMeeting(models.Model):
    """A vergadering of a body. `sequence` counts what was told of it to calendars."""

    class Status(models.TextChoices):
        PLANNED = "planned", "gepland"
        CANCELLED = "cancelled", "afgelast"

    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        "planned": ("cancelled",),
        "cancelled": (),
    }

    body = models.ForeignKey(
        Body, models.PROTECT, related_name="meetings", verbose_name="orgaan"
    )
    starts_at = models.DateTimeField("begin")
    ends_at = models.DateTimeField("einde")
    place = models.CharField(
        "plaats", max_length=200, blank=True, help_text="Adres, of 'online'."
    )
    link = models.URLField(
        "link", blank=True, help_text="Van de online vergadering, als die er is."
    )
    status = models.CharField(
        "status", max_length=10, choices=Status.choices, default=Status.PLANNED
    )
    cancel_reason = models.CharField(
        "waarom afgelast", max_length=200, blank=True, validators=WITHOUT_BSN
    )
    invited_at = models.DateTimeField("uitgenodigd op", null=True, blank=True)
    sequence = models.PositiveIntegerField("versie", default=0)
    changed_at = models.DateTimeField("laatst gewijzigd", default=timezone.now)

    objects = BodyMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "vergadering"
        verbose_name_plural = "vergaderingen"
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="a_meeting_of_a_body_ends_after_it_starts",
                violation_error_message="De vergadering eindigt voordat zij begint.",
            ),
            models.CheckConstraint(
                condition=~Q(place="") | ~Q(link=""),
                name="a_meeting_of_a_body_has_a_place_or_a_link",
                violation_error_message="Vul een plaats of een link in.",
            ),
            models.CheckConstraint(
                condition=Q(status="cancelled") & ~Q(cancel_reason="")
                | Q(status="planned", cancel_reason=""),
                name="a_meeting_that_is_cancelled_says_why",
                violation_error_message="Schrijf waarom de vergadering niet doorgaat.",
            ),
        ]

    def __str__(self) -> str:
        on = timezone.localdate(self.starts_at)
        return f"vergadering van {self.body} op {day(on)}"

    @property
    def is_cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED


class BodyMeetingAnswer(models.Model):
    """What somebody who was invited said; no row while he said nothing. A vervanger is
    a colleague who comes for him."""

    Answer = MeetingInvitation.Answer

    meeting = models.ForeignKey(
        BodyMeeting, models.PROTECT, related_name="answers", verbose_name="vergadering"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="wie"
    )
    answer = models.CharField("antwoord", max_length=10, choices=Answer.choices[1:])
    vervanger = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="vervanger",
    )
    answered_at = models.DateTimeField("beantwoord op", default=timezone.now)

    class Meta:
        verbose_name = "antwoord op een uitnodiging"
        verbose_name_plural = "antwoorden op uitnodigingen"
        ordering = ["meeting", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "person"],
                name="somebody_answers_an_invitation_once",
                violation_error_message="U hebt al geantwoord.",
            ),
            models.CheckConstraint(
                condition=Q(answer__in=["yes", "no"], vervanger__isnull=True)
                | Q(answer="vervanger", vervanger__isnull=False)
                & ~Q(vervanger=F("person")),
                name="a_vervanger_is_somebody_else",
                violation_error_message="Kies wie in uw plaats komt.",
            ),
        ]

    def __str__(self) -> str:
        return f"antwoord voor de {self.meeting}"


class AgendaItem(models.Model):
    """One agendapunt, at its place on the agenda."""

    meeting = models.ForeignKey(
        BodyMeeting, models.PROTECT, related_name="items", verbose_name="vergadering"
    )
    position = models.PositiveSmallIntegerField("nummer")
    title = models.CharField("onderwerp", max_length=200, validators=WITHOUT_BSN)
    explanation = models.TextField("toelichting", blank=True, validators=WITHOUT_BSN)

    class Meta:
        verbose_name = "agendapunt"
        verbose_name_plural = "agendapunten"
        ordering = ["meeting", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"],
                name="an_agenda_has_a_number_once",
                violation_error_message="Dit nummer staat al op de agenda.",
            ),
            models.CheckConstraint(
                condition=Q(position__gte=1), name="an_agenda_starts_at_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.title}"


class BodyPaperQuerySet(models.QuerySet["BodyPaper"]):
    def visible_to(self, user: Person) -> "BodyPaperQuerySet":
        """Papers are for who sits in the body, for a vervanger, and for the
        association."""
        if user.is_association:
            return self
        mine = Body.objects.sat_in_by(user, timezone.localdate())
        as_vervanger = BodyMeetingAnswer.objects.filter(vervanger=user)
        return self.filter(
            Q(meeting__body__in=mine) | Q(meeting__in=as_vervanger.values("meeting"))
        )

    def standing(self) -> "BodyPaperQuerySet":
        """What was not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class BodyPaper(models.Model):
    """A vergaderstuk: a PDF with a point of the agenda, or the verslag afterwards.

    In the database, so that who may read it is asked at every reading.
    """

    class Kind(models.TextChoices):
        STUK = "stuk", "vergaderstuk"
        VERSLAG = "verslag", "verslag"

    meeting = models.ForeignKey(
        BodyMeeting, models.PROTECT, related_name="papers", verbose_name="vergadering"
    )
    item = models.ForeignKey(
        AgendaItem,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="papers",
        verbose_name="agendapunt",
    )
    kind = models.CharField(
        "soort", max_length=10, choices=Kind.choices, default=Kind.STUK
    )
    title = models.CharField("titel", max_length=200, validators=WITHOUT_BSN)
    file_name = models.CharField("bestand", max_length=200)
    size = models.PositiveIntegerField("grootte in bytes")
    sha256 = models.CharField("controlegetal", max_length=64)
    content = models.BinaryField("inhoud")
    by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name="toegevoegd door"
    )
    at = models.DateTimeField("toegevoegd op", auto_now_add=True)
    withdrawn_at = models.DateTimeField("ingetrokken op", null=True, blank=True)

    objects = BodyPaperQuerySet.as_manager()

    class Meta:
        verbose_name = "vergaderstuk"
        verbose_name_plural = "vergaderstukken"
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gt=0), name="a_paper_of_a_meeting_is_not_empty"
            ),
            models.UniqueConstraint(
                fields=["meeting", "sha256"],
                condition=Q(withdrawn_at__isnull=True),
                name="a_meeting_has_a_paper_once",
                violation_error_message="Dit bestand is al een stuk van deze "
                "vergadering.",
            ),
        ]

    def __str__(self) -> str:
        return self.title
