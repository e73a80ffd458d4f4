"""How an agreement that runs may go on: prolonged from the day after its last, or
changed while it runs.

Source: domain rules 31-32, seed 001 (an agreement that is in force is not made again).
"""

import datetime

from contracts.kinds import Why
from contracts.models.facts import Gebruiksovereenkomst, Verwerkersovereenkomst
from contracts.offering.content import Content
from contracts.stopping.protection import require_no_use_after
from nvsi.dutch import day, half_year, percent
from nvsi.errors import NotAllowed
from nvsi.halfyear import HalfYear

ONE_DAY = datetime.timedelta(days=1)


def require_goes_on(content: Content) -> None:
    """A prolongation follows on the day after; a change comes while it runs."""
    fact = content.goes_on
    if fact is None or fact.organisation_id != content.organisation.pk:
        raise NotAllowed("Kies de overeenkomst die wordt verlengd of gewijzigd.")
    if hasattr(fact, "notice"):
        raise NotAllowed(
            f"Deze overeenkomst is opgezegd, en eindigt op {day(fact.notice.ends_on)}. "
            "Stel een nieuwe op die daarna begint."
        )
    if content.why == Why.PROLONGATION:
        _require_follows(content, fact.ends_on)
    elif content.starts_on <= fact.starts_on or (
        fact.ends_on is not None and content.starts_on > fact.ends_on
    ):
        raise NotAllowed(
            "Een wijziging gaat in terwijl de overeenkomst loopt.", field="starts_on"
        )
    if isinstance(fact, Verwerkersovereenkomst):
        require_end(fact, content.ends_on)
    if isinstance(fact, Gebruiksovereenkomst):
        _require_began(content, fact)
        _require_price_from_a_halfyear(content, fact)
        _require_no_later_price(content, fact)


def require_end(fact: Verwerkersovereenkomst, ends_on: datetime.date | None) -> None:
    """Earlier than it would, it ends only when nobody works under it after that day."""
    if ends_on is None or (fact.ends_on is not None and ends_on >= fact.ends_on):
        return
    require_no_use_after(fact, ends_on)


def _require_began(content: Content, fact: Gebruiksovereenkomst) -> None:
    """Who is left out stops the day before, so it must have begun by then."""
    rows = fact.coverages.filter(
        ends_on=fact.ends_on, starts_on__gte=content.starts_on
    ).exclude(gemeente__in=content.gemeenten)
    row = rows.select_related("gemeente").order_by("-starts_on").first()
    if row is not None:
        raise NotAllowed(
            f"{row.gemeente} doet volgens een getekende wijziging mee vanaf "
            f"{day(row.starts_on)}, en kan er niet eerder uit. Noem haar ook in deze "
            "wijziging, of laat de wijziging na die dag ingaan.",
            field="gemeenten",
        )


def _require_follows(content: Content, last: datetime.date | None) -> None:
    if last is None:
        raise NotAllowed("Deze overeenkomst heeft geen einddatum: verleng haar niet.")
    if content.starts_on != last + ONE_DAY:
        raise NotAllowed(
            f"Een verlenging gaat in op de dag na de laatste: {day(last + ONE_DAY)}.",
            field="starts_on",
        )


def _require_price_from_a_halfyear(
    content: Content, fact: Gebruiksovereenkomst
) -> None:
    """A price holds for whole half-years: see Terms."""
    halfyear = HalfYear.of(content.starts_on)
    now = price_on(fact, halfyear)
    if content.vergoeding_pct != now and content.starts_on != halfyear.first_day:
        raise NotAllowed(
            "Een andere vergoeding gaat in op 1 januari of 1 juli. Kies zo'n dag, of "
            "laat de vergoeding zoals zij is.",
            field="vergoeding_pct",
        )


def _require_no_later_price(content: Content, fact: Gebruiksovereenkomst) -> None:
    """What a later half-year costs was signed already, and is what will be settled: a
    paper that says another price would not be true."""
    assert content.vergoeding_pct is not None, "use has a price"
    first = HalfYear.of(content.starts_on)
    rows = fact.terms.exclude(vergoeding_pct=content.vergoeding_pct)
    rows = rows.filter(from_halfyear__gte=first).order_by("-from_halfyear")
    if content.ends_on is not None:
        rows = rows.filter(from_halfyear__lte=HalfYear.of(content.ends_on))
    row = rows.first()
    if row is not None:
        raise NotAllowed(
            f"Vanaf de {half_year(row.from_halfyear)} is al een vergoeding van "
            f"{percent(row.vergoeding_pct)} afgesproken. Neem die over, of laat deze "
            "wijziging later ingaan.",
            field="vergoeding_pct",
        )


def price_on(fact: Gebruiksovereenkomst, halfyear: HalfYear) -> object:
    """The percentage that holds in a half-year; None when there is none."""
    rows = fact.terms.filter(from_halfyear__lte=halfyear).order_by("-from_halfyear")
    return rows.values_list("vergoeding_pct", flat=True).first()
