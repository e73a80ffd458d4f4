"""What a member fills in to leave."""

from typing import Any

from django import forms

from membership.admission.step_form import Day, text
from membership.identifiers import validate_without_bsn
from membership.leaving.rules import Ground
from membership.models import Person
from nvsi.errors import NotAllowed
from nvsi.fields import DayField

SHORTEST_REASON, LONGEST_REASON = 3, 2_000


class LeaveForm(forms.Form):
    """A notice of a lid: what is asked depends on the ground, and on who asks.

    seen is the last day that the page showed.
    """

    use_required_attribute = False

    seen = DayField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, ground: Ground, signs: bool, by: Person, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        if ground == Ground.BURDENED:
            self.fields["burdened_on"] = Day(
                "Wanneer hoorde uw organisatie van het besluit?",
                help_text="Meteen opzeggen kan tot een maand na die dag.",
            )
        if not signs:
            self.fields["letter"] = forms.FileField(
                label="De ondertekende brief",
                help_text="PDF, PNG of JPEG, hoogstens 10 MB. Getekend door de "
                "burgemeester of de bestuurder, of door iemand met een mandaat.",
                error_messages={
                    "required": "Voeg de ondertekende brief toe.",
                    "empty": "Dit bestand is leeg. Kies een ander bestand.",
                },
            )
        why = ground == Ground.UNREASONABLE
        self.fields["reason"] = text(
            "Waarom kan uw organisatie geen lid blijven?" if why else "Waarom stopt u?",
            rows=4 if why else 3,
            required=why,
            min_length=SHORTEST_REASON,
            max_length=LONGEST_REASON,
            help_text="" if why else "Wij leren ervan. U hoeft dit niet te zeggen.",
            error_messages={
                "required": "Leg uit waarom uw organisatie niet verder kan."
            },
        )
        self.fields["sure"] = forms.BooleanField(
            label=self._sure(signs),
            error_messages={"required": "Zet een vinkje om op te zeggen."},
        )

    def _sure(self, signs: bool) -> str:
        if signs:
            return f"Ik, {self.by.name}, zeg op namens mijn organisatie en mag dat"
        return "De brief is getekend door iemand die dat namens mijn organisatie mag"

    @property
    def facts(self) -> dict[str, Any]:
        """What the verb asks for."""
        said = self.cleaned_data
        return {
            "seen": said["seen"],
            "burdened_on": said.get("burdened_on"),
            "reason": said["reason"],
            "letter": said.get("letter"),
        }

    def refuse(self, refusal: NotAllowed) -> None:
        """Show a refusal of the verb at its field."""
        self.add_error(refusal.field if refusal.field in self.fields else None,
                       str(refusal))  # fmt: skip


class StopForm(forms.Form):
    """An aspirant-lid or participant stops: only to be sure."""

    use_required_attribute = False

    reason = forms.CharField(
        label="Waarom stopt u?",
        help_text="Wij leren ervan. U hoeft dit niet te zeggen.",
        min_length=SHORTEST_REASON,
        max_length=LONGEST_REASON,
        required=False,
        validators=[validate_without_bsn],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
