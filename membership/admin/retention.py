"""How long what is kept, and the lists of what may be destroyed: decided on here."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.utils.html import format_html, format_html_join

from membership.admin.recorded import FrozenAdmin, RecordedAdmin
from membership.admin.verbs import Done, Sure, Verb, VerbAdmin
from membership.identifiers import validate_without_bsn
from membership.models import (
    Application,
    DestructionLine,
    DestructionList,
    Dossier,
    Person,
    RetentionTerm,
)
from membership.models.retention import Kept
from membership.retention.due import COUNTED_FROM
from membership.retention.lists import (
    DECIDERS,
    PROPOSED,
    Decided,
    decide,
    in_words,
)
from nvsi.admin.columns import NOTHING, link, list_url
from nvsi.admin.pages import section
from nvsi.admin.tables import Table
from nvsi.dutch import counted, short_day

Decision = DestructionLine.Decision
LATER = ("", "nog niet besluiten")
# Where the record behind a line can be looked at, while it is there.
# An app above this one adds its own.
RECORDS: dict[Kept, type[models.Model]] = {
    Kept.APPLICATION: Application,
    Kept.DOSSIER: Dossier,
    Kept.FORMER: Dossier,
    Kept.PERSON: Person,
    Kept.SEAT: Person,
}
_OF_A_DOSSIER = (
    "Van een dossier gaan de stukken, de berichten en de concepten weg. Wat op welke "
    "dag is besloten, blijft: daarop rust een lidmaatschap."
)
# What goes and what stays, of each kind. An app above this one adds its own.
GOES: dict[Kept, str] = {
    Kept.APPLICATION: "Een aanvraag gaat in haar geheel weg.",
    Kept.DOSSIER: _OF_A_DOSSIER,
    Kept.FORMER: _OF_A_DOSSIER,
    Kept.PERSON: "Van een persoon gaan de naam, het adres en het inloggen weg.",
    Kept.SEAT: "Van wie in een orgaan zat, gaan de naam, het adres en het inloggen "
    "weg. Dat de zetel er was, blijft, en wat het orgaan besloot ook.",
    Kept.EMAIL: "E-mails gaan in hun geheel weg.",
    Kept.EXPORT: "Lijsten die zijn meegenomen, gaan in hun geheel weg.",
    Kept.NOTICE: "Van een opzegging gaat de brief weg. Dat zij kwam, blijft.",
    Kept.PROPOSAL: "Van een voordracht gaan de naam, de functie en het adres weg.",
    Kept.CONTACT: "Van een aanspreekpunt gaan de naam, de functie en het adres weg.",
}
# More lines than this are for a next time; a browser and a person have their limits.
MOST = 100


def open_lines(made: DestructionList) -> list[DestructionLine]:
    """What still waits, as many as go on one page."""
    return list(made.lines.open()[:MOST])


class DecideForm(Sure):
    """A choice and a reason per line, and one for all the rest."""

    rest = forms.ChoiceField(
        label="Waar u hieronder niets kiest",
        choices=[LATER, (Decision.DESTROY.value, "vernietigen")],
        required=False,
    )

    def about(self, obj: DestructionList) -> None:
        self.lines = open_lines(obj)
        for line in self.lines:
            what = f"{line.subject[:1].upper()}{line.subject[1:]}"
            self.fields[f"decision_{line.pk}"] = forms.ChoiceField(
                label=what,
                choices=[
                    LATER,
                    (Decision.DESTROY.value, "vernietigen"),
                    (Decision.KEEP.value, "langer bewaren"),
                ],
                required=False,
            )
            self.fields[f"reason_{line.pk}"] = forms.CharField(
                label=f"{what}: reden om langer te bewaren",
                max_length=300,
                required=False,
                validators=[validate_without_bsn],
            )

    def clean(self) -> dict[str, Any]:
        """The choices by line; to keep something asks for a reason."""
        said: dict[str, Any] = super().clean() or {}
        choices = {}
        for line in self.lines:
            chosen = said.get(f"decision_{line.pk}") or said.get("rest", "")
            reason = said.get(f"reason_{line.pk}", "")
            if chosen == Decision.KEEP and not reason:
                self.add_error(f"reason_{line.pk}", "Geef de reden.")
            if chosen:
                choices[line.pk] = Decided(chosen, reason)
        return {"choices": choices}


def _decide(made: DestructionList, answers: dict[str, Any], by: Person) -> Done:
    counts = decide(made, answers["choices"], by=by)
    said = [
        f"{counted(count, 'regel', 'regels')} {in_words(decision)}"
        for decision, count in sorted(counts.items())
    ]
    told = f"{', '.join(said).capitalize() or 'Niets besloten'}."
    if PROPOSED in counts:
        told += " Iemand anders besluit daarover."
    return Done(told, made)


def _record(line: DestructionLine) -> str:
    """What it is about, by the name that it has as long as it is there."""
    model = RECORDS.get(Kept(line.kind))
    if model is None:
        return line.subject
    row = model._default_manager.filter(pk=line.row_id).first()
    if row is None:
        return line.subject
    return format_html("{}<br>{}", line.subject, link(row))


def _shown(made: DestructionList) -> tuple[str, list[str]]:
    lines = list(made.lines.open().select_related("proposed_by")[:MOST])
    rows = format_html_join(
        "",
        "<tr><th scope=row>{}</th><td>{}</td><td>{}<br><small>{}</small></td>"
        "<td>{}</td></tr>",
        (
            (
                _record(line),
                line.count,
                short_day(line.ended_on),
                line.ground,
                line.proposed_by or NOTHING,
            )
            for line in lines
        ),
    )
    facts = format_html(
        '<div class="results" role="region" aria-label="Regels" tabindex="0"><table>'
        "<thead><tr><th scope=col>Wat</th><th scope=col>Aantal</th><th scope=col>"
        "Afgelopen op</th><th scope=col>Voorgesteld door</th></tr></thead>"
        "<tbody>{}</tbody></table></div>",
        rows,
    )
    goes = [GOES[kind] for kind in Kept if kind in {line.kind for line in lines}]
    return facts, [
        "Vernietigen doen twee mensen: de een stelt het voor, een ander kiest "
        "hetzelfde. Dan is het weg. Langer bewaren besluit u alleen.",
        "Wat is vernietigd, komt niet terug. Alleen dat het is vernietigd, blijft "
        "staan: wat voor soort, hoeveel, op welke grond, door wie en wanneer.",
        *dict.fromkeys(goes),
        "Wat u langer bewaart, komt na een jaar terug op de lijst.",
    ]


DECIDE = Verb(
    name="decide",
    label="Besluiten",
    roles=DECIDERS,
    is_open=lambda made: made.lines.open().exists(),
    act=_decide,
    form=DecideForm,
    shown=_shown,
)


class RetentionTermAdmin(RecordedAdmin):
    heading = "Bewaren en vernietigen"
    can_add = False
    editable = ("amount", "unit", "ground")
    fieldsets = [
        section(
            None,
            *("kind", "counted_from", "amount", "unit", "ground"),
            text="Afrekeningen, boekingen en betalingen staan hier niet bij: die "
            "blijven ten minste zeven jaar, en het portaal vernietigt ze niet.",
        )
    ]
    list_display = ["kind", "amount", "unit", "counted_from", "ground"]

    @admin.display(description="telt vanaf")
    def counted_from(self, obj: RetentionTerm) -> str:
        return COUNTED_FROM[Kept(obj.kind)]


class DestructionListAdmin(VerbAdmin):
    verbs = (DECIDE,)
    fieldsets = [section(None, "month", "made_at", "waiting")]
    list_display = ["__str__", "made_at", "waiting"]

    @admin.display(description="nog te besluiten")
    def waiting(self, obj: DestructionList) -> int:
        return obj.lines.open().count()

    def tables(self, obj: DestructionList) -> list[Table]:
        return [
            Table(
                obj.lines.select_related("proposed_by", "decided_by"),
                (
                    "subject",
                    "kind",
                    "count",
                    "ended_on",
                    "proposed_by",
                    "decision",
                    "decided_by",
                ),
                all_at=list_url(DestructionLine, list__id__exact=obj.pk),
                title="Regels",
            )
        ]


class DestructionLineAdmin(FrozenAdmin):
    joined = ("list", "proposed_by", "decided_by")
    fieldsets = [
        section(None, "list", "kind", "subject", "count"),
        section("Termijn", "ended_on", "before_on", "ground"),
        section(
            "Besluit",
            *("proposed_by", "decision", "reason", "decided_by", "decided_at"),
        ),
    ]
    list_display = [
        *("subject", "kind", "count", "ended_on", "decision"),
        *("decided_by", "decided_at"),
    ]
    list_filter = ["decision", "kind", "list"]
    search_fields = ["subject", "reason"]
    search_help_text = "Zoek op wat er staat, of op de reden."
