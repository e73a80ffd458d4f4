"""What a lid asks for in the room of an ALV: the bureau records its amendement."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from membership.admin.verbs import Done, Sure, Verb
from membership.admin.vote_verbs import BUREAU
from membership.assembly import amending
from membership.assembly.forms import AmendementWords
from membership.letters.body import html_of
from membership.models import Beslispunt, Organisation, Person
from nvsi.errors import NotAllowed


class FloorForm(AmendementWords, Sure):
    """Of which lid, of those that are there; the text of the point stands ready."""

    organisation = forms.ChoiceField(
        label="Ingediend door",
        help_text="Hier staan de leden die er zijn of zijn vertegenwoordigd, met wie "
        "voor hen spreekt.",
        error_messages={"required": "Kies het lid dat het amendement indient."},
    )
    field_order = ("organisation", "new_text", "explanation")

    def about(self, obj: Beslispunt) -> None:
        self.point = obj
        self.fields["new_text"].label = "De tekst zoals het lid die wil"
        there = amending.speakers_there(obj, timezone.localdate())
        self.there = {str(one.pk): one for one in there}
        field = self.fields["organisation"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", "Kies"),
            *((str(one.pk), f"{one}: {person}") for one, person in there.items()),
        ]

    def clean_organisation(self) -> Organisation:
        return self.there[self.cleaned_data["organisation"]]


def _can_take(point: Beslispunt) -> bool:
    return not amending.floor_refusal(point, timezone.now())


def _shown(point: Beslispunt) -> tuple[SafeString, list[str]]:
    """Raises NotAllowed when nobody could make one."""
    if not amending.speakers_there(point, timezone.localdate()):
        raise NotAllowed(
            "Er is nog geen lid met een stem aanwezig. Meld eerst bij de ALV wie er is."
        )
    now = format_html("<p><strong>De tekst is nu</strong></p>{}", html_of(point.text))
    return now, [
        "De leden lezen het amendement bij het beslispunt, en krijgen een e-mail.",
        "Wie het voorstel indiende, kan het overnemen. Anders stemt de ALV erover, "
        "voordat zij over het beslispunt stemt.",
    ]


def _record(point: Beslispunt, said: dict[str, Any], by: Person) -> Done:
    made = amending.record_from_floor(point, **said, now=timezone.now(), by=by)
    return Done(f"{capfirst(str(made))} is vastgelegd; de leden krijgen bericht.", made)


FROM_FLOOR = Verb(
    name="amend",
    label="Amendement uit de zaal vastleggen",
    roles=BUREAU,
    is_open=_can_take,
    act=_record,
    form=FloorForm,
    initial=lambda point: {"new_text": point.text},
    shown=_shown,
)
