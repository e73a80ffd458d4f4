"""What somebody fills in about data after an agreement: the choice, and the proof."""

from typing import Any

from django import forms

from contracts.models import Clearing
from contracts.signing.forms import NO_FILE
from membership.admission.step_form import Choice, Day, text
from nvsi.errors import NotAllowed


class ChoiceForm(forms.Form):
    """What happens with the data; for one who has them, or for all of the agreement."""

    use_required_attribute = False

    choice = Choice(
        "Wat moet er met de gegevens gebeuren?",
        [(one.value, one.label.capitalize()) for one in Clearing.Choice],
        "Kies teruggeven of wissen.",
    )
    for_all = forms.BooleanField(
        label="Dit geldt ook voor de anderen die gegevens onder deze overeenkomst "
        "hebben",
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, others: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not others:
            del self.fields["for_all"]

    def refuse(self, refusal: NotAllowed) -> None:
        at = refusal.field if refusal.field in self.fields else None
        self.add_error(at, str(refusal))


class ProofForm(forms.Form):
    """What was done and when; on paper also who signed, and the statement itself."""

    use_required_attribute = False

    done_on = Day("Gedaan op")
    words = text(
        "Wat is er gedaan?",
        rows=4,
        max_length=2_000,
        help_text="Welke gegevens zijn teruggegeven of gewist, waar en hoe? Noem geen "
        "namen van mensen.",
        error_messages={"required": "Schrijf op wat er is gedaan."},
    )
    kept = text(
        "Wat moet u van de wet nog bewaren?",
        rows=2,
        required=False,
        max_length=1_000,
        help_text="Noem de gegevens, de wet en tot wanneer. Niets? Laat dit leeg.",
    )

    def refuse(self, refusal: NotAllowed) -> None:
        at = refusal.field if refusal.field in self.fields else None
        self.add_error(at, str(refusal))


class PaperProofForm(ProofForm):
    """A statement that was signed by hand, by whom it says."""

    signer_name = text(
        "Wie tekende de verklaring?",
        max_length=200,
        error_messages={"required": "Vul in wie tekende."},
    )
    signer_function = text(
        "Functie",
        max_length=200,
        error_messages={"required": "Vul de functie in van wie tekende."},
    )
    file = forms.FileField(
        label="De getekende verklaring",
        help_text="Als PDF, hoogstens 10 MB.",
        error_messages=NO_FILE,
    )
