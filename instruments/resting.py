"""What of the instruments rests on a decision of the ALV: for the page of it."""

from collections.abc import Iterator

from django.urls import reverse

from instruments.models import (
    ContributionRate,
    Milestone,
    NormVersion,
    Tariff,
    TariffIndexation,
    VerbeterwensStep,
)
from membership.assembly.pointing import Rests
from membership.models import AlvBesluit, Person
from nvsi.dutch import percent


def contributions(besluit: AlvBesluit, _person: Person) -> Iterator[Rests]:
    """What gemeente and uitvoerder contribute of the gross revenue."""
    rates = ContributionRate.objects.filter(besluit=besluit)
    for rate in rates.select_related("instrument"):
        yield Rests(
            "bijdrage aan de NVSI",
            f"{rate.instrument}: {percent(rate.gemeente_pct)} van de gemeente en "
            f"{percent(rate.uitvoerder_pct)} van de uitvoerder",
            rate.from_halfyear.first_day,
        )


def tariffs(besluit: AlvBesluit, _person: Person) -> Iterator[Rests]:
    """Tariffs, and what indexed them."""
    for tariff in Tariff.objects.filter(besluit=besluit).select_related("instrument"):
        url = reverse("price", args=[tariff.instrument.slug])
        yield Rests("tarief", str(tariff), tariff.starts_on, url)
    rows = TariffIndexation.objects.filter(besluit=besluit)
    for row in rows.select_related("tariff__instrument"):
        url = reverse("price", args=[row.tariff.instrument.slug])
        yield Rests("indexering", f"{row.tariff.instrument}: {row}", None, url)


def milestones(besluit: AlvBesluit, _person: Person) -> Iterator[Rests]:
    """What happens with an instrument because of it."""
    rows = Milestone.objects.filter(besluit=besluit).select_related("instrument")
    for row in rows:
        about = f"{row.instrument}: {row.title} ({row.year})"
        yield Rests("mijlpaal", about, None, reverse("routekaart"))


def norms(besluit: AlvBesluit, _person: Person) -> Iterator[Rests]:
    """Values of kaders that all share."""
    rows = NormVersion.objects.filter(besluit=besluit)
    for row in rows.select_related("norm__instrument"):
        url = reverse("norms", args=[row.norm.instrument.slug])
        yield Rests("kader", str(row.norm), row.starts_on, url)


def wishes(besluit: AlvBesluit, _person: Person) -> Iterator[Rests]:
    """Verbeterwensen of which the ALV adopted the voorstel."""
    steps = VerbeterwensStep.objects.filter(besluit=besluit)
    for step in steps.select_related("wens"):
        url = reverse("wens-detail", args=[step.wens_id])
        yield Rests("verbeterwens", str(step.wens), step.on, url)


SOURCES = (contributions, tariffs, milestones, norms, wishes)
