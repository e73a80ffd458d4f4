"""Where somebody says something: in the portal and in the admin."""

import uuid

from django import forms

from billing.models.questions import LONGEST
from membership.identifiers import validate_without_bsn


class TextForm(forms.Form):
    """What somebody says. The key is new each time the form is shown."""

    text = forms.CharField(
        label="Tekst",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        validators=[validate_without_bsn],
        error_messages={
            "required": "Vul een tekst in.",
            "max_length": f"Maak uw tekst korter: er passen {LONGEST} tekens in. "
            "U hebt er %(show_value)d.",
        },
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def refuse(self, sentence: str) -> None:
        """Say why not, and let the same words be sent again as another form."""
        self.add_error(None, sentence)
        self.data = {"text": self.data.get("text", ""), "key": str(uuid.uuid4())}
