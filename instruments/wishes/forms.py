"""What is filled in: a wens, a remark, and what each step asks."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from instruments.models import Verbeterwens, VerbeterwensStep
from instruments.wishes import agenda, cover
from instruments.wishes.deciding import Check, criteria
from instruments.wishes.stages import OVER
from membership.identifiers import validate_without_bsn
from membership.models import AlvBesluit, Person
from nvsi.dutch import euro
from nvsi.errors import NotAllowed
from nvsi.fields import DutchDecimalField

WITHOUT_BSN = [validate_without_bsn]
MOST_EUROS = Decimal(100_000_000)


def written(
    label: str, missing: str, *, rows: int = 0, **kwargs: Any
) -> forms.CharField:
    """A line, or a box of some rows."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    kwargs.setdefault("max_length", 5_000 if rows else 120)
    return forms.CharField(
        label=label,
        widget=widget,
        validators=WITHOUT_BSN,
        error_messages={"required": missing},
        **kwargs,
    )


def euros(label: str, **kwargs: Any) -> DutchDecimalField:
    errors = {
        "required": "Vul een bedrag in. Is het nul? Vul dan 0 in.",
        "invalid": "Schrijf het bedrag in cijfers, bijvoorbeeld 4.500,00.",
        "min_value": "Een bedrag ligt niet onder nul.",
    }
    return DutchDecimalField(
        label=label,
        min_value=Decimal(0),
        max_value=MOST_EUROS,
        error_messages=errors,
        **kwargs,
    )


class WishForm(forms.Form):
    """What is handed in."""

    title = written(
        "Uw wens in één regel",
        "Schrijf uw wens in één regel.",
        help_text="Bijvoorbeeld: uren van een hele week in één keer invullen.",
    )
    problem = written("Wat is het probleem?", "Schrijf wat het probleem is.", rows=4)
    proposal = written("Wat stelt u voor?", "Schrijf wat u voorstelt.", rows=4)
    for_whom = written(
        "Voor wie is dit?",
        "Schrijf voor wie dit is.",
        max_length=200,
        help_text="Bijvoorbeeld: kandidaten, consulenten, de administratie.",
    )
    seen = forms.BooleanField(required=False, widget=forms.HiddenInput)

    @property
    def words(self) -> str:
        """All that was written, to look for wensen like it."""
        facts = self.cleaned_data
        return " ".join(
            facts.get(name, "") for name in ("title", "problem", "proposal")
        )

    def look_again(self) -> None:
        """Ask once more, and note that wensen like it were shown."""
        written_so_far = {name: self.data.get(name, "") for name in self.fields}
        self.data = {**written_so_far, "seen": "on"}


class RemarkForm(forms.Form):
    text = written("Uw opmerking", "Schrijf een opmerking.", rows=3, max_length=2_000)


def told(label: str, missing: str) -> forms.CharField:
    """What who follows the wens reads of a step."""
    help_text = "Wie de wens volgt, leest dit in een e-mail en op deze pagina."
    return written(label, missing, rows=3, help_text=help_text)


class StepForm(forms.Form):
    """Every step gives its reason; wens and by are for forms that offer a choice."""

    words = told("De reden", "Geef de reden.")

    def __init__(
        self, data: Mapping[str, Any] | None, *, wens: Verbeterwens, by: Person
    ) -> None:
        super().__init__(data)
        self.wens, self.by = wens, by

    @property
    def facts(self) -> dict[str, Any]:
        """What the verb is given."""
        return self.cleaned_data

    def refuse(self, refusal: NotAllowed) -> None:
        field = refusal.field if refusal.field in self.fields else None
        self.add_error(field, str(refusal))


class ValidationForm(StepForm):
    hours = forms.IntegerField(
        label="Hoeveel uur werk is het?",
        min_value=0,
        max_value=100_000,
        error_messages={
            "required": "Vul het aantal uren in.",
            "invalid": "Schrijf het aantal uren in hele cijfers.",
        },
    )
    amount = euros("Wat kost het ongeveer, in euro's?")
    feasibility = forms.ChoiceField(
        label="Kan het?",
        choices=VerbeterwensStep.Feasibility.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies of het kan."},
    )
    field_order = ("hours", "amount", "feasibility", "words")


