"""How the bureau finds organisations and people: by what they are today."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from membership.colleagues.details import UNANSWERED
from membership.models import Organisation, Role
from nvsi.admin.filters import YesNoFilter


class ContactFilter(YesNoFilter):
    """Whether there is somebody to write to, who may log in."""

    title = "contactpersoon"
    parameter_name = "contactpersoon"

    def condition(self) -> Q:
        contacts = Role.objects.active_on(timezone.localdate()).filter(
            name=Role.Name.CONTACTPERSOON,
            person__is_active=True,
            organisation=OuterRef("pk"),
        )
        return Q(Exists(contacts))


class DoubleFilter(YesNoFilter):
    """Whether another organisation has the same name, or the same KvK-nummer."""

    title = "dubbel"
    parameter_name = "dubbel"

    def condition(self) -> Q:
        same_number = Q(kvk_number=OuterRef("kvk_number")) & ~Q(kvk_number="")
        others = Organisation.objects.exclude(pk=OuterRef("pk")).filter(
            Q(name__iexact=OuterRef("name")) | same_number
        )
        return Q(Exists(others))


class RoleFilter(admin.SimpleListFilter):
    """Who somebody is today, for an organisation or for the association."""

    title = "rol nu"
    parameter_name = "rol"
    NONE = "geen"

    def lookups(
        self, request: HttpRequest, model_admin: Any
    ) -> Iterable[tuple[str, str]]:
        return [*Role.Name.choices, (self.NONE, "geen")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        if self.value() is None:
            return queryset
        now = Role.objects.active_on(timezone.localdate())
        if self.value() == self.NONE:
            return queryset.exclude(pk__in=now.values("person"))
        return queryset.filter(pk__in=now.filter(name=self.value()).values("person"))


class DetailsFilter(admin.SimpleListFilter):
    """Whether somebody said that his details still hold."""

    title = "gegevens bevestigd"
    parameter_name = "gegevens"
    WAITS, CONFIRMED, NEVER = "wacht", "bevestigd", "nooit"

    def lookups(
        self, request: HttpRequest, model_admin: Any
    ) -> Iterable[tuple[str, str]]:
        return [
            (self.WAITS, "gevraagd, nog geen antwoord"),
            (self.CONFIRMED, "bevestigd"),
            (self.NEVER, "nog nooit gevraagd"),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        if self.value() == self.WAITS:
            return queryset.filter(UNANSWERED)
        if self.value() == self.CONFIRMED:
            return queryset.filter(~UNANSWERED, details_confirmed_on__isnull=False)
        if self.value() == self.NEVER:
            return queryset.filter(
                details_asked_on=None, details_confirmed_on__isnull=True
            )
        return queryset
