"""What an organisation fills in when it hands in its own model."""

from typing import Any

from django import forms

from contracts.annexes.forms import ContactForm
from contracts.signing.forms import NO_FILE
from membership.admission.step_form import Day, text
from nvsi.errors import NotAllowed


class OwnModelForm(ContactForm):
    """The document and what it says, as data; whom we call after a datalek beside it.

    `seen`: the annexes that the page showed, by key.
    """

    use_required_attribute = False
    field_order = ("model_version", "starts_on", "file", "function", "email",
                   "telephone", "confirmed", "seen")  # fmt: skip

    model_version = text(
        "Welk model, en welke versie?",
        max_length=100,
        help_text="Bijvoorbeeld: standaardverwerkersovereenkomst VNG, versie 3.",
        error_messages={"required": "Vul het model en de versie in."},
    )
    starts_on = Day("Geldt vanaf", help_text="Op zijn vroegst als beide partijen "
                    "hebben getekend.")  # fmt: skip
    file = forms.FileField(
        label="Het ingevulde model",
        help_text="Alle bladzijden en bijlagen in één PDF, hoogstens 10 MB. Nog niet "
        "getekend: dat doet u daarna in het portaal of op papier.",
        error_messages=NO_FILE,
    )
    confirmed = forms.BooleanField(
        label="Wij lazen de bijlagen op deze bladzijde. In ons document staat "
        "hetzelfde over de verwerkingen, de sub-verwerkers en de beveiliging",
        error_messages={"required": "Vergelijk eerst de bijlagen, en zet een vinkje."},
    )
    seen = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["function"].label = "Wie bellen wij bij een datalek?"

    def clean_seen(self) -> set[int]:
        words = str(self.cleaned_data["seen"]).split(",")
        return {int(one) for one in words if one.isdecimal()}

    def contact(self) -> dict[str, Any]:
        """Whom the NVSI calls after a datalek."""
        return {key: self.cleaned_data[key] for key in ("function", "email",
                                                        "telephone")}  # fmt: skip

    def refuse(self, refusal: NotAllowed) -> None:
        at = refusal.field if refusal.field in self.fields else None
        self.add_error(at, str(refusal))
