"""Who may act for a body: the bureau, and its own voorzitter and secretaris."""

import datetime

from membership.models import Body, Person, Role, Seat
from nvsi.errors import NotAllowed

OF_ALL = (Role.Name.BUREAU, Role.Name.BESTUUR)


def may_act_for(body: Body, person: Person, day: datetime.date) -> bool:
    """Whether somebody plans its meetings and records its decisions on a day."""
    if person.has_role(*OF_ALL):
        return True
    seats = Seat.objects.active_on(day).leading()
    return person.is_active and seats.filter(body=body, person=person).exists()


def require_may_act(body: Body, person: Person, day: datetime.date) -> None:
    """Raises NotAllowed for who may not act for a body on a day."""
    if not may_act_for(body, person, day):
        raise NotAllowed(
            f"{person} gaat niet over {body}. Dat doen de voorzitter, de secretaris en "
            "het bureau."
        )


def members_of(body: Body, day: datetime.date) -> list[Person]:
    """Who sits in a body on a day, and may log in, by name."""
    seats = Seat.objects.active_on(day).filter(body=body)
    people = Person.objects.filter(is_active=True, pk__in=seats.values("person"))
    return list(people.order_by("name", "pk"))
