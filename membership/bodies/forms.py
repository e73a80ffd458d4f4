"""What voorzitter and secretaris fill in for their body, and who leaves it."""

import datetime
from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst

from membership.bodies.agenda import Point, read, written
from membership.identifiers import validate_without_bsn
from membership.models import (
    AgendaItem,
    Body,
    BodyDecision,
    BodyMeeting,
    BodyPaper,
    Person,
)
from nvsi.errors import NotAllowed
from nvsi.fields import DayField

LONGEST = 5000
T = TypeVar("T")


def date_field(label: str, **options: Any) -> DayField:
    return DayField(
        label=label,
        error_messages={"required": "Vul de dag in."},
        **options,
    )


def time_field(label: str, wanted: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M", "%H.%M"],
        error_messages={"required": wanted, "invalid": "Schrijf: 14:30."},
    )


def words_field(label: str, wanted: str, rows: int = 4, **options: Any) -> Any:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        validators=[validate_without_bsn],
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": wanted},
        **options,
    )


class VerbForm(forms.Form):
    """A form of which a verb takes what was filled in."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def tried(self, act: Callable[[], T]) -> T | None:
        """What the act gives; None when it refused, with the reason in the form."""
        try:
            return act()
        except NotAllowed as refusal:
            field = refusal.field if refusal.field in self.fields else None
            self.add_error(field, str(refusal))
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))
        return None


class MeetingForm(VerbForm):
    day = date_field("Dag")
    begins = time_field("Begin", "Vul in hoe laat de vergadering begint.")
    ends = time_field("Einde", "Vul in hoe laat de vergadering eindigt.")
    place = forms.CharField(
        label="Plaats",
        max_length=200,
        required=False,
        help_text="Een adres, of 'online'.",
    )
    link = forms.URLField(
        label="Link",
        required=False,
        assume_scheme="https",
        help_text="Van de online vergadering, als die er is.",
    )
    agenda = words_field(
        "Agenda",
        "Vul de agenda in.",
        rows=10,
        help_text="Elk onderwerp op een regel. Een toelichting zet u eronder, op een "
        "regel die begint met een streepje.",
    )

    def clean_agenda(self) -> list[Point]:
        try:
            return read(self.cleaned_data["agenda"])
        except NotAllowed as refusal:
            raise ValidationError(str(refusal)) from None

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        begins, ends = said.get("begins"), said.get("ends")
        if begins and ends and ends <= begins:
            self.add_error("ends", "De vergadering eindigt voordat zij begint.")
        if not (said.get("place") or said.get("link") or "link" in self.errors):
            self.add_error("place", "Vul een plaats of een link in.")
        return said

    @property
    def facts(self) -> dict[str, Any]:
        """As the verbs take them."""
        said = self.cleaned_data
        return {
            "starts_at": _moment(said["day"], said["begins"]),
            "ends_at": _moment(said["day"], said["ends"]),
            **{name: said[name] for name in ("place", "link", "agenda")},
        }


def initial_of(meeting: BodyMeeting) -> dict[str, Any]:
    """What the form shows of a meeting that is there."""
    start = timezone.localtime(meeting.starts_at)
    return {
        "day": start.date(),
        "begins": start.time(),
        "ends": timezone.localtime(meeting.ends_at).time(),
        "place": meeting.place,
        "link": meeting.link,
        "agenda": written(meeting.items.all()),
    }


def _moment(day: datetime.date, time: datetime.time) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, time))


class CancelForm(VerbForm):
    reason = words_field(
        "Waarom gaat de vergadering niet door?",
        "Schrijf waarom de vergadering niet doorgaat.",
        rows=2,
    )


class AnswerForm(VerbForm):
    """Whether somebody comes; without a colleague who could, nobody comes for him."""

    answer = forms.ChoiceField(
        label="Komt u?",
        choices=[
            ("yes", "Ik kom"),
            ("no", "Ik kom niet"),
            ("vervanger", "Een collega komt in mijn plaats"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies of u komt."},
    )
    vervanger = forms.TypedChoiceField(
        label="Welke collega?",
        required=False,
        empty_value=None,
        help_text="Alleen als een collega in uw plaats komt. Uw collega krijgt een "
        "e-mail, en leest de stukken.",
    )

    def __init__(self, colleagues: list[Person], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(one.pk): one for one in colleagues}
        field: Any = self.fields["vervanger"]
        named = [(key, one.name) for key, one in self.colleagues.items()]
        field.choices = [("", "Kies een collega"), *named]
        if not colleagues:
            self.fields.pop("vervanger")
            answer: Any = self.fields["answer"]
            answer.choices = answer.choices[:2]

    @property
    def vervanger_chosen(self) -> Person | None:
        return self.colleagues.get(self.cleaned_data.get("vervanger") or "")


class PaperForm(VerbForm):
    file = forms.FileField(
        label="Bestand (PDF)",
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
        error_messages={
            "required": "Kies een bestand.",
            "empty": "Dit bestand is leeg. Kies een ander bestand.",
        },
    )
    title = forms.CharField(
        label="Titel",
        max_length=200,
        validators=[validate_without_bsn],
        error_messages={"required": "Geef het stuk een titel."},
    )
    item = forms.ModelChoiceField(
        label="Bij agendapunt",
        queryset=AgendaItem.objects.none(),
        required=False,
        empty_label="bij de hele vergadering",
    )

    def __init__(self, meeting: BodyMeeting, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = BodyPaper.Kind.STUK
        if meeting.ends_at <= timezone.now():
            self.kind = BodyPaper.Kind.VERSLAG
            self.fields.pop("item")
            return
        field: Any = self.fields["item"]
        field.queryset = meeting.items.all()


class DecisionForm(VerbForm):
    text = words_field("Besluit", "Schrijf op wat is besloten.")
    reason = words_field("Reden", "Schrijf op waarom dit is besloten.")
    taken_on = date_field("Genomen op")
    meeting = forms.ModelChoiceField(
        label="Vergadering",
        queryset=BodyMeeting.objects.none(),
        required=False,
        empty_label="buiten een vergadering",
    )
    replaces = forms.ModelChoiceField(
        label="Komt in de plaats van",
        queryset=BodyDecision.objects.none(),
        required=False,
        empty_label="geen eerder besluit",
        help_text="Een besluit wordt niet gewijzigd. Een later besluit vervangt het.",
    )

    def __init__(self, body: Body, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meeting: Any = self.fields["meeting"]
        meeting.queryset = body.meetings.filter(
            status=BodyMeeting.Status.PLANNED, starts_at__lte=timezone.now()
        )
        meeting.label_from_instance = lambda one: capfirst(str(one))
        replaces: Any = self.fields["replaces"]
        replaces.queryset = body.decisions.filter(replaced_by=None)


class LeaveForm(VerbForm):
    ends_on = date_field("Laatste dag")
    reason = forms.CharField(
        label="Reden",
        max_length=200,
        validators=[validate_without_bsn],
        help_text="De voorzitter, de secretaris en wie er zat lezen dit.",
        error_messages={"required": "Schrijf waarom de zetel eindigt."},
    )
