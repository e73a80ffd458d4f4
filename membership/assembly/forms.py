"""What a lid fills in for an amendement."""

from django import forms

from membership.identifiers import validate_without_bsn
from membership.models import Beslispunt

LONGEST = 5000


class AmendementForm(forms.Form):
    new_text = forms.CharField(
        label="De tekst zoals u die wilt",
        max_length=LONGEST,
        validators=[validate_without_bsn],
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Hier staat nu de tekst van het voorstel. Wijzig wat anders moet.",
        error_messages={"required": "Vul de nieuwe tekst in."},
    )
    explanation = forms.CharField(
        label="Waarom",
        max_length=LONGEST,
        validators=[validate_without_bsn],
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Alle leden lezen dit bij het beslispunt.",
        error_messages={"required": "Leg uit waarom u dit vraagt."},
    )

    def __init__(self, point: Beslispunt, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.point = point

    def clean_new_text(self) -> str:
        words: str = self.cleaned_data["new_text"].replace("\r\n", "\n").strip()
        if words == self.point.text.strip():
            raise forms.ValidationError("De tekst is nog gelijk aan die van het punt.")
        return words
