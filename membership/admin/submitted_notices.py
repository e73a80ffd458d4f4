"""Notices that members handed in: the bureau looks, and confirms or turns back."""

import datetime
from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from membership.admin.notices import running_list
from membership.admin.verbs import Done, Sure, Verb, VerbAdmin, verb_url
from membership.identifiers import validate_without_bsn
from membership.leaving import submitting
from membership.models import Person, Role, SubmittedNotice
from nvsi.admin.filters import chosen
from nvsi.admin.pages import section
from nvsi.admin.worklist import Waiting
from nvsi.dutch import day
from nvsi.errors import refused_in_words


class AnswerForm(Sure):
    answer = forms.CharField(
        label="Reden",
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[validate_without_bsn],
        help_text="De organisatie leest deze tekst in het portaal.",
        error_messages={"required": "Schrijf waarom; de organisatie leest het."},
    )


def _waits(submitted: SubmittedNotice) -> bool:
    return submitted.status == SubmittedNotice.Status.WAITING


def _confirm(submitted: SubmittedNotice, _said: dict[str, Any], by: Person) -> Done:
    with refused_in_words():
        notice = submitting.confirm(submitted, today=timezone.localdate(), by=by)
    said = f"Bevestigd: het lidmaatschap eindigt op {day(notice.ends_on)}."
    return Done(said, submitted)


def _turn_back(submitted: SubmittedNotice, said: dict[str, Any], by: Person) -> Done:
    submitting.turn_back(submitted, answer=said["answer"], by=by)
    return Done("De opzegging is teruggestuurd.", submitted)


def _facts(submitted: SubmittedNotice) -> str:
    letter = format_html("<p>{}.</p>", "Getekend in het portaal, als ondertekenaar")
    if submitted.sha256:
        url = reverse("leave-letter", args=[submitted.pk])
        words = f"Bekijk de ondertekende brief: {submitted.file_name}"
        letter = format_html('<p><a href="{}">{}</a></p>', url, words)
    return format_html(
        "<p>{} zei op {} op: {}. De laatste dag is {}.</p>{}{}",
        submitted.by.name,
        day(submitted.submitted_on),
        submitted.get_ground_display(),
        day(submitted.ends_on),
        letter,
        running_list(submitted.membership.organisation),
    )


CONFIRM = Verb(
    name="confirm",
    label="Bevestigen",
    roles=Role.OF_THE_ASSOCIATION,
    is_open=_waits,
    act=_confirm,
    shown=lambda submitted: (
        _facts(submitted),
        [
            f"Het lidmaatschap eindigt op {day(submitted.ends_on)}. De dag van "
            "indienen telt als de dag van ontvangst.",
            "Kijk bij een brief na of zij is getekend door de burgemeester of de "
            "bestuurder, of door iemand met een mandaat.",
            "De organisatie krijgt een e-mail. Wat nog loopt, eindigt niet vanzelf.",
        ],
    ),
)
TURN_BACK = Verb(
    name="turn-back",
    label="Terugsturen",
    roles=Role.OF_THE_ASSOCIATION,
    is_open=_waits,
    act=_turn_back,
    form=AnswerForm,
    shown=lambda submitted: (
        _facts(submitted),
        [
            "Doe dit alleen als het geen geldige opzegging is, bijvoorbeeld als de "
            "handtekening ontbreekt.",
            "Het lidmaatschap loopt door. De organisatie krijgt een e-mail, en kan "
            "opnieuw opzeggen.",
        ],
    ),
)


class SubmittedNoticeAdmin(VerbAdmin):
    verbs = (CONFIRM, TURN_BACK)
    joined = ("membership__organisation", "by")
    deferred = ("content",)
    fieldsets = [
        section(None, "membership", "ground", "burdened_on", "reason"),
        section("Ingediend", "submitted_on", "ends_on", "by", "at"),
        section("Getekend", "is_signed_here", "file_name"),
        section("Antwoord", "notice", "answer"),
    ]
    list_display = [
        *("membership", "ground", "submitted_on", "ends_on"),
        *("by", "status"),
    ]
    list_filter = [
        "status",
        "ground",
        chosen("membership__organisation", "organisatie"),
    ]
    search_fields = ["membership__organisation__name", "membership__organisation__code"]
    search_help_text = "Zoek op code of naam van de organisatie."

    def beside_the_form(
        self, request: HttpRequest, obj: SubmittedNotice
    ) -> dict[str, Any]:
        """As the organisation sees it, with its letter."""
        around = super().beside_the_form(request, obj)
        portal = "In het portaal", reverse("leave-receipt", args=[obj.pk])
        return {**around, "buttons": [*around["buttons"], portal]}


def waiting_notices(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """A member said that it leaves, and nobody looked yet."""
    if not person.has_role(*CONFIRM.roles):
        return
    waiting = SubmittedNotice.objects.waiting().without_letter()
    for one in waiting.order_by("submitted_on", "pk"):
        about = f"{one.membership.organisation}, per {day(one.ends_on)}"
        url = verb_url(one, CONFIRM)
        yield Waiting(one.submitted_on, "Opzegging", about, "Bevestigen", url)
