"""The form of the weighing: six considerations, whether it is far-reaching, the route.

Who chooses to inform the raad alone is first told what the law says (domain rule 29).
"""

from collections.abc import Mapping
from typing import Any

from django import forms

from membership.admission.considerations import QUESTIONS, Consideration
from membership.admission.step_form import Choice, StepForm, text
from membership.admission.steps import Outcome
from membership.models import DossierStep

YES, NO = "ja", "nee"


class WeighedForm(StepForm):
    """The six considerations, whether it is far-reaching, and the route."""

    template = "membership/_step_weighed.html"
    on_label = "Wanneer is dit afgewogen?"
    has_papers = False

    def __init__(self, *args: Any, warned: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.warned = warned or "warned" in self.data
        if self.warned and self["outcome"].value() == Outcome.INFORM:
            self.fields["words"].required = True
            self.fields["words"].label = "Motivering van de gemeente"

    def add_fields(self) -> None:
        for one in Consideration:
            self.fields[f"weighs_{one.value}"] = forms.BooleanField(
                label=one.label, required=False, help_text=QUESTIONS[one]
            )
            self.fields[f"why_{one.value}"] = text(
                f"Motivering bij: {one.label}", rows=2, required=False
            )
        self.fields["is_far_reaching"] = forms.TypedChoiceField(
            label="Vindt de gemeente het lidmaatschap een besluit met ingrijpende "
            "gevolgen?",
            choices=[
                (YES, "Ja, het is ingrijpend"),
                (NO, "Nee, het is niet ingrijpend"),
            ],
            coerce=lambda value: value == YES,
            widget=forms.RadioSelect,
            error_messages={"required": "Kies of de gemeente het ingrijpend vindt."},
        )
        self.fields["outcome"] = Choice(
            "Hoe betrekt het college de raad?",
            [
                (
                    Outcome.VOORHANG.value,
                    "Voorhang: de raad krijgt het ontwerpbesluit, en kan eerst wensen "
                    "en bedenkingen geven (dit raden wij aan)",
                ),
                (Outcome.INFORM.value, "De raad alleen informeren, na het besluit"),
            ],
            "Kies hoe het college de raad betrekt.",
            initial=Outcome.VOORHANG.value,
        )
        self.fields["words"] = text(
            "Toelichting",
            rows=4,
            required=False,
            error_messages={
                "required": "Motiveer waarom de gemeente de raad alleen informeert."
            },
        )
        self.fields["understood"] = forms.BooleanField(
            label="De gemeente kent de wet en kiest toch deze route.", required=False
        )

    def considerations(self) -> list[tuple[Any, Any]]:
        """Each consideration: to tick, and its motivation."""
        return [
            (self[f"weighs_{one.value}"], self[f"why_{one.value}"])
            for one in Consideration
        ]

    @property
    def must_warn(self) -> bool:
        """The lighter route was chosen by who did not read the warning yet."""
        return self["outcome"].data == Outcome.INFORM and not self.warned

    def said_before(self, row: DossierStep | None) -> dict[str, Any]:
        values = super().said_before(row)
        if row is not None:
            values["is_far_reaching"] = YES if row.is_far_reaching else NO
            for name, why in row.considerations.items():
                values |= {f"weighs_{name}": "on", f"why_{name}": why}
        return values

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        found = {}
        for one in Consideration:
            why = said.get(f"why_{one.value}", "").strip()
            if why:
                found[one.value] = why
            elif said.get(f"weighs_{one.value}"):
                sentence = "Licht toe waarom dit voor de gemeente meeweegt."
                self.add_error(f"why_{one.value}", sentence)
        said["considerations"] = found
        if said.get("outcome") == Outcome.INFORM:
            self._clean_lighter(said)
        return said

    def _clean_lighter(self, said: Mapping[str, Any]) -> None:
        if said.get("is_far_reaching"):
            self.add_error(
                "outcome",
                "U noemt het besluit ingrijpend. Dan krijgt de raad het ontwerpbesluit "
                "altijd vooraf. Kies de voorhang.",
            )
        if not said.get("understood"):
            self.add_error("understood", "Lees wat de wet zegt, en vink dit aan.")
