"""Data after an agreement: who still has them, and the proof that they are gone."""

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from contracts.clearing import choosing, shown
from contracts.models import Clearing, Gebruiksovereenkomst
from membership.admin.verbs import Done, Sure, Verb, VerbAdmin, page_of
from membership.admission.step_form import Choice, text
from membership.models import Person
from nvsi.admin.filters import chosen
from nvsi.admin.pages import section
from nvsi.admin.worklist import Waiting
from nvsi.dutch import day


class OpenFilter(admin.SimpleListFilter):
    """What is proven, and what is not."""

    title, parameter_name = "stand", "stand"

    def lookups(
        self, request: HttpRequest, model_admin: Any
    ) -> Iterable[tuple[str, str]]:
        return [
            ("open", "nog niet bewezen"),
            ("klaar", "bewezen"),
            ("vervallen", "vervallen"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        match self.value():
            case "open":
                return queryset.filter(proven_at=None, called_off_at=None)
            case "klaar":
                return queryset.exclude(proven_at=None)
            case "vervallen":
                return queryset.exclude(called_off_at=None)
        return queryset


class ChooseForm(Sure):
    choice = Choice(
        "Keuze",
        Clearing.Choice.choices,
        "Kies teruggeven of wissen.",
    )
    basis = text(
        "Blijkt uit",
        max_length=300,
        help_text="De brief of e-mail van de organisatie, met de datum.",
        error_messages={"required": "Schrijf op waar de keuze uit blijkt."},
    )


def _choose(row: Clearing, said: dict[str, Any], by: Person) -> Done:
    choosing.choose([row], said["choice"], basis=said["basis"], now=timezone.now(),
                    by=by)  # fmt: skip
    return Done("De keuze is vastgelegd.", row)


CHOOSE = Verb(
    name="choose",
    label="Keuze vastleggen",
    roles=choosing.BUREAU,
    is_open=lambda row: row.proven_at is None and row.called_off_at is None,
    act=_choose,
    form=ChooseForm,
    shown=lambda row: (
        format_html(
            "<p><strong>{}</strong> bij {}. {}</p>",
            row.processor, shown.title_of(row), shown.following(row),
        ),
        [
            "De organisatie kiest zelf in het portaal. Leg hier alleen vast wat per "
            "brief of e-mail kwam.",
            "Wie de gegevens heeft, krijgt een e-mail met de keuze en de termijn.",
        ],
    ),
)  # fmt: skip


class ClearingAdmin(VerbAdmin):
    heading = "Gegevens na afloop"
    verbs = (CHOOSE,)
    joined = ("organisation", "instrument", "clears", "chosen_by", "proven_by",
              "verwerkersovereenkomst", "gebruiksovereenkomst")  # fmt: skip
    deferred = ("content",)
    fieldsets = [
        section(None, "organisation", "instrument", "processor", "clears",
                "verwerkersovereenkomst", "gebruiksovereenkomst", "ended_on",
                "called_off_at"),
        section("Keuze", "choose_by", "choice", "chosen_at", "chosen_by", "due_on"),
        section("Bewijs", "done_on", "words", "kept", "how", "signer_name",
                "signer_function", "file_name", "sha256", "proven_at", "proven_by"),
    ]  # fmt: skip
    list_display = ["processor", "organisation", "instrument", "ended_on", "choice",
                    "due_on", "proven_at"]  # fmt: skip
    list_filter = [OpenFilter, "choice", "is_ours",
                   chosen("organisation", "organisatie")]  # fmt: skip
    search_fields = ["organisation__code", "organisation__name", "processor"]
    search_help_text = "Zoek op organisatie, of op wie de gegevens heeft."
    sortable_by = ["ended_on", "due_on"]

    def beside_the_form(self, request: HttpRequest, obj: Clearing) -> dict[str, Any]:
        """The statement, or where it is added."""
        around = super().beside_the_form(request, obj)
        more = []
        if obj.is_destroyed or obj.called_off_at is not None:
            return around
        if obj.proven_at is not None:
            more = [("De verklaring", reverse("clearing-proof", args=[obj.pk]))]
        elif obj.choice and obj.ended_on < timezone.localdate():
            url = reverse("clearing-prove", args=[obj.pk])
            more = [("Verklaring toevoegen", url)]
        return {**around, "buttons": [*around["buttons"], *more]}


def waiting_clearings(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """What is chosen and not proven; and where nobody chose in time."""
    if not person.has_role(*choosing.BUREAU):
        return
    for row in Clearing.objects.unproven().listed():
        if today <= (row.ended_on if row.choice else row.choose_by):
            continue
        what = "Verklaring over gegevens" if row.choice else "Nog niet gekozen"
        about = f"{row.organisation}, {row.processor}: uiterlijk {day(row.due_on)}"
        yield Waiting(row.ended_on, what, about, "Bekijken", page_of(row))


def to_clear(agreement: Gebruiksovereenkomst) -> Iterator[str]:
    """A sentence for each who still has data under an agreement. One query."""
    for row in agreement.clearings.unproven().listed():
        whose = row.organisation_id != agreement.organisation_id
        name = f" van {row.organisation}" if whose else ""
        yield f"Gegevens{name} bij {row.processor}: {shown.following(row).lower()}."
