"""Meetings of networks: plan, invite, change, call off; and who comes."""

import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from membership.admin.recorded import RecordedAdmin, acting
from membership.admin.verbs import Done, Sure, Verb, VerbAdmin
from membership.models import (
    Meeting,
    MeetingGroup,
    MeetingInvitation,
    Person,
    Role,
)
from membership.regional import meetings
from membership.regional.words import when
from nvsi import dutch
from nvsi.admin.columns import add_url, list_url
from nvsi.admin.filters import chosen
from nvsi.admin.forms import CheckedForm
from nvsi.admin.pages import section
from nvsi.admin.tables import Table
from nvsi.fields import MomentField, MomentInput

BUREAU = (Role.Name.BUREAU,)
# One field for day and hour, with one label.
MOMENTS: dict[Any, dict[str, Any]] = {
    models.DateTimeField: {"form_class": MomentField, "widget": MomentInput}
}


class WhoForm(Sure):
    who = forms.ChoiceField(
        label="Wie",
        choices=[
            (meetings.PRIMARY, "de eerste aanspreekpunten (en beiden van een duo)"),
            (meetings.VERVANGER, "de vervangers"),
            (meetings.BOTH, "iedereen"),
        ],
    )


def _is_coming(meeting: Meeting) -> bool:
    return not (meeting.is_cancelled or meetings.is_over(meeting, timezone.now()))


def _told(count: int) -> str:
    return dutch.counted(count, "genodigde krijgt", "genodigden krijgen")


def _invite(meeting: Meeting, answers: dict[str, Any], by: Person) -> Done:
    made = meetings.invite(meeting, who=answers["who"], now=timezone.now(), by=by)
    return Done(f"{_told(len(made))} een uitnodiging.", meeting)


def _cancel(meeting: Meeting, _answers: dict[str, Any], by: Person) -> Done:
    count = meetings.cancel(meeting, now=timezone.now(), by=by)
    return Done(f"De bijeenkomst is afgelast; {_told(count)} bericht.", meeting)


INVITE = Verb(
    name="invite",
    label="Uitnodigen",
    roles=BUREAU,
    is_open=_is_coming,
    act=_invite,
    form=WhoForm,
    shown=lambda meeting: (
        "",
        [
            f"De {meeting.get_level_display()}e aanspreekpunten die nog niet zijn "
            "uitgenodigd, krijgen een e-mail met een agenda-item en een persoonlijke "
            "link.",
            "Zijn er groepen? Dan verdelen wij de regio's gelijk over de groepen. "
            "Daarna kunt u iemand in een andere groep zetten.",
        ],
    ),
)
CANCEL = Verb(
    name="cancel",
    label="Afgelasten",
    roles=BUREAU,
    is_open=_is_coming,
    act=_cancel,
    shown=lambda meeting: (
        "",
        [
            "Wie is uitgenodigd en niet heeft afgezegd, krijgt bericht. De bijeenkomst "
            "verdwijnt uit hun agenda.",
            "Dit kunt u niet terugdraaien: plan dan een nieuwe bijeenkomst.",
        ],
    ),
)


