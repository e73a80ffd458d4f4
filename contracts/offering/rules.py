"""What may be agreed with whom: read from the facts, before anything is written.

Source: domain rules 31-33, seed 001 (an agreement that is in force is not made again),
seed 000 (contracts may be prepared with an aspirant-lid).
"""

import datetime

from django.db.models import Q, QuerySet

from contracts.agreements import require_dates, require_gemeenten
from contracts.kinds import OF_AN_EARLIER_ONE, Kind
from contracts.models.facts import Coverage
from contracts.offering.content import Content
from contracts.offering.going_on import require_goes_on
from membership.models import Membership, Organisation
from membership.redivision.gone import require_there
from nvsi.dutch import day, listing
from nvsi.errors import NotAllowed

_KINDS = Organisation.Kind


def require_possible(content: Content, *, today: datetime.date) -> None:
    """Raises NotAllowed when this agreement cannot be, and says what to do."""
    require_dates(content.starts_on, content.ends_on)
    for organisation in {content.organisation, *content.gemeenten}:
        require_there(organisation, max(today, content.starts_on))
    _require_instrument_and_price(content)
    require_party(content)
    if content.why in OF_AN_EARLIER_ONE:
        require_goes_on(content)
    elif content.kind == Kind.VERWERKERS:
        _require_not_over(content, today)
        require_no_verwerkersovereenkomst(content.organisation, content.starts_on)
    if content.kind == Kind.GEBRUIKS:
        require_no_use(content)
    if content.kind != Kind.UITVOERINGS:
        for on in sorted({today, max(today, content.starts_on)}):
            require_belongs(content, on)


def _require_instrument_and_price(content: Content) -> None:
    """A verwerkersovereenkomst is about all, and has no price; another names both."""
    if content.kind == Kind.VERWERKERS:
        if content.instrument is not None:
            raise NotAllowed(
                "Een verwerkersovereenkomst geldt voor alle instrumenten: laat dit "
                "leeg.",
                field="instrument",
            )
        if content.vergoeding_pct is not None:
            raise NotAllowed(
                "Een verwerkersovereenkomst heeft geen prijs: laat dit leeg.",
                field="vergoeding_pct",
            )
        return
    if content.instrument is None:
        raise NotAllowed("Kies het instrument.", field="instrument")
    if content.instrument.is_example:
        raise NotAllowed(
            "Over een voorbeeld sluit niemand een overeenkomst.", field="instrument"
        )
    if content.vergoeding_pct is None:
        raise NotAllowed(
            "Vul de vergoeding in: een percentage tussen 0 en 100.",
            field="vergoeding_pct",
        )


def require_party(content: Content) -> None:
    """Each kind of agreement is with its own kind of organisation."""
    organisation = content.organisation
    is_uitvoerder = organisation.kind == _KINDS.UITVOERDER
    if (content.kind == Kind.UITVOERINGS) != is_uitvoerder:
        other = "geen " if content.kind == Kind.UITVOERINGS else ""
        raise NotAllowed(
            f"{organisation} is {other}uitvoerder, en sluit deze overeenkomst niet.",
            field="organisation",
        )
    for_others = organisation.kind == _KINDS.SAMENWERKINGSVERBAND and content.gemeenten
    if content.kind == Kind.GEBRUIKS or for_others:
        require_gemeenten(organisation, content.gemeenten)
    elif content.gemeenten:
        raise NotAllowed("Alleen een samenwerkingsverband sluit voor gemeenten.")


def require_belongs(content: Content, on: datetime.date) -> None:
    """For a lid, or an aspirant-lid while the procedure runs: the holder itself, or
    each gemeente of a samenwerkingsverband."""
    who = content.organisation
    if belongs(who, on):
        return
    others = content.gemeenten if who.kind == _KINDS.SAMENWERKINGSVERBAND else ()
    strange = [str(one) for one in others if not belongs(one, on)]
    if strange or not others:
        raise NotAllowed(
            f"{listing(strange or [str(who)])}: op {day(on)} geen lid en geen "
            "aspirant-lid. Open eerst een dossier, of maak de organisatie aspirant-lid."
        )


