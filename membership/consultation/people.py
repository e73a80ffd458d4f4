"""Who of a member answers, and whom we write to about it."""

import datetime

from django.utils import timezone

from membership.models import Organisation, Person, Role, Voter
from membership.models.consultations import MAY_BE_AUTHORISED, SIGNS

READERS = (Role.Name.CONTACTPERSOON, Role.Name.ONDERTEKENAAR)


def may_answer(voter: Voter, person: Person) -> bool:
    """An ondertekenaar of the member; or who was authorised, and is still there."""
    if voter.organisation_id in person.organisations_as(SIGNS):
        return True
    is_there = voter.organisation_id in person.organisations_as(MAY_BE_AUTHORISED)
    return is_there and voter.authorised_id == person.pk


def may_authorise(voter: Voter, person: Person) -> bool:
    """An ondertekenaar of the member, or the bureau that has it on paper."""
    signs = voter.organisation_id in person.organisations_as(SIGNS)
    return signs or person.has_role(Role.Name.BUREAU, Role.Name.BESTUUR)


def who_has(organisation: Organisation, *names: str, on: datetime.date) -> list[Person]:
    """Who has one of these roles at an organisation on a day, by name."""
    roles = Role.objects.active_on(on).filter(name__in=names, organisation=organisation)
    people = Person.objects.filter(is_active=True, pk__in=roles.values("person"))
    return list(people.order_by("name", "pk"))


def can_be_authorised(voter: Voter) -> list[Person]:
    today = timezone.localdate()
    return who_has(voter.organisation, MAY_BE_AUTHORISED, on=today)


def signers_of(voter: Voter) -> list[Person]:
    return who_has(voter.organisation, SIGNS, on=timezone.localdate())


def written_to(voter: Voter) -> list[Person]:
    """The contactpersonen, who know whom to ask, and who may answer themselves."""
    return who_has(voter.organisation, *READERS, on=timezone.localdate())
