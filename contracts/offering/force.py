"""From two signatures to an agreement in force: the facts are written.

Called by contracts.signing.complete, in the transaction of the last signature. What
cannot be in force is not signed either: the rules are asked once more.
"""

import datetime
from collections.abc import Callable

from django.db import IntegrityError, transaction
from django.utils import timezone

from contracts.agreements import change_terms, conclude, lock_parties
from contracts.annexes.laying import ask_newcomers
from contracts.clearing.going_on import call_off
from contracts.kinds import Kind, Party, Why
from contracts.models.facts import (
    Coverage,
    Gebruiksovereenkomst,
    Verwerkersovereenkomst,
)
from contracts.models.offers import FACT_OF, Fact, Offer
from contracts.models.uitvoering import Uitvoeringsovereenkomst
from contracts.offering import announcing
from contracts.offering.content import Content, content_of
from contracts.offering.drafting import held
from contracts.offering.going_on import ONE_DAY, price_on
from contracts.offering.rules import require_covered, require_possible
from contracts.offering.unchanged import require_same_annexes
from membership import history
from membership.models import Organisation, Person
from nvsi.errors import NotAllowed, Stale, refused_in_words
from nvsi.halfyear import HalfYear


@transaction.atomic
def bring_into_force(
    offer: Offer, by: Person | None, *, today: datetime.date | None = None
) -> Fact:
    """Write the facts of an offer that both parties signed; gives the agreement.

    A verwerkersovereenkomst begins on its date, and never before the last signature; a
    gebruiksovereenkomst only under a verwerkersovereenkomst that is in force on that
    date. Raises NotAllowed when it cannot be, and then nothing is written; Stale when
    it ended in another way.
    """
    today = today or timezone.localdate()
    row = held(offer)
    _require_signed(row)
    content = content_of(row)
    lock_parties(row.organisation, *content.gemeenten)
    require_possible(content, today=today)
    require_same_annexes(row, today=today)
    if row.kind == Kind.GEBRUIKS:
        require_covered(content)
    act = _go_on if content.goes_on is not None else _NEW[Kind(row.kind)]
    with refused_in_words():
        fact = act(row, content, today, by)
    setattr(row, FACT_OF[Kind(row.kind)], fact)
    row.concluded_at = timezone.now()
    row.save(update_fields=[FACT_OF[Kind(row.kind)], "concluded_at"])
    history.record(row, "concluded", by, starts_on=fact.starts_on.isoformat())
    announcing.was_concluded(row)
    parties = {row.organisation, *content.gemeenten}
    ask_newcomers(parties, starts_on=fact.starts_on, today=today)
    call_off(fact, content.gemeenten, by=by)
    return fact


def _require_signed(row: Offer) -> None:
    if not row.is_running:
        raise Stale(f"{row} is intussen afgehandeld.")
    signed = set(row.signatures.values_list("party", flat=True))
    if signed != set(Party.values):
        raise NotAllowed(f"{row} is nog niet door beide partijen getekend.")


def _new_verwerkers(
    row: Offer, content: Content, today: datetime.date, by: Person | None
) -> Verwerkersovereenkomst:
    fact = Verwerkersovereenkomst(
        organisation=row.organisation,
        starts_on=max(row.starts_on, today),
        ends_on=row.ends_on,
    )
    fact.full_clean()
    fact.save()
    history.record(fact, "concluded", by, what=row.reference)
    return fact


def _new_use(
    row: Offer, content: Content, today: datetime.date, by: Person | None
) -> Gebruiksovereenkomst:
    assert row.instrument is not None, "a constraint says so"
    assert row.vergoeding_pct is not None, "a constraint says so"
    return conclude(
        row.organisation,
        row.instrument,
        gemeenten=content.gemeenten,
        signed_on=today,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        vergoeding_pct=row.vergoeding_pct,
        by=by,
    )


def _new_uitvoering(
    row: Offer, content: Content, today: datetime.date, by: Person | None
) -> Uitvoeringsovereenkomst:
    assert row.instrument is not None, "a constraint says so"
    fact = Uitvoeringsovereenkomst(
        organisation=row.organisation,
        instrument=row.instrument,
        signed_on=today,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )
    fact.full_clean()
    fact.save()
    history.record(fact, "concluded", by, what=row.reference)
    return fact


def _go_on(
    row: Offer, content: Content, today: datetime.date, by: Person | None
) -> Fact:
    """Prolonged or changed: the same agreement, until another day."""
    fact = content.goes_on
    assert fact is not None
    before = fact.ends_on
    fact.ends_on = row.ends_on
    fact.full_clean()
    fact.save(update_fields=["ends_on"])
    ends = {"ends_on": row.ends_on.isoformat() if row.ends_on else "onbepaald"}
    history.record(fact, "prolonged" if row.why == Why.PROLONGATION else "revised", by,
                   what=row.reference, **ends)  # fmt: skip
    if isinstance(fact, Gebruiksovereenkomst):
        try:
            _go_on_using(fact, row, content, before, by)
        except IntegrityError as error:  # the books refuse it: there are hours
            raise NotAllowed(str(error).splitlines()[0]) from error
    return fact


def _go_on_using(
    fact: Gebruiksovereenkomst,
    row: Offer,
    content: Content,
    before: datetime.date | None,
    by: Person | None,
) -> None:
    running = {one.gemeente_id: one for one in fact.coverages.filter(ends_on=before)}
    for gemeente in content.gemeenten:
        _cover(fact, gemeente, row, running.pop(gemeente.pk, None))
    for left_out in running.values():  # they stop the day before
        left_out.ends_on = row.starts_on - ONE_DAY
        left_out.full_clean()
        left_out.save(update_fields=["ends_on"])
    halfyear = HalfYear.of(row.starts_on)
    assert row.vergoeding_pct is not None, "a constraint says so"
    if row.vergoeding_pct != price_on(fact, halfyear):
        pct = row.vergoeding_pct
        change_terms(fact, from_halfyear=halfyear, vergoeding_pct=pct, by=by)


def _cover(
    fact: Gebruiksovereenkomst,
    gemeente: Organisation,
    row: Offer,
    running: Coverage | None,
) -> None:
    """Go on with a gemeente, or begin with one that joins; sooner than was agreed when
    this paper says so."""
    coverage = running or Coverage(
        agreement=fact,
        instrument=fact.instrument,
        gemeente=gemeente,
        starts_on=row.starts_on,
    )
    coverage.starts_on = min(coverage.starts_on, row.starts_on)
    coverage.ends_on = row.ends_on
    coverage.full_clean()
    coverage.save()


_Act = Callable[[Offer, Content, datetime.date, Person | None], Fact]
_NEW: dict[Kind, _Act] = {
    Kind.VERWERKERS: _new_verwerkers,
    Kind.GEBRUIKS: _new_use,
    Kind.UITVOERINGS: _new_uitvoering,
}
