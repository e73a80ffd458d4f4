"""How the bureau finds dossiers: by stage, by how long they stand still, by a word."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import F, Max, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone

from membership.admission.addresses import parse_number
from membership.admission.steps import Stage
from membership.models import Dossier

# All that a word may be looked for in.
FIELDS = (
    *("organisation__code", "organisation__name", "organisation__short_name"),
    *("number_sequence", "steps__number", "steps__signer_name", "steps__by__name"),
    *("opened_by__name", "organisation__roles__person__name"),
    *("organisation__roles__person__email", "evidence__file_name"),
)
HELP = (
    "Zoek op kenmerk (D2026-0012), organisatie, code, persoon, nummer van een besluit, "
    "ondertekenaar of bestand."
)
DAYS = ("14", "30", "60", "90", "180")


def by_number(word: str) -> QuerySet[Dossier] | None:
    """The dossier with this reference; None for a word that is none."""
    try:
        year, sequence = parse_number(word.strip().upper())
    except ValueError:
        return None
    return Dossier.objects.filter(
        number_year=min(year, 9999), number_sequence=min(sequence, 2**31 - 1)
    )


class StageFilter(admin.SimpleListFilter):
    """Where the dossiers that run are. Read from their facts, as the board does."""

    title = "nu bij"
    parameter_name = "fase"

    def lookups(
        self, request: HttpRequest, model_admin: Any
    ) -> Iterable[tuple[str, str]]:
        return Stage.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        if self.value() not in Stage.values:
            return queryset
        running = Dossier.objects.running().with_steps()
        here = [row.pk for row in running if row.position.stage == self.value()]
        return queryset.filter(pk__in=here)


class StillFilter(admin.SimpleListFilter):
    """In which nothing was done for longer than so many days, of those that run."""

    title = "staat stil"
    parameter_name = "stil"

    def lookups(
        self, request: HttpRequest, model_admin: Any
    ) -> Iterable[tuple[str, str]]:
        return [(days, f"langer dan {days} dagen") for days in DAYS]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        if self.value() not in DAYS:
            return queryset
        before = timezone.now() - datetime.timedelta(days=int(str(self.value())))
        still = (
            Dossier.objects.running()
            .annotate(moved=Coalesce(Max("steps__at"), F("opened_at")))
            .filter(moved__lt=before)
        )
        return queryset.filter(pk__in=still.values("pk"))
