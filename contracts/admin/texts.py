"""Texts of agreements: write a version, look at it, compare it, and publish it."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString, mark_safe

from contracts.models import TextVersion
from contracts.texts import writing
from contracts.texts.checking import problems
from contracts.texts.comparing import compare
from contracts.texts.fields import of_kind
from contracts.texts.preview import preview
from contracts.texts.required import ANNEXES, REQUIRED
from membership.admin.recorded import RecordedAdmin, acting
from membership.admin.verbs import Done, Seen, Sure, Verb, VerbAdmin, page_of
from membership.admission.evidence import PDF
from membership.models import Person, Role
from nvsi.admin.forms import CheckedForm
from nvsi.admin.pages import section
from nvsi.dutch import day
from nvsi.errors import NotAllowed
from nvsi.fields import DayField

WRITERS = (Role.Name.BUREAU.value, Role.Name.BESTUUR.value)
ROWS = 40


class TextForm(CheckedForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "body" in self.fields:
            self.fields["body"].widget.attrs["rows"] = ROWS


class NextForm(Sure):
    note = forms.CharField(
        label="Wat wordt er anders?",
        max_length=500,
        help_text="Wat verandert er ten opzichte van deze versie, en waarom?",
        error_messages={"required": "Schrijf op wat er anders wordt."},
    )


class PublishForm(Seen):
    used_from = DayField(
        label="In gebruik vanaf",
        help_text="Wat vanaf die dag wordt opgesteld, krijgt deze tekst.",
    )


def _next(text: TextVersion, answers: dict[str, Any], by: Person) -> Done:
    draft = writing.start(text, note=answers["note"], by=by)
    return Done(f"{draft} is een concept met dezelfde woorden.", draft)


def _publish(text: TextVersion, answers: dict[str, Any], by: Person) -> Done:
    done = writing.publish(
        text,
        used_from=answers["used_from"],
        seen=answers["fingerprint"],
        now=timezone.now(),
        today=timezone.localdate(),
        by=by,
    )
    return Done(f"{done} is in gebruik vanaf {day(answers['used_from'])}.", done)


def _publishable(text: TextVersion) -> tuple[SafeString, list[str]]:
    found = problems(text.kind, text.body)
    if found:
        raise NotAllowed(f"De tekst is niet compleet. {found[0]}")
    facts = format_html("<p>Wat er anders is: {}</p>", text.note)
    return facts, [
        "De tekst ligt daarna vast. Een fout verbetert u met een nieuwe versie.",
        "Wat al is aangeboden of getekend, verandert niet mee.",
    ]


NEXT = Verb(
    name="next",
    label="Nieuwe versie maken",
    roles=WRITERS,
    is_open=lambda text: text.is_published,
    act=_next,
    form=NextForm,
    shown=lambda _text: (
        "",
        ["Er komt een concept met dezelfde woorden. Deze versie blijft zoals zij is."],
    ),
)
PUBLISH = Verb(
    name="publish",
    label="Vaststellen",
    roles=WRITERS,
    is_open=lambda text: not text.is_published,
    act=_publish,
    form=PublishForm,
    initial=lambda text: {"fingerprint": writing.fingerprint(text)},
    shown=_publishable,
    is_for_another=lambda text, by: text.written_by_id == by.pk,
    why_another="u wijzigde deze tekst als laatste. Een collega stelt haar vast.",
)


class TextVersionAdmin(RecordedAdmin, VerbAdmin):
    """A draft is changed here; what was published is only looked at."""

    heading = "Teksten"
    form = TextForm
    verbs = (PUBLISH, NEXT)
    change_form_template = "admin/contracts/textversion/change_form.html"
    fixed = ("kind", "instrument")
    editable = ("note", "body")
    joined = ("instrument", "written_by", "published_by")
    fieldsets = [
        section(None, "kind", "instrument", "number", "used_from", "note"),
        section("Compleet?", "lacks"),
        section("Wie", "written_by", "written_at", "published_by", "published_at"),
        section("De tekst", "body"),
    ]
    list_display = ["kind", "instrument", "number", "state", "used_from", "note"]
    in_files = {"state": ""}
    list_filter = ["kind", ("published_at", admin.EmptyFieldListFilter)]
    search_fields = ["body", "note"]
    search_help_text = "Zoek op woorden in de tekst."

    @admin.display(description="stand")
    def state(self, obj: TextVersion) -> str:
        return "vastgesteld" if obj.is_published else "concept"

    @admin.display(description="wat ontbreekt")
    def lacks(self, obj: TextVersion) -> str:
        found = problems(obj.kind, obj.body)
        if not found:
            return "Niets: alles wat erin moet staan, is geregeld."
        return format_html_join(mark_safe("<br>"), "{}", ((one,) for one in found))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        draft = obj is None or not obj.is_published
        return draft and super().has_change_permission(request, obj)

    def _open_fields(self, obj: Any) -> tuple[str, ...]:
        return () if obj and obj.is_published else super()._open_fields(obj)

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        """Who changes something wrote it, and does not publish it."""
        if not change:
            last = TextVersion.objects.filter(kind=obj.kind, instrument=obj.instrument)
            obj.number = (last.aggregate(last=Max("number"))["last"] or 0) + 1
        if form.changed_data or not change:
            obj.written_by = acting(request)
        super().save_model(request, obj, form, change)

    def beside_the_form(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        around = super().beside_the_form(request, obj)
        own = [
            (label, reverse(f"admin:contracts_textversion_{name}", args=[obj.pk]))
            for label, name in (
                ("Voorbeeld (PDF)", "preview"),
                ("Vergelijk", "compare"),
            )
        ]
        marks = {
            "known_fields": of_kind(obj.kind).items(),
            "known_items": REQUIRED[obj.kind],
            "known_annexes": ANNEXES.items(),
            "is_written": not obj.is_published,
        }
        return {**around, **marks, "buttons": [*around["buttons"], *own]}

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path(
                "<path:object_id>/voorbeeld.pdf",
                view(self.preview_view),
                name="contracts_textversion_preview",
            ),
            path(
                "<path:object_id>/vergelijk/",
                view(self.compare_view),
                name="contracts_textversion_compare",
            ),
        ]
        return own + super().get_urls()

    def preview_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """With examples in the fields; a text that cannot be printed says why."""
        text = self._text(request, object_id)
        try:
            content = preview(text, today=timezone.localdate())
        except NotAllowed as refusal:
            messages.error(request, str(refusal))
            return redirect(page_of(text))
        response = HttpResponse(content, content_type=PDF)
        disposition = content_disposition_header(False, f"voorbeeld {text}.pdf")
        response["Content-Disposition"] = disposition or "inline"
        return response

    def compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Beside another version of the same text: the one before, or a chosen one."""
        text = self._text(request, object_id)
        others = list(
            TextVersion.objects.filter(kind=text.kind)
            .exclude(pk=text.pk)
            .select_related("instrument")
        )
        asked = request.GET.get("met", "")
        other = next((one for one in others if str(one.pk) == asked), None)
        other = other or _before(text, others)
        found = compare(other.body, text.body) if other else []
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": text,
            "title": f"Vergelijk {text}",
            "others": others,
            "other": other,
            "found": [one for one in found if one.state != "same"],
            "same": [one.heading for one in found if one.state == "same"],
        }
        page = "admin/contracts/textversion/compare.html"
        return TemplateResponse(request, page, context)

    def _text(self, request: HttpRequest, object_id: str) -> TextVersion:
        text = self.get_object(request, unquote(object_id))
        if text is None or not self.has_view_permission(request, text):
            raise Http404
        assert isinstance(text, TextVersion)
        return text


def _before(text: TextVersion, others: list[TextVersion]) -> TextVersion | None:
    """The version before it; of the first one of an instrument, that of all."""
    own = [one for one in others if one.instrument_id == text.instrument_id]
    earlier = [one for one in own if one.number < text.number]
    of_all = [one for one in others if one.instrument_id is None and one.is_published]
    found = earlier or (of_all if text.instrument_id else own)
    return max(found, key=lambda one: one.number, default=None)
