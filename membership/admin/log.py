"""What was sent, and what was done: to read, never to write."""

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils.html import format_html, format_html_join

from membership import emails
from membership.admin.email_words import EMAIL_EVENTS
from membership.admin.recorded import FrozenAdmin
from membership.admin.verbs import Done, Verb, VerbAdmin
from membership.admin.words import (
    THE_SYSTEM,
    action_of,
    facts_of,
    subject_types,
)
from membership.emails import SECRET_EVENTS
from membership.models import Email, HistoryEvent, Person, Role
from nvsi.admin.columns import link
from nvsi.admin.filters import chosen
from nvsi.admin.pages import section


class EventFilter(admin.SimpleListFilter):
    title = "gebeurtenis"
    parameter_name = "gebeurtenis"

    def lookups(
        self, request: HttpRequest, model_admin: Any
    ) -> Iterable[tuple[str, str]]:
        return EMAIL_EVENTS.items()

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        return queryset.filter(event=self.value()) if self.value() else queryset


def _send_again(email: Email, _answers: dict[str, Any], by: Person) -> Done:
    emails.send_again(email, by=by)
    emails.send_soon()
    return Done("De e-mail staat weer in de wachtrij.", email)


SEND_AGAIN = Verb(
    name="again",
    label="Opnieuw versturen",
    roles=Role.OF_THE_ASSOCIATION,
    is_open=emails.can_be_sent_again,
    act=_send_again,
    shown=lambda email: (
        format_html("<p>Aan {}. Wat er misging: {}</p>", email.recipient, email.error),
        [
            "De e-mail gaat opnieuw naar hetzelfde adres, met dezelfde tekst.",
            "Lukt het niet, dan probeert het portaal het weer een halve dag lang.",
        ],
    ),
)


class EmailAdmin(VerbAdmin):
    heading = "Vastgelegd"
    verbs = (SEND_AGAIN,)
    fieldsets = [
        section(None, "recipient", "subject", "about"),
        section("Verzending", "queued_at", "sent_at", "attempts", "error"),
        section("Inhoud", "text"),
    ]
    list_display = ["subject", "recipient", "about", "state", "queued_at", "sent_at"]
    list_filter = ["state", EventFilter]
    search_fields = ["recipient", "subject"]
    search_help_text = "Zoek op e-mailadres of onderwerp."

    @admin.display(description="gebeurtenis", ordering="event")
    def about(self, obj: Email) -> str:
        return EMAIL_EVENTS.get(obj.event, obj.event)

    @admin.display(description="tekst")
    def text(self, obj: Email) -> str:
        """Not of an invitation: whoever has its link can log in as that person."""
        if obj.event in SECRET_EVENTS:
            return "De inhoud bevat een persoonlijke link en is hier niet te lezen."
        return obj.body


class SubjectFilter(admin.SimpleListFilter):
    title = "soort object"
    parameter_name = "soort"

    def lookups(
        self, request: HttpRequest, model_admin: Any
    ) -> Iterable[tuple[str, str]]:
        return subject_types()

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        kind = self.value()
        return queryset.filter(subject_type=kind) if kind else queryset


class HistoryEventAdmin(FrozenAdmin):
    joined = ("by",)
    fieldsets = [
        section(None, "at", "who", "action_text", "subject_text", "facts_text")
    ]
    list_display = ["at", "who", "action_text", "kind_text", "subject_text"]
    list_filter = [SubjectFilter, chosen("by", "door", "door")]
    search_fields = ["subject", "by__email"]
    search_help_text = "Zoek op omschrijving of op het e-mailadres van wie het deed."

    @admin.display(description="door")
    def who(self, obj: HistoryEvent) -> str:
        return link(obj.by) if obj.by else THE_SYSTEM

    @admin.display(description="handeling")
    def action_text(self, obj: HistoryEvent) -> str:
        return action_of(obj)

    @admin.display(description="soort")
    def kind_text(self, obj: HistoryEvent) -> str:
        return dict(subject_types()).get(obj.subject_type, obj.subject_type)

    @admin.display(description="object")
    def subject_text(self, obj: HistoryEvent) -> str:
        """With a link to the record, as long as there is a page for its kind."""
        try:
            model = apps.get_model(obj.subject_type)
            return link(model(pk=obj.subject_id), obj.subject)
        except (LookupError, NoReverseMatch):
            return obj.subject

    @admin.display(description="feiten")
    def facts_text(self, obj: HistoryEvent) -> str:
        return format_html_join("", "<div>{}: {}</div>", facts_of(obj))
