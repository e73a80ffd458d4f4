"""What a gemeente fills in about its eigen kader, and with whom it compares."""

from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict

from instruments.models import LocalNorm, Norm
from instruments.models.norms import MOST
from membership.admission.step_form import Choice, Day, text
from membership.models import Organisation
from nvsi.errors import NotAllowed
from nvsi.fields import DutchDecimalField

COMPARED = 4
YES_NO = [("1", "Ja"), ("0", "Nee")]
_NUMBER = {
    Norm.Kind.EURO_PER_HOUR: "Uw waarde, in euro per uur",
    Norm.Kind.COUNT: "Uw waarde",
    Norm.Kind.HOURS: "Uw waarde, in uren per week",
    Norm.Kind.WEEKS: "Uw waarde, in weken",
}


def value_field(kind: str, label: str, **kwargs: Any) -> forms.Field:
    """In which somebody fills in a value of this kind; Decimal after cleaning."""
    if kind == Norm.Kind.YES_NO:
        return _YesNo(label=label, **kwargs)
    whole = kind in (Norm.Kind.COUNT, Norm.Kind.WEEKS)
    return DutchDecimalField(
        label=label,
        min_value=Decimal(0),
        max_value=MOST,
        max_digits=7,
        decimal_places=0 if whole else 2,
        error_messages={
            "required": "Vul de waarde in.",
            "invalid": "Schrijf de waarde in cijfers, bijvoorbeeld "
            f"{'2' if whole else '2,00'}.",
            "min_value": "De waarde ligt niet onder nul.",
            "max_decimal_places": "Schrijf een heel getal."
            if whole
            else "Schrijf hoogstens twee cijfers achter de komma.",
        },
        **kwargs,
    )


class _YesNo(forms.TypedChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=YES_NO,
            coerce=Decimal,
            empty_value=None,
            widget=forms.RadioSelect,
            error_messages={"required": "Kies ja of nee."},
            **kwargs,
        )


class OwnNormForm(forms.Form):
    """An eigen kader: the value, from when, what it rests on, and why it deviates."""

    use_required_attribute = False

    starts_on = Day("Vanaf welke dag geldt dit?")
    basis = Choice(
        "Waarin is het vastgelegd?",
        LocalNorm.Basis.choices,
        "Kies waarin het is vastgelegd.",
    )
    basis_on = Day("Wanneer is dat vastgesteld?")
    link = forms.URLField(
        label="Link naar de tekst",
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text="Bijvoorbeeld op overheid.nl. Andere leden kunnen het dan lezen.",
        error_messages={"invalid": "Dit is geen webadres. Begin met https://."},
    )
    reason = text(
        "Waarom wijkt u af?",
        rows=3,
        required=False,
        max_length=2_000,
        help_text="Alleen nodig als uw waarde buiten de ruimte ligt, of als uw tekst "
        "iets anders zegt. Andere leden lezen deze reden.",
    )

    def __init__(self, norm: Norm, data: QueryDict | None = None) -> None:
        super().__init__(data, label_suffix="")
        if norm.kind == Norm.Kind.TEXT:
            self.fields["words"] = text(
                "Wat doet u?",
                rows=3,
                max_length=2_000,
                error_messages={"required": "Schrijf op wat u doet."},
            )
        else:
            label = _NUMBER.get(Norm.Kind(norm.kind), norm.name)
            self.fields["value"] = value_field(norm.kind, label)
        first = "words" if norm.kind == Norm.Kind.TEXT else "value"
        self.order_fields([first])

    def said(self) -> dict[str, Any]:
        """For the verb: a number or words, never both."""
        return {"value": None, "words": "", **self.cleaned_data}

    def refuse(self, refusal: NotAllowed) -> None:
        """Show a refusal of the verb at its field."""
        field: Any = refusal.field if refusal.field in self.fields else None
        self.add_error(field, str(refusal))


class FollowForm(forms.Form):
    """From when the common kader holds again."""

    use_required_attribute = False

    from_day = Day("Vanaf welke dag?")

    def refuse(self, refusal: NotAllowed) -> None:
        field: Any = refusal.field if refusal.field in self.fields else None
        self.add_error(field, str(refusal))


class CompareForm(forms.Form):
    """Up to four organisations, side by side; a wrong code is told."""

    use_required_attribute = False

    def __init__(self, data: QueryDict, organisations: list[Organisation]) -> None:
        super().__init__(data or None, label_suffix="")
        self.known = {one.code: one for one in organisations}
        choices = [("", "Kies"), *((one.code, one.short_name) for one in organisations)]
        for number in range(1, COMPARED + 1):
            self.fields[f"met{number}"] = forms.ChoiceField(
                label=f"Gemeente {number}",
                choices=choices,
                required=False,
                error_messages={"invalid_choice": "Kies een gemeente uit de lijst."},
            )

    def chosen(self) -> list[Organisation]:
        """Each once, in the order in which they were chosen."""
        codes = dict.fromkeys(filter(None, self.cleaned_data.values()))
        return [self.known[code] for code in codes]
