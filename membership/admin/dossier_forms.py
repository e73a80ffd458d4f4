"""What is filled in when the association acts on a dossier."""

from django import forms

from membership.admin.verbs import Seen, Sure
from membership.admission.steps import Outcome
from membership.identifiers import validate_without_bsn
from membership.models import Dossier
from nvsi.fields import DayField


class From(Seen):
    starts_on = DayField(
        label="Vanaf",
    )


class Judgement(Seen):
    outcome = forms.ChoiceField(
        label="Oordeel",
        choices=[
            (Outcome.ACCEPTED.value, "De lichtere route kan"),
            (Outcome.REFUSED.value, "Vraag toch de voorhang"),
        ],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label="Toelichting voor de gemeente",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Licht het oordeel toe; de gemeente leest het."},
    )


class Checked(Seen):
    words = forms.CharField(
        label="Opmerking",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class Why(Sure):
    reason = forms.CharField(
        label="Reden",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Geef de reden."},
    )


class Along(Sure):
    words = forms.CharField(
        label="Uw woorden erbij",
        required=False,
        max_length=1000,
        validators=[validate_without_bsn],
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Deze komen in de e-mail te staan. Mag leeg blijven.",
    )


class Words(Sure):
    text = forms.CharField(
        label="Bericht",
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Vul een bericht in."},
    )
    is_internal = forms.BooleanField(
        label="Alleen voor het bureau", required=False, initial=True
    )


class Aim(Sure):
    aim = forms.ChoiceField(
        label="Wil worden", choices=Dossier.Aim.choices, widget=forms.RadioSelect
    )
