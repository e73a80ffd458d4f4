"""Filters of lists that Django does not bring."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import get_fields_from_path
from django.db.models import Q, QuerySet
from django.http import HttpRequest


class ChosenFilter(admin.SimpleListFilter):
    """Only what belongs to one record, to which a link led.

    It offers that record and 'Alles': a list of 342 gemeenten is no filter.
    """

    path = ""

    def lookups(
        self, request: HttpRequest, model_admin: Any
    ) -> Iterable[tuple[str, str]]:
        chosen = self._chosen()
        if chosen is None:
            return []
        fields = get_fields_from_path(model_admin.model, self.path)
        related: Any = fields[-1].related_model
        row = related._default_manager.filter(pk=chosen).first()
        return [(chosen, str(row) if row else "onbekend")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        chosen = self._chosen()
        return queryset if chosen is None else queryset.filter(**{self.path: chosen})

    def _chosen(self) -> str | None:
        """What was asked; what cannot be a key finds nothing."""
        value = self.value()
        if not value:
            return None
        return value if value.isascii() and value.isdecimal() else "0"


class KnownValuesFilter(admin.AllValuesFieldListFilter):
    """The values that a field has; the empty one has a name too."""

    def choices(self, changelist: Any) -> Any:
        for choice in super().choices(changelist):
            yield {**choice, "display": choice["display"] or "niet ingevuld"}


class YesNoFilter(admin.SimpleListFilter):
    """Rows that answer to a condition, or do not."""

    def lookups(
        self, request: HttpRequest, model_admin: Any
    ) -> Iterable[tuple[str, str]]:
        return [("ja", "ja"), ("nee", "nee")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        match self.value():
            case "ja":
                return queryset.filter(self.condition())
            case "nee":
                return queryset.exclude(self.condition())
        return queryset

    def condition(self) -> Q:
        raise NotImplementedError


def chosen(path: str, title: str, parameter: str = "") -> type[ChosenFilter]:
    """A filter on the record at a path; its parameter is the path, or named."""
    names = {"path": path, "title": title, "parameter_name": parameter or path}
    return type("ChosenFilter", (ChosenFilter,), names)


def parameter_of(list_filter: Any) -> str:
    """What begins the name of a filter in the address of its list."""
    match list_filter:
        case str():
            return list_filter
        case (str() as path, _):
            return path
    return str(list_filter.parameter_name)
