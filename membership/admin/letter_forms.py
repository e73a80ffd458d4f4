"""What is filled in to write a letter, and around it."""

from typing import Any

from django import forms
from django.utils import timezone

from membership.admin.verbs import Sure
from membership.letters.segments import provinces, uses_on
from membership.models import LetterReceiver, Membership, Organisation, Role
from nvsi.admin.forms import CheckedForm
from nvsi.fields import DayField

# An uitvoerder carries out what members own; it does not belong to them.
ORGANISATIONS = [
    choice
    for choice in Organisation.Kind.choices
    if choice[0] != Organisation.Kind.UITVOERDER
]
ROLES = [
    choice for choice in Role.Name.choices if choice[0] not in Role.OF_THE_ASSOCIATION
]


class LetterForm(CheckedForm):
    """Of each kind several may be chosen; none of them stands for all."""

    membership_kinds = forms.MultipleChoiceField(
        label="Lidmaatschap",
        choices=Membership.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Kiest u er geen, dan krijgen alle de brief.",
    )
    organisation_kinds = forms.MultipleChoiceField(
        label="Soort organisatie",
        choices=ORGANISATIONS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Kiest u er geen, dan krijgen alle de brief.",
    )
    province = forms.ChoiceField(label="Provincie", required=False)
    instrument = forms.ChoiceField(label="Gebruikt instrument", required=False)
    role = forms.ChoiceField(
        label="Rol van de ontvangers",
        choices=ROLES,
        help_text="Wie deze rol heeft, krijgt de e-mail. Iedereen van de organisatie "
        "leest de brief in het portaal.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("summary", 4), ("body", 22)):
            if name in self.fields:
                self.fields[name].widget.attrs["rows"] = rows
        uses = [(use.slug, use.name) for use in uses_on(timezone.localdate())]
        self._offer("province", [(name, name) for name in provinces()])
        self._offer("instrument", uses)

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """What was chosen before stays possible."""
        if name not in self.fields:
            return
        chosen = getattr(self.instance, name, "")
        if chosen and chosen not in dict(choices):
            choices = [*choices, (chosen, chosen)]
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "alle"), *choices]


class AttachForm(Sure):
    file = forms.FileField(
        label="Bestand",
        help_text="PDF, Word (DOCX) of Excel (XLSX), ten hoogste 10 MB.",
        error_messages={
            "required": "Kies een bestand van ten hoogste 10 MB.",
            "empty": "Dit bestand is leeg. Kies een ander bestand.",
        },
    )


class AgainForm(Sure):
    address = forms.EmailField(
        label="E-mailadres",
        max_length=254,
        error_messages={
            "required": "Vul een e-mailadres in.",
            "invalid": "Dit is geen e-mailadres. Controleer het.",
        },
    )

    def about(self, obj: LetterReceiver) -> None:
        if not self.is_bound and obj.address:
            self.initial["address"] = obj.address


class BounceForm(Sure):
    on = DayField(
        label="Teruggekomen op",
    )
    words = forms.CharField(
        label="Wat er in het bericht stond",
        max_length=300,
        help_text="Bijvoorbeeld: mailbox bestaat niet (550).",
        error_messages={"required": "Neem over wat er in het bericht stond."},
    )
