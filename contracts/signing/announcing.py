"""Tell by e-mail that an agreement was signed, and let the worker seal it.

An e-mail says which agreement, what happened and where to look; never the document.
"""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from contracts.kinds import Party
from contracts.models.offers import Offer
from contracts.models.signatures import Scan, SealedDocument, Signature
from contracts.offering.announcing import people_of
from membership import emails
from membership.models import Person, Role


def one_party_signed(signature: Signature) -> None:
    """The other party is asked to sign now."""
    offer = signature.offer
    page = reverse("agreement-sign", args=[offer.reference])
    sentences = [
        f"{signature.name} heeft de {offer.get_kind_display()} {offer.reference} "
        f"getekend namens {_of(offer, signature.party)}.",
        "Nu is het aan u om te lezen en te tekenen.",
    ]
    to_nvsi = signature.party == Party.ORGANISATION
    people = _bestuur() if to_nvsi else people_of(offer)
    _tell(f"{offer.pk}|{signature.pk}", offer, "wacht op uw handtekening", people,
          sentences, page)  # fmt: skip


def scan_came(scan: Scan) -> None:
    """The bureau is asked to compare it, by somebody else than who uploaded it."""
    page = reverse("admin:contracts_scan_change", args=[scan.pk])
    sentences = [
        f"{scan.by.name} heeft een exemplaar van {scan.offer.reference} toegevoegd "
        "dat op papier is getekend.",
        "Vergelijk het met het document dat is aangeboden, en bevestig het.",
    ]
    people = [p for p in _with(Role.Name.BUREAU) if p.pk != scan.by_id]
    _tell(f"scan|{scan.pk}", scan.offer, "op papier getekend", people, sentences, page)


def scan_was_turned_back(scan: Scan, *, is_late: bool) -> None:
    """Who uploaded it reads why in the portal. is_late: there is no time left to add
    another."""
    page = reverse("agreement-sign", args=[scan.offer.reference])
    sentences = [
        f"Het bureau kan het getekende exemplaar van {scan.offer.reference} niet "
        "gebruiken. De reden staat in het portaal.",
        "De termijn om te tekenen is voorbij. Wilt u de overeenkomst nog sluiten? "
        "Vraag het bureau om een nieuw aanbod."
        if is_late
        else "Voeg daar een nieuw exemplaar toe.",
    ]
    _tell(f"back|{scan.pk}", scan.offer, "het exemplaar komt terug", [scan.by],
          sentences, page)  # fmt: skip


def agreement_was_sealed(sealed: SealedDocument) -> None:
    """Our own side hears where the document is; the organisation heard it when the
    agreement was concluded (contracts.offering)."""
    offer = sealed.offer
    page = reverse("agreement-sealed", args=[offer.reference])
    sentences = [
        f"De {offer.get_kind_display()} {offer.reference} is door beide partijen "
        "getekend. Het document staat voor u klaar in het portaal.",
        "Bewaar het bestand zoals het is. Iedereen kan op "
        f"{settings.SITE_URL}{reverse('check-document')} nagaan of het echt is.",
    ]
    people = {p.pk: p for p in (*_our_signers(offer), *_with(Role.Name.BUREAU))}
    _tell(f"sealed|{offer.pk}", offer, "getekend door beide partijen",
          people.values(), sentences, page)  # fmt: skip


def _our_signers(offer: Offer) -> Iterable[Person]:
    signed = offer.signatures.filter(party=Party.NVSI, person__isnull=False)
    return Person.objects.filter(is_active=True, pk__in=signed.values("person"))


def _bestuur() -> Iterable[Person]:
    return _with(Role.Name.BESTUUR)


def _with(*names: str) -> Iterable[Person]:
    return Person.objects.with_role(*names, on=timezone.localdate())


def _of(offer: Offer, party: str) -> str:
    return "de NVSI" if party == Party.NVSI else offer.organisation.formal_name


def _tell(
    key: str,
    offer: Offer,
    subject: str,
    people: Iterable[Person],
    sentences: list[str],
    page: str,
) -> None:
    emails.queue_all(
        "agreement_signed",
        key,
        people,
        organisation=offer.organisation,
        reference=offer.reference,
        subject=subject,
        sentences=sentences,
        page=f"{settings.SITE_URL}{page}",
    )
    emails.send_soon()
