"""A day in the address of a list: 'as it was then', or 'up to and with that day'."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from nvsi.cells import BadCell, read_date
from nvsi.dutch import short_day


class DayFilter(admin.SimpleListFilter):
    """The day that a field above the list asks for. What is no day is not asked."""

    path = ""

    def lookups(
        self, request: HttpRequest, model_admin: Any
    ) -> Iterable[tuple[str, str]]:
        day = read_day(self.value())
        return [(self.value() or "", short_day(day))] if day else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        day = read_day(self.value())
        return queryset.filter(**{f"{self.path}__lte": day}) if day else queryset


class SeenOnFilter(DayFilter):
    """The list as it was on a day: for its own queryset to look at (day_in)."""

    title, parameter_name = "stand op", "op"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        return queryset


def until(path: str) -> type[DayFilter]:
    """A filter on what was on a day or before it."""
    names = {"path": path, "title": "tot en met", "parameter_name": "tot"}
    return type("UntilFilter", (DayFilter,), names)


def day_in(request: HttpRequest, parameter: str) -> datetime.date | None:
    """The day that was asked for: on the list, or on the list that one came from."""
    before = QueryDict(request.GET.get("_changelist_filters", ""))
    return read_day(request.GET.get(parameter) or before.get(parameter))


def read_day(written: str | None) -> datetime.date | None:
    """2026-03-09 or 09-03-2026; None for anything else."""
    try:
        return read_date((written or "").strip())
    except BadCell:
        return None
