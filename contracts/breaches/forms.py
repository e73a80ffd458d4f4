"""What is filled in about a datalek: to report it, and what a college decided."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from contracts.breaches.moments import Moment
from contracts.breaches.recording import Found
from contracts.breaches.reporting import Discovery
from contracts.breaches.rules import Outcome
from contracts.models.breach_facts import BreachDescription
from instruments.models import Instrument
from membership.admission.step_form import Choice, text
from membership.models import Organisation
from nvsi.errors import NotAllowed

MOST = 2_000_000_000
OF_FOUND = ("nature", "what", "subjects", "people_count", "data_kinds",
            "records_count", "consequences", "measures", "contact")  # fmt: skip
UNKNOWN_YET = "Weet u het nog niet? Laat het leeg."


def number(label: str, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST,
        help_text=help_text,
        error_messages={
            "invalid": "Vul een heel getal in, of laat het leeg.",
            "min_value": "Vul een heel getal in, of laat het leeg.",
            "max_value": "Dit getal is te groot.",
        },
    )


def rows_to_choose(label: str, rows: Sequence[Any], **kwargs: Any) -> forms.Field:
    """Some of these records, by their keys; `chosen_of` gives them back."""
    return forms.MultipleChoiceField(
        label=label,
        choices=[(f"{row.pk}", str(row)) for row in rows],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Kies uit de lijst."},
        **kwargs,
    )


def chosen_of(rows: Sequence[Any], keys: Sequence[str]) -> list[Any]:
    return [row for row in rows if f"{row.pk}" in keys]


class Refusing(forms.Form):
    """A form that shows a refusal of its verb."""

    use_required_attribute = False

    def refuse(self, refusal: NotAllowed | ValidationError) -> None:
        """Say it at the field that it is about, or else of the whole."""
        if isinstance(refusal, NotAllowed):
            where = refusal.field if refusal.field in self.fields else None
            self.add_error(where, str(refusal))
        else:
            self.add_error(None, ValidationError(refusal.messages))


class FoundForm(Refusing):
    """What is known of a datalek."""

    nature = Choice(
        "Wat voor datalek is het?",
        BreachDescription.Nature.choices,
        "Kies wat er het meest op lijkt.",
    )
    what = text(
        "Wat is er gebeurd?",
        rows=5,
        help_text="Noem geen namen en geen burgerservicenummers van de mensen om wie "
        "het gaat.",
        error_messages={"required": "Vul in wat er is gebeurd."},
    )
    subjects = text(
        "Van wie zijn de gegevens?",
        required=False,
        max_length=500,
        help_text=f"Bijvoorbeeld: kandidaten, of medewerkers. {UNKNOWN_YET}",
    )
    people_count = number("Om hoeveel mensen gaat het ongeveer?", UNKNOWN_YET)
    data_kinds = text(
        "Welke gegevens?",
        rows=3,
        required=False,
        help_text=f"Bijvoorbeeld: naam, adres, gewerkte uren. {UNKNOWN_YET}",
    )
    records_count = number("Om hoeveel gegevensrecords ongeveer?", UNKNOWN_YET)
    consequences = text(
        "Wat kan het voor die mensen betekenen?",
        rows=3,
        required=False,
        help_text=UNKNOWN_YET,
    )
    measures = text(
        "Wat is er al gedaan, of komt er nog?",
        rows=3,
        required=False,
        help_text="Bijvoorbeeld: de ontvanger heeft het bestand gewist.",
    )
    contact = text(
        "Bij wie kan een college meer vragen?",
        required=False,
        help_text="Naam, telefoon en e-mailadres. Leeg: het bureau van de NVSI.",
    )

    @property
    def found(self) -> Found:
        said = self.cleaned_data
        return Found(**{name: said[name] for name in OF_FOUND if name in said})


class ReportForm(FoundForm):
    """A report: also when it was discovered, by whom, and whom it may concern.

    instruments and colleges are what can be chosen; by_phone asks who called.
    """

    discovered_at = Moment("Wanneer is het ontdekt?")
    discovered_by = text(
        "Wie heeft het ontdekt?",
        help_text="Een naam of een functie, zoals: medewerker van de backoffice.",
        error_messages={"required": "Vul in wie het ontdekte."},
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    field_order = ("caller", "discovered_at", "discovered_by", "nature", "what")

    def __init__(
        self,
        *args: Any,
        instruments: Sequence[Instrument],
        colleges: Sequence[Organisation],
        by_phone: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.instruments, self.colleges = instruments, colleges
        for name in () if by_phone else ("records_count", "consequences", "contact"):
            del self.fields[name]
        if by_phone:
            self.fields["caller"] = text(
                "Wie belde of mailde?",
                required=False,
                help_text="Naam en organisatie. Leeg: het bureau ontdekte het zelf.",
            )
        if len(instruments) > 1:
            self.fields["instruments"] = rows_to_choose(
                "Om welke oplossing gaat het?", instruments, required=False
            )
        if colleges:
            self.fields["colleges"] = rows_to_choose(
                "Om welke gemeenten gaat het?", colleges, required=False,
                help_text="Weet u het nog niet? Laat alles leeg. Het bureau zoekt het "
                "dan met u uit.",
            )  # fmt: skip
        self.order_fields(self.field_order)

    @property
    def facts(self) -> dict[str, Any]:
        """What the verb asks for."""
        said = self.cleaned_data
        chosen = chosen_of(self.instruments, said.get("instruments", []))
        return {
            "discovery": Discovery(
                said["discovered_at"], said["discovered_by"], said.get("caller", "")
            ),
            "found": self.found,
            "instruments": chosen or (self.instruments if _is_one(self) else []),
            "colleges": chosen_of(self.colleges, said.get("colleges", [])),
            "key": said["key"],
        }


class DecisionForm(Refusing):
    """What a college decided about a report to the AP."""

    outcome = Choice(
        "Wat heeft uw college besloten?",
        [
            (Outcome.REPORTED.value, "Wij hebben het gemeld aan de AP"),
            (Outcome.NOT_REPORTED.value, "Wij melden het niet aan de AP"),
        ],
        "Kies wat uw college heeft besloten.",
    )
    at = Moment("Wanneer was dat?")
    who = text(
        "Wie heeft het gemeld?",
        required=False,
        help_text="Alleen als het is gemeld. Een naam of een functie.",
    )
    number = text(
        "Nummer van de melding bij de AP",
        required=False,
        max_length=50,
        help_text="Alleen als het is gemeld, en u het nummer weet.",
    )
    words = text(
        "Waarom niet?",
        rows=3,
        required=False,
        help_text="Alleen als u het niet meldt. U verantwoordt dit ook in uw eigen "
        "register (artikel 33, vijfde lid, AVG).",
    )


class PeopleForm(Refusing):
    """Whether the persons concerned were told."""

    outcome = Choice(
        "Kregen de mensen om wie het gaat bericht?",
        [
            (Outcome.PEOPLE_TOLD.value, "Ja, zij zijn geïnformeerd"),
            (Outcome.PEOPLE_NOT_TOLD.value, "Nee, dat hoeft niet"),
        ],
        "Kies ja of nee.",
    )
    at = Moment("Wanneer was dat?")
    words = text(
        "Hoe, of waarom niet?",
        rows=3,
        required=False,
        help_text="Bij nee is een reden nodig (artikel 34 AVG).",
    )


def _is_one(form: ReportForm) -> bool:
    """Whether there is only one to choose, which is then not asked."""
    return len(form.instruments) == 1
