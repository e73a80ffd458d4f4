"""What somebody fills in about colleagues, and about himself."""

from typing import Any

from django import forms

from membership.admission.forms import WhoForm, required
from membership.identifiers import validate_without_bsn
from membership.models import Role
from membership.people import GIVEN_BY_COLLEAGUES
from nvsi.fields import DayField

RIGHTS = {
    Role.Name.CONTACTPERSOON: "contactpersoon: krijgt onze post, werkt aan het "
    "lidmaatschap en ziet de afrekeningen",
    Role.Name.FINANCIEEL: "financieel: ziet de afrekeningen en krijgt daar bericht van",
    Role.Name.FG: "functionaris gegevensbescherming: ziet wat er is afgesproken, en "
    "geen bedragen",
}


def _day(label: str, missing: str) -> DayField:
    return DayField(label=label, error_messages={"required": missing})


class InviteForm(WhoForm):
    role = forms.ChoiceField(
        label="Welke rol krijgt uw collega?",
        choices=[(name.value, RIGHTS[name]) for name in GIVEN_BY_COLLEAGUES],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een rol."},
    )


class HandOverForm(WhoForm):
    from_on = _day("Vanaf welke dag?", "Vul de dag in.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from_on"].help_text = "Uw eigen rol eindigt de dag ervoor."


class LeaveForm(forms.Form):
    last_on = _day("Wat is uw laatste dag?", "Vul uw laatste dag in.")


class ProposeForm(WhoForm):
    function = forms.CharField(
        label="Functie",
        help_text="Bijvoorbeeld burgemeester, of directeur sociaal domein.",
        max_length=200,
        validators=[validate_without_bsn],
        error_messages=required("de functie van uw collega"),
    )

    field_order = ("name", "function", "email")


class DetailsForm(forms.Form):
    """What somebody says of himself."""

    name = forms.CharField(
        label="Naam",
        max_length=200,
        validators=[validate_without_bsn],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages=required("uw naam"),
    )
    function = forms.CharField(
        label="Functie",
        max_length=200,
        required=False,
        validators=[validate_without_bsn],
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    telephone = forms.RegexField(
        label="Telefoon",
        regex=r"^\+?[0-9][0-9 ()-]{5,18}$",
        max_length=20,
        required=False,
        help_text="Van uw werk. Uw collega’s en het bureau zien dit nummer.",
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
        error_messages={
            "invalid": "Dit is geen telefoonnummer. Vul het in zoals 06 12 34 56 78."
        },
    )
