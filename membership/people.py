"""Give people their roles. The first ones come from the command line.

Source: design section 6 (roles), domain rule 40.
"""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from membership import history
from membership.invitations import invite
from membership.models import Email, Organisation, Person, Role
from membership.models.dossiers import WORKERS
from membership.redivision.gone import require_there
from nvsi.errors import NotAllowed
from nvsi.locks import one_at_a_time

LONGEST_EMAIL = 254
# What an organisation gives to its own people. Who may sign for it, the bureau confirms
# (membership.colleagues.signers); who sits in a regiegroep, it records.
GIVEN_BY_COLLEAGUES = (Role.Name.CONTACTPERSOON, Role.Name.FINANCIEEL, Role.Name.FG)


@dataclass(frozen=True)
class Added:
    """A role, whether it is new, and the invitation that now waits to be sent."""

    role: Role
    is_new: bool
    invitation: Email | None


def clean_email(text: str) -> str | None:
    """An e-mail address in lower case; None when it is none."""
    email = text.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        return None
    return email if len(email) <= LONGEST_EMAIL else None


def person_by_email(email: str) -> Person:
    """Who acts under this address. Raises NotAllowed when nobody (active) does."""
    person = Person.objects.filter(email=email.strip().lower(), is_active=True).first()
    if person is None:
        raise NotAllowed(
            f"Niemand heeft het e-mailadres {email.strip()[:80]}. Voeg de persoon toe "
            "met add_person."
        )
    return person


def organisation_by_code(code: str) -> Organisation:
    """An organisation by its code, in any case. Raises NotAllowed when unknown."""
    found = Organisation.objects.filter(code__iexact=code.strip()).first()
    if found is None:
        raise NotAllowed(f"Geen organisatie heeft de code '{code.strip()[:40]}'.")
    return found


@transaction.atomic
def add_person(
    email: str,
    *,
    name: str,
    role: str,
    organisation: Organisation | None,
    today: datetime.date,
    by: Person | None,
) -> Added:
    """Give somebody a role from today, and invite who cannot log in yet.

    A person who is known keeps the name. An uitvoerder without organisation works for
    the only uitvoerder that there is. What was so already stays as it is. `by` is None
    for the command line. Raises NotAllowed for a wrong address, name or role, for an
    organisation that does not belong to the role, and when `by` may not give it.
    """
    name_of_role = _read_role(role)
    if by is not None:
        why = objection(name_of_role, clean_email(email), by, organisation=organisation)
        if why:
            raise NotAllowed(why)
    organisation = _organisation_for(name_of_role, organisation)
    if organisation is not None:
        require_there(organisation, today)
    one_at_a_time("add_person")
    person = _known_or_new(email, name, by)
    known = person.roles.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        name=name_of_role,
        organisation=organisation,
    ).first()
    row = known or Role(
        person=person, organisation=organisation, name=name_of_role, starts_on=today
    )
    if known is None:
        row.full_clean()
        row.save()
        history.record(row, "given", by, person=person.pk)
    return Added(row, known is None, invite(person, row, by=by))


def objection(
    role: str,
    email: str | None,
    by: Person,
    *,
    organisation: Organisation | None = None,
) -> str | None:
    """Why `by` may not give this role to, or end it for, who has this address.

    Nobody changes a role of his own, and only the bestuur decides on roles of the
    association: else one person could be both who prepares and who approves. Who works
    for an organisation gives some roles there; whoever has one of those may let a
    colleague have the same.
    """
    if email == by.email:
        return "Een rol van uzelf laat u door een ander wijzigen."
    if role in Role.OF_THE_ASSOCIATION and not by.has_role(Role.Name.BESTUUR):
        return (
            "Rollen van de vereniging (bureau, penningmeester, bestuur) geeft en "
            "beëindigt iemand van het bestuur."
        )
    if not by.is_association and not _may_give(role, organisation, by):
        return f"Deze rol geeft u niet zelf. Mail het bureau: {settings.NVSI_EMAIL}."
    return None


