"""Bodies: who sits in them, their meetings and decisions.

Who gets a seat and who leaves it is done here; meetings and decisions on the pages of
the portal, by the bureau as by voorzitter and secretaris.
"""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from membership.admin.recorded import FrozenAdmin, RecordedAdmin
from membership.admin.verbs import Done, Sure, Verb, VerbAdmin
from membership.bodies import seating
from membership.bodies.telling import page_of
from membership.bodies.who import OF_ALL
from membership.models import (
    Body,
    BodyDecision,
    BodyMeeting,
    Membership,
    Organisation,
    Person,
    Role,
    Seat,
)
from nvsi.admin.columns import list_url
from nvsi.admin.filters import chosen
from nvsi.admin.pages import section
from nvsi.admin.tables import Table
from nvsi.dutch import day as as_day
from nvsi.fields import DayField

BUREAU = tuple(str(name) for name in OF_ALL)


class SeatForm(Sure):
    person = forms.ModelChoiceField(
        label="Wie",
        queryset=Person.objects.none(),
        empty_label="Kies een persoon",
        help_text="Staat iemand er niet bij? Nodig die persoon eerst uit.",
    )
    organisation = forms.ModelChoiceField(
        label="Namens",
        queryset=Organisation.objects.none(),
        required=False,
        empty_label="geen organisatie",
    )
    function = forms.ChoiceField(
        label="Functie", choices=Seat.Function.choices, initial=Seat.Function.LID
    )
    starts_on = DayField(label="Vanaf", initial=timezone.localdate)
    ends_on = DayField(
        label="Tot en met",
        required=False,
        help_text="Leeg als er geen einde is afgesproken.",
    )

    def about(self, obj: Body) -> None:
        today = timezone.localdate()
        roles = Role.objects.active_on(today)
        people = Person.objects.filter(is_active=True, pk__in=roles.values("person"))
        person: Any = self.fields["person"]
        person.queryset = people.order_by("name", "pk")
        person.label_from_instance = lambda one: f"{one.name} ({one.email})"
        belonging = Membership.objects.active_on(today).values("organisation")
        organisation: Any = self.fields["organisation"]
        organisation.queryset = Organisation.objects.filter(pk__in=belonging).order_by(
            "name"
        )


class EndForm(Sure):
    ends_on = DayField(label="Laatste dag", initial=timezone.localdate)
    reason = forms.CharField(
        label="Reden",
        max_length=200,
        help_text="De voorzitter, de secretaris en wie er zat lezen dit.",
    )


def _seat(body: Body, answers: dict[str, Any], by: Person) -> Done:
    made = seating.seat(body, **answers, by=by)
    since = f"vanaf {as_day(made.starts_on)}"
    return Done(f"{made.person} zit {since} in {body}, en krijgt een e-mail.", made)


def _end(seat: Seat, answers: dict[str, Any], by: Person) -> Done:
    ended = seating.end_seat(seat, **answers, by=by)
    assert ended.ends_on is not None
    return Done(f"De laatste dag is {as_day(ended.ends_on)}.", ended)


def _exists(body: Body) -> bool:
    return body.ends_on is None or body.ends_on >= timezone.localdate()


def _sits(seat: Seat) -> bool:
    return seat.ends_on is None or seat.ends_on > timezone.localdate()


SEAT = Verb(
    name="seat",
    label="Zetel geven",
    roles=BUREAU,
    is_open=_exists,
    act=_seat,
    form=SeatForm,
    shown=lambda body: (
        "",
        [
            "Wie de zetel krijgt, leest dat in een e-mail, en krijgt voortaan de "
            "uitnodigingen.",
            "Namen en organisaties ziet iedereen die bij de vereniging hoort.",
            "Een zetel geeft geen rechten in Beheer: die geeft alleen een rol.",
        ],
    ),
)
END = Verb(
    name="end",
    label="Beëindigen",
    roles=BUREAU,
    is_open=_sits,
    act=_end,
    form=EndForm,
    shown=lambda seat: (
        "",
        [f"{seat.person} en wie {seat.body} leiden, krijgen een e-mail met de reden."],
    ),
)


