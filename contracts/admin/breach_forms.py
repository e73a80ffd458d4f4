"""What the bureau fills in about a datalek."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms

from contracts.breaches.forms import chosen_of, rows_to_choose
from contracts.breaches.moments import Moment
from contracts.breaches.more_form import MoreForm
from contracts.breaches.reading import OfCollege, read
from contracts.breaches.reporting import colleges_of
from contracts.breaches.rules import Outcome
from contracts.models.breach_facts import BreachCollege
from contracts.models.breaches import Breach
from instruments.models import Instrument
from membership.admin.verbs import Seen, Sure
from membership.admission.step_form import Choice, text
from membership.models import Organisation


class DescribeForm(MoreForm, Sure):
    """All that is known now; it stands instead of what was known before."""


class ConcernForm(Sure):
    """More organisations and instruments. Who is there already is not asked."""

    code = forms.CharField(
        label="Een andere organisatie",
        required=False,
        max_length=20,
        help_text="Staat zij er niet bij? Vul haar code in, bijvoorbeeld GM0014.",
    )

    field_order = ("instruments", "colleges", "code")

    def about(self, obj: Breach) -> None:
        known = read(obj)
        named = {one.instrument_id for one in obj.instruments.all()}
        there = {one.row.organisation_id for one in known.colleges}
        self.instruments = list(
            Instrument.objects.own().exclude(pk__in=named).order_by("name")
        )
        used = Instrument.objects.filter(pk__in=named) if named else self.instruments
        self.colleges = [one for one in colleges_of(used) if one.pk not in there]
        for name, label, rows in (
            ("instruments", "Instrumenten", self.instruments),
            ("colleges", "Gemeenten die het instrument gebruiken", self.colleges),
        ):
            if rows:
                self.fields[name] = rows_to_choose(label, rows, required=False)
        self.order_fields(self.field_order)

    def clean_code(self) -> Organisation | None:
        code = self.cleaned_data["code"].strip().upper()
        if not code:
            return None
        found = Organisation.objects.filter(code__iexact=code).first()
        if found is None or found.kind == Organisation.Kind.UITVOERDER:
            raise forms.ValidationError("Deze organisatie is niet bekend.")
        return found

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        said["instruments"] = chosen_of(self.instruments, said.get("instruments", []))
        chosen = chosen_of(self.colleges, said.get("colleges", []))
        said["colleges"] = chosen + ([said["code"]] if said.get("code") else [])
        if not said["instruments"] and not said["colleges"] and not self.errors:
            raise forms.ValidationError("Kies een organisatie of een instrument.")
        return said


class OfCollegeForm(Sure):
    """About one of the colleges that are concerned."""

    college = forms.ChoiceField(
        label="Organisatie",
        error_messages={
            "required": "Kies een organisatie.",
            "invalid_choice": "Kies een organisatie uit de lijst.",
        },
    )

    def about(self, obj: Breach) -> None:
        self.discovered_at = obj.discovered_at
        self.rows = {f"{one.row.pk}": one.row for one in self.among(obj)}
        field = self.fields["college"]
        assert isinstance(field, forms.ChoiceField)
        names = [(key, str(row.organisation)) for key, row in self.rows.items()]
        field.choices = names if len(names) == 1 else [("", "Kies"), *names]

    def among(self, obj: Breach) -> Sequence[OfCollege]:
        """Which of them can be chosen."""
        return read(obj).concerned

    def clean_college(self) -> BreachCollege:
        return self.rows[self.cleaned_data["college"]]

    def clean_at(self) -> Any:
        return _after(self.discovered_at, self.cleaned_data["at"])


class _Told(OfCollegeForm):
    """Only of a college that knows of it."""

    def among(self, obj: Breach) -> Sequence[OfCollege]:
        return [one for one in read(obj).concerned if one.standing.told_at]


class WriteForm(Sure):
    """Who gets the letter; at first all that do not know of it yet."""

    words = text(
        "Wat wilt u in de brief toevoegen?",
        rows=4,
        required=False,
        help_text="Komt onder 'Toelichting'. Wat de wet vraagt, staat er al in.",
    )

    field_order = ("colleges", "words")

    def about(self, obj: Breach) -> None:
        known = read(obj)
        self.rows = [one.row for one in known.concerned]
        field: Any = rows_to_choose("Aan wie?", self.rows)
        field.choices = [
            (
                f"{one.row.pk}",
                f"{one.name}{' (aanvulling)' if one.is_written_to else ''}",
            )
            for one in known.concerned
        ]
        field.initial = [f"{o.row.pk}" for o in known.concerned if not o.is_written_to]
        field.error_messages["required"] = "Kies wie u wilt informeren."
        self.fields["colleges"] = field
        self.order_fields(self.field_order)

    def clean_colleges(self) -> list[BreachCollege]:
        return chosen_of(self.rows, self.cleaned_data["colleges"])


class SpeakForm(OfCollegeForm):
    at = Moment("Wanneer?")
    who = text(
        "Met wie hebt u gesproken?",
        error_messages={"required": "Vul in wie u hebt gesproken."},
    )
    words = text("Wat is er gezegd?", rows=3, required=False)


class PostForm(_Told):
    at = Moment("Wanneer ging hij weg?")
    words = text("Toelichting", rows=3, required=False)


class AuthorityForm(_Told):
    outcome = Choice(
        "Wat is er besloten?",
        [
            (Outcome.REPORTED.value, "Gemeld aan de AP"),
            (Outcome.NOT_REPORTED.value, "Niet gemeld aan de AP"),
            (Outcome.LEFT.value, "Het college besluit zelf; alles is overgedragen"),
        ],
        "Kies wat er is besloten.",
    )
    at = Moment("Wanneer?")
    who = text("Wie heeft het gemeld?", required=False, help_text="Bij een melding.")
    number = text(
        "Meldingsnummer van de AP", required=False, max_length=50,
        help_text="Bij een melding, als u het weet.",
    )  # fmt: skip
    words = text(
        "Reden", rows=3, required=False, help_text="Verplicht als er geen melding komt."
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        outcome = said.get("outcome")
        if outcome == Outcome.NOT_REPORTED and not said.get("words"):
            self.add_error("words", "Schrijf waarom er geen melding komt.")
        if outcome == Outcome.REPORTED and not said.get("who"):
            self.add_error("who", "Vul in wie het heeft gemeld.")
        return said


class PeopleForm(_Told):
    outcome = Choice(
        "Kregen de mensen om wie het gaat bericht?",
        [
            (Outcome.PEOPLE_TOLD.value, "Ja"),
            (Outcome.PEOPLE_NOT_TOLD.value, "Nee"),
        ],
        "Kies ja of nee.",
    )
    at = Moment("Wanneer?")
    words = text("Hoe, of waarom niet?", rows=3, required=False)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("outcome") == Outcome.PEOPLE_NOT_TOLD and not said.get("words"):
            self.add_error("words", "Schrijf waarom zij geen bericht krijgen.")
        return said


class AsideForm(OfCollegeForm):
    words = text(
        "Waarom niet?",
        rows=3,
        error_messages={"required": "Schrijf waarom zij niet betrokken is."},
    )


class BackForm(OfCollegeForm):
    words = text(
        "Waarom toch?",
        rows=3,
        error_messages={"required": "Schrijf waarom zij toch betrokken is."},
    )

    def among(self, obj: Breach) -> Sequence[OfCollege]:
        return [one for one in read(obj).colleges if one.aside]


class MeasureForm(Sure):
    at = Moment("Wanneer?")
    words = text(
        "Wat is er gedaan?",
        rows=4,
        error_messages={"required": "Schrijf wat er is gedaan."},
        help_text="De colleges die zijn geïnformeerd, lezen dit ook.",
    )

    def about(self, obj: Breach) -> None:
        self.discovered_at = obj.discovered_at

    def clean_at(self) -> Any:
        return _after(self.discovered_at, self.cleaned_data["at"])


class ProposeForm(Sure):
    outcome = Choice(
        "Hoe is het afgelopen?",
        [
            (Outcome.HANDLED.value, "Afgehandeld"),
            (Outcome.NO_BREACH.value, "Het blijkt geen datalek te zijn"),
        ],
        "Kies hoe het is afgelopen.",
    )
    words = text(
        "Conclusie",
        rows=4,
        error_messages={"required": "Schrijf een conclusie."},
        help_text="Wat was de oorzaak, en wat voorkomt dat het weer gebeurt?",
    )


class WhyForm(Sure):
    words = text("Reden", rows=3, error_messages={"required": "Schrijf waarom."})


class CloseForm(Seen):
    """Only what was looked at is closed."""


def _after(discovered_at: datetime.datetime, at: Any) -> Any:
    if at and at < discovered_at:
        raise forms.ValidationError("Dit was voor de ontdekking van het datalek.")
    return at


def fingerprint(breach: Breach) -> str:
    """Changes with anything that is added to a datalek."""
    known = read(breach)
    parts = (len(known.entries), known.description.pk, len(known.colleges))
    return "-".join(str(part) for part in parts)
