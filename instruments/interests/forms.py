"""What somebody fills in who is interested."""

from django import forms

from membership.identifiers import validate_without_bsn

LONGEST = 2_000


class InterestForm(forms.Form):
    """A few words, or none."""

    use_required_attribute = False

    words = forms.CharField(
        label="Toelichting",
        required=False,
        max_length=LONGEST,
        help_text="Bijvoorbeeld: waarvoor u het wilt gebruiken, en vanaf wanneer.",
        validators=[validate_without_bsn],
        widget=forms.Textarea(attrs={"rows": 5}),
    )
