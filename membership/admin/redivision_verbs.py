"""The buttons of a herindeling, and the one that records it from a gemeente."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst

from membership.admin.verbs import Done, Sure, Verb
from membership.identifiers import validate_without_bsn
from membership.models import Organisation, Person, Redivision, Role
from membership.redivision import recording
from membership.redivision.found import Item, open_items
from membership.redivision.gone import dissolution_of
from membership.redivision.outcomes import Outcome
from nvsi.dutch import counted, day
from nvsi.errors import Stale
from nvsi.fields import DayField

BUREAU = (Role.Name.BUREAU, Role.Name.BESTUUR)


class RecordForm(Sure):
    successor = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        required=False,
        label="Gaat op in",
        empty_label="Een nieuwe gemeente, met de code hieronder",
    )
    code = forms.CharField(
        label="CBS-code van de nieuwe gemeente",
        max_length=20,
        required=False,
        help_text="Alleen als de gemeente nog niet in de lijst staat.",
    )
    name = forms.CharField(
        label="Naam van de nieuwe gemeente", max_length=200, required=False
    )
    starts_on = DayField(
        label="Eerste dag van de opvolger", help_text="Meestal 1 januari."
    )
    ground = forms.CharField(
        label="Wet of besluit",
        max_length=200,
        validators=[validate_without_bsn],
        help_text="Bijvoorbeeld: Stb. 2022, 123.",
        error_messages={"required": "Noem de wet of het besluit."},
    )

    def about(self, obj: Organisation) -> None:
        """All gemeenten but this one."""
        known = Organisation.objects.gemeenten().exclude(pk=obj.pk)
        field: Any = self.fields["successor"]
        field.queryset = known.order_by("name")


class AddForm(Sure):
    gemeente = forms.ModelChoiceField(
        queryset=Organisation.objects.none(),
        label="Gemeente",
        empty_label="Kies een gemeente",
        error_messages={"required": "Kies een gemeente."},
    )

    def about(self, obj: Redivision) -> None:
        field: Any = self.fields["gemeente"]
        known = Organisation.objects.gemeenten().exclude(pk=obj.successor_id)
        field.queryset = known.order_by("name")


class ReasonForm(Sure):
    reason = forms.CharField(
        label="Reden",
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[validate_without_bsn],
        error_messages={"required": "Geef de reden."},
    )


def _record(gemeente: Organisation, answers: dict[str, Any], by: Person) -> Done:
    redivision = recording.record_redivision(gemeente, **answers, by=by)
    return Done("De herindeling is vastgelegd. Beslis nu per punt.", redivision)


def _add(redivision: Redivision, answers: dict[str, Any], by: Person) -> Done:
    row = recording.add_gemeente(redivision, answers["gemeente"], by=by)
    return Done(f"{capfirst(row.organisation.formal_name)} gaat ook op.", redivision)


def _close(redivision: Redivision, _answers: dict[str, Any], by: Person) -> Done:
    recording.close(redivision, today=timezone.localdate(), by=by)
    return Done("De herindeling is afgerond.", redivision)


def _withdraw(redivision: Redivision, answers: dict[str, Any], by: Person) -> Done:
    recording.withdraw(redivision, **answers, by=by)
    return Done("De herindeling is ingetrokken.", redivision)


def is_open(redivision: Redivision) -> bool:
    return redivision.status == Redivision.Status.OPEN


def _may_go(gemeente: Organisation) -> bool:
    is_gemeente = gemeente.kind == Organisation.Kind.GEMEENTE
    return is_gemeente and dissolution_of(gemeente) is None


def _left(redivision: Redivision) -> str:
    many = len(open_items(redivision))
    if not many:
        return "Over alles is besloten."
    return f"Nog te beslissen: {counted(many, 'punt', 'punten')}."


RECORD = Verb(
    name="redivide",
    label="Herindeling vastleggen",
    roles=BUREAU,
    is_open=_may_go,
    act=_record,
    form=RecordForm,
    shown=lambda gemeente: (
        "",
        [
            f"{capfirst(gemeente.formal_name)} houdt op te bestaan op de dag vóór de "
            "eerste dag van de opvolger, en houdt haar code en haar geschiedenis.",
            "Er gaat niets vanzelf over: u ziet wat de gemeente nog heeft, en beslist "
            "per punt.",
            "Gaan er meer gemeenten op in dezelfde opvolger? Voeg die daarna toe.",
            "Vanaf de eerste dag kan bij de oude gemeente niets meer beginnen.",
        ],
    ),
)
ADD = Verb(
    name="gemeente",
    label="Gemeente toevoegen",
    roles=BUREAU,
    is_open=is_open,
    act=_add,
    form=AddForm,
    shown=lambda redivision: (
        "",
        [
            f"Deze gemeente gaat ook op in {redivision.successor}, per "
            f"{day(redivision.starts_on)}.",
            "Wat zij nog heeft, komt bij de punten om over te beslissen.",
        ],
    ),
)
CLOSE = Verb(
    name="close",
    label="Afronden",
    roles=BUREAU,
    is_open=is_open,
    act=_close,
    shown=lambda redivision: (
        "",
        [
            _left(redivision),
            f"Afronden kan vanaf {day(redivision.starts_on)}, als over alles is "
            "besloten.",
        ],
    ),
)
WITHDRAW = Verb(
    name="withdraw",
    label="Intrekken",
    roles=BUREAU,
    is_open=is_open,
    act=_withdraw,
    form=ReasonForm,
    shown=lambda _redivision: (
        "",
        [
            "Doe dit als de herindeling niet doorgaat, of verkeerd is vastgelegd.",
            "De gemeenten blijven bestaan. Het kan zolang er nog nergens over is "
            "besloten.",
        ],
    ),
)


class DecideForm(Sure):
    """The decisions that there are for one sort of thing."""

    outcome = forms.ChoiceField(
        label="Besluit",
        widget=forms.RadioSelect,
        error_messages={"required": "Kies een besluit."},
    )
    reason = forms.CharField(
        label="Reden",
        required=False,
        min_length=3,
        max_length=2_000,
        validators=[validate_without_bsn],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Verplicht als iets blijft zoals het is.",
    )
    pointer = forms.CharField(
        label="Verwijzing",
        required=False,
        max_length=200,
        validators=[validate_without_bsn],
        help_text="Waar het stuk ligt waarop dit rust, bijvoorbeeld een zaaknummer.",
    )


def decide_on(item: Item, redivision: Redivision) -> Verb:
    """The verb that decides what becomes of one thing."""

    class Form(DecideForm):
        def about(self, obj: Redivision) -> None:
            field: Any = self.fields["outcome"]
            field.choices = [(o.value, _words(o, item, obj)) for o in item.sort.acts]

    def act(obj: Redivision, answers: dict[str, Any], by: Person) -> Done:
        outcome = Outcome(answers.pop("outcome"))
        recording.decide(obj, item, outcome, **answers, by=by)
        return Done(f"Besloten: {item.sort.label.lower()}, {item.about}.", obj)

    gemeente = item.dissolution.organisation
    facts = format_html(
        "<h2>{} van {}</h2><p>{}.</p>", item.sort.label, gemeente, capfirst(item.about)
    )
    sentences = [item.sort.more] if item.sort.more else []
    sentences.append(
        "Uw besluit staat met uw naam bij de herindeling, en blijft staan."
    )
    return Verb(
        name="decide",
        label="Beslissen",
        roles=BUREAU,
        is_open=is_open,
        act=act,
        form=Form,
        shown=lambda _obj: (facts, sentences),
    )


def item_of(redivision: Redivision, key: str) -> Item:
    """One of the open points. Raises Stale when it is none any more."""
    found = next((one for one in open_items(redivision) if one.key == key), None)
    if found is None:
        raise Stale("Hierover is intussen besloten, of het is al geëindigd.")
    return found


def _words(outcome: Outcome, item: Item, redivision: Redivision) -> str:
    successor, over = redivision.successor, f"per {day(redivision.starts_on)}"
    ends = f"Eindigt, met {day(redivision.last_day)} als laatste dag"
    if item.sort.at_once:
        over, ends = "vandaag", "Eindigt vandaag"
    return {
        Outcome.GOES_OVER: f"Gaat over naar {successor}, {over}",
        Outcome.ENDS: ends,
        Outcome.ASKED: f"Eindigt, en {successor} krijgt een dossier om zelf te "
        "beslissen",
        Outcome.STAYS: "Blijft zoals het is, onder de oude code",
    }[outcome]
