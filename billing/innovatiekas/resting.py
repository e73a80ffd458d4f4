"""What of the innovatiekas rests on a decision of the ALV: for the page of it."""

from collections.abc import Iterator

from django.urls import reverse

from billing.models import KasDotatie, KasShare
from membership.assembly.pointing import Rests
from membership.models import AlvBesluit, Person
from nvsi.dutch import euro, percent


def kas(besluit: AlvBesluit, _person: Person) -> Iterator[Rests]:
    """The share of contributions that it gets, and what it was given."""
    shares = KasShare.objects.filter(besluit=besluit).select_related("instrument")
    for share in shares:
        about = f"{share.instrument}: {percent(share.pct)} van de bijdragen"
        since = share.from_halfyear.first_day
        yield Rests("innovatiekas", about, since, _page(share.instrument.slug))
    given = KasDotatie.objects.filter(
        besluit=besluit, status=KasDotatie.Status.CONFIRMED
    )
    for row in given.select_related("instrument"):
        about = f"{row.instrument}: {euro(row.amount)}"
        yield Rests("innovatiekas", about, None, _page(row.instrument.slug))


def _page(slug: str) -> str:
    return reverse("kas", args=[slug])


SOURCES = (kas,)
