"""What is filled in by who is asked about annexes."""

from typing import Any

from django import forms

from contracts.models import Consent
from membership.identifiers import validate_without_bsn


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(
        label="Uw antwoord",
        choices=[
            (Consent.Answer.CONSENT.value, "Wij stemmen in met de wijziging"),
            (Consent.Answer.OBJECTION.value, "Wij maken bezwaar"),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Kies of u instemt of bezwaar maakt.",
            "invalid_choice": "Kies of u instemt of bezwaar maakt.",
        },
    )
    reason = forms.CharField(
        label="Toelichting",
        required=False,
        max_length=2000,
        validators=[validate_without_bsn],
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Bij bezwaar: waartegen, en waarom. Noem geen namen van kandidaten.",
    )

    def clean(self) -> Any:
        data = super().clean() or {}
        objects = data.get("answer") == Consent.Answer.OBJECTION
        if objects and not (data.get("reason") or "").strip():
            self.add_error("reason", "Schrijf op waartegen u bezwaar maakt.")
        return data


class ContactForm(forms.Form):
    function = forms.CharField(
        label="Wie wordt gebeld",
        max_length=150,
        validators=[validate_without_bsn],
        help_text="Liever een functie of een loket dan een naam.",
        error_messages={"required": "Vul in wie wordt gebeld."},
    )
    email = forms.EmailField(
        label="E-mailadres",
        max_length=254,
        error_messages={
            "required": "Vul een e-mailadres in.",
            "invalid": "Dit is geen e-mailadres. Controleer het.",
        },
    )
    telephone = forms.CharField(
        label="Telefoon",
        max_length=20,
        validators=[validate_without_bsn],
        help_text="Een nummer dat ook buiten kantooruren wordt opgenomen.",
        error_messages={"required": "Vul een telefoonnummer in."},
    )
