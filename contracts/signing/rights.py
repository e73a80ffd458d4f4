"""Who may sign an agreement for which party, and on what that rests.

For an organisation: an ondertekenaar, on a mandate of the register that is his own, or
by the office that the bureau confirmed. For the NVSI: the bestuur, or who holds a
mandate of the association. Source: Gemeentewet art. 171, domain rule 30.
"""

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet

from contracts.kinds import Party
from contracts.models.offers import Offer
from membership.models import Mandate, Person, Role, SignerProposal
from nvsi.dutch import day

OF_AN_AGREEMENT = (Mandate.Purpose.ALL, Mandate.Purpose.AGREEMENTS)


@dataclass(frozen=True)
class Right:
    """What somebody signs on: his function, the mandate if there is one, and both in
    the words of the trail."""

    function: str
    ground: str
    mandate: Mandate | None = None


def right_of(
    person: Person, offer: Offer, party: Party, on: datetime.date
) -> Right | None:
    """On what a person may sign an offer for a party today; None when he may not."""
    if party == Party.NVSI:
        return _for_the_nvsi(person, on)
    if offer.organisation_id not in person.organisations_as(Role.Name.ONDERTEKENAAR):
        return None
    mandate = mandates(offer, party, on).filter(person=person).first()
    if mandate is not None:
        return of_mandate(mandate)
    return _by_office(person, offer)


def parties_of(person: Person, offer: Offer, on: datetime.date) -> list[Party]:
    """For which parties a person may sign; the organisation goes first."""
    return [party for party in Party if right_of(person, offer, party, on)]


def mandates(offer: Offer, party: Party, on: datetime.date) -> QuerySet[Mandate]:
    """The mandates of a party for agreements that hold on a day, the newest first."""
    return _of_party(Mandate.objects.active_on(on), offer, party)


def mandates_in(
    offer: Offer, party: Party, first: datetime.date, last: datetime.date
) -> QuerySet[Mandate]:
    """The same on some day of a period: which day was signed on is not known yet."""
    rows = Mandate.objects.exclude(ends_on__lt=first).filter(starts_on__lte=last)
    return _of_party(rows, offer, party)


def _of_party(rows: QuerySet[Mandate], offer: Offer, party: Party) -> QuerySet[Mandate]:
    whose = None if party == Party.NVSI else offer.organisation_id
    for_it = rows.filter(organisation=whose, purpose__in=OF_AN_AGREEMENT)
    return for_it.order_by("-starts_on", "-pk")


def of_mandate(mandate: Mandate) -> Right:
    """As the trail tells it: 'mandaat voor de overeenkomsten, besluit van ...'."""
    number = f", nummer {mandate.number}" if mandate.number else ""
    words = f"mandaat voor {mandate.get_purpose_display()}, besluit van "
    return Right(mandate.function, f"{words}{day(mandate.decided_on)}{number}", mandate)


def by_office(function: str) -> Right:
    """Who represents an organisation by law or its statuten, and needs no mandate."""
    return Right(function, "ambt of statuten")


def _for_the_nvsi(person: Person, on: datetime.date) -> Right | None:
    if person.has_role(Role.Name.BESTUUR):
        return Right(person.function or "bestuurslid", "lid van het bestuur")
    if not person.is_association:
        return None
    rows = Mandate.objects.active_on(on).filter(
        organisation=None, person=person, purpose__in=OF_AN_AGREEMENT
    )
    mandate = rows.order_by("-starts_on", "-pk").first()
    return of_mandate(mandate) if mandate else None


def _by_office(person: Person, offer: Offer) -> Right | None:
    """The bureau confirmed once that this person signs without a mandate."""
    rows = SignerProposal.objects.filter(
        organisation=offer.organisation_id,
        email=person.email,
        status=SignerProposal.Status.CONFIRMED,
        ground=SignerProposal.Ground.OFFICE,
    )
    proposal = rows.order_by("-pk").first()
    return by_office(person.function or proposal.function) if proposal else None
