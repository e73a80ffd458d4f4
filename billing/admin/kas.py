"""The innovatiekas: its share of the contributions, dotaties, and what moved."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html

from billing.innovatiekas import dotaties
from billing.models import KasDotatie, KasMovement
from membership.admin.recorded import FrozenAdmin, RecordedAdmin, acting
from membership.admin.verbs import Done, Sure, Verb, VerbAdmin, verb_url
from membership.models import Person
from nvsi.admin.columns import NOTHING, link
from nvsi.admin.pages import section
from nvsi.admin.tables import Table
from nvsi.admin.worklist import Waiting, on_day
from nvsi.dutch import day, euro


class RefuseForm(Sure):
    reason = forms.CharField(
        label="Reden",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Komt in de geschiedenis.",
        error_messages={"required": "Geef de reden."},
    )


def _waits(dotatie: KasDotatie) -> bool:
    return dotatie.status == KasDotatie.Status.PROPOSED


def _recorded(dotatie: KasDotatie, by: Person) -> bool:
    return dotatie.proposed_by_id == by.pk


def _facts(dotatie: KasDotatie) -> str:
    taken_on = dotatie.besluit.taken_on
    return format_html(
        "<p><strong>{}</strong> voor de innovatiekas van {}.<br>Besluit: {}, {}.<br>"
        "Waarvoor: {}<br>Vastgelegd door {}.</p>",
        euro(dotatie.amount),
        dotatie.instrument,
        dotatie.besluit,
        f"genomen op {day(taken_on)}" if taken_on else "zonder datum",
        dotatie.purpose,
        dotatie.proposed_by,
    )


def _confirm(dotatie: KasDotatie, _answers: dict[str, Any], by: Person) -> Done:
    movement = dotaties.confirm(dotatie, by=by)
    return Done(f"{dotatie} staat in de kas.", movement)


def _refuse(dotatie: KasDotatie, answers: dict[str, Any], by: Person) -> Done:
    dotaties.refuse(dotatie, reason=answers["reason"], by=by)
    return Done(f"{dotatie} is niet geboekt.", dotatie)


CONFIRM = Verb(
    name="confirm",
    label="Boeken",
    roles=dotaties.CONFIRMERS,
    is_open=_waits,
    is_for_another=_recorded,
    act=_confirm,
    shown=lambda dotatie: (
        _facts(dotatie),
        [
            "Het bedrag komt in de innovatiekas en is meteen vrij te besteden.",
            "Leden en participanten zien de dotatie met het besluit.",
            "Dit is niet ongedaan te maken.",
        ],
    ),
)
REFUSE = Verb(
    name="refuse",
    label="Niet boeken",
    roles=dotaties.CONFIRMERS,
    is_open=_waits,
    is_for_another=_recorded,
    act=_refuse,
    form=RefuseForm,
    shown=lambda dotatie: (
        _facts(dotatie),
        ["Er wordt niets geboekt. Bij hetzelfde besluit kan een andere dotatie komen."],
    ),
)


class KasShareAdmin(RecordedAdmin):
    fixed = ("instrument", "from_halfyear")
    editable = ("pct", "besluit")
    joined = ("instrument", "besluit")
    fieldsets = [
        section(
            None,
            *("instrument", "from_halfyear", "pct", "besluit"),
            text="Welk deel van de bijdragen naar de innovatiekas gaat, tot er een "
            "ander percentage ingaat. Het geldt voor halfjaren die nog niet zijn "
            "vastgesteld. Daarna verandert het niet meer.",
        )
    ]
    list_display = ["from_halfyear", "instrument", "pct", "besluit"]
    list_filter = ["instrument"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_open = obj is None or not obj.is_settled
        return is_open and super().has_change_permission(request, obj)

    def _open_fields(self, obj: Any) -> tuple[str, ...]:
        return () if obj and obj.is_settled else super()._open_fields(obj)


class KasDotatieAdmin(VerbAdmin, RecordedAdmin):
    """Recorded by one person, booked by another."""

    verbs = (CONFIRM, REFUSE)
    fixed = ("instrument", "besluit", "amount", "purpose")
    joined = ("instrument", "besluit", "proposed_by", "decided_by")
    fieldsets = [
        section(
            None,
            *("instrument", "besluit", "amount", "purpose", "status"),
            text="Een bedrag dat de ALV in één keer in de innovatiekas doet. Iemand "
            "anders bekijkt het en boekt het.",
        ),
        section("Vier ogen", "proposed_by", "proposed_at", "decided_by", "decided_at"),
    ]
    list_display = [
        *("besluit", "instrument", "amount", "status", "proposed_by", "decided_by"),
    ]
    list_filter = ["status", "instrument"]
    search_fields = ["besluit__reference", "purpose"]
    search_help_text = "Zoek op kenmerk van het besluit, of waarvoor."

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        if not change:
            obj.proposed_by = acting(request)
        super().save_model(request, obj, form, change)


class KasMovementAdmin(FrozenAdmin):
    heading = "Innovatiekas"
    joined = (
        *("entry", "instrument", "period__instrument", "share__besluit"),
        *("dotatie__besluit", "voorstel__wens__instrument", "voorstel__besluit"),
    )
    fieldsets = [
        section(None, "instrument", "kind", "amount", "entry", "entry__booked_on"),
        section("Waar het op rust", "period", "share", "dotatie", "wish", "decision"),
    ]
    list_display = [
        *("entry__booked_on", "instrument", "kind", "amount"),
        *("period", "wish", "decision", "entry"),
    ]
    list_filter = ["instrument", "kind", "entry__booked_on"]
    search_fields = ["=entry__number", "entry__description"]
    search_help_text = "Zoek op boekstuk of omschrijving."

    @admin.display(description="verbeterwens")
    def wish(self, obj: KasMovement) -> str:
        return obj.voorstel.wens.reference if obj.voorstel else NOTHING

    @admin.display(description="ALV-besluit")
    def decision(self, obj: KasMovement) -> str:
        return link(obj.besluit) if obj.besluit else NOTHING

    def tables(self, obj: KasMovement) -> list[Table]:
        return [
            Table(
                obj.entry.postings.select_related("account", "organisation"),
                ("account", "organisation", "debit", "credit"),
            )
        ]


def waiting_dotaties(person: Person, _today: date) -> Iterator[Waiting]:
    """For who may book them, and did not record them."""
    if not person.has_role(*dotaties.CONFIRMERS):
        return
    waiting = KasDotatie.objects.filter(status=KasDotatie.Status.PROPOSED)
    rows = waiting.exclude(proposed_by=person).select_related("besluit", "instrument")
    for row in rows.order_by("proposed_at"):
        yield Waiting(
            on_day(row.proposed_at),
            "Dotatie voor de innovatiekas",
            f"{row}, {row.instrument}",
            CONFIRM.label,
            verb_url(row, CONFIRM),
        )
