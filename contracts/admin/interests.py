"""Interest in an instrument: answer it, and draw the agreements up that follow.

The records are of instruments; their page stands here because of the agreements.
"""

import datetime
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html

from contracts.kinds import Kind
from contracts.models import Offer, Verwerkersovereenkomst
from contracts.offering.drafting import MADE_BY
from instruments.interests import showing
from instruments.models import Interest
from membership.admin.recorded import acting
from membership.admin.verbs import Done, Sure, Verb, VerbAdmin, verb_url
from membership.admission.step_form import text
from membership.models import Person
from nvsi.admin.columns import add_url
from nvsi.admin.filters import chosen
from nvsi.admin.pages import section
from nvsi.admin.tables import Table
from nvsi.admin.worklist import Waiting, on_day


class AnswerForm(Sure):
    text = text(
        "Antwoord",
        rows=6,
        min_length=3,
        max_length=2_000,
        help_text="De gemeente leest dit in het portaal, en krijgt daarvan een e-mail.",
        error_messages={"required": "Schrijf een antwoord."},
    )


def _is_running(interest: Interest) -> bool:
    return interest.status in Interest.RUNNING


def _answer(interest: Interest, answers: dict[str, Any], by: Person) -> Done:
    done = showing.answer(interest, text=answers["text"], by=by)
    return Done(f"{done.organisation.short_name} krijgt uw antwoord.", done)


def _close(interest: Interest, _answers: dict[str, Any], by: Person) -> Done:
    done = showing.close(interest, by=by)
    return Done("De belangstelling is afgesloten.", done)


ANSWER = Verb(
    name="answer",
    label="Antwoorden",
    roles=showing.ANSWERERS,
    is_open=_is_running,
    act=_answer,
    form=AnswerForm,
    initial=lambda interest: {"text": interest.answer},
    shown=lambda interest: (
        format_html("<p>{}</p>", interest.words or "Zonder toelichting."),
        ["Wie de belangstelling toonde, krijgt een e-mail."],
    ),
)
CLOSE = Verb(
    name="close",
    label="Afsluiten",
    roles=showing.ANSWERERS,
    is_open=_is_running,
    act=_close,
    form=Sure,
    shown=lambda _: (
        "",
        ["De gemeente krijgt geen e-mail. Antwoord eerst als zij iets moet weten.",
         "Zij kan later opnieuw belangstelling tonen."],
    ),
)  # fmt: skip


class InterestAdmin(VerbAdmin):
    """With what was drawn up since, and a button for what is not there yet."""

    heading = "Belangstelling"
    verbs = (ANSWER, CLOSE)
    joined = ("organisation", "instrument", "shown_by", "answered_by")
    fieldsets = [
        section(None, "instrument", "organisation", "status", "words"),
        section("Verloop", "shown_by", "shown_at", "answer", "answered_by",
                "answered_at"),
    ]  # fmt: skip
    list_display = ["organisation", "instrument", "status", "shown_at", "answered_at"]
    list_filter = ["status", "instrument", chosen("organisation", "organisatie")]
    search_fields = ["organisation__name", "organisation__code"]
    search_help_text = "Zoek op organisatie."

    def tables(self, obj: Interest) -> list[Table]:
        offers = Offer.objects.filter(organisation=obj.organisation_id)
        fields = ("reference", "kind", "starts_on", "answer_by")
        nothing = "Nog geen overeenkomst opgesteld."
        return [Table(offers.order_by("-prepared_at"), fields, nothing=nothing)]

    def beside_the_form(self, request: HttpRequest, obj: Interest) -> dict[str, Any]:
        around = super().beside_the_form(request, obj)
        if not (_is_running(obj) and acting(request).has_role(*MADE_BY)):
            return around
        return {**around, "buttons": [*around["buttons"], *_to_draw_up(obj)]}


def _to_draw_up(interest: Interest) -> Iterator[tuple[str, str]]:
    """A new offer filled in, of each kind that is not there or on its way."""
    who = {"organisation": interest.organisation_id}
    running = Offer.objects.running().filter(**who)
    verwerkers = Verwerkersovereenkomst.objects.filter(**who).exists()
    if not verwerkers and not running.filter(kind=Kind.VERWERKERS).exists():
        url = add_url(Offer, kind=Kind.VERWERKERS.value, **who)
        yield "Verwerkersovereenkomst opstellen", url
    use = {"kind": Kind.GEBRUIKS.value, "instrument": interest.instrument_id}
    if not running.filter(**use).exists():
        yield "Gebruiksovereenkomst opstellen", add_url(Offer, **use, **who)


def waiting_interests(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """A gemeente that waits for an answer."""
    if not person.has_role(*showing.ANSWERERS):
        return
    rows = Interest.objects.filter(status=Interest.Status.OPEN)
    for one in rows.select_related("organisation", "instrument").order_by("shown_at"):
        url, since = verb_url(one, ANSWER), on_day(one.shown_at)
        yield Waiting(since, "Belangstelling", f"{one}", ANSWER.label, url)
