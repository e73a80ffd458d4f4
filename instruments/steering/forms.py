"""What is filled in to ask for a seat in a regiegroep, and to answer that."""

from typing import Any

from django import forms
from django.utils import timezone

from membership.bodies.forms import VerbForm, date_field, words_field
from membership.models import Person

GRANT, REFUSE = "grant", "refuse"


class AskForm(VerbForm):
    person = forms.ModelChoiceField(
        label="Voor wie",
        queryset=Person.objects.none(),
        empty_label="Kies een collega",
        help_text="Iemand met een rol bij uw organisatie. Staat een collega er niet "
        "bij? Nodig die eerst uit.",
        error_messages={
            "required": "Kies een collega.",
            "invalid_choice": "Kies een collega uit de lijst.",
        },
    )
    motivation = words_field(
        "Waarom",
        "",
        rows=3,
        required=False,
        help_text="Bijvoorbeeld wat deze collega inbrengt.",
    )

    def __init__(self, people: list[Person], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        found = Person.objects.filter(pk__in=[one.pk for one in people])
        field.queryset = found.order_by("name", "pk")
        field.label_from_instance = lambda one: one.name


class DecideForm(VerbForm):
    answer = forms.ChoiceField(
        label="Uw besluit",
        choices=[(GRANT, "De zetel komt er"), (REFUSE, "De zetel komt er niet")],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies of de zetel er komt."},
    )
    starts_on = date_field(
        "Vanaf", required=False, initial=timezone.localdate, help_text="Bij een ja."
    )
    reason = words_field(
        "Reden",
        "",
        rows=3,
        required=False,
        help_text="Bij een nee. Wie vroeg, leest dit.",
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("answer") == GRANT and not said.get("starts_on"):
            self.add_error("starts_on", "Vul in vanaf wanneer.")
        if said.get("answer") == REFUSE and not said.get("reason"):
            self.add_error("reason", "Schrijf waarom de zetel er niet komt.")
        return said
