"""Who may sign for an organisation: put forward by it, confirmed by the bureau.

A right that can sign is never given by oneself. The bureau sees a mandate in the
register, or that somebody signs by his office: the burgemeester, or who represents the
organisation by its statuten. Source: Gemeentewet art. 171, domain rule 30.
"""

import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from membership import emails, history
from membership.colleagues.roles import is_contactpersoon
from membership.models import Mandate, Organisation, Person, Role, SignerProposal
from membership.people import add_person, require_colleague
from nvsi.errors import NotAllowed

Status, Ground = SignerProposal.Status, SignerProposal.Ground
CONFIRMERS = (Role.Name.BUREAU, Role.Name.BESTUUR)


@transaction.atomic
def propose(
    organisation: Organisation, *, name: str, function: str, email: str, by: Person
) -> SignerProposal:
    """A contactpersoon puts somebody forward; the bureau is asked to confirm.

    Raises NotAllowed for who is no contactpersoon there, an address of another
    organisation, and who is ondertekenaar or put forward already.
    """
    if not is_contactpersoon(organisation, by):
        raise NotAllowed("Een ondertekenaar voordragen doet een contactpersoon.")
    address = require_colleague(email, organisation, by)
    signers = organisation.roles.filter(name=Role.Name.ONDERTEKENAAR, ends_on=None)
    waiting = organisation.signer_proposals.filter(status=Status.PROPOSED)
    if signers.filter(person__email=address).exists():
        raise NotAllowed("Deze collega is al ondertekenaar.", field="email")
    if waiting.filter(email=address).exists():
        raise NotAllowed("Deze collega is al voorgedragen.", field="email")
    proposal = SignerProposal(
        organisation=organisation, name=name, function=function, email=address, by=by
    )
    proposal.full_clean()
    proposal.save()
    history.record(proposal, "proposed", by)
    _tell_the_bureau(proposal)
    return proposal


@transaction.atomic
def confirm(
    proposal: SignerProposal,
    *,
    ground: str,
    mandate: Mandate | None,
    today: datetime.date,
    by: Person,
) -> Role:
    """Give the right to sign, on a mandate that runs or by office.

    Raises NotAllowed for who may not confirm, a mandate of another organisation or one
    that does not run, and a ground that is not whole.
    """
    proposal = _held(proposal, by)
    if (ground == Ground.MANDATE) != (mandate is not None):
        raise NotAllowed(
            "Kies het mandaat waarop dit rust, of geef aan dat deze persoon door zijn "
            "ambt of de statuten mag tekenen."
        )
    if mandate is not None:
        running = proposal.organisation.mandates.active_on(today)
        if not running.filter(pk=mandate.pk).exists():
            raise NotAllowed("Dit mandaat geldt nu niet voor deze organisatie.")
    added = add_person(
        proposal.email,
        name=proposal.name,
        role=Role.Name.ONDERTEKENAAR,
        organisation=proposal.organisation,
        today=today,
        by=by,
    )
    if mandate is not None:
        _give(mandate, added.role.person)
    proposal.ground, proposal.mandate, proposal.decided_by = ground, mandate, by
    proposal.save(update_fields=["ground", "mandate", "decided_by"])
    history.move(proposal, Status.CONFIRMED, by, person=added.role.person_id)
    _answer(proposal)
    return added.role


@transaction.atomic
def decline(proposal: SignerProposal, *, reason: str, by: Person) -> SignerProposal:
    """No, and why: who put him forward gets the reason by e-mail."""
    proposal = _held(proposal, by)
    if not reason.strip():
        raise NotAllowed("Geef de reden; de contactpersoon krijgt die te lezen.")
    proposal.reason, proposal.decided_by = reason, by
    proposal.save(update_fields=["reason", "decided_by"])
    history.move(proposal, Status.DECLINED, by)
    _answer(proposal)
    return proposal


def _give(mandate: Mandate, person: Person) -> None:
    """From now on this account signs with it."""
    if mandate.person_id not in (None, person.pk):
        raise NotAllowed(f"Met dit mandaat tekent al {mandate.person}.")
    mandate.person = person
    mandate.save(update_fields=["person"])


def _held(proposal: SignerProposal, by: Person) -> SignerProposal:
    rows = SignerProposal.objects.select_related("organisation", "by")
    proposal = rows.select_for_update(of=("self",)).get(pk=proposal.pk)
    if not by.has_role(*CONFIRMERS):
        raise NotAllowed("Een ondertekenaar bevestigt het bureau.")
    if by.pk == proposal.by_id or by.email == proposal.email:
        raise NotAllowed("U beslist niet over uw eigen voordracht.")
    if proposal.status != Status.PROPOSED:
        raise NotAllowed("Over deze voordracht is al besloten.")
    return proposal


def _tell_the_bureau(proposal: SignerProposal) -> None:
    page = reverse("admin:membership_signerproposal_change", args=[proposal.pk])
    emails.queue_all(
        "signer_proposed",
        str(proposal.pk),
        Person.objects.with_role(Role.Name.BUREAU, on=timezone.localdate(proposal.at)),
        proposal=proposal,
        page=f"{settings.SITE_URL}{page}",
    )
    emails.send_soon()


def _answer(proposal: SignerProposal) -> None:
    emails.queue("signer_decided", str(proposal.pk), proposal.by, proposal=proposal)
    emails.send_soon()
