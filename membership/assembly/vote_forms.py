"""What a member fills in: what it votes, who comes, and who votes for it."""

from collections.abc import Sequence
from typing import Any

from django import forms

from membership.models import (
    Attendance,
    Choice,
    Entitled,
    Organisation,
    Person,
    Voorstel,
)

PERSON, MEMBER = "persoon", "lid"
CHOICES = [
    (Choice.PRO.value, "Voor"),
    (Choice.CONTRA.value, "Tegen"),
    (Choice.ABSTAINED.value, "Onthouding: de stem telt niet mee voor de uitslag"),
    (Choice.BLANK.value, "Blanco: de stem telt niet mee voor de uitslag"),
]


class VoteForm(forms.Form):
    """One choice, for one or more members; `sure` once it was looked at again."""

    members = forms.MultipleChoiceField(
        label="Voor wie stemt u",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Kies voor wie u stemt.",
            "invalid_choice": "Kies voor wie u stemt.",
        },
    )
    choice = forms.ChoiceField(
        label="Wat stemt u",
        choices=CHOICES,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Kies wat u stemt.",
            "invalid_choice": "Kies wat u stemt.",
        },
    )
    sure = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, rows: Sequence[Entitled], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {str(row.pk): row for row in rows}
        field = self.fields["members"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(key, _named(row)) for key, row in self.rows.items()]
        if len(self.rows) == 1:
            field.widget = forms.MultipleHiddenInput()
            field.initial = list(self.rows)

    @property
    def chosen(self) -> list[Entitled]:
        return [self.rows[key] for key in self.cleaned_data["members"]]

    @property
    def choice_label(self) -> str:
        return str(Choice(self.cleaned_data["choice"]).label)


class AttendanceForm(forms.Form):
    person = forms.ChoiceField(
        label="Wie komt er",
        error_messages={
            "required": "Kies wie er komt.",
            "invalid_choice": "Kies wie er komt uit de lijst.",
        },
    )
    mode = forms.ChoiceField(
        label="Hoe",
        choices=Attendance.Mode.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Kies: in de zaal, of online.",
            "invalid_choice": "Kies: in de zaal, of online.",
        },
    )

    def __init__(
        self, people: Sequence[Person], *args: Any, online: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in people}
        _choices(self, "person", [(key, one.name) for key, one in self.people.items()])
        modes = [
            (value, str(label).capitalize())
            for value, label in Attendance.Mode.choices
            if online or value == Attendance.Mode.ROOM
        ]
        _choices(self, "mode", modes)

    @property
    def chosen(self) -> Person:
        return self.people[self.cleaned_data["person"]]


class ProxyForm(forms.Form):
    """To a colleague, or to another member; for the whole ALV or one voorstel."""

    to = forms.ChoiceField(
        label="Wie stemt voor u",
        error_messages={
            "required": "Kies een collega of een ander lid.",
            "invalid_choice": "Kies een collega of een ander lid uit de lijst.",
        },
    )
    voorstel = forms.ChoiceField(label="Voor wat", required=False)

    def __init__(
        self,
        people: Sequence[Person],
        members: Sequence[Organisation],
        voorstellen: Sequence[Voorstel],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {f"{PERSON}-{one.pk}": one for one in people}
        self.members = {f"{MEMBER}-{one.pk}": one for one in members}
        self.voorstellen = {str(one.pk): one for one in voorstellen}
        groups: list[Any] = [("", "Kies wie er voor u stemt")]
        if self.people:
            own = [(key, one.name) for key, one in self.people.items()]
            groups.append(("Een collega", own))
        others = [(key, str(one)) for key, one in self.members.items()]
        groups.append(("Een ander lid", others))
        _choices(self, "to", groups)
        _choices(
            self,
            "voorstel",
            [
                ("", "De hele vergadering"),
                *((key, f"Alleen {one}") for key, one in self.voorstellen.items()),
            ],
        )

    @property
    def holder(self) -> Person | None:
        return self.people.get(self.cleaned_data["to"])

    @property
    def of_member(self) -> Organisation | None:
        return self.members.get(self.cleaned_data["to"])

    @property
    def for_voorstel(self) -> Voorstel | None:
        return self.voorstellen.get(self.cleaned_data["voorstel"])


def _named(row: Entitled) -> str:
    many = f", {row.votes} stemmen" if row.votes > 1 else ""
    return f"{row.organisation}{many}"


def _choices(form: forms.Form, name: str, choices: list[Any]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
