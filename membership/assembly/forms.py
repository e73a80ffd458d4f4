"""What a lid fills in for an amendement, an initiative and a voorstel."""

from django import forms

from membership.assembly.writing import beslispunten_of
from membership.identifiers import validate_without_bsn
from membership.models import Beslispunt

LONGEST = 5000


class AmendementWords(forms.Form):
    """Another text for a beslispunt, and why; `point` is set by who uses it."""

    point: Beslispunt
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

    def clean_new_text(self) -> str:
        words: str = self.cleaned_data["new_text"].replace("\r\n", "\n").strip()
        if words == self.point.text.strip():
            raise forms.ValidationError("De tekst is nog gelijk aan die van het punt.")
        return words


class AmendementForm(AmendementWords):
    """As a lid hands it in."""

    def __init__(self, point: Beslispunt, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.point = point


class InitiativeForm(forms.Form):
    subject = forms.CharField(
        label="Waarover moet de ALV gaan",
        max_length=200,
        validators=[validate_without_bsn],
        error_messages={"required": "Vul in waarover de ALV moet gaan."},
    )
    why = forms.CharField(
        label="Waarom",
        max_length=LONGEST,
        validators=[validate_without_bsn],
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Alle leden lezen dit. Schrijf wat u de ALV wilt laten besluiten.",
        error_messages={"required": "Leg uit waarom u dit vraagt."},
    )


class MemberVoorstelForm(forms.Form):
    title = forms.CharField(
        label="Titel",
        max_length=200,
        validators=[validate_without_bsn],
        error_messages={"required": "Vul de titel in."},
    )
    beslispunten = forms.CharField(
        label="De ALV wordt gevraagd in te stemmen met",
        max_length=LONGEST,
        validators=[validate_without_bsn],
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Vraagt u meer besluiten? Begin elk op een nieuwe regel met 1., 2., "
        "enzovoort. Over elk besluit stemt de ALV apart.",
        error_messages={"required": "Vul in wat de ALV moet besluiten."},
    )
    toelichting = forms.CharField(
        label="Toelichting",
        max_length=2 * LONGEST,
        validators=[validate_without_bsn],
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Waarom is dit nodig, en wat kost het?",
        error_messages={"required": "Licht het voorstel toe."},
    )

    def clean_beslispunten(self) -> str:
        words: str = self.cleaned_data["beslispunten"].replace("\r\n", "\n").strip()
        try:
            beslispunten_of(words)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None
        return words
