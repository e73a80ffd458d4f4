"""What of each kind has had its time. Only read here; contracts.retention.destroying
has the other half."""

import datetime
from collections.abc import Callable, Iterator, Mapping

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from contracts.breaches.rules import Kind
from contracts.models import (
    Breach,
    BreachDescription,
    BreachEntry,
    Clearing,
    Offer,
    Scan,
    SubmittedModel,
)
from contracts.models.offers import FACT_OF
from contracts.signing import completing
from membership.models.retention import Kept
from membership.retention.due import DESTROYED, Due, decided

COUNTED_FROM: Mapping[Kept, str] = {
    Kept.OFFER: "de dag waarop het is afgewezen, ingetrokken of vervallen",
    Kept.AGREEMENT: "de laatste dag van de overeenkomst",
    Kept.SCAN: "de dag waarop het is teruggestuurd",
    Kept.MODEL: "de dag waarop het is teruggestuurd",
    Kept.CLEARING: "de dag waarop de gegevens zijn gewist",
    Kept.BREACH: "de dag waarop het datalek is afgesloten",
}


def _offers(before: datetime.date) -> Iterator[Due]:
    """Declined, withdrawn or lapsed: with all that came with them."""
    over = Coalesce("declined_at", "withdrawn_at", "lapsed_at")
    rows = _with_papers(Offer.objects.filter(concluded_at=None))
    for row in rows.annotate(over_at=over).filter(over_at__date__lt=before):
        yield Due(row.pk, f"aanbod {row.reference}", timezone.localdate(row.over_at))


def _agreements(before: datetime.date) -> Iterator[Due]:
    """Each paper of what ended before that day; what has no end is never here."""
    ended = Q()
    for name in FACT_OF.values():
        ended |= Q(**{f"{name}__ends_on__lt": before})
    rows = _with_papers(Offer.objects.filter(ended, concluded_at__isnull=False))
    for row in rows.exclude(pk__in=completing.waiting().values("pk")):
        assert row.fact is not None, "a constraint says so"
        assert row.fact.ends_on is not None, "so it was asked"
        yield Due(row.pk, f"overeenkomst {row.reference}", row.fact.ends_on)


def _with_papers(rows: QuerySet[Offer]) -> QuerySet[Offer]:
    """Of which not all that can go is gone."""
    gone = Q(document_name=DESTROYED) | Q(reason=DESTROYED)
    joined = rows.exclude(gone).select_related(*FACT_OF.values())
    return joined.defer("document", "filled")


def _scans(before: datetime.date) -> Iterator[Due]:
    rows = Scan.objects.exclude(file_name=DESTROYED).defer("content")
    return decided(rows, "waiting", ("turned_back",), before)


def _models(before: datetime.date) -> Iterator[Due]:
    rows = SubmittedModel.objects.exclude(file_name=DESTROYED).defer("content")
    return decided(rows, "waiting", ("turned_back",), before)


def _clearings(before: datetime.date) -> Iterator[Due]:
    rows = Clearing.objects.filter(proven_at__isnull=False, done_on__lt=before)
    rows = rows.exclude(file_name=DESTROYED)
    for pk, done_on in rows.values_list("pk", "done_on"):
        assert done_on is not None, "a constraint says so"
        yield Due(pk, f"verklaring over gegevens {pk}", done_on)


def _breaches(before: datetime.date) -> Iterator[Due]:
    """Closed, and not opened again since, with a name or a letter that is still there:
    also one that came after the names of before went."""
    rows = Breach.objects.exclude(pk__in=Breach.objects.running().values("pk"))
    letters = BreachEntry.objects.filter(_still("who") | _still("file_name"))
    contacts = BreachDescription.objects.filter(_still("contact"))
    rows = rows.filter(
        _still("discovered_by")
        | _still("caller")
        | Q(pk__in=letters.values("breach"))
        | Q(pk__in=contacts.values("breach"))
    )
    entries = Prefetch("entries", BreachEntry.objects.defer("content"))
    for row in rows.prefetch_related(entries):
        closed = [one.at for one in row.entries.all() if one.kind == Kind.CLOSED]
        if closed and (closed_on := timezone.localdate(max(closed))) < before:
            yield Due(row.pk, str(row), closed_on)


def _still(name: str) -> Q:
    """Whether something stands there that can go."""
    return ~Q(**{f"{name}__in": ("", DESTROYED)})


DUE: Mapping[Kept, Callable[[datetime.date], Iterator[Due]]] = {
    Kept.OFFER: _offers,
    Kept.AGREEMENT: _agreements,
    Kept.SCAN: _scans,
    Kept.MODEL: _models,
    Kept.CLEARING: _clearings,
    Kept.BREACH: _breaches,
}
