"""Draw an agreement up, and change it while it is a draft. By the bureau."""

import datetime

from django.core.files.base import File
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from contracts.models.offers import FACT_OF, Offer
from contracts.offering import announcing
from contracts.offering.content import Content, content_of
from contracts.offering.rules import require_possible
from membership import history
from membership.admission import evidence
from membership.models import Person, Role
from nvsi.errors import NotAllowed, Stale
from nvsi.locks import one_at_a_time

PREFIX = "OVK"
MADE_BY = (Role.Name.BUREAU, Role.Name.BESTUUR)


@transaction.atomic
def draft(content: Content, *, today: datetime.date, by: Person) -> Offer:
    """Begin a draft. Raises NotAllowed for what cannot be agreed (offering.rules), and
    when one of its kind is on its way already, with where that is."""
    require_maker(by)
    one_at_a_time("agreement reference")
    _make_way(content, today)
    require_possible(content, today=today)
    offer = Offer(
        reference=_next_reference(today),
        kind=content.kind,
        why=content.why,
        organisation=content.organisation,
        instrument=content.instrument,
        prepared_by=by,
        **content.fields,
    )
    if content.goes_on is not None:
        setattr(offer, FACT_OF[content.kind], content.goes_on)
    offer.full_clean()
    offer.save()
    _set_gemeenten(offer, content)
    about = {"kind": content.kind.label, "why": offer.get_why_display()}
    history.record(offer, "prepared", by, **about)
    return offer


@transaction.atomic
def change(
    offer: Offer, content: Content, *, today: datetime.date, by: Person
) -> Offer:
    """Change what a draft says. Its kind and its party stay: another is another draft.

    Raises NotAllowed for what was offered already, and for what cannot be agreed.
    """
    row = held_draft(offer, by)
    before = content_of(row)
    fixed = ("kind", "why", "organisation", "instrument")
    if any(getattr(content, name) != getattr(before, name) for name in fixed):
        raise NotAllowed("Dit is een andere overeenkomst. Stel daarvoor een nieuwe op.")
    require_possible(content, today=today)
    for name, value in content.fields.items():
        setattr(row, name, value)
    if not row.own_model:
        row.document, row.document_name, row.document_sha256 = None, "", ""
    row.full_clean()
    row.save()
    if set(content.gemeenten) != set(before.gemeenten):
        row.gemeenten.all().delete()
        _set_gemeenten(row, content)
    fields = [n for n, value in content.fields.items() if value != before.fields[n]]
    history.record(row, "changed", by, fields=sorted(fields))
    return row


@transaction.atomic
def keep_own_model(offer: Offer, file: "File[bytes]", *, by: Person) -> Offer:
    """The filled-in model of a gemeente, as a PDF, in the place of our own text.

    Raises NotAllowed for another kind of file, or a draft of which no own model is
    recorded.
    """
    row = held_draft(offer, by)
    if not row.own_model:
        raise NotAllowed("Vul eerst in welk eigen model de gemeente gebruikt.")
    paper = evidence.check(file, (evidence.PDF,), field="document")
    row.document, row.document_name = paper.content, paper.file_name
    row.document_sha256 = paper.sha256
    row.save(update_fields=["document", "document_name", "document_sha256"])
    history.record(row, "attached", by, sha256=paper.sha256)
    return row


def held_draft(offer: Offer, by: Person) -> Offer:
    """The draft as it is now, held until the transaction ends."""
    require_maker(by)
    row = held(offer)
    if row.withdrawn_at is not None:
        raise Stale(f"{row} is intussen ingetrokken.")
    if row.offered_at is not None:
        raise Stale(f"{row} is al aangeboden, en verandert niet meer.")
    return row


def held(offer: Offer) -> Offer:
    """As it is now, held until the transaction ends."""
    rows = Offer.objects.select_related("organisation", "instrument")
    return rows.select_for_update(of=("self",)).get(pk=offer.pk)


def require_maker(by: Person) -> None:
    if not by.has_role(*MADE_BY):
        raise NotAllowed("Overeenkomsten stelt het bureau op.")


def _set_gemeenten(offer: Offer, content: Content) -> None:
    for gemeente in content.gemeenten:
        offer.gemeenten.create(gemeente=gemeente)


def _same(content: Content) -> QuerySet[Offer]:
    """What is on its way already: one at a time."""
    return Offer.objects.running().filter(
        organisation=content.organisation,
        kind=content.kind,
        instrument=content.instrument,
    )


def require_no_other(content: Content) -> None:
    """Raises NotAllowed when one of its kind is on its way, with where that is."""
    if (other := _same(content).first()) is not None:
        raise NotAllowed(_is_on_its_way(other), field="organisation")


def _make_way(content: Content, today: datetime.date) -> None:
    """What is out of time lapses first; raises NotAllowed for what is not."""
    other = _same(content).select_for_update(of=("self",)).first()
    if other is None:
        return
    late = Offer.objects.past_their_term(today).filter(pk=other.pk)
    if late.exclude(signatures__party="organisation").exists():
        lapse(other)
        return
    raise NotAllowed(_is_on_its_way(other))


def lapse(row: Offer) -> None:
    """Write down that an offer that is held is out of time, and tell both sides."""
    row.lapsed_at = timezone.now()
    row.save(update_fields=["lapsed_at"])
    history.record(row, "lapsed", None)
    announcing.has_lapsed(row)


def _is_on_its_way(other: Offer) -> str:
    return (
        f"Er loopt al een {other.get_kind_display()} met {other.organisation}: "
        f"{other.reference}. Maak die af, of trek haar in."
    )


def _next_reference(today: datetime.date) -> str:
    """OVK-2026-0007. Numbers may be left out, and are never used twice."""
    start = f"{PREFIX}-{today.year}-"
    last = Offer.objects.filter(reference__startswith=start).order_by("-pk").first()
    number = int(last.reference.removeprefix(start)) + 1 if last else 1
    return f"{start}{number:04}"