def _may_give(role: str, organisation: Organisation | None, by: Person) -> bool:
    own = by.organisations_as(*WORKERS, role)
    where = None if organisation is None else organisation.pk
    return role in GIVEN_BY_COLLEAGUES and where in own


def require_colleague(email: str, organisation: Organisation, by: Person) -> str:
    """The address of a colleague, clean; nothing is told of whom it may belong to.

    Raises NotAllowed for one's own address, and for one that is not of the domain of
    who works for the organisation now: that person is added by the bureau.
    """
    address = clean_email(email)
    if address is None:
        raise NotAllowed("Dit is geen e-mailadres. Controleer het.", field="email")
    if address == by.email:
        raise NotAllowed(
            "Dit is uw eigen adres. Vul dat van een collega in.", field="email"
        )
    if _domain(address) not in _domains_of(organisation):
        raise NotAllowed(
            "Dit adres is niet van uw organisatie. Vul een werkadres in, of mail het "
            f"bureau om deze collega toe te voegen: {settings.NVSI_EMAIL}.",
            field="email",
        )
    if Person.objects.filter(email=address, is_active=False).exists():
        raise NotAllowed(
            "Met dit adres kan niet worden ingelogd. Mail het bureau: "
            f"{settings.NVSI_EMAIL}.",
            field="email",
        )
    return address


def _domains_of(organisation: Organisation) -> set[str]:
    """Of who works for the organisation today."""
    roles = Role.objects.active_on(timezone.localdate()).filter(
        organisation=organisation, name__in=WORKERS, person__is_active=True
    )
    return {_domain(email) for email in roles.values_list("person__email", flat=True)}


def _domain(email: str) -> str:
    return email.rpartition("@")[2]


def _read_role(role: str) -> Role.Name:
    try:
        return Role.Name(role.strip().lower())
    except ValueError:
        known = ", ".join(Role.Name.values)
        raise NotAllowed(f"'{role[:40]}' is geen rol. Kies uit: {known}.") from None


def _organisation_for(
    role: Role.Name, organisation: Organisation | None
) -> Organisation | None:
    """The organisation that goes with a role, or NotAllowed."""
    if role in Role.OF_THE_ASSOCIATION:
        if organisation is not None:
            raise NotAllowed(
                f"De rol {role} hoort bij de vereniging zelf. Noem geen organisatie."
            )
        return None
    if role == Role.Name.UITVOERDER:
        return _uitvoerder(organisation)
    if organisation is None:
        raise NotAllowed(f"De rol {role} hoort bij een organisatie. Noem haar code.")
    return organisation


def _uitvoerder(organisation: Organisation | None) -> Organisation:
    kind = Organisation.Kind.UITVOERDER
    if organisation is None:
        known = list(Organisation.objects.filter(kind=kind))
        if len(known) == 1:
            return known[0]
        codes = ", ".join(uitvoerder.code for uitvoerder in known) or "nog geen"
        raise NotAllowed(f"Noem de code van de uitvoerder. Bekend zijn: {codes}.")
    if organisation.kind != kind:
        raise NotAllowed(
            f"{organisation} is geen uitvoerder. De rol uitvoerder kan daar niet."
        )
    return organisation


def _known_or_new(email: str, name: str, by: Person | None) -> Person:
    address = clean_email(email)
    if address is None:
        raise NotAllowed(f"'{email[:80]}' is geen e-mailadres.")
    person = Person.objects.filter(email=address).first()
    if person is not None and not person.is_active:
        raise NotAllowed(
            f"{person.name} ({address}) is niet meer actief. Maak de persoon eerst "
            "weer actief in het beheer."
        )
    if person is None:
        if not name.strip():
            raise NotAllowed("Geef de naam van de persoon.")
        person = Person.objects.create_user(address, name)
        history.record(person, "added", by)
    return person
