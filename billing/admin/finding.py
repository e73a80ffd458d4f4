"""How the bureau finds what it looks for: by half-year, and by number of afrekening."""

import re
from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from billing.models import Period
from membership.admin.recorded import FrozenAdmin
from nvsi.halfyear import HalfYear

_NUMBER = re.compile(r"(20\d\d)-(\d{1,6})", re.ASCII)


class HalfyearFilter(admin.SimpleListFilter):
    """Of one half-year: by the keys of its periods, so lines read one partition."""

    title = "halfjaar"
    parameter_name = "halfjaar"
    path = "period"

    def lookups(
        self, request: HttpRequest, model_admin: Any
    ) -> Iterable[tuple[str, str]]:
        halfyears = Period.objects.order_by("-halfyear").values_list(
            "halfyear", flat=True
        )
        return [(str(halfyear), str(halfyear)) for halfyear in halfyears.distinct()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        if self.value() is None:
            return queryset
        return queryset.filter(**{f"{self.path}__in": periods_of(self.value() or "")})


def periods_of(written: str) -> list[int]:
    """The periods of a half-year, of every instrument; none when it is no half-year."""
    try:
        halfyear = HalfYear.parse(written)
    except ValueError:
        return []
    return list(Period.objects.filter(halfyear=halfyear).values_list("pk", flat=True))


def by_halfyear(path: str) -> type[HalfyearFilter]:
    """A filter on the half-year of the period at a path."""
    return type("HalfyearFilter", (HalfyearFilter,), {"path": path})


class NumberedAdmin(FrozenAdmin):
    """Records of a settlement: found by its number too, as it stands on paper."""

    settlement_path = ""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        found = _NUMBER.fullmatch(search_term.strip())
        if found is None:
            return super().get_search_results(request, queryset, search_term)
        year, sequence = (int(part) for part in found.groups())
        path = self.settlement_path
        numbered = queryset.filter(
            **{f"{path}number_year": year, f"{path}number_sequence": sequence}
        )
        return numbered, False
