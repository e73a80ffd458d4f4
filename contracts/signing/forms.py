"""What somebody fills in to sign, to hand in a scan, and to check a file."""

from typing import Any

from django import forms

from contracts.kinds import Party
from nvsi.errors import NotAllowed

NO_FILE = {
    "required": "Kies een bestand.",
    "empty": "Dit bestand is leeg. Kies een ander bestand.",
    "invalid": "Kies een bestand.",
}


class SignForm(forms.Form):
    """`seen` is the check sum of the document that the page showed."""

    use_required_attribute = False

    party = forms.ChoiceField(choices=Party.choices, widget=forms.HiddenInput)
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    read = forms.BooleanField(
        error_messages={"required": "Zet een vinkje om te tekenen."}
    )

    def __init__(self, *args: Any, who: str, whom: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "read"
        ].label = f"Ik, {who}, heb het document gelezen en teken het namens {whom}"


class ScanForm(forms.Form):
    """A signed agreement on paper; the association says for which party."""

    use_required_attribute = False

    party = forms.ChoiceField(
        label="Wie tekende op papier?",
        choices=Party.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wie er op papier tekende."},
    )
    scan = forms.FileField(
        label="Het getekende exemplaar",
        help_text="Alle bladzijden in één PDF, hoogstens 10 MB. PNG of JPEG mag ook.",
        error_messages=NO_FILE,
    )

    def __init__(self, *args: Any, is_association: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_association:
            del self.fields["party"]

    @property
    def party_that_signed(self) -> Party:
        return Party(self.cleaned_data.get("party", Party.ORGANISATION))

    def refuse(self, refusal: NotAllowed) -> None:
        """Show a refusal of the verb at its field."""
        at = refusal.field if refusal.field in self.fields else None
        self.add_error(at, str(refusal))


class CheckForm(forms.Form):
    """A file of which somebody wants to know whether it is genuine."""

    use_required_attribute = False

    file = forms.FileField(
        label="Het bestand",
        help_text="Het bestand zoals u het kreeg, hoogstens 50 MB.",
        error_messages=NO_FILE,
        max_length=500,
    )
