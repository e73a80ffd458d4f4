"""The productenboek: write a factsheet and publish it, and keep the routekaart."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Max
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from instruments.factsheets import writing
from instruments.factsheets.shown import compare
from instruments.models import Factsheet
from instruments.models.factsheets import ANSWERS
from membership.admin.recorded import RecordedAdmin, acting
from membership.admin.verbs import Done, Seen, Sure, Verb, VerbAdmin
from membership.models import Person
from nvsi.admin.forms import CheckedForm
from nvsi.admin.pages import section
from nvsi.comparing import Piece
from nvsi.errors import NotAllowed

ROWS = 4


class FactsheetForm(CheckedForm):
    """Answers of a few sentences."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(ANSWERS) & set(self.fields) - {"summary"}:
            self.fields[name].widget.attrs["rows"] = ROWS


class NextForm(Sure):
    note = forms.CharField(
        label="Wat wordt er anders?",
        max_length=500,
        help_text="Iedereen leest dit bij de versies.",
        error_messages={"required": "Schrijf op wat er anders wordt."},
    )


def _next(factsheet: Factsheet, answers: dict[str, Any], by: Person) -> Done:
    draft = writing.start(factsheet, note=answers["note"], by=by)
    return Done(f"{draft} is een concept met dezelfde antwoorden.", draft)


def _publish(factsheet: Factsheet, answers: dict[str, Any], by: Person) -> Done:
    done = writing.publish(factsheet, seen=answers["fingerprint"], by=by)
    return Done(f"{done} is gepubliceerd.", done)


def _to_publish(factsheet: Factsheet) -> tuple[SafeString, list[str]]:
    """What changes for who reads it; an open question is told at once."""
    if missing := writing.unanswered(factsheet):
        raise NotAllowed(f"Er is nog geen antwoord op: {', '.join(missing)}")
    rows = Factsheet.objects.published().filter(instrument=factsheet.instrument)
    before = rows.first()
    told = "Dit is de eerste versie." if before is None else "Wat er verandert:"
    changed = compare(before, factsheet) if before else []
    facts = format_html("<p>{} {}</p>", factsheet.note, told) + format_html_join(
        "",
        '<p class="compared"><strong>{}</strong><br>{}</p>',
        ((one.question, _marked(one.lines)) for one in changed),
    )
    return facts, [
        "Iedereen kan de factsheet daarna lezen, ook zonder in te loggen.",
        "Deze versie ligt dan vast. Een fout verbetert u met een nieuwe versie.",
    ]


def _marked(lines: tuple[tuple[Piece, ...], ...]) -> SafeString:
    """With what went and what came."""
    tags = {"gone": "<del>{}</del>", "new": "<ins>{}</ins>", "same": "{}"}
    told = [format_html(tags[piece.op], piece.words) for one in lines for piece in one]
    return format_html_join("", "{}", ((one,) for one in told))


NEXT = Verb(
    name="next",
    label="Nieuwe versie maken",
    roles=writing.WRITERS,
    is_open=lambda factsheet: factsheet.is_published,
    act=_next,
    form=NextForm,
    shown=lambda _: (
        "",
        ["Er komt een concept met dezelfde antwoorden. Deze versie blijft zoals zij "
         "is."],
    ),
)  # fmt: skip
PUBLISH = Verb(
    name="publish",
    label="Publiceren",
    roles=writing.WRITERS,
    is_open=lambda factsheet: not factsheet.is_published,
    act=_publish,
    form=Seen,
    initial=lambda factsheet: {"fingerprint": writing.fingerprint(factsheet)},
    shown=_to_publish,
)


class FactsheetAdmin(VerbAdmin, RecordedAdmin):
    """A draft is changed here; what was published is only looked at."""

    form = FactsheetForm
    kept_by = writing.WRITERS
    verbs = (PUBLISH, NEXT)
    fixed = ("instrument",)
    editable = ("note", "phase", "binding", *ANSWERS)
    joined = ("instrument", "written_by", "published_by")
    fieldsets = [
        section(None, "instrument", "number", "note", "phase", "binding", "summary",
                text="Elke factsheet beantwoordt dezelfde vragen. Iedereen leest haar, "
                "ook zonder in te loggen: schrijf voor een gemeente die het instrument "
                "niet kent."),
        section("Wat het is", "what", "developed_by", "used_by"),
        section("Wat een gemeente moet doen om het in te voeren",
                "it", "process", "people"),
        section("Kosten en opbrengst", "costs", "yields"),
        section("Recht", "rights", "legal_frame", "personal_data"),
        section("Wie", "written_by", "written_at", "published_by", "published_at"),
    ]  # fmt: skip
    list_display = [
        *("instrument", "number", "state", "phase", "binding"),
        *("published_at", "written_by"),
    ]
    in_files = {"state": ""}
    list_filter = [
        "instrument", "phase", "binding", ("published_at", admin.EmptyFieldListFilter),
    ]  # fmt: skip
    search_fields = ["what", "summary"]
    search_help_text = "Zoek op woorden in wat het is."

    @admin.display(description="stand")
    def state(self, obj: Factsheet) -> str:
        return "gepubliceerd" if obj.is_published else "concept"

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        draft = obj is None or not obj.is_published
        return draft and super().has_change_permission(request, obj)

    def _open_fields(self, obj: Any) -> tuple[str, ...]:
        return () if obj and obj.is_published else super()._open_fields(obj)

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        """Who changes something is its author."""
        if not change:
            last = obj.instrument.factsheets.aggregate(last=Max("number"))["last"]
            obj.number = (last or 0) + 1
        if form.changed_data or not change:
            obj.written_by = acting(request)
        super().save_model(request, obj, form, change)

    def beside_the_form(self, request: HttpRequest, obj: Factsheet) -> dict[str, Any]:
        around = super().beside_the_form(request, obj)
        button = "In het productenboek", reverse("figures", args=[obj.instrument.slug])
        return {**around, "buttons": [*around["buttons"], button]}


class MilestoneAdmin(RecordedAdmin):
    fixed = ("instrument",)
    editable = (
        *("kind", "title", "explanation", "year", "quarter", "voorstel", "besluit"),
        *("status", "reached_on", "dropped_because"),
    )
    joined = ("instrument", "besluit", "voorstel__assembly")
    fieldsets = [
        section(None, "instrument", "kind", "title", "explanation", "year", "quarter",
                "voorstel", "besluit", text="De routekaart is voor iedereen te lezen."),
        section("Wat ervan is geworden", "status", "reached_on", "dropped_because"),
    ]  # fmt: skip
    list_display = ["title", "instrument", "kind", "year", "quarter", "status"]
    list_filter = ["instrument", "kind", "status", "year"]
    search_fields = ["title"]
    search_help_text = "Zoek op mijlpaal."
