"""Which body steers an instrument, and requests for a seat in it."""

import datetime
from collections.abc import Iterator
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from instruments.models import SeatRequest
from instruments.steering import asking
from membership.admin.recorded import RecordedAdmin
from membership.admin.verbs import Done, Sure, Verb, VerbAdmin, verb_url
from membership.bodies.who import OF_ALL
from membership.merging.moving import MOVES, Move
from membership.models import Body, Person
from nvsi.admin.filters import chosen
from nvsi.admin.forms import CheckedForm
from nvsi.admin.pages import section
from nvsi.admin.worklist import Waiting, on_day
from nvsi.fields import DayField

BUREAU = tuple(str(name) for name in OF_ALL)


class GroupForm(CheckedForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields.get("body")
        if field:
            free = Body.objects.filter(kind=Body.Kind.REGIEGROEP, steering=None)
            field.queryset = free
            field.help_text = (
                "Een regiegroep zonder instrument. Maak haar eerst aan bij de organen."
            )


class SteeringGroupAdmin(RecordedAdmin):
    heading = "Regiegroepen"
    form = GroupForm
    fixed = ("instrument", "body")
    joined = ("instrument", "body")
    fieldsets = [section(None, "instrument", "body")]
    list_display = ["instrument", "body"]
    search_fields = ["instrument__name", "body__name"]
    search_help_text = "Zoek op instrument of regiegroep."


class GrantForm(Sure):
    starts_on = DayField(
        label="Vanaf",
        initial=timezone.localdate,
    )


class RefuseForm(Sure):
    reason = forms.CharField(
        label="Reden",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Wie de zetel vroeg, leest dit in een e-mail.",
    )


def _grant(asked: SeatRequest, answers: dict[str, Any], by: Person) -> Done:
    made = asking.grant(asked, starts_on=answers["starts_on"], by=by)
    return Done(f"{made.person} zit nu in {made.body}.", asked)


def _refuse(asked: SeatRequest, answers: dict[str, Any], by: Person) -> Done:
    asking.refuse(asked, reason=answers["reason"], by=by)
    return Done("Het verzoek is afgewezen; wie vroeg, krijgt bericht.", asked)


def _waits(asked: SeatRequest) -> bool:
    return asked.status == SeatRequest.Status.ASKED


GRANT = Verb(
    name="grant",
    label="Toekennen",
    roles=BUREAU,
    is_open=_waits,
    act=_grant,
    form=GrantForm,
    shown=lambda asked: (
        asked.motivation,
        [
            f"{asked.person} krijgt een zetel namens {asked.organisation}.",
            "Gewoonlijk beslist de voorzitter of de secretaris, in het portaal.",
        ],
    ),
)
REFUSE = Verb(
    name="refuse",
    label="Afwijzen",
    roles=BUREAU,
    is_open=_waits,
    act=_refuse,
    form=RefuseForm,
    shown=lambda asked: (asked.motivation, ["Later opnieuw vragen mag."]),
)


class SeatRequestAdmin(VerbAdmin):
    verbs = (GRANT, REFUSE)
    joined = (
        *("instrument", "organisation", "person", "asked_by", "decided_by"),
        "seat",
    )
    fieldsets = [
        section(None, "instrument", "organisation", "person", "motivation"),
        section("Gevraagd", "asked_by", "asked_at", "status"),
        section("Besluit", "decided_by", "decided_at", "reason", "seat"),
    ]
    list_display = ["person", "organisation", "instrument", "status", "asked_at"]
    list_filter = ["status", chosen("instrument", "instrument")]
    search_fields = ["person__name", "organisation__name"]
    search_help_text = "Zoek op naam of organisatie."


def waiting_seats(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """For the bureau while nobody leads the regiegroep, or leads it alone and asked."""
    if not person.has_role(*GRANT.roles):
        return
    asked = SeatRequest.objects.waiting().order_by("asked_at")
    for one in asked.select_related("instrument", "organisation", "person"):
        if not asking.is_led(one):
            about = f"{one.person} ({one.organisation}), {one.instrument}"
            yield Waiting(
                on_day(one.asked_at),
                "Zetel gevraagd",
                about,
                GRANT.label,
                verb_url(one, GRANT),
            )


MOVES.append(
    Move(
        *("verzoek om een zetel", "verzoeken om een zetel", SeatRequest),
        *("person_id", lambda person: person.pk),
        only=Q(status=SeatRequest.Status.ASKED),
    )
)
