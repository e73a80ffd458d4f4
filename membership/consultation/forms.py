"""What a member fills in: the answer, and who may give it."""

from collections.abc import Sequence
from typing import Any

from django import forms

from membership.models import Consultation, Person


class AnswerForm(forms.Form):
    choice = forms.ChoiceField(
        label="Het antwoord van uw organisatie",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Kies een antwoord.",
            "invalid_choice": "Kies een van de antwoorden.",
        },
    )

    def __init__(self, consultation: Consultation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["choice"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (option, option[:1].upper() + option[1:]) for option in consultation.options
        ]


class AuthoriseForm(forms.Form):
    person = forms.ChoiceField(
        label="Wie mag antwoorden",
        error_messages={
            "required": "Kies een contactpersoon.",
            "invalid_choice": "Kies een contactpersoon uit de lijst.",
        },
    )

    def __init__(self, people: Sequence[Person], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", "Kies een contactpersoon"),
            *((key, person.name) for key, person in self.people.items()),
        ]

    @property
    def chosen(self) -> Person:
        return self.people[self.cleaned_data["person"]]
