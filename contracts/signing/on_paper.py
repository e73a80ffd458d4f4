"""An agreement that was printed and signed by hand: a scan, a second pair of eyes.

Who uploads it does not compare it. Confirmed by the bureau it counts as a signature in
the portal does. Source: AVG art. 28 lid 9 (in writing, also on paper).
"""

import datetime

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from contracts.kinds import Party
from contracts.models.offers import Offer
from contracts.models.signatures import Scan, Signature
from contracts.offering.drafting import held
from contracts.signing import announcing
from contracts.signing.rights import by_office, mandates, of_mandate
from contracts.signing.verbs import facts_of, keep, require_open
from membership import history
from membership.admission import evidence
from membership.models import Mandate, Person, Role
from membership.models.dossiers import WORKERS
from nvsi.dutch import day
from nvsi.errors import NotAllowed

COMPARERS = (Role.Name.BUREAU, Role.Name.BESTUUR)
KINDS = (evidence.PDF, evidence.PNG, evidence.JPEG)


def may_hand_in(offer: Offer, person: Person) -> bool:
    """Somebody of the organisation, and the association for either party."""
    works = offer.organisation_id in person.organisations_as(*WORKERS)
    return works or person.has_role(*COMPARERS)


def may_hand_in_for(offer: Offer, party: Party, person: Person) -> bool:
    """Whether somebody may hand in what this party signed."""
    theirs = party == Party.ORGANISATION or person.has_role(*COMPARERS)
    return theirs and may_hand_in(offer, person)


@transaction.atomic
def hand_in(
    offer: Offer, party: Party, file: "File[bytes]", *, today: datetime.date, by: Person
) -> Scan:
    """Keep a scan until somebody else compared it; the same bytes twice are one.

    Raises NotAllowed for who may not, a file that is no scan, and when it is not this
    party's turn.
    """
    offer = held(offer)
    if not may_hand_in(offer, by):
        raise NotAllowed("U werkt niet voor deze organisatie.")
    if not may_hand_in_for(offer, party, by):
        raise NotAllowed("Het exemplaar van de NVSI voegt het bureau toe.")
    require_open(offer, party, today=today)
    checked = evidence.check(file, KINDS, field="scan")
    if checked.sha256 == offer.document_sha256:
        raise NotAllowed(
            "Dit is het document zelf, nog zonder handtekening. Voeg een scan toe van "
            "het exemplaar dat is getekend.",
            field="scan",
        )
    waiting = offer.scans.filter(party=party, status=Scan.Status.WAITING).first()
    if waiting is not None:
        if (waiting.sha256, waiting.by_id) == (checked.sha256, by.pk):
            return waiting
        raise NotAllowed("Er is al een getekend exemplaar. Het bureau vergelijkt het.")
    scan = Scan(
        offer=offer,
        party=party,
        file_name=checked.file_name,
        media_type=checked.media_type,
        sha256=checked.sha256,
        content=checked.content,
        by=by,
    )
    scan.full_clean(exclude=["offer"])
    scan.save()
    history.record(offer, "scan added", by, party=party.label)
    announcing.scan_came(scan)
    return scan


@transaction.atomic
def confirm(
    scan: Scan,
    *,
    name: str,
    function: str,
    mandate: Mandate | None,
    signed_on: datetime.date,
    now: datetime.datetime,
    by: Person,
) -> Signature:
    """It is the document that was offered, with a hand under it that may sign.

    Without a mandate the hand is of who signs by office. Raises NotAllowed for who
    uploaded it, a day that cannot be, and a mandate that did not hold on that day.
    """
    scan = _held(scan, by)
    offer, party = scan.offer, Party(scan.party)
    today = timezone.localdate(now)
    require_open(offer, party, today=timezone.localdate(scan.at))
    _require_day(offer, signed_on, today)
    right = by_office(function)
    if mandate is not None:
        if not mandates(offer, party, signed_on).filter(pk=mandate.pk).exists():
            raise NotAllowed(
                "Dit mandaat gold op die dag niet voor deze overeenkomst.",
                field="mandate",
            )
        right = of_mandate(mandate)
    scan.decided_by = by
    scan.save(update_fields=["decided_by"])
    history.move(scan, Scan.Status.CONFIRMED, by)
    signature = Signature(
        offer=offer,
        party=party,
        how=Signature.How.PAPER,
        person=mandate.person if mandate else None,
        scan=scan,
        **facts_of(offer, name, right, signed_on),
    )
    return keep(signature, by=by)


@transaction.atomic
def turn_back(scan: Scan, *, reason: str, by: Person) -> Scan:
    """It is not what was offered, or nobody signed it: say why. Nothing is signed, and
    after its term the offer lapses."""
    scan = _held(scan, by)
    if not reason.strip():
        raise NotAllowed("Geef de reden; wie het toevoegde leest haar.")
    scan.decided_by, scan.reason = by, reason
    scan.full_clean(exclude=["offer", "by", "content"], validate_constraints=False)
    scan.save(update_fields=["decided_by", "reason"])
    history.move(scan, Scan.Status.TURNED_BACK, by)
    is_late = lapses_without(scan, timezone.localdate())
    announcing.scan_was_turned_back(scan, is_late=is_late)
    return scan


def lapses_without(scan: Scan, today: datetime.date) -> bool:
    """Whether only this scan keeps its offer open: the term is over and the
    organisation did not sign."""
    offer = scan.offer
    is_late = offer.answer_by is not None and offer.answer_by < today
    return is_late and not offer.signatures.filter(party=Party.ORGANISATION).exists()


def _held(scan: Scan, by: Person) -> Scan:
    """As it is now, held with its offer, for who may compare it."""
    offer = held(scan.offer)
    scan = Scan.objects.listed().select_for_update(of=("self",)).get(pk=scan.pk)
    scan.offer = offer
    if not by.has_role(*COMPARERS):
        raise NotAllowed("Een exemplaar op papier vergelijkt het bureau.")
    if by.pk == scan.by_id:
        raise NotAllowed("U voegde dit exemplaar zelf toe. Een collega vergelijkt het.")
    if scan.status != Scan.Status.WAITING:
        raise NotAllowed("Over dit exemplaar is al besloten.")
    return scan


def _require_day(offer: Offer, signed_on: datetime.date, today: datetime.date) -> None:
    assert offer.offered_at is not None
    first = timezone.localdate(offer.offered_at)
    if not first <= signed_on <= today:
        raise NotAllowed(
            f"De dag van tekenen ligt niet voor het aanbod van {day(first)}, en niet "
            "in de toekomst.",
            field="signed_on",
        )
