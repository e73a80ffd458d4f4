"""What the pages about agreements show: what holds, what is asked, what was."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from contracts.kinds import OF_AN_EARLIER_ONE, Kind, Party, Why
from contracts.models import Coverage, Gebruiksovereenkomst, Offer, SealedDocument
from contracts.models.offers import READERS
from contracts.offering.where import paper_waits, signed_by, stage_on, with_facts
from contracts.offering.words import (
    Badge,
    badge_of,
    in_force,
    price_of,
    title_of,
)
from contracts.stages import OVER, Stage
from contracts.terms import in_force as terms_in_force
from instruments.models import Instrument
from membership.models import Organisation, Person, Role
from nvsi.dutch import day
from nvsi.halfyear import HalfYear

NOTICE_GIVEN = Badge("Opgezegd", "waiting")
PAUSED = Badge("Gepauzeerd", "waiting")
IN_FORCE = Badge("Van kracht", "done")
TO_COME = Badge("Begint nog", "waiting")


# Of each agreement by kind and id: its last paper, and when that changed it.
Papers = dict[tuple[str, int], tuple[str, datetime.date | None]]


@dataclass(frozen=True)
class Row:
    """One agreement in a list. reference is empty for one without a paper here; holder
    is who agreed, when that is another; use is the short name of the instrument whose
    use may be paused."""

    title: str
    badge: Badge
    when: str
    price: str = ""
    next: str = ""
    reference: str = ""
    use: str = ""
    holder: str = ""


@dataclass(frozen=True)
class Overview:
    """asked waits for the organisation; coming for the NVSI; held is in force or will
    be; earlier came to nothing, or ended."""

    asked: list[Row] = field(default_factory=list)
    coming: list[Row] = field(default_factory=list)
    held: list[Row] = field(default_factory=list)
    earlier: list[Row] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.asked or self.coming or self.held or self.earlier)


def overview(
    user: Person, organisation: Organisation, *, today: datetime.date
) -> Overview:
    """What somebody may see of the agreements of an organisation."""
    seen = Overview()
    rows = Offer.objects.visible_to(user).listed().filter(organisation=organisation)
    papers: Papers = {}
    for offer in with_facts(rows).order_by("pk"):
        stage = stage_on(offer, today)
        if offer.concluded_at and offer.fact:
            changed_on = offer.starts_on if offer.why == Why.CHANGE else None
            papers[offer.kind, offer.fact.pk] = offer.reference, changed_on
        if stage in OVER:
            seen.earlier.insert(0, row_of(offer, today))
        elif not offer.concluded_at:
            is_asked = waits_for_them(offer, stage)
            (seen.asked if is_asked else seen.coming).append(row_of(offer, today))
    seen.held.extend(_held(user, organisation, papers, today))
    return seen


def row_of(offer: Offer, today: datetime.date) -> Row:
    """An offer on its way, or one that is over."""
    stage = stage_on(offer, today)
    by = ""
    if offer.answer_by and waits_for_them(offer, stage):
        by = f"Teken uiterlijk {day(offer.answer_by)}"
    return Row(
        title=title_of(offer.kind, offer.why, str(offer.instrument or "")),
        badge=badge_of(stage, is_asked=waits_for_them(offer, stage)),
        when=in_force(offer.starts_on, offer.ends_on),
        price=price_in_words(offer, today),
        next=by,
        reference=offer.reference,
    )


def waits_for_them(offer: Offer, stage: Stage) -> bool:
    """Whether it is the turn of the organisation, that did not sign on paper."""
    if paper_waits(offer) or stage not in (Stage.OFFERED, Stage.HALF_SIGNED):
        return False
    signed = signed_by(offer)
    is_their_turn = offer.signs_first == Party.ORGANISATION or Party.NVSI in signed
    return is_their_turn and Party.ORGANISATION not in signed


def price_in_words(offer: Offer, today: datetime.date) -> str:
    """Empty for what has no price. Of an uitvoerder what it asks itself."""
    if offer.vergoeding_pct is None or offer.instrument is None:
        return ""
    on = max(offer.starts_on, today)
    return price_of(offer.vergoeding_pct, *_around(offer.instrument, on))


def _around(instrument: Instrument, on: datetime.date) -> tuple[str, list[Any]]:
    """Who carries it out then, and what both sides contribute."""
    uitvoerder = instrument.uitvoerder_on(on)
    rates = list(instrument.contribution_rates.all())
    rate = terms_in_force(rates, HalfYear.of(on))
    pcts = [rate.gemeente_pct, rate.uitvoerder_pct] if rate else []
    return uitvoerder.name if uitvoerder else "", pcts


def sees_all(user: Person, organisation: Organisation) -> bool:
    """Who reads every agreement of an organisation; the fg only what is his."""
    roles = (*READERS, Role.Name.UITVOERDER)
    return user.is_association or organisation.pk in user.organisations_as(*roles)


def _held(
    user: Person,
    organisation: Organisation,
    papers: Papers,
    today: datetime.date,
) -> Iterator[Row]:
    """What holds today or will: read from the facts, whatever they came from."""
    is_fg = organisation.pk in user.organisations_as(Role.Name.FG)
    everything = sees_all(user, organisation)
    if everything or is_fg:
        yield from _of_verwerkers(organisation, papers, today)
    if everything:
        yield from _of_use(organisation, papers, today)
        yield from _of_others(organisation, today)
        yield from _of_uitvoering(organisation, papers, today)


def _still(rows: Any, today: datetime.date) -> Any:
    return rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))


def _of_verwerkers(
    organisation: Organisation, papers: Papers, today: datetime.date
) -> Iterator[Row]:
    facts = _still(organisation.verwerkersovereenkomsten, today)
    for fact in facts.select_related("notice"):
        yield _fact_row(fact, Kind.VERWERKERS, "", "", papers, today)


def _of_use(
    organisation: Organisation, papers: Papers, today: datetime.date
) -> Iterator[Row]:
    facts: QuerySet[Gebruiksovereenkomst] = _still(
        organisation.gebruiksovereenkomsten, today
    )
    rows = facts.select_related("instrument", "notice").prefetch_related(
        "terms", "pauses"
    )
    for fact in rows:
        on = max(fact.starts_on, today)
        terms = terms_in_force(fact.terms.all(), HalfYear.of(on))
        price = ""
        if terms is not None:
            price = price_of(terms.vergoeding_pct, *_around(fact.instrument, on))
        name = fact.instrument.name
        yield _fact_row(fact, Kind.GEBRUIKS, name, price, papers, today)


def _of_others(organisation: Organisation, today: datetime.date) -> Iterator[Row]:
    """Under the agreement of a samenwerkingsverband."""
    rows: QuerySet[Coverage] = _still(organisation.coverages, today)
    others = rows.exclude(agreement__organisation=organisation)
    with_holder = others.select_related(
        "instrument", "agreement__organisation", "agreement__notice"
    )
    for row in with_holder.prefetch_related("agreement__pauses"):
        badge, following = _now(row.agreement, today)
        if badge not in (NOTICE_GIVEN, PAUSED):  # then its own days tell more
            badge = IN_FORCE if row.starts_on <= today else TO_COME
            following = f"Eindigt op {day(row.ends_on)}" if row.ends_on else ""
        yield Row(
            title=f"Gebruik van {row.instrument}",
            badge=badge,
            when=in_force(row.starts_on, row.ends_on),
            next=following,
            holder=str(row.agreement.organisation),
        )


def _of_uitvoering(
    organisation: Organisation, papers: Papers, today: datetime.date
) -> Iterator[Row]:
    facts = _still(organisation.uitvoeringsovereenkomsten, today)
    for fact in facts.select_related("instrument", "notice"):
        name = fact.instrument.name
        yield _fact_row(fact, Kind.UITVOERINGS, name, "", papers, today)


def _fact_row(
    fact: Any,
    kind: Kind,
    instrument: str,
    price: str,
    papers: Papers,
    today: datetime.date,
) -> Row:
    reference, changed_on = papers.get((kind.value, fact.pk), ("", None))
    badge, following = _now(fact, today)
    changed = f", gewijzigd vanaf {day(changed_on)}" if changed_on else ""
    return Row(
        title=title_of(kind, "new", instrument),
        badge=badge,
        when=in_force(fact.starts_on, fact.ends_on) + changed,
        price=price,
        next=following,
        reference=reference,
        use=fact.instrument.slug if kind == Kind.GEBRUIKS else "",
    )


def _now(fact: Any, today: datetime.date) -> tuple[Badge, str]:
    """The state of what was agreed, and what comes next."""
    if hasattr(fact, "notice"):
        return NOTICE_GIVEN, f"Opgezegd: eindigt op {day(fact.notice.ends_on)}"
    pauses = fact.pauses.all() if hasattr(fact, "pauses") else []
    for pause in pauses:
        if not (pause.ends_on and pause.ends_on < today):
            badge = PAUSED if pause.starts_on <= today else IN_FORCE
            until = f" tot en met {day(pause.ends_on)}" if pause.ends_on else ""
            return badge, f"Gebruik gepauzeerd vanaf {day(pause.starts_on)}{until}"
    if fact.starts_on > today:
        return TO_COME, f"Begint op {day(fact.starts_on)}"
    return IN_FORCE, f"Eindigt op {day(fact.ends_on)}" if fact.ends_on else ""


def before(offer: Offer) -> str:
    """The reference of the paper that this one prolongs or changes; empty when there is
    none here."""
    if offer.fact is None or offer.why not in OF_AN_EARLIER_ONE:
        return ""
    papers = offer.fact.offers.filter(concluded_at__isnull=False, pk__lt=offer.pk)
    last = papers.order_by("pk").values_list("reference", flat=True).last()
    return last or ""


def is_sealed(offer: Offer) -> bool:
    """Whether the document with both signatures is there; without reading it."""
    return SealedDocument.objects.filter(offer=offer).exists()
