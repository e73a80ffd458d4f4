"""Checks on the books: numbers, and the chain of entries."""

from collections.abc import Iterator
from decimal import Decimal

from django.db.models import Prefetch

from billing.booking import postings_for, uitvoerder_of
from billing.ledger import NO_ENTRY_YET, Draft, Side, entry_sha256
from billing.models import Entry, Posting, Settlement
from billing.sql import ask


def check_numbers() -> Iterator[str | int]:
    """Statement numbers run on without gaps; everything approved is booked."""
    for year, count, last in ask(
        "SELECT number_year, count(*), max(number_sequence) FROM billing_settlement "
        "WHERE number_year IS NOT NULL GROUP BY 1 ORDER BY 1"
    ):
        yield int(count)
        if count != last:
            yield f"Nummers van {year}: {count} afrekeningen, de laatste is {last}."
    for settlement in Settlement.objects.approved().filter(entry=None):
        yield f"Afrekening {settlement.number} is niet geboekt."


def check_entries() -> Iterator[str | int]:
    """Every entry is balanced, follows from its settlement, and fits in the chain."""
    postings = Posting.objects.select_related("account", "organisation").order_by("pk")
    entries = Entry.objects.select_related(
        "settlement__period__instrument", "settlement__organisation"
    ).prefetch_related(Prefetch("postings", postings))
    previous, broken = NO_ENTRY_YET, False
    for number, entry in enumerate(entries.order_by("number").iterator(500), 1):
        yield 1
        sides = [_side(posting) for posting in entry.postings.all()]
        yield from _check_sides(entry, sides)
        fits = entry.number == number and entry.previous_sha256 == previous
        if not broken and not (fits and _link(entry, sides) == entry.sha256):
            broken = True
            yield f"Boekstuk {entry.number}: hier breekt de keten van controlegetallen."
        previous = entry.sha256


def _side(posting: Posting) -> Side:
    amount = posting.debit - posting.credit
    return Side(posting.account.code, posting.organisation, amount)


def _link(entry: Entry, sides: list[Side]) -> str:
    try:
        draft = Draft(entry.description, sides, entry.settlement)
    except AssertionError:
        return "not balanced"
    return entry_sha256(entry.previous_sha256, entry.number, entry.booked_on, draft)


def _check_sides(entry: Entry, sides: list[Side]) -> Iterator[str]:
    if sum((side.amount for side in sides), Decimal(0)):
        yield f"Boekstuk {entry.number} is niet in balans."
    if entry.settlement is None:
        return
    expected = postings_for(entry.settlement, uitvoerder_of(entry.settlement))
    if sides != [side for side in expected if side.amount]:
        yield (
            f"Boekstuk {entry.number} past niet bij afrekening "
            f"{entry.settlement.number}."
        )
