"""Models of gemeenten that were handed in: compared by the bureau, offered or back."""

import datetime
from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from contracts.admin.offer_forms import AnswerByForm
from contracts.admin.signing import TurnBackForm
from contracts.models import Offer, SubmittedModel
from contracts.offering import own_models
from contracts.offering.drafting import MADE_BY
from membership.admin.verbs import Done, Verb, VerbAdmin, verb_url
from membership.models import Person
from nvsi.admin.filters import chosen
from nvsi.admin.pages import section
from nvsi.admin.worklist import Waiting, on_day


class AcceptForm(AnswerByForm):
    same = forms.BooleanField(
        label="Ik heb elke bladzijde gelezen: het document zegt hetzelfde als de "
        "bijlagen, en alles van artikel 28, derde lid, AVG staat erin",
        error_messages={"required": "Lees en vergelijk eerst elke bladzijde."},
    )

    def about(self, obj: Any) -> None:
        super().about(Offer())


def _accept(row: SubmittedModel, said: dict[str, Any], by: Person) -> Done:
    made = own_models.accept(
        row, answer_by=said["answer_by"], today=timezone.localdate(), by=by
    )
    return Done(f"Aangeboden als {made.reference}.", row)


def _turn_back(row: SubmittedModel, said: dict[str, Any], by: Person) -> Done:
    return Done(
        "Het model is teruggestuurd.",
        own_models.turn_back(row, reason=said["reason"], by=by),
    )


def _facts(row: SubmittedModel) -> str:
    versions = row.annexes.select_related("instrument")
    links = format_html_join(
        "", '<li><a href="{}">{}</a></li>',
        ((reverse("admin:contracts_annexversion_change", args=[one.pk]), one)
         for one in versions),
    )  # fmt: skip
    return format_html(
        '<p><a href="{}">{}</a>, {}</p><p>De organisatie bevestigde:</p><ul>{}</ul>',
        reverse("own-model-document", args=[row.pk]),
        row.file_name,
        row.model_version,
        links,
    )


def _waits(row: SubmittedModel) -> bool:
    return row.status == SubmittedModel.Status.WAITING


ACCEPT = Verb(
    name="accept",
    label="Vergelijken en aanbieden",
    roles=MADE_BY,
    is_open=_waits,
    act=_accept,
    form=AcceptForm,
    shown=lambda row: (
        _facts(row),
        [
            "Het model wordt een aanbod met precies dit document. Beide partijen "
            "tekenen het daarna, in het portaal of op papier.",
            "De organisatie krijgt een e-mail.",
        ],
    ),
)
TURN_BACK = Verb(
    name="turn-back",
    label="Terugsturen",
    roles=MADE_BY,
    is_open=_waits,
    act=_turn_back,
    form=TurnBackForm,
    shown=lambda row: (
        _facts(row),
        ["Wie het indiende krijgt een e-mail, en kan opnieuw indienen."],
    ),
)


class SubmittedModelAdmin(VerbAdmin):
    verbs = (ACCEPT, TURN_BACK)
    joined = ("organisation", "by", "decided_by", "offer")
    deferred = ("content", "offer__document", "offer__filled")
    fieldsets = [
        section(None, "organisation", "model_version", "starts_on", "status"),
        section("Document", "file_name", "sha256", "by", "at"),
        section("Vergeleken", "decided_by", "reason", "offer"),
    ]
    list_display = ["organisation", "model_version", "starts_on", "by", "at", "status"]
    list_filter = ["status", chosen("organisation", "organisatie")]
    search_fields = ["organisation__code", "organisation__name", "model_version"]
    search_help_text = "Zoek op organisatie of model."

    def beside_the_form(
        self, request: HttpRequest, obj: SubmittedModel
    ) -> dict[str, Any]:
        """The document itself."""
        around = super().beside_the_form(request, obj)
        if obj.is_destroyed:
            return around
        url = reverse("own-model-document", args=[obj.pk])
        return {**around, "buttons": [*around["buttons"], ("Het document", url)]}


def waiting_models(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """Handed in, and nobody compared it yet."""
    if not person.has_role(*MADE_BY):
        return
    for row in SubmittedModel.objects.waiting().listed().exclude(by=person):
        about = f"{row.organisation}, {row.model_version}"
        url = verb_url(row, ACCEPT)
        yield Waiting(on_day(row.at), "Eigen model", about, "Vergelijken", url)
