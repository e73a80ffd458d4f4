"""What somebody fills in to apply, to ask a colleague, and to say something."""

import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst

from membership.identifiers import validate_without_bsn
from membership.models import Application, Dissolution, Dossier, Organisation, Wish
from membership.register.entries import bare

REQUIRED = "Vul {} in."
GEMEENTE = Organisation.Kind.GEMEENTE.value


def required(what: str) -> dict[str, str]:
    return {"required": REQUIRED.format(what)}


class ApplicationForm(forms.Form):
    """A gemeente is one from the list; another organisation is described."""

    kind = forms.ChoiceField(
        label="Wat voor organisatie is het?",
        choices=[(GEMEENTE, "gemeente"), *Application.OTHERS],
        initial=GEMEENTE,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies wat voor organisatie het is."},
    )
    organisation = forms.CharField(
        label="Naam van de organisatie",
        help_text="Van een gemeente: de naam zonder het woord gemeente.",
        max_length=200,
        validators=[validate_without_bsn],
        widget=forms.TextInput(attrs={"list": "gemeenten", "autocomplete": "off"}),
        error_messages=required("de naam van de organisatie"),
    )
    aim = forms.ChoiceField(
        label="Wat wil de organisatie worden?",
        choices=[
            ("lid", "lid: met een besluit van het college of het bestuur, en met stem"),
            ("participant", "participant: u doet mee als contactpersoon, zonder stem"),
        ],
        initial="lid",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies lid of participant."},
    )
    name = forms.CharField(
        label="Uw naam",
        max_length=200,
        validators=[validate_without_bsn],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages=required("uw naam"),
    )
    function = forms.CharField(
        label="Uw functie",
        max_length=200,
        validators=[validate_without_bsn],
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
        error_messages=required("uw functie"),
    )
    email = forms.EmailField(
        label="Uw werk-e-mailadres",
        help_text="Wij sturen hier een link heen. Daarmee bevestigt u de aanvraag.",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            **required("uw werk-e-mailadres"),
            "invalid": "Dit is geen e-mailadres. Controleer het.",
        },
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        gone = Dissolution.objects.by(timezone.localdate()).values("organisation")
        there = Organisation.objects.gemeenten().exclude(pk__in=gone)
        self.gemeenten = list(there.order_by("name"))

    def clean(self) -> dict[str, Any]:
        """What can be said of an organisation here is what the register says too."""
        said: dict[str, Any] = super().clean() or {}
        typed = said.get("organisation", "")
        said["found"] = found = self._found(said.get("kind"), typed)
        if typed and said.get("kind") == GEMEENTE and found is None:
            self.add_error(
                "organisation",
                "Er is geen gemeente met deze naam. Kies een naam uit de lijst, of "
                "kies hierboven een andere soort organisatie.",
            )
        if found is not None and self._belongs(found, said.get("aim", "")):
            self.add_error(
                "organisation",
                f"{capfirst(found.formal_name)} staat al zo in het ledenregister. "
                "Werkt u daar, maar hebt u geen account? Mail het bureau.",
            )
        return said

    def _found(self, kind: str | None, typed: str) -> Organisation | None:
        if kind != GEMEENTE:
            return None
        name = bare(typed.strip()).removeprefix("gemeente ")
        return next((one for one in self.gemeenten if bare(one.name) == name), None)

    def _belongs(self, found: Organisation, aim: str) -> bool:
        running = found.memberships.active_on(timezone.localdate())
        return running.filter(kind__in=[Dossier.Aim.LID, aim]).exists()

    @property
    def facts(self) -> dict[str, Any]:
        """What the verb asks for."""
        said = self.cleaned_data
        found = said["found"]
        personal = ("aim", "name", "function", "email", "key")
        return {name: said[name] for name in personal} | {
            "organisation": found,
            "other_name": "" if found else said["organisation"],
            "other_kind": "" if found else said["kind"],
        }


class WhoForm(forms.Form):
    """A colleague, by name and address."""

    name = forms.CharField(
        label="Naam van uw collega",
        max_length=200,
        validators=[validate_without_bsn],
        error_messages=required("de naam van uw collega"),
    )
    email = forms.EmailField(
        label="Werk-e-mailadres",
        max_length=254,
        error_messages={
            **required("het werk-e-mailadres van uw collega"),
            "invalid": "Dit is geen e-mailadres. Controleer het.",
        },
    )


class ColleagueForm(WhoForm):
    words = forms.CharField(
        label="Wat wilt u erbij zeggen?",
        required=False,
        max_length=1_000,
        validators=[validate_without_bsn],
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class WishForm(forms.Form):
    """One wens or bedenking of the raad."""

    kind = forms.ChoiceField(
        label="Is het een wens of een bedenking?",
        choices=Wish.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een wens of een bedenking."},
    )
    by_whom = forms.CharField(
        label="Van wie?",
        help_text="Bijvoorbeeld de fractie, of de hele raad.",
        max_length=200,
        validators=[validate_without_bsn],
        error_messages={"required": "Vul in van wie dit komt."},
    )
    words = forms.CharField(
        label="Wat is de wens of bedenking?",
        max_length=5_000,
        validators=[validate_without_bsn],
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Vul de wens of bedenking in."},
    )


class NoteForm(forms.Form):
    text = forms.CharField(
        label="Uw bericht aan het bureau",
        max_length=5_000,
        validators=[validate_without_bsn],
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Vul een bericht in."},
    )


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label="Waarom stopt u?",
        help_text="Wij leren ervan. U mag het kort houden.",
        max_length=2_000,
        required=False,
        validators=[validate_without_bsn],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
