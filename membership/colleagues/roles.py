"""Invite a colleague, hand a role over, and leave: what an organisation does itself.

Who may give which role, membership.people says. An organisation never gives the right
to sign: that is membership.colleagues.signers. A role is never changed into another
one: the old ends, a new one begins.
"""

import datetime

from django.conf import settings
from django.db import transaction

from membership import history
from membership.colleagues import telling
from membership.models import Organisation, Person, Role, StepAsk
from membership.people import GIVEN_BY_COLLEAGUES, add_person, require_colleague
from nvsi.dutch import day
from nvsi.errors import NotAllowed
from nvsi.locks import one_at_a_time

DAY = datetime.timedelta(days=1)
WORK = "roles of organisations"


@transaction.atomic
def invite(
    organisation: Organisation,
    *,
    name: str,
    email: str,
    role: str,
    today: datetime.date,
    by: Person,
) -> Role:
    """A contactpersoon gives a colleague a role from today.

    Raises NotAllowed for who is no contactpersoon there, a role that is not theirs to
    give, an address of another organisation, and who has the role already.
    """
    if not is_contactpersoon(organisation, by):
        raise NotAllowed("Collega's uitnodigen doet een contactpersoon.")
    if role not in GIVEN_BY_COLLEAGUES:
        raise NotAllowed("Deze rol geeft het bureau.", field="role")
    added = add_person(
        require_colleague(email, organisation, by),
        name=name,
        role=role,
        organisation=organisation,
        today=today,
        by=by,
    )
    if not added.is_new:
        raise NotAllowed("Deze collega heeft deze rol al.", field="email")
    telling.given(added.role, by=by)
    return added.role


@transaction.atomic
def hand_over(
    role: Role,
    *,
    name: str,
    email: str,
    from_on: datetime.date,
    today: datetime.date,
    by: Person,
) -> Role:
    """A colleague has this role from a day on; that of `by` ends the day before.

    What was asked of `by` in a dossier is asked of the colleague too. Raises
    NotAllowed for a role of somebody else or one that the bureau gives, and for a day
    that does not follow.
    """
    role = _own(role, today, by)
    if role.name not in GIVEN_BY_COLLEAGUES:
        raise NotAllowed(
            f"De rol {role.get_name_display()} draagt u niet zelf over. Mail het "
            f"bureau: {settings.NVSI_EMAIL}."
        )
    last_on = from_on - DAY
    if from_on < today:
        raise NotAllowed("Kies vandaag of een latere dag.", field="from_on")
    _require_days(role, last_on, field="from_on")
    assert role.organisation is not None
    added = add_person(
        require_colleague(email, role.organisation, by),
        name=name,
        role=role.name,
        organisation=role.organisation,
        today=from_on,
        by=by,
    )
    if added.role.starts_on > from_on or added.role.ends_on is not None:
        raise NotAllowed(
            "Deze collega heeft deze rol al, voor een andere tijd. Mail het bureau: "
            f"{settings.NVSI_EMAIL}.",
            field="email",
        )
    _end(role, last_on)
    _pass_on(role.organisation, added.role.person, by)
    history.record(
        role, "handed over", by, person=added.role.person_id, ends_on=str(last_on)
    )
    telling.handed_over(role, added.role, by=by)
    return added.role


@transaction.atomic
def leave(
    role: Role, *, last_on: datetime.date, today: datetime.date, by: Person
) -> Role:
    """The role of `by` ends after a day.

    Raises NotAllowed for a role of somebody else, a day that cannot be, and for the
    last contactpersoon of an organisation that belongs to the association.
    """
    role = _own(role, today, by)
    if last_on < today:
        raise NotAllowed("Kies vandaag of een latere dag.", field="last_on")
    _require_days(role, last_on, field="last_on")
    if role.name == Role.Name.CONTACTPERSOON and is_last(role, last_on, today):
        raise NotAllowed(
            f"U bent de laatste contactpersoon van {role.organisation}. Draag uw rol "
            "over aan een collega, of nodig eerst een andere contactpersoon uit."
        )
    _end(role, last_on)
    history.record(role, "left", by, ends_on=str(last_on))
    telling.left(role, by=by)
    return role


def is_contactpersoon(organisation: Organisation, person: Person) -> bool:
    return organisation.pk in person.organisations_as(Role.Name.CONTACTPERSOON)


def is_last(role: Role, last_on: datetime.date, today: datetime.date) -> bool:
    """Whether nobody would be contactpersoon after a day, where there has to be one."""
    organisation = role.organisation
    assert organisation is not None
    belongs = organisation.memberships.active_on(today).exists()
    if not belongs and not organisation.dossiers.running().exists():
        return False
    others = organisation.roles.filter(
        name=Role.Name.CONTACTPERSOON,
        ends_on=None,
        starts_on__lte=last_on + DAY,
        person__is_active=True,
    )
    return not others.exclude(person=role.person_id).exists()


def _own(role: Role, today: datetime.date, by: Person) -> Role:
    """The role, held until this is over; two who leave at once see each other."""
    one_at_a_time(WORK)
    held = Role.objects.select_related("organisation", "person")
    role = held.select_for_update(of=("self",)).get(pk=role.pk)
    ended = role.ends_on is not None and role.ends_on < today
    if role.person_id != by.pk or role.organisation is None or ended:
        raise NotAllowed("Dit is geen rol die u nu hebt.")
    return role


def _require_days(role: Role, last_on: datetime.date, *, field: str) -> None:
    """That the role runs up to and with this day."""
    if last_on < role.starts_on:
        raise NotAllowed(
            f"U hebt deze rol sinds {day(role.starts_on)}. Kies een latere dag.",
            field=field,
        )
    if role.ends_on is not None and last_on > role.ends_on:
        raise NotAllowed(
            f"Uw rol eindigt al op {day(role.ends_on)}. Kies een eerdere dag.",
            field=field,
        )


def _end(role: Role, last_on: datetime.date) -> None:
    role.ends_on = last_on
    role.full_clean()
    role.save(update_fields=["ends_on"])


def _pass_on(organisation: Organisation, colleague: Person, by: Person) -> None:
    """What `by` was asked in dossiers that run; what was asked before stays."""
    asked = StepAsk.objects.filter(
        person=by, dossier__in=organisation.dossiers.running()
    )
    for ask in asked:
        StepAsk.objects.get_or_create(
            dossier=ask.dossier, kind=ask.kind, person=colleague, defaults={"by": by}
        )
