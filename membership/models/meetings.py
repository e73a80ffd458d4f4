"""Meetings of a network: when, where, in which groups, and who comes.

Source: seed 003, which invites a first and a second group on one day.
"""

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from membership.models.contacts import Level, Network, RegionalContact
from membership.models.people import Person


class Meeting(models.Model):
    """One meeting of one level of a network. `sequence` counts what was told of it."""

    class Status(models.TextChoices):
        PLANNED = "planned", "gepland"
        CANCELLED = "cancelled", "afgelast"

    NEXT: ClassVar[dict[str, tuple[str, ...]]] = {
        "planned": ("cancelled",),
        "cancelled": (),
    }

    network = models.ForeignKey(
        Network, models.PROTECT, related_name="meetings", verbose_name="netwerk"
    )
    level = models.CharField("niveau", max_length=20, choices=Level.choices)
    title = models.CharField("titel", max_length=100)
    starts_at = models.DateTimeField("begin")
    ends_at = models.DateTimeField("einde")
    place = models.CharField(
        "plaats", max_length=200, blank=True, help_text="Adres, of 'online'."
    )
    link = models.URLField(
        "link", blank=True, help_text="Van de online bijeenkomst, als die er is."
    )
    agenda = models.TextField("agenda", blank=True)
    status = models.CharField(
        "status", max_length=10, choices=Status.choices, default=Status.PLANNED
    )
    sequence = models.PositiveIntegerField("versie", default=0)
    changed_at = models.DateTimeField("laatst gewijzigd", auto_now=True)

    class Meta:
        verbose_name = "bijeenkomst"
        verbose_name_plural = "bijeenkomsten"
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="a_meeting_ends_after_it_starts",
                violation_error_message="De bijeenkomst eindigt voordat zij begint.",
            ),
            models.CheckConstraint(
                condition=~Q(place="") | ~Q(link=""),
                name="a_meeting_has_a_place_or_a_link",
                violation_error_message="Vul een plaats of een link in.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_cancelled(self) -> bool:
        return self.status == self.Status.CANCELLED


class MeetingGroup(models.Model):
    """A part of those who come, with hours of its own within the meeting."""

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="groups", verbose_name="bijeenkomst"
    )
    name = models.CharField("naam", max_length=50)
    starts_at = models.DateTimeField("begin")
    ends_at = models.DateTimeField("einde")

    class Meta:
        verbose_name = "groep"
        verbose_name_plural = "groepen"
        ordering = ["meeting", "starts_at", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "name"],
                name="a_group_has_its_own_name_in_a_meeting",
                violation_error_message="Deze groep bestaat al.",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="a_group_ends_after_it_starts",
                violation_error_message="De groep eindigt voordat zij begint.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MeetingInvitationQuerySet(models.QuerySet["MeetingInvitation"]):
    def visible_to(
        self, user: Person, *, on: datetime.date
    ) -> "MeetingInvitationQuerySet":
        """Those of the regions that somebody sees, and always his own."""
        contacts = RegionalContact.objects.visible_to(user, on=on)
        return self.filter(Q(contact__in=contacts) | Q(contact__email=user.email))

    def with_meeting(self) -> "MeetingInvitationQuerySet":
        return self.select_related(
            "meeting__network", "group", "contact__region", "contact__organisation"
        )


class MeetingInvitation(models.Model):
    """That a contact was asked to come, and what he answered."""

    class Answer(models.TextChoices):
        NONE = "none", "nog geen antwoord"
        YES = "yes", "komt"
        NO = "no", "komt niet"
        VERVANGER = "vervanger", "vervanger komt"

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="invitations", verbose_name="bijeenkomst"
    )
    contact = models.ForeignKey(
        RegionalContact,
        models.PROTECT,
        related_name="invitations",
        verbose_name="aanspreekpunt",
    )
    group = models.ForeignKey(
        MeetingGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations",
        verbose_name="groep",
    )
    answer = models.CharField(
        "antwoord", max_length=10, choices=Answer.choices, default=Answer.NONE
    )
    answered_at = models.DateTimeField("beantwoord op", null=True, blank=True)

    objects = MeetingInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "uitnodiging voor een bijeenkomst"
        verbose_name_plural = "uitnodigingen voor bijeenkomsten"
        ordering = ["meeting", "group", "contact__region", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "contact"],
                name="a_contact_is_invited_once",
                violation_error_message="Dit aanspreekpunt is al uitgenodigd.",
            ),
            models.CheckConstraint(
                condition=Q(answer="none", answered_at__isnull=True)
                | ~Q(answer="none") & Q(answered_at__isnull=False),
                name="an_answer_has_a_moment",
                violation_error_message="Een antwoord heeft een moment.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact.name} bij {self.meeting}"

    @property
    def starts_at(self) -> datetime.datetime:
        """Of his group, or else of the meeting."""
        return (self.group or self.meeting).starts_at

    @property
    def ends_at(self) -> datetime.datetime:
        return (self.group or self.meeting).ends_at
