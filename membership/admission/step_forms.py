"""A form per step that an organisation takes: its fields, and what they say of it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings

from membership.admission.recording import BURGEMEESTER
from membership.admission.step_form import Choice, Day, StepForm, text
from membership.admission.steps import Outcome, Procedure, Step
from membership.admission.weighing_form import WeighedForm
from membership.models import Mandate

_MISSING = {
    "signer_name": "Vul in wie tekende.",
    "signer_function": "Vul de functie in van wie tekende.",
}
ELSE = (
    "Tekende iemand met een mandaat die nog niet in het mandaatregister staat? Mail "
    f"het mandaatbesluit eerst aan het bureau: {settings.NVSI_EMAIL}."
)


class ProposedForm(StepForm):
    on_label = "Wanneer ging het voorstel naar het college?"
    papers_label = "Het collegevoorstel"


class DraftedForm(StepForm):
    on_label = "Wanneer nam het college het ontwerpbesluit?"
    papers_label = "Het ontwerpbesluit"


class SentForm(StepForm):
    on_label = "Wanneer ging het ontwerpbesluit naar de raad?"
    papers_label = "De brief aan de raad"

    def add_fields(self) -> None:
        self.fields["until"] = Day(
            "Tot en met welke dag kan de raad reageren?",
            help_text="De gemeente bepaalt deze termijn zelf. Houd rekening met het "
            "reces.",
        )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        on, until = said.get("on"), said.get("until")
        if on and until and until < on:
            self.add_error("until", "Kies een dag na de toezending aan de raad.")
        return said


class HeardForm(StepForm):
    on_label = "Wanneer was dat?"
    papers_label = "De brief of het besluit van de raad"

    def add_fields(self) -> None:
        self.fields["outcome"] = Choice(
            "Wat liet de raad weten?",
            [
                (Outcome.GIVEN.value, "De raad gaf wensen of bedenkingen"),
                (Outcome.NONE.value, "De raad liet weten dat die er niet zijn"),
                (Outcome.LAPSED.value, "De raad reageerde niet binnen de termijn"),
            ],
            "Kies wat de raad liet weten.",
        )
        self.fields["words"] = text("Toelichting", rows=3, required=False)


class AnsweredForm(StepForm):
    on_label = "Wanneer antwoordde het college?"
    papers_label = "De brief aan de raad"

    def add_fields(self) -> None:
        self.wishes = list(self.dossier.wishes.standing())
        for wish in self.wishes:
            self.fields[f"answer_{wish.pk}"] = text(
                f"Antwoord op de {wish.get_kind_display()} van {wish.by_whom}",
                rows=3,
                help_text=wish.words,
                initial=wish.answer,
                error_messages={"required": "Vul het antwoord van het college in."},
            )

    def answers(self) -> list[tuple[Any, str]]:
        """Each wish with what is answered."""
        return [(w, self.cleaned_data[f"answer_{w.pk}"]) for w in self.wishes]


class DecidedForm(StepForm):
    on_label = "Wanneer is het besluit genomen?"
    papers_label = "Het besluit"

    def add_fields(self) -> None:
        self.fields["number"] = text(
            "Nummer van het besluit",
            max_length=100,
            required=False,
            help_text="Zoals het op de besluitenlijst staat.",
        )


class InformedForm(StepForm):
    on_label = "Wanneer is de raad geïnformeerd?"
    papers_label = "De raadsinformatiebrief"


class AppliedForm(StepForm):
    """Who signed: the burgemeester, or somebody with a mandate from the register."""

    on_label = "Wanneer is de aanmelding getekend?"
    papers_label = "De getekende aanmelding"

    @property
    def is_college(self) -> bool:
        return self.dossier.procedure == Procedure.COLLEGE

    def add_fields(self) -> None:
        mandates = Mandate.objects.visible_to(self.by).filter(
            organisation=self.dossier.organisation,
            purpose__in=[Mandate.Purpose.ALL, Mandate.Purpose.MEMBERSHIP],
        )
        has_mandates = mandates.exists()
        if has_mandates:
            nobody = "Nee, de burgemeester tekende" if self.is_college else "Nee"
            self.fields["mandate"] = forms.ModelChoiceField(
                queryset=mandates,
                required=False,
                label="Tekende iemand met een mandaat?",
                help_text=f"U kiest uit het mandaatregister. {ELSE}",
                empty_label=nobody,
            )
        self.fields["signer_name"] = text(
            "Naam van de burgemeester" if self.is_college else "Wie tekende?",
            required=not has_mandates,
            help_text="Bij een mandaat hoeft dit niet." if has_mandates else ELSE,
            error_messages={"required": _MISSING["signer_name"]},
        )
        if not self.is_college:
            self.fields["signer_function"] = text("Functie", required=False)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if mandate := said.get("mandate"):
            said |= {
                "signer_name": mandate.name,
                "signer_function": mandate.function,
            }
        elif self.is_college:
            said["signer_function"] = BURGEMEESTER
        for name in ("signer_name", "signer_function"):
            if not said.get(name) and not self.has_error(name):
                self.add_error(name, _MISSING[name])
        return said


FORMS: Mapping[Step, type[StepForm]] = {
    Step.WEIGHED: WeighedForm,
    Step.PROPOSED: ProposedForm,
    Step.DRAFTED: DraftedForm,
    Step.SENT: SentForm,
    Step.HEARD: HeardForm,
    Step.ANSWERED: AnsweredForm,
    Step.DECIDED: DecidedForm,
    Step.INFORMED: InformedForm,
    Step.APPLIED: AppliedForm,
}