class PriorityForm(StepForm):
    rank = forms.IntegerField(
        label="Welke plaats?",
        min_value=1,
        max_value=999,
        help_text="1 is het eerst aan de beurt.",
        error_messages={
            "required": "Vul de plaats in.",
            "invalid": "Schrijf de plaats als een heel getal.",
            "min_value": "De eerste plaats is 1.",
        },
    )
    field_order = ("rank", "words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Verbeterwens.objects.visible_to(self.by).with_standing().in_order()
        others: Iterable[Any] = found.filter(instrument=self.wens.instrument)
        there = [f"{one.place}. {one}" for one in others if one.pk != self.wens.pk]
        if there:
            self.fields["rank"].help_text += f" Er staan al: {'; '.join(there)}."


class MergeForm(StepForm):
    other = forms.ModelChoiceField(
        label="Met welke wens?",
        queryset=Verbeterwens.objects.none(),
        empty_label="Kies een wens",
        error_messages={"required": "Kies een wens."},
    )
    field_order = ("other", "words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Verbeterwens.objects.visible_to(self.by).with_standing()
        rows = rows.filter(instrument=self.wens.instrument).exclude(pk=self.wens.pk)
        field = self.fields["other"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows.not_at(*OVER).select_related("instrument")


class VoorstelForm(StepForm):
    text = written("Wat komt er?", "Schrijf wat er komt.", rows=4)
    amount = euros("Wat kost het in totaal?")
    from_kas = euros("Hoeveel daarvan betaalt de innovatiekas?")
    other_cover = written(
        "Waar komt de rest vandaan?",
        "",
        rows=2,
        required=False,
        help_text="Alleen als de innovatiekas niet alles betaalt.",
    )
    field_order = ("text", "amount", "from_kas", "other_cover", "words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = self._as_before()
        there = cover.free(self.wens.instrument)
        if there is not None:
            self.fields["from_kas"].help_text = f"Vrij in de kas: {euro(there)}."

    def _as_before(self) -> dict[str, Any]:
        """What the bestuur sent back, to change where that was asked."""
        kept = ("text", "amount", "from_kas", "other_cover")
        return self.wens.voorstellen.values(*kept).order_by("-version").first() or {}

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        amount, kas = facts.get("amount"), facts.get("from_kas")
        if amount is None or kas is None:
            return facts
        if kas > amount:
            self.add_error("from_kas", "Dit is meer dan het hele bedrag.")
        elif kas < amount and not facts.get("other_cover"):
            self.add_error("other_cover", "Zeg waar de rest vandaan komt.")
        return facts


class AgreeForm(StepForm):
    """One answer for each criterion of the bestuur; no criteria, no questions."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria()
        for row in self.criteria:
            self.fields[f"met_{row.pk}"] = forms.ChoiceField(
                label=row.text,
                choices=[("yes", "voldaan"), ("no", "niet voldaan")],
                widget=forms.RadioSelect,
                error_messages={"required": "Kies of hieraan is voldaan."},
            )
            self.fields[f"why_{row.pk}"] = written(
                f"Toelichting bij: {row.text}", "", required=False, max_length=300
            )
        self.order_fields([name for name in self.fields if name != "words"])

    def clean(self) -> dict[str, Any]:
        facts: dict[str, Any] = super().clean() or self.cleaned_data
        for row in self.criteria:
            if facts.get(f"met_{row.pk}") == "no" and not facts.get(f"why_{row.pk}"):
                self.add_error(
                    f"why_{row.pk}", "Zeg waarom het akkoord er dan toch is."
                )
        return facts

    @property
    def facts(self) -> dict[str, Any]:
        given = self.cleaned_data
        checks = [
            Check(row.text, given[f"met_{row.pk}"] == "yes", given[f"why_{row.pk}"])
            for row in self.criteria
        ]
        return {"words": given["words"], "checks": checks}


class BesluitForm(StepForm):
    besluit = forms.ModelChoiceField(
        label="Welk besluit van de ALV?",
        help_text="Alleen een besluit dat niet in het portaal genomen is. Stemt de ALV "
        "in het portaal, dan komt het besluit vanzelf bij de wens.",
        queryset=AlvBesluit.objects.none(),
        empty_label="Kies een besluit",
        error_messages={"required": "Kies het besluit van de ALV."},
    )
    field_order = ("besluit", "words")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["besluit"]
        assert isinstance(field, forms.ModelChoiceField)
        voorstel = self.wens.voorstel
        since = voorstel.agreed_on if voorstel else None
        point = agenda.adopted_point(voorstel) if voorstel else None
        rows = AlvBesluit.objects.filter(taken_on__gte=since)
        if point is not None:
            field.queryset = rows.filter(beslispunt=point)
        else:
            field.queryset = rows.filter(text="", taken_on__lte=timezone.localdate())


class ReportForm(StepForm):
    """There is no reason to give: it is what came of it."""

    words = told(
        "Wat kunnen gebruikers er nu mee?", "Schrijf wat gebruikers nu kunnen."
    )
