"""Gather the facts of a dossier from the database, for its papers."""

import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from membership.admission.considerations import titled
from membership.admission.steps import Route, Step
from membership.models import (
    Dossier,
    DossierStep,
    Mandate,
    Membership,
    Organisation,
    Person,
    Role,
)
from membership.papers.content.confirming import proof
from membership.papers.facts import Belongs, DossierFacts, Issuer, Said, Taken, Who
from membership.papers.structure import Paper
from nvsi.dutch import day


def facts_of(dossier: Dossier) -> DossierFacts:
    """All that its papers say, as it stands now. Five queries at most."""
    where = dossier.position
    informs = Step.INFORMED in where.steps
    return DossierFacts(
        today=timezone.localdate(),
        number=dossier.number,
        aim=dossier.aim,
        procedure=dossier.procedure,
        route=Route.INFORM if informs else Route.VOORHANG,
        who=who_is(dossier.organisation),
        issuer=the_issuer(),
        steps={
            Step(row.kind): _taken(row)
            for row in dossier.standing
            if row.kind in where.done
        },
        said=tuple(
            Said(wish.kind, wish.by_whom, wish.words, wish.answer)
            for wish in dossier.wishes.standing()
        ),
        belongs=_admitted(dossier),
    )


def who_is(organisation: Organisation) -> Who:
    contact = _contact(organisation)
    return Who(
        kind=organisation.kind,
        code=organisation.code,
        name=organisation.name,
        short_name=organisation.short_name,
        address=organisation.address,
        postcode=organisation.postcode,
        town=organisation.town,
        contact_name=contact.name if contact else "",
        contact_email=contact.email if contact else "",
    )


def the_issuer() -> Issuer:
    return Issuer(
        name=settings.NVSI_NAME,
        town=settings.NVSI_TOWN,
        email=settings.NVSI_EMAIL,
        kvk=settings.NVSI_KVK,
    )


def proof_of(organisation: Organisation, on: datetime.date) -> Paper | None:
    """What an organisation is on a day, as a paper; None when it is nothing then."""
    period = organisation.memberships.active_on(on).first()
    if period is None:
        return None
    return proof(
        who_is(organisation),
        _belongs(period),
        on=on,
        today=timezone.localdate(),
        issuer=the_issuer(),
        register=f"{settings.SITE_URL}{reverse('register')}?dag={on.isoformat()}",
    )


def _contact(organisation: Organisation) -> Person | None:
    """Who has been its contactpersoon the longest, of those who are it today."""
    role = (
        organisation.roles.active_on(timezone.localdate())
        .filter(name=Role.Name.CONTACTPERSOON, person__is_active=True)
        .select_related("person")
        .order_by("starts_on", "pk")
        .first()
    )
    return role.person if role else None


def _admitted(dossier: Dossier) -> Belongs | None:
    """What the dossier led to; an aspirant-lid is still on the way."""
    period = dossier.memberships.filter(kind=dossier.aim).order_by("starts_on").first()
    return _belongs(period) if period else None


def _belongs(period: Membership) -> Belongs:
    return Belongs(
        kind=period.kind,
        since=period.starts_on,
        until=period.ends_on,
        decided_on=period.collegebesluit_on,
    )


def _taken(row: DossierStep) -> Taken:
    return Taken(
        on=row.on,
        until=row.until,
        outcome=row.outcome,
        number=row.number,
        words=row.words,
        considerations=tuple(titled(row.considerations)),
        is_far_reaching=row.is_far_reaching,
        signer_name=row.signer_name,
        signer_function=row.signer_function,
        mandate=_mandate(row.mandate),
        by=row.by.name,
    )


def _mandate(mandate: Mandate | None) -> str:
    if mandate is None:
        return ""
    number = f", nummer {mandate.number}" if mandate.number else ""
    return f"mandaat van {day(mandate.decided_on)}{number}"