def belongs(organisation: Organisation, on: datetime.date) -> bool:
    """Lid on a day; or aspirant-lid, of whom the procedure did not end."""
    rows = organisation.memberships.active_on(on).select_related("dossier")
    for period in rows:
        if period.kind == Membership.Kind.LID:
            return True
        is_aspirant = period.kind == Membership.Kind.ASPIRANT_LID
        if is_aspirant and (period.dossier is None or _runs(period)):
            return True
    return False


def _runs(period: Membership) -> bool:
    return period.dossier is not None and period.dossier.status == "running"


def _require_not_over(content: Content, today: datetime.date) -> None:
    """It never begins before the last signature, so its last day is still to come."""
    if content.ends_on is not None and content.ends_on < today:
        raise NotAllowed(
            f"De laatste dag, {day(content.ends_on)}, is al voorbij. Stel een nieuwe "
            "op met een latere einddatum, of zonder.",
            field="ends_on",
        )


def require_no_verwerkersovereenkomst(
    organisation: Organisation, starts_on: datetime.date
) -> None:
    """A second one is not needed: points at the one that holds."""
    later = Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on)
    fact = organisation.verwerkersovereenkomsten.filter(later).first()
    if fact is None:
        return
    paper = fact.offers.filter(concluded_at__isnull=False).order_by("pk").last()
    where = f" Zie {paper.reference}." if paper else ""
    raise NotAllowed(
        f"{organisation} heeft al een verwerkersovereenkomst, van kracht sinds "
        f"{day(fact.starts_on)}. Een tweede is niet nodig.{where} Verleng of wijzig "
        "die als er iets moet veranderen."
    )


def require_no_use(content: Content) -> None:
    """No gemeente has two agreements for one instrument on one day; the one that goes
    on is no second."""
    rows = sharing_a_day(content.starts_on, content.ends_on).filter(
        instrument=content.instrument, gemeente__in=content.gemeenten
    )
    if content.goes_on is not None:
        rows = rows.exclude(agreement_id=content.goes_on.pk)
    row = rows.select_related("gemeente", "agreement__organisation").first()
    if row is not None:
        raise NotAllowed(
            f"{row.gemeente} heeft al een gebruiksovereenkomst voor "
            f"{content.instrument}, van {row.agreement.organisation} en vanaf "
            f"{day(row.starts_on)}. Verleng of wijzig die."
        )


def sharing_a_day(
    starts_on: datetime.date, ends_on: datetime.date | None
) -> QuerySet[Coverage]:
    """The coverages that hold on some day of a period."""
    rows = Coverage.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on))
    return rows.filter(starts_on__lte=ends_on) if ends_on else rows


def require_covered(content: Content) -> None:
    """Before use is in force, a verwerkersovereenkomst is: of the holder, or of each
    gemeente. Raises NotAllowed that names who lacks it (domain rule 31)."""
    holder, on = content.organisation, content.starts_on
    if _has_verwerkersovereenkomst(holder, on):
        return
    lacking = [g for g in content.gemeenten if not _has_verwerkersovereenkomst(g, on)]
    if lacking:
        names = listing([str(one) for one in lacking])
        own = "" if holder in content.gemeenten else f"{holder}, en ook niet voor "
        raise NotAllowed(
            f"Er is op {day(on)} geen verwerkersovereenkomst van kracht voor {own}"
            f"{names}. Sluit die eerst."
        )


def _has_verwerkersovereenkomst(organisation: Organisation, on: datetime.date) -> bool:
    still = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    facts = organisation.verwerkersovereenkomsten.filter(still, starts_on__lte=on)
    return facts.exists()


def lacking(content: Content, on: datetime.date) -> list[str]:
    """What stands between an offer of use and being in force, in sentences."""
    if content.kind != Kind.GEBRUIKS:
        return []
    found = []
    for require in (require_covered, lambda one: require_belongs(one, on)):
        try:
            require(content)
        except NotAllowed as refusal:
            found.append(str(refusal))
    return found
