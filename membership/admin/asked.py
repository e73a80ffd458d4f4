"""What is asked of whom by when, for the bureau; and when people are reminded of it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, URLPattern, path
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from membership.admin.recorded import RecordedAdmin
from membership.admin.verbs import page_of
from membership.deadlines.asked import Deadline, asked_of_all
from membership.deadlines.choosing import Choice, When, Whom, choose
from membership.deadlines.kinds import Kind, label_of
from membership.models import ReminderRule
from nvsi.admin.forms import CheckedForm
from nvsi.admin.pages import section
from nvsi.dutch import counted, short_day
from nvsi.spreadsheet import Sheet, write_xlsx

PER_PAGE = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADS = ("Uiterlijk", "Te laat", "Wat", "Van wie", "Soort", "Gevraagd sinds")


class ChoiceForm(forms.Form):
    """What is looked for stands in the address; what does not fit chooses nothing."""

    zoek = forms.CharField(label="Zoek", required=False, max_length=100)
    soort = forms.ChoiceField(
        label="Soort", required=False, choices=[("", "alle soorten"), *Kind.choices]
    )
    dag = forms.ChoiceField(
        label="Dag", required=False, choices=[("", "alle dagen"), *When.choices]
    )
    van = forms.ChoiceField(
        label="Van wie", required=False, choices=[("", "iedereen"), *Whom.choices]
    )

    @property
    def choice(self) -> Choice:
        self.is_valid()
        found = self.cleaned_data
        return Choice(
            kind=found.get("soort", ""),
            when=found.get("dag", ""),
            whom=found.get("van", ""),
            word=found.get("zoek", ""),
        )


@dataclass(frozen=True)
class Row:
    """One thing that is asked, as the list shows it."""

    deadline: Deadline
    today: datetime.date

    @property
    def day(self) -> str:
        return short_day(self.deadline.by) if self.deadline.by else ""

    @property
    def is_late(self) -> bool:
        return self.deadline.is_late(self.today)

    @property
    def since(self) -> str:
        return short_day(self.deadline.since)

    @property
    def url(self) -> str:
        """The page of the record, where it has one."""
        try:
            return page_of(self.deadline.about)
        except NoReverseMatch:
            return ""


class RuleForm(CheckedForm):
    kind = forms.ChoiceField(label="Soort", choices=Kind.choices)


class ReminderRuleAdmin(RecordedAdmin):
    heading = "Berichten"
    form = RuleForm
    fixed = ("kind",)
    editable = ("days_before", "days_after", "is_on")
    fieldsets: ClassVar[list[Any]] = [
        section(None, "kind", "kind_name"),
        section(
            *("Wanneer", "days_before", "days_after", "is_on"),
            text="Elke ochtend gaat een e-mail naar wie het gevraagd is, één keer per "
            "termijn. Alleen wat een dag heeft, wordt herinnerd. Iedereen kan "
            "herinneringen voor zichzelf uitzetten.",
        ),
    ]
    list_display = ("kind_name", "days_before", "days_after", "is_on")
    list_filter = ("is_on",)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        name = "membership_reminderrule"
        own = [
            path("gevraagd/", view(require_safe(self.asked)), name=f"{name}_asked"),
            path(
                "gevraagd.xlsx",
                view(require_safe(self.workbook)),
                name=f"{name}_workbook",
            ),
        ]
        return own + super().get_urls()

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What was chosen once is told in words."""
        found = super().get_fieldsets(request, obj)
        if obj:
            (title, options), *others = found
            found = [(title, {**options, "fields": ["kind_name"]}), *others]
        return found

    def asked(self, request: HttpRequest) -> HttpResponse:
        """The whole list, chosen by kind, day, whom and a word."""
        form, found, today = self._chosen(request.GET)
        page = Paginator([Row(one, today) for one in found], PER_PAGE).get_page(
            request.GET.get("p")
        )
        query = request.GET.copy()
        query.pop("p", None)
        context = {
            **self.admin_site.each_context(request),
            "title": "Wat gevraagd is, van wie en wanneer",
            "opts": self.opts,
            "form": form,
            "page": page,
            "query": query.urlencode(),
            "told": _told(found, today),
        }
        return TemplateResponse(
            request, "admin/membership/reminderrule/asked.html", context
        )

    def workbook(self, request: HttpRequest) -> HttpResponse:
        """The same as a file."""
        _form, found, today = self._chosen(request.GET)
        response = HttpResponse(_as_xlsx(found, today), content_type=XLSX)
        name = f"gevraagd-{today}.xlsx"
        disposition = content_disposition_header(True, name)
        response["Content-Disposition"] = disposition or "attachment"
        return response

    def _chosen(
        self, query: QueryDict
    ) -> tuple[ChoiceForm, list[Deadline], datetime.date]:
        form, today = ChoiceForm(query, label_suffix=""), timezone.localdate()
        return form, choose(asked_of_all(today), form.choice, today), today

    @admin.display(description="soort", ordering="kind")
    def kind_name(self, obj: ReminderRule) -> str:
        return label_of(obj.kind)


def _told(found: Sequence[Deadline], today: datetime.date) -> str:
    late = sum(one.is_late(today) for one in found)
    words = counted(len(found), "vraag", "vragen")
    return f"{words}, {late} te laat" if late else words


def _as_xlsx(found: Sequence[Deadline], today: datetime.date) -> bytes:
    rows = [
        (
            one.by,
            "ja" if one.is_late(today) else "nee",
            one.what,
            one.who,
            str(one.kind.label),
            one.since,
        )
        for one in found
    ]
    title = f"Gevraagd, stand {today}"
    return write_xlsx([Sheet("Gevraagd", HEADS, rows)], created=today, title=title)
