"""Herindelingen: what the gemeenten still have, and what was decided of it."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join

from membership.admin.redivision_verbs import (
    ADD,
    BUREAU,
    CLOSE,
    WITHDRAW,
    decide_on,
    is_open,
    item_of,
)
from membership.admin.verbs import VerbAdmin, page_of
from membership.models import Dissolution, Person, Redivision, RedivisionDecision
from membership.redivision.found import Decided, Item, decided_items, open_items
from nvsi.admin.columns import link, moment
from nvsi.admin.filters import chosen
from nvsi.admin.pages import section
from nvsi.admin.tables import Cell, Head, Table
from nvsi.admin.worklist import Waiting, on_day
from nvsi.dutch import counted
from nvsi.errors import Stale


@dataclass(frozen=True)
class Points(Table):
    """What is still to be decided, with the page on which that is done."""

    items: Sequence[Item] = ()
    redivision: int = 0

    @property
    def heads(self) -> list[Head]:
        labels = ("Beslissen over", "Gemeente")
        return [Head(label, "text") for label in labels]

    @property
    def rows_shown(self) -> list[list[Cell]]:
        return [
            [
                Cell(self._point(item), "text"),
                Cell(item.dissolution.organisation.name, "text"),
            ]
            for item in self.items
        ]

    def _point(self, item: Item) -> str:
        url = decide_url(self.redivision, item.key)
        about = f"{item.sort.label}: {item.about}"
        return format_html('<a href="{}">{}</a>', url, about)


@dataclass(frozen=True)
class Decisions(Table):
    """What was decided, by whom, and on what it rests."""

    decided: Sequence[Decided] = ()

    @property
    def heads(self) -> list[Head]:
        labels = ("Waarover", "Gemeente", "Besluit", "Reden", "Door")
        return [Head(label, "text") for label in labels]

    @property
    def rows_shown(self) -> list[list[Cell]]:
        return [
            [Cell(text, "text") for text in self._told(one)] for one in self.decided
        ]

    def _told(self, one: Decided) -> tuple[str, ...]:
        row, told = one.decision, f"{one.label}: {one.about}"
        why = ". ".join(part for part in (row.reason.rstrip("."), row.pointer) if part)
        return (
            link(one.row, told) if one.row else told,
            row.dissolution.organisation.name,
            row.get_outcome_display(),
            why,
            f"{row.by.name}, {moment(row.at)}",
        )


def decide_url(redivision: int, key: str) -> str:
    return reverse("admin:membership_redivision_decide", args=[redivision, key])


class RedivisionAdmin(VerbAdmin):
    heading = "Gemeenten en regio's"
    verbs = (ADD, CLOSE, WITHDRAW)
    joined = ("successor", "opened_by")
    fieldsets = [
        section(None, "gone", "successor", "starts_on", "ground"),
        section("Vastgelegd", "opened_by", "opened_at", "ended_at"),
    ]
    list_display = ["__str__", "gone", "starts_on", "ground", "status"]
    list_filter = ["status", chosen("successor", "opvolger")]
    search_fields = [
        *("successor__code", "successor__name"),
        *("dissolutions__organisation__code", "dissolutions__organisation__name"),
    ]
    search_help_text = "Zoek op code of naam van een gemeente."

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request)
        return rows.prefetch_related("dissolutions__organisation")

    def get_urls(self) -> list[URLPattern]:
        decide = self.admin_site.admin_view(self.decide)
        return [
            path(
                "<path:object_id>/punt/<str:key>/",
                decide,
                name="membership_redivision_decide",
            ),
            *super().get_urls(),
        ]

    def decide(self, request: HttpRequest, object_id: str, key: str) -> HttpResponse:
        """Decide what becomes of one thing."""
        obj = self.get_object(request, unquote(object_id))
        if not isinstance(obj, Redivision):
            raise Http404
        try:
            item = item_of(obj, key)
        except Stale as refusal:
            return self._look_again(request, obj, CLOSE, refusal)
        return self.verb_view(request, object_id, decide_on(item, obj))

    @admin.display(description="gaan op")
    def gone(self, obj: Redivision) -> str:
        rows = obj.dissolutions.all()
        links = [(link(row.organisation), row.organisation.code) for row in rows]
        return format_html_join(", ", "{} ({})", links)

    def tables(self, obj: Redivision) -> list[Table]:
        items = open_items(obj) if is_open(obj) else []
        return [
            Points(
                Dissolution.objects.none(),
                (),
                title=f"Nog te beslissen ({len(items)})",
                nothing="Over alles is besloten.",
                items=items,
                redivision=obj.pk,
            ),
            Decisions(
                RedivisionDecision.objects.none(),
                (),
                title="Besloten",
                decided=decided_items(obj),
            ),
        ]


def waiting_redivisions(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """A herindeling of which something is to be decided, or that can be closed."""
    if not person.has_role(*BUREAU):
        return
    rows = Redivision.objects.filter(status=Redivision.Status.OPEN)
    for one in rows.select_related("successor").order_by("opened_at"):
        left, since = len(open_items(one)), on_day(one.opened_at)
        if left:
            about = f"{one}: nog {counted(left, 'punt', 'punten')}"
            yield Waiting(since, "Herindeling", about, "Beslissen", page_of(one))
        elif one.starts_on <= today:
            yield Waiting(since, "Herindeling", f"{one}", CLOSE.label, page_of(one))