class BodyAdmin(VerbAdmin, RecordedAdmin):
    heading = "Organen"
    verbs = (SEAT,)
    fixed = ("kind", "code", "starts_on")
    editable = ("name", "task", "ends_on", "besluit", "is_example")
    joined = ("besluit",)
    fieldsets = [
        section(None, "kind", "code", "name", "task"),
        section("Termijn", "starts_on", "ends_on", "besluit", "is_example"),
    ]
    list_display = ["name", "kind", "code", "starts_on", "ends_on"]
    list_filter = ["kind"]
    search_fields = ["name", "code"]
    search_help_text = "Zoek op naam of code."

    def beside_the_form(self, request: HttpRequest, obj: Body) -> Any:
        around = super().beside_the_form(request, obj)
        page = ("In het portaal", reverse("body-detail", args=[obj.pk]))
        return {**around, "buttons": [*around["buttons"], page]}

    def tables(self, obj: Body) -> list[Table]:
        return [
            Table(
                obj.seats.select_related("person", "organisation").order_by(
                    "-starts_on", "pk"
                ),
                ("person", "organisation", "function", "starts_on", "ends_on"),
                all_at=list_url(Seat, body=obj.pk),
                title="Zetels",
                nothing="Er zit nog niemand in.",
            ),
            Table(
                obj.meetings.all(),
                ("starts_at", "place", "status", "invited_at"),
                all_at=list_url(BodyMeeting, body=obj.pk),
                title="Vergaderingen",
                nothing="Nog geen vergadering. Plan haar in het portaal.",
            ),
            Table(
                obj.decisions.all(),
                ("reference", "taken_on", "text"),
                all_at=list_url(BodyDecision, body=obj.pk),
                title="Besluiten",
                nothing="Nog geen besluit. Leg het vast in het portaal.",
            ),
        ]


class SeatAdmin(VerbAdmin):
    verbs = (END,)
    joined = ("body", "person", "organisation")
    fieldsets = [
        section(None, "body", "person", "organisation", "function"),
        section("Termijn", "starts_on", "ends_on", "end_reason"),
    ]
    list_display = [
        *("person", "body", "organisation", "function", "starts_on", "ends_on"),
    ]
    list_filter = ["function", chosen("body", "orgaan")]
    search_fields = ["person__name", "organisation__name", "body__name"]
    search_help_text = "Zoek op naam, organisatie of orgaan."


class BodyMeetingAdmin(FrozenAdmin):
    joined = ("body",)
    fieldsets = [
        section(None, "body", "status", "cancel_reason"),
        section("Wanneer en waar", "starts_at", "ends_at", "place", "link"),
        section("Uitnodiging", "invited_at"),
    ]
    list_display = ["starts_at", "body", "place", "status", "invited_at"]
    list_filter = ["status", chosen("body", "orgaan")]
    search_fields = ["body__name", "place"]
    search_help_text = "Zoek op orgaan of plaats."

    def beside_the_form(self, request: HttpRequest, obj: BodyMeeting) -> Any:
        around = super().beside_the_form(request, obj)
        return {**around, "buttons": [("In het portaal", page_of(obj))]}

    def tables(self, obj: BodyMeeting) -> list[Table]:
        return [
            Table(
                obj.answers.select_related("person", "vervanger"),
                ("person", "answer", "vervanger", "answered_at"),
                title="Wie komt",
                nothing="Nog niemand antwoordde.",
            ),
            Table(
                obj.items.all(),
                ("position", "title", "explanation"),
                title="Agenda",
                nothing="Nog geen agenda.",
            ),
            Table(
                obj.papers.defer("content").select_related("by"),
                ("title", "kind", "item", "by", "at", "withdrawn_at"),
                title="Stukken",
                nothing="Nog geen stukken.",
            ),
        ]


class BodyMeetingAnswerAdmin(FrozenAdmin):
    joined = ("meeting__body", "person", "vervanger")
    fieldsets = [
        section(None, "meeting", "person", "answer", "vervanger", "answered_at")
    ]
    list_display = ["person", "meeting", "answer", "vervanger", "answered_at"]
    list_filter = ["answer", chosen("meeting__body", "orgaan")]
    search_fields = ["person__name", "vervanger__name"]
    search_help_text = "Zoek op naam."


class AgendaItemAdmin(FrozenAdmin):
    joined = ("meeting__body",)
    fieldsets = [section(None, "meeting", "position", "title", "explanation")]
    list_display = ["title", "meeting", "position"]
    list_filter = [chosen("meeting__body", "orgaan")]
    search_fields = ["title"]
    search_help_text = "Zoek op onderwerp."


class BodyPaperAdmin(FrozenAdmin):
    """What there is; the paper itself is read on the page of the meeting."""

    joined = ("meeting__body", "item", "by")
    fieldsets = [
        section(None, "meeting", "item", "kind", "title"),
        section("Bestand", "file_name", "size", "sha256"),
        section("Toegevoegd", "by", "at", "withdrawn_at"),
    ]
    list_display = ["title", "kind", "meeting", "by", "at", "withdrawn_at"]
    list_filter = ["kind", chosen("meeting__body", "orgaan")]
    search_fields = ["title", "file_name"]
    search_help_text = "Zoek op titel of bestand."

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("content")


class BodyDecisionAdmin(FrozenAdmin):
    joined = ("body", "meeting", "replaces", "recorded_by")
    fieldsets = [
        section(None, "reference", "body", "meeting", "taken_on"),
        section("Besluit", "text", "reason", "replaces"),
        section("Vastgelegd", "recorded_by", "recorded_at"),
    ]
    list_display = ["reference", "body", "taken_on", "text"]
    list_filter = [chosen("body", "orgaan")]
    search_fields = ["reference", "text", "reason"]
    search_help_text = "Zoek op kenmerk, besluit of reden."
