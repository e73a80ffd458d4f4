"""What is filled in for a consultation."""

from typing import Any

from django import forms

from membership.admin.verbs import Sure
from membership.consultation.people import can_be_authorised
from membership.models import Voter
from membership.models.consultations import FEWEST, MOST, USUAL
from nvsi.admin.forms import CheckedForm

LONGEST_OPTION = 60


class OptionsField(forms.CharField):
    """One option on each line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        lines = [" ".join(line.split()) for line in super().clean(value).splitlines()]
        options = [line for line in lines if line]
        if not FEWEST <= len(options) <= MOST:
            raise forms.ValidationError("Geef twee tot vier keuzes, elk op een regel.")
        if len({option.casefold() for option in options}) < len(options):
            raise forms.ValidationError("Elke keuze staat er één keer.")
        if max(map(len, options)) > LONGEST_OPTION:
            raise forms.ValidationError(
                f"Een keuze is ten hoogste {LONGEST_OPTION} tekens lang."
            )
        return options


class ConsultationForm(CheckedForm):
    options = OptionsField(
        label="Keuzes",
        widget=forms.Textarea(attrs={"rows": 4}),
        initial="\n".join(USUAL),
        help_text="Elk op een regel. Heet een keuze 'onthouding', dan telt die mee "
        "voor de opkomst, en niet als stem.",
    )


class ReasonForm(Sure):
    reason = forms.CharField(
        label="Reden",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="De leden lezen dit in hun e-mail.",
        error_messages={"required": "Geef de reden."},
    )


class AuthorisedForm(Sure):
    person = forms.ChoiceField(
        label="Wie mag antwoorden",
        error_messages={
            "required": "Kies een contactpersoon.",
            "invalid_choice": "Kies een contactpersoon uit de lijst.",
        },
    )
    basis = forms.CharField(
        label="Waar dat uit blijkt",
        max_length=200,
        help_text="Bijvoorbeeld: brief van de burgemeester van 9 maart 2026.",
        error_messages={"required": "Schrijf op waar de machtiging uit blijkt."},
    )

    def about(self, obj: Voter) -> None:
        self.people = {str(one.pk): one for one in can_be_authorised(obj)}
        field = self.fields["person"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, one.name) for key, one in self.people.items()]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        said["person"] = self.people.get(said.get("person", ""))
        return said