class MeetingAdmin(VerbAdmin, RecordedAdmin):
    verbs = (INVITE, CANCEL)
    fixed = ("network", "level")
    editable = ("title", "starts_at", "ends_at", "place", "link", "agenda")
    joined = ("network",)
    fieldsets = [
        section(None, "network", "level", "title", "status"),
        section("Wanneer en waar", "starts_at", "ends_at", "place", "link", "agenda"),
        section("Wie komt er", "coming"),
    ]
    list_display = ["title", "network", "level", "starts_at", "status", "coming"]
    list_filter = ["status", "level", chosen("network", "netwerk")]
    search_fields = ["title", "network__name", "place"]
    search_help_text = "Zoek op titel, netwerk of plaats."
    formfield_overrides = {**MOMENTS, models.URLField: {"assume_scheme": "https"}}

    @admin.display(description="wie komt")
    def coming(self, obj: Meeting) -> str:
        counts: dict[str, int] = {}
        for invitation in obj.invitations.all():
            said = invitation.get_answer_display()
            counts[said] = counts.get(said, 0) + 1
        told = [f"{count} {said}" for said, count in counts.items()]
        return ", ".join(told) or "nog niemand uitgenodigd"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("invitations")

    def _open_fields(self, obj: Any) -> tuple[str, ...]:
        """What was called off, or is over, stands as it is."""
        if obj is not None and not _is_coming(obj):
            return ()
        return super()._open_fields(obj)

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        """Who was invited hears what changed."""
        super().save_model(request, obj, form, change)
        if not (change and form.changed_data):
            return
        before: datetime.datetime = form.initial["starts_at"]
        count = meetings.changed(obj, moved=obj.starts_at - before, by=acting(request))
        if count:
            messages.success(request, f"{_told(count)} bericht van deze wijziging.")

    def tables(self, obj: Meeting) -> list[Table]:
        add_group = add_url(MeetingGroup, meeting=obj.pk) if _is_coming(obj) else ""
        return [
            Table(obj.groups.all(), ("name", "starts_at", "ends_at"), add_at=add_group),
            Table(
                obj.invitations.select_related(
                    "contact__region", "contact__organisation", "group"
                ).order_by("contact__region__name", "pk"),
                (
                    *("contact__name", "contact__region", "contact__organisation"),
                    *("group", "answer", "answered_at"),
                ),
                all_at=list_url(MeetingInvitation, meeting=obj.pk),
                title="Uitnodigingen",
                nothing="Er is nog niemand uitgenodigd.",
            ),
        ]


class GroupForm(CheckedForm):
    def clean(self) -> Any:
        data = super().clean()
        meeting = self._value("meeting")
        starts_at = self.cleaned_data.get("starts_at")
        ends_at = self.cleaned_data.get("ends_at")
        if not (meeting and starts_at and ends_at):
            return data
        if starts_at < meeting.starts_at or ends_at > meeting.ends_at:
            hours = when(meeting.starts_at, meeting.ends_at)
            raise ValidationError(
                f"Een groep valt binnen de tijd van de bijeenkomst: {hours}."
            )
        return data


class MeetingGroupAdmin(RecordedAdmin):
    form = GroupForm
    formfield_overrides = MOMENTS
    fixed = ("meeting",)
    editable = ("name", "starts_at", "ends_at")
    joined = ("meeting",)
    fieldsets = [section(None, "meeting", "name", "starts_at", "ends_at")]
    list_display = ["name", "meeting", "starts_at", "ends_at"]
    list_filter = [chosen("meeting", "bijeenkomst")]
    search_fields = ["name", "meeting__title"]
    search_help_text = "Zoek op groep of bijeenkomst."

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        if change and form.changed_data:
            count = meetings.group_changed(obj, by=acting(request))
            if count:
                messages.success(request, f"{_told(count)} bericht.")


class InvitationForm(CheckedForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields.get("group")
        if field and self.instance.pk:
            field.queryset = self.instance.meeting.groups.all()


class MeetingInvitationAdmin(RecordedAdmin):
    """Made by inviting; only the group may still change."""

    can_add = False
    form = InvitationForm
    editable = ("group",)
    joined = ("meeting", "contact__region", "contact__organisation", "group")
    fieldsets = [
        section(None, "meeting", "contact", "group"),
        section("Antwoord", "answer", "answered_at"),
    ]
    list_display = [
        *("contact__name", "contact__region", "contact__organisation"),
        *("contact__email", "meeting", "group", "answer", "answered_at"),
    ]
    list_filter = ["answer", chosen("meeting", "bijeenkomst")]
    search_fields = ["contact__name", "contact__email", "contact__region__name"]
    search_help_text = "Zoek op naam, e-mailadres of regio."

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        if form.changed_data and meetings.regrouped(obj, by=acting(request)):
            messages.success(request, f"{obj.contact.name} krijgt bericht.")
