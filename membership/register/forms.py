"""What somebody asks of the register: a day, and whom to show of it."""

import datetime
from collections.abc import Iterable
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict

from membership.models import Organisation
from membership.register.entries import Entry, Kind, bare
from nvsi.dutch import day as written

# An uitvoerder carries out what members own; it does not belong to them.
ORGANISATIONS = [
    choice
    for choice in Organisation.Kind.choices
    if choice[0] != Organisation.Kind.UITVOERDER
]


class RegisterForm(forms.Form):
    """All of it may be left out: then it is the whole register of today."""

    naam = forms.CharField(
        label="Naam",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    lidmaatschap = forms.ChoiceField(
        label="Lidmaatschap",
        choices=[("", "Alle"), *Kind.choices],
        required=False,
        error_messages={"invalid_choice": "Kies een lidmaatschap uit de lijst."},
    )
    soort = forms.ChoiceField(
        label="Soort organisatie",
        choices=[("", "Alle"), *ORGANISATIONS],
        required=False,
        error_messages={"invalid_choice": "Kies een soort organisatie uit de lijst."},
    )
    provincie = forms.CharField(
        label="Provincie", max_length=50, required=False, widget=forms.Select
    )
    dag = forms.DateField(
        label="Stand op",
        required=False,
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "invalid": "Deze dag bestaat niet. Schrijf de dag als 2026-03-09 of "
            "09-03-2026."
        },
    )

    def __init__(self, data: QueryDict, *, today: datetime.date) -> None:
        """The last of each value counts; a day that is left out is filled in."""
        asked = data.dict()
        super().__init__({**asked, "dag": asked.get("dag") or f"{today}"})
        self.today = today
        self.fields["dag"].widget.attrs["max"] = f"{today}"
        self.offer([])

    def clean_dag(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["dag"]
        if day > self.today:
            raise forms.ValidationError(
                f"{written(day)} is nog niet geweest. Het register gaat tot en met "
                f"vandaag, {written(self.today)}."
            )
        return day

    def offer(self, entries: Iterable[Entry]) -> None:
        """The provinces that can be chosen: those of the register, and the chosen."""
        found = {entry.organisation.province for entry in entries}
        found |= {self.data.get("provincie", "")}
        widget = self.fields["provincie"].widget
        assert isinstance(widget, forms.Select)
        widget.choices = [("", "Alle"), *((p, p) for p in sorted(found - {""}))]

    def pick(self, entries: Iterable[Entry]) -> list[Entry]:
        """Those that were asked for, in the same order."""
        asked = self.cleaned_data
        name = bare(asked["naam"])
        return [
            entry
            for entry in entries
            if name in bare(entry.organisation.formal_name)
            and asked["lidmaatschap"] in ("", entry.kind)
            and asked["soort"] in ("", entry.organisation.kind)
            and asked["provincie"] in ("", entry.organisation.province)
        ]

    @property
    def narrowed(self) -> bool:
        """Whether less than the whole register of the day was asked for."""
        return any(self.cleaned_data[name] for name in self.fields if name != "dag")

    @property
    def query(self) -> str:
        """What was asked, as in an address; nothing for the whole register of today."""
        asked = {name: self.data.get(name, "") for name in self.fields}
        if self.cleaned_data["dag"] == self.today:
            asked["dag"] = ""
        return urlencode({name: value for name, value in asked.items() if value})
