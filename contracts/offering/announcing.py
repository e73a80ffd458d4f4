"""Tell by e-mail what happens to an offer. A reason is read in the portal alone."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from contracts.kinds import Kind, Party
from contracts.models.offers import READERS, Offer
from contracts.models.own_models import SubmittedModel
from membership import emails
from membership.models import Person, Role
from nvsi.dutch import day


def was_offered(offer: Offer) -> None:
    assert offer.answer_by is not None, "a constraint says so"
    if offer.signs_first == Party.NVSI:
        _nvsi_goes_first(offer)
        return
    sentences = [
        f"Wij bieden u een {what_of(offer)} aan.",
        f"Lees haar en teken haar uiterlijk {day(offer.answer_by)}. Daarna vervalt het "
        "aanbod. Niet akkoord? Wijs haar dan af, met de reden.",
    ]
    _tell(offer, "offered", "een overeenkomst om te tekenen", sentences)


def _nvsi_goes_first(offer: Offer) -> None:
    """The bestuur is asked now; the organisation when that signed."""
    sentences = [
        f"Wij bieden u een {what_of(offer)} aan. De NVSI tekent eerst.",
        "Daarna is het aan u; u krijgt dan weer een e-mail. Lezen kunt u haar al.",
    ]
    _tell(offer, "offered", "een overeenkomst om te lezen", sentences)
    asked = f"De {what_of(offer)} wacht op u: de NVSI tekent eerst."
    page = reverse("agreement-sign", args=[offer.reference])
    _ask(offer, "sign first", asked, Role.Name.BESTUUR, page)


def term_was_changed(offer: Offer) -> None:
    assert offer.answer_by is not None, "a constraint says so"
    until = day(offer.answer_by)
    sentences = [f"U kunt de {what_of(offer)} tekenen tot en met {until}."]
    key = f"term {offer.answer_by}"
    _tell(offer, key, "een andere dag om uiterlijk te tekenen", sentences)


def was_withdrawn(offer: Offer) -> None:
    sentences = [
        f"Wij trekken de {what_of(offer)} in. U hoeft niets te doen. De reden staat in "
        "het portaal."
    ]
    _tell(offer, "withdrawn", "een aanbod is ingetrokken", sentences)


def has_lapsed(offer: Offer) -> None:
    sentences = [
        f"De {what_of(offer)} is niet op tijd getekend, en is vervallen. Wilt u haar "
        "nog sluiten? Vraag het bureau dan om een nieuw aanbod."
    ]
    _tell(offer, "lapsed", "een aanbod is vervallen", sentences)
    _tell_bureau(offer, "lapsed", f"De {what_of(offer)} is niet op tijd getekend.")


def was_declined(offer: Offer, by: Person) -> None:
    said = f"{by.name} wijst de {what_of(offer)} af. De reden staat bij het aanbod."
    _tell_bureau(offer, "declined", said)


def was_concluded(offer: Offer) -> None:
    sentences = [
        f"De {what_of(offer)} is door beide partijen getekend. Zij geldt vanaf "
        f"{day(offer.holds_from)}. Het getekende document staat in het portaal."
    ]
    _tell(offer, "concluded", "uw overeenkomst is getekend", sentences)


def model_came(row: SubmittedModel) -> None:
    """To the bureau: somebody else compares it."""
    emails.queue_all(
        "agreement_waiting",
        f"model|{row.pk}",
        Person.objects.with_role(Role.Name.BUREAU, on=timezone.localdate()),
        organisation=row.organisation,
        sentence=f"{row.by.name} heeft een eigen model verwerkersovereenkomst "
        "ingediend. Vergelijk het, en bied het aan of stuur het terug.",
        page=_whole(reverse("admin:contracts_submittedmodel_change", args=[row.pk])),
    )
    emails.send_soon()


def model_was_turned_back(row: SubmittedModel) -> None:
    """Who handed it in reads why in the portal."""
    emails.queue_all(
        "agreement_told",
        f"model back|{row.pk}",
        [row.by],
        organisation=row.organisation,
        subject="uw eigen model komt terug",
        sentences=[
            "Het bureau kan uw model niet gebruiken. De reden staat in het "
            "portaal. Pas het aan, en dien het opnieuw in."
        ],
        page=_whole(reverse("own-model")),
    )
    emails.send_soon()


def _whole(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def what_of(offer: Offer) -> str:
    """'gebruiksovereenkomst OVK-2026-0007 voor Flexensie'."""
    about = f" voor {offer.instrument}" if offer.instrument else ""
    return f"{offer}{about}"


def people_of(offer: Offer) -> "list[Person]":
    """Who reads agreements for the organisation, and may log in."""
    roles = [*READERS, Role.Name.UITVOERDER]
    if offer.kind == Kind.VERWERKERS:
        roles.append(Role.Name.FG)
    of_whom = offer.organisation.roles.active_on(timezone.localdate())
    held = of_whom.filter(name__in=roles)
    return list(Person.objects.filter(is_active=True, pk__in=held.values("person")))


def _tell(offer: Offer, what: str, subject: str, sentences: list[str]) -> None:
    page = reverse("agreement-detail", args=[offer.reference])
    emails.queue_all(
        "agreement_told",
        f"{offer.pk}|{what}",
        people_of(offer),
        organisation=offer.organisation,
        subject=subject,
        sentences=sentences,
        page=f"{settings.SITE_URL}{page}",
    )
    emails.send_soon()


def _tell_bureau(offer: Offer, what: str, sentence: str) -> None:
    page = reverse("admin:contracts_offer_change", args=[offer.pk])
    _ask(offer, what, sentence, Role.Name.BUREAU, page)


def _ask(offer: Offer, what: str, sentence: str, role: str, page: str) -> None:
    emails.queue_all(
        "agreement_waiting",
        f"{offer.pk}|{what}",
        Person.objects.with_role(role, on=timezone.localdate()),
        organisation=offer.organisation,
        sentence=sentence,
        page=_whole(page),
    )
    emails.send_soon()
